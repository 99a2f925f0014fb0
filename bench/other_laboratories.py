"""Accuracy of models on other laboratories' cells, with recall per class and calibration error.

    python bench/other_laboratories.py FOLDER… --model NAME|PATH [--model NAME|PATH …]

Each FOLDER holds one laboratory's cells in class folders. Accuracy on white cells is given among the
white-cell classes of the folder (as in published benchmarks) and, harder, among all classes of the model;
recalls refer to the latter. Images the model was trained on are excluded, and their number is printed.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import common  # noqa: F401  (adds the engine to the path)
import numpy as np
from held_out import LabelledImages, ModelReader

from engine.classify.bundle import Bundle
from engine.classify.calibration import expected_calibration_error
from engine.classify.calibrator import Calibrator
from engine.classify.models import open_model
from engine.classify.prediction_sets import MIN_CONFIRMED, prediction_sets
from engine.classify.training_images import TrainingImages
from engine.evaluate.expected_accuracy import expected_accuracy
from engine.evaluate.own_laboratory import measure_own_laboratory
from engine.images.class_set import load_class_set
from engine.images.perceptual_hash import compute_hashes
from engine.images.record import ImageRecord
from engine.images.source import open_source
from engine.jobs import Job

_PLATELET = "platelet"
_DRAWS = 20
_LEAST_CELLS = 150


def main() -> int:
    """Print one line per model and folder."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("folders", type=Path, nargs="+", metavar="FOLDER")
    parser.add_argument("--model", action="append", required=True, metavar="NAME|PATH")
    args = parser.parse_args()
    for name in args.model:
        model = open_model(name)
        with ModelReader(model) as reader:
            for folder in args.folders:
                print(f"{model.card.name}, {folder.name}: {_evaluate(reader, folder)}", flush=True)
    return 0


def load_unseen(model: Bundle, folder: Path) -> tuple[LabelledImages, int]:
    """Return the images of a folder that a model was not trained on, and the number of all images."""
    card = model.card
    source = open_source(folder, load_class_set(card.class_set))
    records = [
        record
        for record in source.scan(Job())
        if isinstance(record, ImageRecord) and record.label in card.classes
    ]
    is_training_image = TrainingImages.from_bundle(model).contains(
        compute_hashes(Job(), source, records)
    )
    unseen = [record for record, seen in zip(records, is_training_image, strict=True) if not seen]
    images = LabelledImages(
        [source.load(record).pixels for record in unseen],
        np.array([card.classes.index(str(record.label)) for record in unseen], np.intp),
        np.full(len(unseen), 2),
        tuple(record.path for record in unseen),
        card.classes,
    )
    return images, len(records)


def is_correct_among_present(
    probabilities: np.ndarray, labels: np.ndarray, is_white: np.ndarray
) -> np.ndarray:
    """Return which white cells are right with the white-cell classes of the folder as possible answers."""
    present = np.unique(labels[is_white])
    among_present = present[probabilities[:, present].argmax(1)] == labels
    return among_present[is_white]


def accuracy_among_present(reader: ModelReader, folder: Path) -> float:
    """Return the accuracy on unseen white cells of a folder among its white-cell classes."""
    images, _ = load_unseen(reader.model, folder)
    probabilities = reader.read_probabilities(len(images.pixels), lambda row: images.pixels[row])
    is_white = images.labels != images.classes.index(_PLATELET)
    return float(is_correct_among_present(probabilities, images.labels, is_white).mean())


def _evaluate(reader: ModelReader, folder: Path) -> str:
    card = reader.model.card
    images, count = load_unseen(reader.model, folder)
    pixels, labels = images.pixels, images.labels
    learned = f"{count - len(pixels)} of {count} images learned from"
    if not pixels:
        return learned
    logits, embeddings = reader.read(len(pixels), lambda row: pixels[row])
    probabilities, thresholds = Calibrator.of_bundle(reader.model).assess(logits, embeddings)
    is_correct = probabilities.argmax(1) == labels
    is_white = labels != card.classes.index(_PLATELET)
    among_present = is_correct_among_present(probabilities, labels, is_white)
    ece = expected_calibration_error(probabilities[is_white], labels[is_white])
    expected = expected_accuracy(probabilities[is_white].max(1))
    assert expected is not None
    sets = prediction_sets(probabilities[is_white], thresholds[is_white])
    covered = sets[np.arange(len(sets)), labels[is_white]].mean()
    recalls = ", ".join(
        f"{card.classes[label]} {is_correct[labels == label].mean():.0%}"
        for label in np.unique(labels)
    )
    return (
        f"{among_present.mean():.1%} of {is_white.sum()} white cells "
        f"among its {len(np.unique(labels[is_white]))} classes, "
        f"{is_correct[is_white].mean():.1%} among all (expected {expected.value:.1%}, "
        f"{expected.low:.0%} to {expected.high:.0%}, calibration error {ece:.1%}; "
        f"prediction sets of {sets.sum(1).mean():.2f} classes cover {covered:.1%}"
        f"{_after_confirming(probabilities[is_white], labels[is_white], card.classes)}); "
        f"{recalls}; {learned}"
    )


def _after_confirming(probabilities: np.ndarray, labels: np.ndarray, classes: Sequence[str]) -> str:
    """Return the coverage on the other cells once `MIN_CONFIRMED` of them were confirmed; 20 draws."""
    if len(labels) < _LEAST_CELLS:
        return ""
    covered, sizes = [], []
    for seed in range(_DRAWS):
        order = np.random.default_rng(seed).permutation(len(labels))
        own, others = order[:MIN_CONFIRMED], order[MIN_CONFIRMED:]
        names = [classes[label] for label in labels[own]]
        measured = measure_own_laboratory(names, probabilities[own], classes)
        assert measured is not None
        sets = prediction_sets(probabilities[others], measured.threshold)
        covered.append(sets[np.arange(len(others)), labels[others]].mean())
        sizes.append(sets.sum(1).mean())
    return (
        f", after {MIN_CONFIRMED} confirmed cells {np.mean(covered):.1%} "
        f"with {np.mean(sizes):.2f} classes"
    )


if __name__ == "__main__":
    sys.exit(main())
