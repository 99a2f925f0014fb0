"""Own laboratory in five minutes: accuracy after a quick retrain with a few labels a class.

    python bench/own_laboratory.py FOLDER… --model NAME|PATH [--views 1] [--labelled-only]

Each FOLDER holds cells of another laboratory in class folders; give a model that did not learn from it.
The head is fitted as the quick retrain does in a small folder, to rotated and mirrored views of the labelled
cells and to the unlabelled ones by their likeness, and evaluated on all other white cells of the five common
classes, read in all views (twelve draws a point, at most half of a class).
"""

import argparse
import sys
import time
from pathlib import Path

import common  # noqa: F401  (adds the engine to the path)
import numpy as np
from common import machine_description, markdown_table
from held_out import ModelReader
from model_measures import FIVE_CLASSES

from engine.classify.models import open_model
from engine.classify.multi_view import transform_view
from engine.classify.reading import Float16, Float32
from engine.classify.training_images import TrainingImages
from engine.images.class_set import load_class_set
from engine.images.perceptual_hash import compute_hashes
from engine.images.record import ImageRecord, Pixels
from engine.images.source import open_source
from engine.jobs import Job
from engine.train.linear_head import fit_kernel

_LABELS_PER_CLASS = (2, 5, 10, 20)
_DRAWS = 12


def main() -> int:
    """Print a row per folder."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("folders", type=Path, nargs="+", metavar="FOLDER")
    parser.add_argument("--model", required=True, metavar="NAME|PATH")
    parser.add_argument("--views", type=int, choices=range(1, 9), default=8)
    parser.add_argument("--labelled-only", action="store_true", help="without unlabelled images")
    args = parser.parse_args()
    model = open_model(args.model)
    print(machine_description())
    rows = []
    with ModelReader(model) as reader:
        for folder in args.folders:
            source = open_source(folder, load_class_set(model.card.class_set))
            records = [
                record
                for record in source.scan(Job())
                if isinstance(record, ImageRecord) and record.label in FIVE_CLASSES
            ]
            keys = compute_hashes(Job(), source, records)
            learned = int(TrainingImages.from_bundle(model).contains(keys).sum())
            labels = np.array([FIVE_CLASSES.index(str(record.label)) for record in records])
            pixels = [source.load(record).pixels for record in records]
            started = time.perf_counter()
            views = [read_view(reader, pixels, view) for view in range(args.views)]
            reading = time.perf_counter() - started
            outputs = [model.card.classes.index(name) for name in FIVE_CLASSES]
            logits = np.mean([found[0] for found in views], axis=0)[:, outputs]
            embeddings = np.stack([found[1] for found in views], 1).astype(np.float32)
            points, fitting = _curve(labels, embeddings, args.labelled_only)
            accuracies = [(logits.argmax(1) == labels).mean(), *points]
            rows.append(
                [
                    f"{folder.name} ({len(labels)}, {learned} learned from)",
                    *(f"{accuracy:.1%}" for accuracy in accuracies),
                    f"{reading:.0f} s; {fitting:.1f} s",
                ]
            )
    counts = (f"{count} a class" for count in _LABELS_PER_CLASS)
    print(markdown_table(["laboratory", "no label", *counts, "reading; one fit"], rows))
    return 0


def _curve(
    labels: np.ndarray, embeddings: np.ndarray, labelled_only: bool
) -> tuple[list[float], float]:
    """Return the mean accuracy for each number of labels, and the seconds of the longest fit."""
    rng, seconds, points = np.random.default_rng(0), 0.0, []
    present = np.unique(labels)
    means = embeddings.mean(axis=1)
    has_views = embeddings.shape[1] > 1
    for count in _LABELS_PER_CLASS:
        accuracies = []
        for _ in range(_DRAWS):
            shuffled = [rng.permutation(np.flatnonzero(labels == label)) for label in present]
            train = np.concatenate(
                [rows[: min(count, max(1, len(rows) // 2))] for rows in shuffled]
            )
            test = np.setdiff1d(np.arange(len(labels)), train)
            started = time.perf_counter()
            kernel, bias = fit_kernel(
                embeddings[train] if has_views else means[train],
                np.searchsorted(present, labels[train]),
                None if labelled_only else means[test],
            )
            seconds = max(seconds, time.perf_counter() - started)
            predicted = present[(means[test] @ kernel + bias).argmax(1)]
            accuracies.append(float((predicted == labels[test]).mean()))
        points.append(float(np.mean(accuracies)))
    return points, seconds


def read_view(reader: ModelReader, pixels: list[Pixels], view: int) -> tuple[Float32, Float16]:
    """Return the logits (n, c) and embeddings (n, d) of one of the eight views of images."""
    return reader.read(len(pixels), lambda row: _turned(pixels[row], view))


def _turned(pixels: Pixels, view: int) -> Pixels:
    return np.ascontiguousarray(transform_view(pixels[None], view)[0])


if __name__ == "__main__":
    sys.exit(main())
