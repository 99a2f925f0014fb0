"""Cells of none of the classes: AUROC with each class left out, and usual cells flagged.

    python bench/unknown.py FOLDER [OTHER…] [--model NAME|PATH] [--write]

FOLDER holds the images that the model was trained on, OTHER cells of other laboratories. Each class in turn is
left out of the embedding statistics (fitted to the model's frozen embeddings of training images), and its
held-out cells are told from those of the other classes by the score alone. "Two cells" are two held-out cells
side by side in one crop. Limits come from every second held-out image, all figures from the others; `--write`
stores them in the bundle.
"""

import argparse
import sys
from pathlib import Path

import common  # noqa: F401  (adds the engine to the path)
import cv2
import msgspec
import numpy as np
from held_out import LabelledImages, ModelReader, load_labelled_images
from threadpoolctl import threadpool_limits

from engine.classify import bundle
from engine.classify.bundle import Bundle
from engine.classify.card import FORMAT
from engine.classify.embedding_distance import EmbeddingDistance
from engine.classify.embedding_statistics import load_statistics
from engine.classify.models import open_model
from engine.classify.reading import Float16
from engine.classify.unknown_score import USUAL_SHARE, UnknownScore, find_limits
from engine.images.class_set import load_class_set
from engine.images.record import ImageRecord, Pixels
from engine.images.resize import resize_to_square
from engine.images.source import open_source
from engine.jobs import Job
from engine.train.shifted_images import shift_image
from engine.train.statistics_fitting import fit_statistics

_TRAINING_PER_CLASS = 700
_ALTERED = 1500
_PAIRS = 600
_PAIR_EDGE = 192


def main() -> int:
    """Print the tables, and write the limits where asked to."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("others", type=Path, nargs="*", metavar="OTHER")
    parser.add_argument("--model", help="name or path (default: the shipped one)")
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    model = open_model(args.model)
    statistics = load_statistics(model)
    if statistics is None:
        sys.exit("the model has no statistics")
    images = load_labelled_images(model, args.folder)
    with ModelReader(model) as reader:
        training = images.where(images.part < 2).sample(_TRAINING_PER_CLASS * len(images.classes))
        home = images.where(images.part == 2)
        train, cells = _embed(reader, training.pixels), _embed(reader, home.pixels)
        altered = home.sample(_ALTERED)
        changed = _embed(reader, _alter(altered, model.card.preprocessing.size))
        pairs = _embed(reader, _pair_up(home))
        foreign = {folder.name: _embed(reader, _load(model, folder)) for folder in args.others}
    is_limit = np.arange(len(cells)) % 2 == 0
    # On a busy machine several BLAS threads take ten times as long as one.
    with threadpool_limits(1, "blas"):
        _leave_each_class_out(training, home, altered, (train, cells, changed), is_limit)
    limits = find_limits(UnknownScore(statistics).measure(cells[is_limit]))
    score = UnknownScore(statistics, limits)
    print(f"\nShare over the limit that {USUAL_SHARE:.0%} of usual cells exceed:")
    sets = {"usual cells": cells[~is_limit], "altered": changed, "two cells": pairs, **foreign}
    for name, embeddings in sets.items():
        flagged = float((score.measure_ratios(embeddings) > 1).mean())
        print(f"  {name}: {flagged:.1%} of {len(embeddings)}")
    if args.write:
        card = msgspec.structs.replace(model.card, format=FORMAT, unknown_limits=limits)
        files = [model.folder / file for file in card.files]
        bundle.write_bundle(model.folder, card, files, replace=True)
        print(f"limits written: {limits}")
    return 0


def _leave_each_class_out(
    training: LabelledImages,
    home: LabelledImages,
    altered: LabelledImages,
    embedded: tuple[Float16, Float16, Float16],
    is_limit: np.ndarray,
) -> None:
    from sklearn.metrics import roc_auc_score

    train, cells, changed = embedded
    areas: list[list[float]] = []
    print("left out: AUROC of score; altered; embedding distance; usual flagged; left-out flagged")
    for label, name in enumerate(home.classes):
        is_in = training.labels != label
        labels = training.labels[is_in]
        fitted_on = is_limit & (home.labels != label)
        statistics = fit_statistics(
            train[is_in], labels - (labels > label), cells[fitted_on], len(home.classes) - 1
        )
        score = UnknownScore(
            statistics, find_limits(UnknownScore(statistics).measure(cells[fitted_on]))
        )
        distance = EmbeddingDistance(statistics)
        rows = ~is_limit
        is_out, tested = home.labels[rows] == label, cells[rows]
        flagged = score.measure_ratios(tested) > 1
        areas.append(
            [
                roc_auc_score(is_out, score.measure(tested)),
                roc_auc_score(altered.labels == label, score.measure(changed)),
                roc_auc_score(is_out, distance.measure(tested)),
                flagged[~is_out].mean(),
                flagged[is_out].mean(),
            ]
        )
        print(f"  {name}: " + "; ".join(f"{value:.3f}" for value in areas[-1]))
    print("  mean: " + "; ".join(f"{value:.3f}" for value in np.mean(areas, axis=0)))


def _embed(reader: ModelReader, pixels: list[Pixels]) -> Float16:
    return reader.read(len(pixels), lambda row: pixels[row])[1]


def _alter(images: LabelledImages, size: int) -> list[Pixels]:
    return [
        shift_image(resize_to_square(pixels, size), number, np.random.default_rng(number), size)
        for number, pixels in enumerate(images.pixels)
    ]


def _pair_up(images: LabelledImages) -> list[Pixels]:
    """Return crops of two cells: each moved out of the centre, blended along a soft seam."""
    rng, edge, pairs = np.random.default_rng(0), _PAIR_EDGE, []
    grid = np.stack(np.meshgrid(np.arange(edge), np.arange(edge)), -1) - edge / 2
    for _ in range(_PAIRS):
        angle, offset = rng.uniform(0, 2 * np.pi), edge * rng.uniform(0.2, 0.3)
        direction = np.array([np.cos(angle), np.sin(angle)])
        moved = [
            cv2.warpAffine(
                cv2.resize(images.pixels[row], (edge, edge)),
                np.float32(
                    [[1, 0, sign * offset * direction[0]], [0, 1, sign * offset * direction[1]]]
                ),
                (edge, edge),
                borderMode=cv2.BORDER_REFLECT_101,
            )
            for row, sign in zip(
                rng.choice(len(images.pixels), 2, replace=False), (-1, 1), strict=True
            )
        ]
        weight = (1 / (1 + np.exp(-(grid @ direction) / 3).clip(1e-6, 1e6)))[..., None]
        pairs.append((moved[0] * (1 - weight) + moved[1] * weight).astype(np.uint8))
    return pairs


def _load(model: Bundle, folder: Path) -> list[Pixels]:
    source = open_source(folder, load_class_set(model.card.class_set))
    return [
        source.load(record).pixels
        for record in source.scan(Job())
        if isinstance(record, ImageRecord) and record.label in model.card.classes
    ]


if __name__ == "__main__":
    sys.exit(main())
