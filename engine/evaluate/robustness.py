"""Robustness scorecard: accuracy under the corruptions of BloodMNIST-C."""

from collections.abc import Mapping, Sequence

import numpy as np
from msgspec import Struct

from engine.classify.bundle import Bundle
from engine.classify.devices import choose_device
from engine.classify.inference import infer_logits
from engine.classify.merged_classes import merge_matrix
from engine.classify.runtime import open_runtime
from engine.evaluate.corruptions import CORRUPTIONS, SEVERITIES, corrupt
from engine.images.record import ImageRecord, Pixels
from engine.images.resize import resize_to_square
from engine.images.source import Source
from engine.jobs import Job
from engine.messages import Message


class RobustnessScorecard(Struct, frozen=True):
    """Balanced accuracy (0..1) on n images: clean, and by corruption at each severity."""

    n: int
    clean: float
    corrupted: dict[str, tuple[float, ...]]

    @property
    def mean(self) -> float:
        """The mean over all corruptions and severities."""
        return float(np.mean([value for values in self.corrupted.values() for value in values]))


def measure_robustness(
    job: Job,
    model: Bundle,
    source: Source,
    labelled_images: Sequence[tuple[ImageRecord, str]],
    merged: Mapping[str, str] | None = None,
) -> RobustnessScorecard:
    """Measure the robustness of a model on labelled images (record, class), each read in a single view.

    55 altered copies of each image in several views would take minutes.
    A class that the model lacks counts as wrong. `merged` maps classes of the model to those they count
    as. Raises `Problem` for an unreadable image, and `Cancelled`.
    """
    names, matrix = merge_matrix(model.card.classes, merged)
    index_of_class = {name: index for index, name in enumerate(names)}
    labels = np.array([index_of_class.get(label, -1) for _, label in labelled_images], np.intp)
    runtime = open_runtime(model.with_views(1), choose_device("cpu"), job)
    steps = len(CORRUPTIONS) * len(SEVERITIES)
    corrupted_accuracy: dict[str, tuple[float, ...]] = {}

    def balanced(pixels: Pixels) -> float:
        logits = infer_logits(job, runtime, pixels)
        odds = np.exp(logits - logits.max(axis=1, keepdims=True))
        is_correct = (odds @ matrix).argmax(1) == labels
        return float(np.mean([is_correct[labels == label].mean() for label in np.unique(labels)]))

    try:
        clean = load_model_inputs(model, source, [record for record, _ in labelled_images])
        clean_accuracy = balanced(clean)
        for name in CORRUPTIONS:
            for severity in SEVERITIES:
                corrupted = [
                    corrupt(label, name, severity, seed) for seed, label in enumerate(clean)
                ]
                corrupted_accuracy[name] = (
                    *corrupted_accuracy.get(name, ()),
                    balanced(np.stack(corrupted)),
                )
                done = len(SEVERITIES) * (len(corrupted_accuracy) - 1) + severity
                job.progress(done, steps, Message("compare.spoiled", {"name": model.card.name}))
    finally:
        runtime.close()
    return RobustnessScorecard(len(labels), clean_accuracy, corrupted_accuracy)


def load_model_inputs(model: Bundle, source: Source, records: Sequence[ImageRecord]) -> Pixels:
    """Load images as model inputs, uint8 (n, size, size, 3)."""
    size = model.card.preprocessing.size
    return np.stack([resize_to_square(source.load(record).pixels, size) for record in records])
