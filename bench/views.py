"""Whether several views of a picture, or its stain made like home, pay for their time; and calibration.

    python bench/views.py FOLDER [--model NAME|PATH] [--images 400]

Reads held-out pictures clean, corrupted (all eleven, severities 2 and 4) and re-stained, each way. Then
fits the temperature on validation pictures three ways and tells the calibration error of the held-out ones.
"""

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path

import common
import cv2
import numpy as np
from heldout import Images, Reader, images_of
from measures import EDGE, FIVE
from restained import CROPS, LOOKS, other_laboratory

from engine.classify import statistics
from engine.classify.calibration import expected_calibration_error, fit_temperature, softmax
from engine.classify.models import find
from engine.evaluate.corruptions import CORRUPTIONS, corrupt
from engine.explore.familiar import distances
from engine.images.record import Pixels
from engine.images.resize import square

Way = Callable[[Pixels], list[Pixels]]
_HOME = np.array([243.0, 226.0, 200.0])


def _glass(picture: Pixels) -> Pixels:
    """Scale each channel so that the empty slide is as bright as at home."""
    lit = np.percentile(picture.reshape(-1, 3), 90, axis=0)
    return (picture * (_HOME / np.maximum(lit, 32))).clip(0, 255).astype(np.uint8)


def _reinhard(home: tuple[np.ndarray, np.ndarray]) -> Way:
    """Give the colours of a picture the mean and spread of home, in L*a*b* (Reinhard et al. 2001)."""

    def change(picture: Pixels) -> list[Pixels]:
        lab = cv2.cvtColor(picture.astype(np.float32) / 255, cv2.COLOR_RGB2LAB)
        mean, spread = lab.mean((0, 1)), lab.std((0, 1)) + 1e-3
        moved = ((lab - mean) * (home[1] / spread) + home[0]).astype(np.float32)
        moved[..., 0] = moved[..., 0].clip(0, 100)
        shown = cv2.cvtColor(moved, cv2.COLOR_LAB2RGB)
        return [np.asarray((shown * 255 + 0.5).clip(0, 255), np.uint8)]

    return change


def _turns(count: int) -> Way:
    """Give the picture and its mirror images and turns, up to eight."""

    def change(picture: Pixels) -> list[Pixels]:
        flipped = picture[:, ::-1]
        every = [picture, flipped, picture[::-1], flipped[::-1]]
        every += [np.rot90(one) for one in every]
        return [np.ascontiguousarray(one) for one in every[:count]]

    return change


