"""Cells left out of a bulk confirmation: how many, and how many wrong predictions are among them.

    python bench/doubtful_cells.py FOLDER [OTHER…] [--model NAME|PATH]

FOLDER holds the images that the model was trained on; only its held-out ones count. OTHER are cells of other
laboratories. Compared are the two reasons that follow from a reading alone: none of the classes, and a
prediction set of several classes. "Wrong" is the share of wrong predictions among the cells that are confirmed.
"""

import argparse
import sys
from pathlib import Path

import common  # noqa: F401  (adds the engine to the path)
import numpy as np
from held_out import LabelledImages, ModelReader, load_labelled_images

from engine.classify.bundle import Bundle
from engine.classify.calibrator import Calibrator
from engine.classify.models import open_model
from engine.classify.prediction_sets import prediction_sets
from engine.classify.unknown_score import UnknownScore
from engine.images.class_set import load_class_set
from engine.images.record import ImageRecord
from engine.images.source import open_source
from engine.jobs import Job


def main() -> int:
    """Print a line for each folder."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("others", type=Path, nargs="*", metavar="OTHER")
    parser.add_argument("--model", help="name or path (default: the shipped one)")
    args = parser.parse_args()
    model = open_model(args.model)
    home = load_labelled_images(model, args.folder)
    with ModelReader(model) as reader:
        _measure(reader, "home, held out", home.where(home.part == 2))
        for folder in args.others:
            _measure(reader, folder.name, _load(model, folder))
    return 0


def _measure(reader: ModelReader, name: str, images: LabelledImages) -> None:
    model = reader.model
    logits, embeddings = reader.read(len(images.pixels), lambda row: images.pixels[row])
    probabilities = Calibrator.of_bundle(model).probabilities(logits, embeddings)
    wrong = probabilities.argmax(axis=1) != images.labels
    several = prediction_sets(probabilities).sum(axis=1) > 1
    score = UnknownScore.of_bundle(model)
    unknown = np.zeros(len(wrong), np.bool_)
    if score is not None:
        unknown = score.measure_relative(embeddings) > 1
    print(f"{name}: {len(wrong)} cells, {wrong.mean():.2%} wrong")
    for title, left_out in (
        ("none of the classes", unknown),
        ("several possible classes", several),
        ("either", unknown | several),
    ):
        found = (wrong & left_out).sum()
        print(
            f"  {title}: {left_out.mean():.1%} left out, with {found} of {wrong.sum()} wrong ones; "
            f"of the others {wrong[~left_out].mean():.2%} wrong"
        )


def _load(model: Bundle, folder: Path) -> LabelledImages:
    source = open_source(folder, load_class_set(model.card.class_set))
    classes = model.card.classes
    records = [
        record
        for record in source.scan(Job())
        if isinstance(record, ImageRecord) and record.label in classes
    ]
    return LabelledImages(
        [source.load(record).pixels for record in records],
        np.array([classes.index(str(record.label)) for record in records]),
        np.full(len(records), 2),
        tuple(record.path for record in records),
        classes,
    )


if __name__ == "__main__":
    sys.exit(main())
