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
from held_out import ModelReader

from engine.classify.calibration import expected_calibration_error
from engine.classify.models import open_model
from engine.classify.prediction_sets import MIN_CONFIRMED, prediction_sets
from engine.classify.training_images import TrainingImages
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


def _evaluate(reader: ModelReader, folder: Path) -> str:
    card = reader.model.card
    source = open_source(folder, load_class_set(card.class_set))
    records = [
        record
        for record in source.scan(Job())
        if isinstance(record, ImageRecord) and record.label in card.classes
    ]
    is_training_image = TrainingImages.from_bundle(reader.model).contains(
        compute_hashes(Job(), source, records)
    )
    unseen = [record for record, seen in zip(records, is_training_image, strict=True) if not seen]
    learned = f"{len(records) - len(unseen)} of {len(records)} images learned from"
    if not unseen:
        return learned
    pixels = [source.load(record).pixels for record in unseen]
    probabilities = reader.read_probabilities(len(pixels), lambda row: pixels[row])
    labels = np.array([card.classes.index(str(record.label)) for record in unseen])
    is_correct = probabilities.argmax(1) == labels
    is_white = np.array([record.label != _PLATELET for record in unseen])
    present_classes = np.unique(labels[is_white])
    among_present = present_classes[probabilities[:, present_classes].argmax(1)] == labels
    ece = expected_calibration_error(probabilities[is_white], labels[is_white])
    expected = probabilities[is_white].max(1).mean()
    sets = prediction_sets(probabilities[is_white])
    covered = sets[np.arange(len(sets)), labels[is_white]].mean()
    recalls = ", ".join(
        f"{card.classes[label]} {is_correct[labels == label].mean():.0%}"
        for label in np.unique(labels)
    )
    return (
        f"{among_present[is_white].mean():.1%} of {is_white.sum()} white cells "
        f"among its {len(present_classes)} classes, "
        f"{is_correct[is_white].mean():.1%} among all (expected {expected:.1%}, calibration error {ece:.1%}; "
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
