"""Accuracy of models on other laboratories' cells, with the recall of each class and calibration.

    python bench/laboratories.py FOLDER… --model NAME|PATH [--model NAME|PATH …]

Each FOLDER holds one laboratory's cells in class folders. A white cell counts as right where its own class is
the most probable of the classes of white cells that the folder has (the usual measure of published sets), and,
harder, where it is the most probable of all the model's classes; recalls are of the latter. Images that a model
learned from are left out, and how many is printed: they would say nothing.
"""

import argparse
import sys
from pathlib import Path

import common  # noqa: F401  (finds the engine)
import numpy as np
from heldout import Reader

from engine.classify.calibration import expected_calibration_error, softmax
from engine.classify.learned import Learned
from engine.classify.models import find
from engine.images.classes import load_class_set
from engine.images.record import ImageRecord
from engine.images.shown import keys_of
from engine.images.source import open_source
from engine.jobs import Job

_PLATELET = "platelet"


def main() -> int:
    """Print one line a model and folder."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("folders", type=Path, nargs="+", metavar="FOLDER")
    parser.add_argument("--model", action="append", required=True, metavar="NAME|PATH")
    given = parser.parse_args()
    for name in given.model:
        model = find(name)
        with Reader(model) as reader:
            for folder in given.folders:
                print(f"{model.card.name}, {folder.name}: {_line(reader, folder)}", flush=True)
    return 0


def _line(reader: Reader, folder: Path) -> str:
    card = reader.model.card
    source = open_source(folder, load_class_set(card.class_set))
    records = [
        record
        for record in source.scan(Job())
        if isinstance(record, ImageRecord) and record.label in card.classes
    ]
    seen = Learned.of(reader.model).has(keys_of(Job(), source, records))
    unseen = [record for record, known in zip(records, seen, strict=True) if not known]
    learned = f"{len(records) - len(unseen)} of {len(records)} images learned from"
    if not unseen:
        return learned
    pixels = [source.load(record).pixels for record in unseen]
    logits, _ = reader.read(len(pixels), lambda row: pixels[row])
    probabilities = softmax(logits, reader.temperature)
    labels = np.array([card.classes.index(str(record.label)) for record in unseen])
    right = probabilities.argmax(1) == labels
    white = np.array([record.label != _PLATELET for record in unseen])
    present = np.unique(labels[white])
    among = present[probabilities[:, present].argmax(1)] == labels
    ece = expected_calibration_error(probabilities[white], labels[white])
    recalls = ", ".join(
        f"{card.classes[place]} {right[labels == place].mean():.0%}" for place in np.unique(labels)
    )
    return (
        f"{among[white].mean():.1%} of {white.sum()} white cells among its {len(present)} classes, "
        f"{right[white].mean():.1%} among all (calibration error {ece:.1%}); "
        f"{recalls}; {learned}"
    )


if __name__ == "__main__":
    sys.exit(main())
