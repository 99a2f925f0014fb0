"""Fitting of the classifier of platelets, `resources/fields/platelets.npz`.

    python bench/fit_platelets.py FIELDS [--variants N] [--out FILE]

FIELDS holds the fields of BCCD with their boxes. Only every second field is used (the first, third, …), as
published and in N variants each (`field_variants.py`); `bench/fields.py` reports on the others. An outline
is right if its box overlaps a drawn one by at least half. The limit is the one with the highest recall in a
cross-validation over fields, among those with a precision of at least 0.8.
"""

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path

import common
import cv2
import numpy as np
from field_variants import VARIANTS
from fields import AnnotatedField, Counts, read_fields
from sklearn.ensemble import HistGradientBoostingClassifier

from engine.fields.cell_box import CellBox
from engine.fields.detection import working_images
from engine.fields.platelets import best_outlines, cover
from engine.fields.spot_classifier import SpotClassifier, write_classifier
from engine.fields.spots import FEATURES, Spots, find_spots
from engine.fields.white_cells import StainedPart
from engine.images.record import Pixels
from engine.paths import resources_dir

_MIN_OVERLAP = 0.5
_FOLDS = 4
_MODELS = 5
_MIN_PRECISION = 0.8
_LIMITS = np.arange(0.2, 0.7, 0.02)


@dataclass(frozen=True, slots=True)
class MeasuredField:
    """The spots of one field or variant, the box of each in the field as published, and the drawn boxes."""

    number: int
    is_published: bool
    spots: Spots
    boxes: list[CellBox]
    drawn: list[CellBox]

    @property
    def are_right(self) -> np.ndarray:
        """True for each spot whose box is that of a platelet."""
        return np.array(
            [max(map(box.overlap, self.drawn), default=0) >= _MIN_OVERLAP for box in self.boxes],
            bool,
        )


def measure(
    field: AnnotatedField, number: int, pixels: Pixels, factor: float, *, is_published: bool
) -> MeasuredField:
    """Measure the spots of a field of one tile, `factor` times as large as published."""
    (image,) = working_images(pixels)
    white_cells = cover(image.white_cells, image.nuclear.shape)
    spots = find_spots(image.density, image.nuclear, image.stains, image.diameter, white_cells)
    boxes = []
    for x, y, width, height in spots.boxes.tolist():
        part = StainedPart(x, y, np.empty((height, width), np.uint8))
        box = image.box(part, "platelet")
        edges = (box.x, box.y, box.width, box.height)
        boxes.append(CellBox(*(round(edge / factor) for edge in edges)))
    return MeasuredField(number, is_published, spots, boxes, field.platelets)


def fit(fields: list[MeasuredField]) -> list[HistGradientBoostingClassifier]:
    """Fit the trees: models that differ in the features offered to each split."""
    features = np.vstack([field.spots.features for field in fields])
    right = np.concatenate([field.are_right for field in fields])
    return [
        HistGradientBoostingClassifier(
            max_iter=150,
            learning_rate=0.08,
            max_leaf_nodes=8,
            max_depth=5,
            min_samples_leaf=20,
            l2_regularization=5,
            max_features=0.3,
            early_stopping=False,
            random_state=seed,
        ).fit(features, right)
        for seed in range(_MODELS)
    ]


def to_classifier(models: list[HistGradientBoostingClassifier], limit: float) -> SpotClassifier:
    """Return the trees of all models as arrays; their scores are the means of those of the models."""
    roots, parts, start = [], [], 0
    for (tree,) in (trees for model in models for trees in model._predictors):
        nodes = tree.nodes
        own = np.arange(start, start + len(nodes))
        is_leaf = nodes["is_leaf"].astype(bool)
        parts.append(
            (
                np.where(is_leaf, 0, nodes["feature_idx"]),
                np.where(is_leaf, 0, nodes["num_threshold"]),
                np.where(is_leaf, own, start + nodes["left"].astype(int)),
                np.where(is_leaf, own, start + nodes["right"].astype(int)),
                np.where(is_leaf, nodes["value"] / len(models), 0),
            )
        )
        roots.append(start)
        start += len(nodes)
    feature, threshold, left, right, score = (
        np.concatenate(column) for column in zip(*parts, strict=True)
    )
    return SpotClassifier(
        np.array(FEATURES),
        np.array(roots, np.int32),
        feature.astype(np.int32),
        threshold.astype(np.float32),
        left.astype(np.int32),
        right.astype(np.int32),
        score.astype(np.float32),
        np.asarray(models[0]._baseline_prediction, np.float32).ravel(),
        np.array([limit], np.float32),
    )


def count(fields: list[MeasuredField], probabilities: list[np.ndarray], limit: float) -> Counts:
    """Count the platelets that are found with a limit."""
    counts = Counts()
    for field, shares in zip(fields, probabilities, strict=True):
        chosen = best_outlines(field.spots, shares, limit)
        counts.add([field.boxes[index] for index in chosen], field.drawn)
    return counts


def choose_limit(fields: list[MeasuredField]) -> float:
    """Return the limit by cross-validation over the fields as published, and print what it gives."""
    published = [field for field in fields if field.is_published]
    probabilities: dict[int, np.ndarray] = {}
    for fold in range(_FOLDS):
        models = fit([field for field in fields if field.number // 2 % _FOLDS != fold])
        classifier = to_classifier(models, 0.5)
        for field in published:
            if field.number // 2 % _FOLDS == fold:
                probabilities[field.number] = classifier.probabilities(field.spots.features)
    shares = [probabilities[field.number] for field in published]
    results = [(count(published, shares, limit), float(limit)) for limit in _LIMITS]
    for counts, limit in results:
        print(f"limit {limit:.2f}: {counts}")
    precise = [
        (counts.matched, -counts.found, limit)
        for counts, limit in results
        if counts.found and counts.matched >= _MIN_PRECISION * counts.found
    ]
    return max(precise)[2]


def main() -> int:
    """Fit the classifier and write it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("fields", type=Path)
    parser.add_argument(
        "--variants", type=int, default=1, help="variants of each field (default 1)"
    )
    parser.add_argument("--out", type=Path, default=resources_dir() / "fields" / "platelets.npz")
    args = parser.parse_args()
    cv2.setNumThreads(1)
    rng = np.random.default_rng(0)
    changes = [change for name, change in VARIANTS.items() if name != "as published"]
    measured = []
    for number, field in list(enumerate(read_fields(args.fields)))[::2]:
        pixels = field.load()
        measured.append(measure(field, number, pixels, 1.0, is_published=True))
        for index in rng.choice(len(changes), args.variants, replace=False):
            changed, factor = changes[index](pixels)
            measured.append(measure(field, number, changed, factor, is_published=False))
    spots = sum(len(field.boxes) for field in measured)
    reached = sum(
        max(map(drawn.overlap, field.boxes), default=0) >= _MIN_OVERLAP
        for field in measured
        for drawn in field.drawn
    )
    drawn_count = sum(len(field.drawn) for field in measured)
    print(
        f"{spots} outlines, which reach {reached / drawn_count:.1%} of the drawn platelets",
        flush=True,
    )
    limit = choose_limit(measured)
    classifier = to_classifier(fit(measured), limit)
    args.out.parent.mkdir(parents=True, exist_ok=True)
    write_classifier(args.out, classifier)
    print(f"{args.out}: {len(classifier.roots)} trees, limit {limit:.2f}")
    print(common.machine_description())
    return 0


if __name__ == "__main__":
    sys.exit(main())
