"""How a model bears images that are spoiled as they are spoiled in practice."""

from collections.abc import Mapping, Sequence

import numpy as np
from msgspec import Struct

from engine.classify.bundle import Bundle
from engine.classify.devices import choose
from engine.classify.reading import Float32
from engine.classify.runtime import Runtime, open_runtime
from engine.evaluate.corruptions import CORRUPTIONS, SEVERITIES, corrupt
from engine.images.record import ImageRecord, Pixels
from engine.images.resize import square
from engine.images.source import Source
from engine.jobs import Job
from engine.messages import Message


class Scorecard(Struct, frozen=True):
    """Balanced accuracy (0..1) of n images as they are, and under each corruption at each severity."""

    n: int
    clean: float
    corrupted: dict[str, tuple[float, ...]]

    @property
    def mean(self) -> float:
        """The mean over all corruptions and severities."""
        return float(np.mean([value for values in self.corrupted.values() for value in values]))


def scorecard(
    job: Job,
    model: Bundle,
    source: Source,
    chosen: Sequence[tuple[ImageRecord, str]],
    merged: Mapping[str, str] | None = None,
) -> Scorecard:
    """Return the scorecard of images and their classes; one that the model lacks is never right.

    `merged` says which of the model's classes count as others. Raises `Problem` for an image that cannot
    be read, and `Cancelled`.
    """
    into = [(merged or {}).get(name, name) for name in model.card.classes]
    known = {name: at for at, name in enumerate(dict.fromkeys(into))}
    counts_as = np.array([known[name] for name in into], np.intp)
    labels = np.array([known.get(label, -1) for _, label in chosen], np.intp)
    runtime = open_runtime(model, choose("cpu"), job)
    steps = len(CORRUPTIONS) * len(SEVERITIES)
    found: dict[str, tuple[float, ...]] = {}

    def balanced(pixels: Pixels) -> float:
        right = counts_as[logits_of(job, runtime, pixels).argmax(1)] == labels
        return float(np.mean([right[labels == one].mean() for one in np.unique(labels)]))

    try:
        clean = pixels_of(model, source, [record for record, _ in chosen])
        whole = balanced(clean)
        for name in CORRUPTIONS:
            for severity in SEVERITIES:
                spoiled = [corrupt(one, name, severity, seed) for seed, one in enumerate(clean)]
                found[name] = (*found.get(name, ()), balanced(np.stack(spoiled)))
                done = len(SEVERITIES) * (len(found) - 1) + severity
                job.progress(done, steps, Message("compare.spoiled", {"name": model.card.name}))
    finally:
        runtime.close()
    return Scorecard(len(labels), whole, found)


def pixels_of(model: Bundle, source: Source, records: Sequence[ImageRecord]) -> Pixels:
    """Return images as a model takes them, uint8 (n, size, size, 3)."""
    size = model.card.preprocessing.size
    return np.stack([square(source.load(record).pixels, size) for record in records])


def logits_of(job: Job, runtime: Runtime, pixels: Pixels) -> Float32:
    """Return the logits (n, c) of images as the model takes them."""
    step = runtime.batch_size
    batches = ((at, pixels[at : at + step]) for at in range(0, len(pixels), step))
    return np.concatenate([outputs.logits for _, outputs in runtime.stream(batches, job)])
