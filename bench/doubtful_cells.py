"""Cells left out of a bulk confirmation: how many, and how many wrong predictions are among them.

    python bench/doubtful_cells.py FOLDER [--model NAME|PATH]

FOLDER holds the images that the model was trained on, or some of them; only held-out ones count. Compared are
the two reasons that follow from a reading alone: none of the classes, and a prediction set of several classes.
"Wrong" is the share of wrong predictions among the cells that are confirmed.
"""

import argparse
import sys
from pathlib import Path

import common  # noqa: F401  (adds the engine to the path)
import numpy as np
from held_out import LabelledImages, ModelReader, load_labelled_images

from engine.classify.calibrator import Calibrator
from engine.classify.models import open_model
from engine.classify.prediction_sets import prediction_sets
from engine.classify.unknown_score import UnknownScore


def main() -> int:
    """Print a line for each reason."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--model", help="name or path (default: the shipped one)")
    args = parser.parse_args()
    model = open_model(args.model)
    home = load_labelled_images(model, args.folder)
    with ModelReader(model) as reader:
        _measure(reader, home.where(home.part == 2))
    return 0


def _measure(reader: ModelReader, images: LabelledImages) -> None:
    model = reader.model
    logits, embeddings = reader.read(len(images.pixels), lambda row: images.pixels[row])
    probabilities, thresholds = Calibrator.of_bundle(model).assess(logits, embeddings)
    wrong = probabilities.argmax(axis=1) != images.labels
    several = prediction_sets(probabilities, thresholds).sum(axis=1) > 1
    score = UnknownScore.of_bundle(model)
    unknown = np.zeros(len(wrong), np.bool_)
    if score is not None:
        unknown = score.measure_ratios(embeddings) > 1
    print(f"{len(wrong)} held-out cells, {wrong.mean():.2%} wrong")
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


if __name__ == "__main__":
    sys.exit(main())
