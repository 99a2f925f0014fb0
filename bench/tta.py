"""Test-time augmentation and stain normalisation: accuracy against time.

    python bench/tta.py FOLDER [--model NAME|PATH] [--images 400]

Evaluates each transform on held-out images: clean, corrupted (all eleven, severities 2 and 4) and re-stained.
"""

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path

import common
import cv2
import numpy as np
from held_out import LabelledImages, ModelReader, load_labelled_images
from model_measures import CORRUPTION_EDGE_PIXELS, FIVE_CLASSES
from restaining import CROPS, STAININGS, simulate_laboratory

from engine.classify.models import open_model
from engine.evaluate.corruptions import CORRUPTIONS, corrupt
from engine.images.record import Pixels
from engine.images.resize import resize_to_square

Transform = Callable[[Pixels], list[Pixels]]
_REFERENCE_BACKGROUND = np.array([243.0, 226.0, 200.0])


def _normalise_background(pixels: Pixels) -> Pixels:
    """Scale each channel so that the empty slide is as bright as in the training images."""
    background = np.percentile(pixels.reshape(-1, 3), 90, axis=0)
    return (
        (pixels * (_REFERENCE_BACKGROUND / np.maximum(background, 32)))
        .clip(0, 255)
        .astype(np.uint8)
    )


def _reinhard(home: tuple[np.ndarray, np.ndarray]) -> Transform:
    """Match the L*a*b* mean and standard deviation of `home` (Reinhard et al. 2001)."""

    def transform(pixels: Pixels) -> list[Pixels]:
        lab = cv2.cvtColor(pixels.astype(np.float32) / 255, cv2.COLOR_RGB2LAB)
        mean, spread = lab.mean((0, 1)), lab.std((0, 1)) + 1e-3
        matched = ((lab - mean) * (home[1] / spread) + home[0]).astype(np.float32)
        matched[..., 0] = matched[..., 0].clip(0, 100)
        rgb = cv2.cvtColor(matched, cv2.COLOR_LAB2RGB)
        return [np.asarray((rgb * 255 + 0.5).clip(0, 255), np.uint8)]

    return transform


def _symmetries(count: int) -> Transform:
    """Return the image with its mirror images and rotations, up to eight views."""

    def transform(pixels: Pixels) -> list[Pixels]:
        flipped = pixels[:, ::-1]
        views = [pixels, flipped, pixels[::-1], flipped[::-1]]
        views += [np.rot90(view) for view in views]
        return [np.ascontiguousarray(view) for view in views[:count]]

    return transform


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--model", metavar="NAME|PATH")
    parser.add_argument("--images", type=int, default=400)
    args = parser.parse_args()
    model = open_model(args.model)
    everything = load_labelled_images(model, args.folder)
    held_out = everything.where(everything.part == 2)
    sample = held_out.sample(args.images)
    labs = [
        cv2.cvtColor(pixels.astype(np.float32) / 255, cv2.COLOR_RGB2LAB)
        for pixels in everything.where(everything.part == 0).sample(200).pixels
    ]
    home = (
        np.mean([lab.mean((0, 1)) for lab in labs], 0),
        np.mean([lab.std((0, 1)) for lab in labs], 0),
    )
    transforms: dict[str, Transform] = {
        "single view": lambda pixels: [pixels],
        "2 views (mirrored)": _symmetries(2),
        "4 views (mirrored both ways)": _symmetries(4),
        "8 views (also rotated)": _symmetries(8),
        "background white-balanced": lambda pixels: [_normalise_background(pixels)],
        "colours matched to home (Reinhard)": _reinhard(home),
    }
    rows = []
    with ModelReader(model) as reader:
        for name, transform in transforms.items():
            rows.append([name, *_evaluate(reader, held_out, sample, transform)])
            print(name, file=sys.stderr, flush=True)
        header = ["input", "clean", "corrupted, mean error", "re-stained, five classes", "time"]
        print(f"{model.card.name}, {common.machine_description()}\n")
        print(common.markdown_table(header, rows))
    return 0


def _evaluate(
    reader: ModelReader, held_out: LabelledImages, sample: LabelledImages, transform: Transform
) -> list[str]:
    def is_correct(images: LabelledImages, load: Callable[[int], Pixels]) -> np.ndarray:
        view_count = len(transform(load(0)))
        size = reader.model.card.preprocessing.size
        logits, _ = reader.read(
            view_count * len(images.labels),
            lambda row: transform(resize_to_square(load(row // view_count), size))[
                row % view_count
            ],
        )
        return logits.reshape(-1, view_count, logits.shape[1]).mean(1).argmax(1) == images.labels

    started = time.monotonic()
    clean = is_correct(held_out, lambda row: held_out.pixels[row]).mean()
    seconds = time.monotonic() - started
    resized = [resize_to_square(pixels, CORRUPTION_EDGE_PIXELS) for pixels in sample.pixels]
    errors = []
    for name in CORRUPTIONS:
        for severity in (2, 4):
            hits = is_correct(
                sample, lambda row, n=name, s=severity: corrupt(resized[row], n, s, row)
            )
            errors.append(
                1
                - np.mean(
                    [hits[sample.labels == label].mean() for label in np.unique(sample.labels)]
                )
            )
    of_five = np.isin(sample.labels, [sample.classes.index(class_id) for class_id in FIVE_CLASSES])
    shares = [
        is_correct(
            sample,
            lambda row, k=staining, c=crop: simulate_laboratory(sample.pixels[row], k, c, row),
        )[of_five].mean()
        for staining in STAININGS
        for crop in CROPS
    ]
    return [f"{clean:.2%}", f"{np.mean(errors):.2%}", f"{np.mean(shares):.1%}", f"{seconds:.0f} s"]


if __name__ == "__main__":
    sys.exit(main())