def main() -> int:
    """Print both tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--model", metavar="NAME|PATH")
    parser.add_argument("--images", type=int, default=400)
    given = parser.parse_args()
    model = find(given.model)
    everything = images_of(model, given.folder)
    held_out = everything.where(everything.part == 2)
    some = held_out.some(given.images)
    labs = [
        cv2.cvtColor(one.astype(np.float32) / 255, cv2.COLOR_RGB2LAB)
        for one in everything.where(everything.part == 0).some(200).pictures
    ]
    home = (
        np.mean([lab.mean((0, 1)) for lab in labs], 0),
        np.mean([lab.std((0, 1)) for lab in labs], 0),
    )
    ways: dict[str, Way] = {
        "as it is": lambda picture: [picture],
        "2 views (mirrored)": _turns(2),
        "4 views (mirrored both ways)": _turns(4),
        "8 views (and turned)": _turns(8),
        "glass made like home": lambda picture: [_glass(picture)],
        "colours made like home (Reinhard)": _reinhard(home),
    }
    rows = []
    with Reader(model) as reader:
        for name, way in ways.items():
            rows.append([name, *_one_way(reader, held_out, some, way)])
            print(name, file=sys.stderr, flush=True)
        header = ["read", "clean", "corrupted, mean error", "re-stained, five classes", "time"]
        print(f"{model.card.name}, {common.machine()}\n")
        print(common.table(header, rows), "\n")
        print(_calibrations(reader, everything.where(everything.part == 1), held_out, some))
    return 0


def _one_way(reader: Reader, held_out: Images, some: Images, way: Way) -> list[str]:
    def right(images: Images, picture: Callable[[int], Pixels]) -> np.ndarray:
        views = len(way(picture(0)))
        size = reader.model.card.preprocessing.size
        logits, _ = reader.read(
            views * len(images.labels),
            lambda row: way(square(picture(row // views), size))[row % views],
        )
        return logits.reshape(-1, views, logits.shape[1]).mean(1).argmax(1) == images.labels

    began = time.monotonic()
    clean = right(held_out, lambda row: held_out.pictures[row]).mean()
    seconds = time.monotonic() - began
    whole = [square(one, EDGE) for one in some.pictures]
    errors = []
    for name in CORRUPTIONS:
        for severity in (2, 4):
            hit = right(some, lambda row, n=name, s=severity: corrupt(whole[row], n, s, row))
            errors.append(
                1 - np.mean([hit[some.labels == one].mean() for one in np.unique(some.labels)])
            )
    five = np.isin(some.labels, [some.classes.index(one) for one in FIVE])
    shares = [
        right(
            some,
            lambda row, k=look, c=crop: other_laboratory(some.pictures[row], k, c, row),
        )[five].mean()
        for look in LOOKS
        for crop in CROPS
    ]
    return [f"{clean:.2%}", f"{np.mean(errors):.2%}", f"{np.mean(shares):.1%}", f"{seconds:.0f} s"]


def _calibrations(reader: Reader, known: Images, held_out: Images, some: Images) -> str:
    kinds = [(name, severity) for name in CORRUPTIONS for severity in range(1, 6)]

    def spoiled(images: Images, start: int) -> Callable[[int], Pixels]:
        return lambda row: corrupt(
            square(images.pictures[row], EDGE), *kinds[(row + start) % len(kinds)], row
        )

    def both(images: Images, times: int, seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        order = np.random.default_rng(seed).permutation(len(images.labels))
        images = images.where(order)
        parts = [
            reader.read(len(order), spoiled(images, 17 * number + seed)) for number in range(times)
        ]
        logits, embeddings = (np.concatenate([part[at] for part in parts]) for at in (0, 1))
        return logits, embeddings, np.tile(images.labels, times)

    clean_known, near_known = reader.read(len(known.labels), lambda row: known.pictures[row])
    clean, near = reader.read(len(held_out.labels), lambda row: held_out.pictures[row])
    bad_known, far_known, bad_labels_known = both(known, 4, 1)
    bad, far, bad_labels = both(held_out, 3, 2)
    rows = []

    def row(what: str, of_clean: np.ndarray | float, of_bad: np.ndarray | float) -> None:
        ece = [
            expected_calibration_error(softmax(logits / np.reshape(heat, (-1, 1))), labels)
            for logits, heat, labels in (
                (clean, of_clean, held_out.labels),
                (bad, of_bad, bad_labels),
            )
        ]
        shown = f"{np.mean(of_clean):.2f}, {np.mean(of_bad):.2f}"
        rows.append([what, shown, f"{ece[0]:.2%}", f"{ece[1]:.2%}"])

    now = reader.temperature
    row("as shipped", now, now)
    cold = fit_temperature(clean_known, known.labels).temperature
    row("fitted to clean validation pictures", cold, cold)
    fourth = slice(0, len(known.labels))
    mixed = fit_temperature(
        np.concatenate([clean_known, bad_known[fourth]]),
        np.concatenate([known.labels, bad_labels_known[fourth]]),
    ).temperature
    row("to clean and as many corrupted", mixed, mixed)
    hot = fit_temperature(bad_known, bad_labels_known).temperature
    row("to corrupted alone", hot, hot)
    model_statistics = statistics.load(reader.model)
    if model_statistics is not None:
        away = [distances(one, model_statistics) for one in (near_known, far_known, near, far)]
        line = _by_distance(
            np.concatenate([clean_known, bad_known]),
            np.concatenate([known.labels, bad_labels_known]),
            np.concatenate(away[:2]),
            # Clean and corrupted pictures count alike, whatever their number.
            np.repeat([4.0, 1.0], [len(clean_known), len(bad_known)]),
        )
        row("by the distance from the training pictures", line(away[2]), line(away[3]))
    return common.table(["temperature", "clean, corrupted", "ECE clean", "ECE corrupted"], rows)


def _by_distance(
    logits: np.ndarray, labels: np.ndarray, away: np.ndarray, weight: np.ndarray
) -> Callable[[np.ndarray], np.ndarray]:
    """Fit log T = a + b log max(d, 1) + c log^2 max(d, 1) by the likelihood of the labels."""
    from scipy.optimize import minimize

    def heat(given: np.ndarray, far: np.ndarray) -> np.ndarray:
        log = np.log(np.maximum(far, 1.0))
        return np.exp(np.clip(given[0] + given[1] * log + given[2] * log**2, -3, 3))

    def loss(given: np.ndarray) -> float:
        said = softmax(logits / heat(given, away)[:, None])
        return -float(
            np.average(np.log(said[np.arange(len(labels)), labels] + 1e-9), weights=weight)
        )

    found = minimize(loss, np.zeros(3), method="Nelder-Mead")
    return lambda far: heat(found.x, far)


if __name__ == "__main__":
    sys.exit(main())
