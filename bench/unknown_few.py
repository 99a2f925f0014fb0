"""Cells of none of the classes after a quick retrain on few labels: left-out class found, usual cells flagged.

    python bench/unknown_few.py FOLDER… [--model NAME|PATH] [--labels 15]

Each FOLDER holds cells of a laboratory in class folders. Each class in turn is left out, the head is fitted as
the quick retrain does to some labels of the others, and its unknown score and limits are applied to all cells
that it did not see (two draws).
"""

import argparse
import sys
from pathlib import Path

import common  # noqa: F401  (adds the engine to the path)
import numpy as np
from common import machine_description, markdown_table
from held_out import ModelReader
from own_laboratory import read_view
from sklearn.metrics import roc_auc_score

from engine.classify.models import open_model
from engine.classify.multi_view import MAX_VIEWS
from engine.classify.unknown_score import UnknownScore
from engine.images.class_set import load_class_set
from engine.images.record import ImageRecord
from engine.images.source import open_source
from engine.jobs import Job
from engine.train.head_fitting import fit_to_few

_DRAWS = 2


def main() -> int:
    """Print a row per folder."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("folders", type=Path, nargs="+", metavar="FOLDER")
    parser.add_argument("--model", metavar="NAME|PATH")
    parser.add_argument("--labels", type=int, default=15, metavar="N", help="labels a class (15)")
    args = parser.parse_args()
    model = open_model(args.model)
    print(model.card.name, machine_description())
    rows = []
    with ModelReader(model) as reader:
        for folder in args.folders:
            source = open_source(folder, load_class_set(model.card.class_set))
            records = [
                record
                for record in source.scan(Job())
                if isinstance(record, ImageRecord) and record.label
            ]
            names, labels = np.unique(
                [str(record.label) for record in records], return_inverse=True
            )
            pixels = [source.load(record).pixels for record in records]
            views = np.stack(
                [read_view(reader, pixels, view)[1] for view in range(MAX_VIEWS)], axis=1
            )
            results = [
                _leave_out(views, labels, left_out, args.labels, draw)
                for left_out in range(len(names))
                for draw in range(_DRAWS)
            ]
            means = np.mean(results, axis=0)
            print(folder.name, *means, flush=True)
            rows.append([folder.name, f"{means[0]:.3f}", *(f"{mean:.1%}" for mean in means[1:])])
    print(markdown_table(["laboratory", "AUROC", "usual flagged", "left-out flagged"], rows))
    return 0


def _leave_out(
    views: np.ndarray, labels: np.ndarray, left_out: int, count: int, draw: int
) -> tuple[float, float, float]:
    """Return the AUROC, the share of usual cells over the limit, and that of cells of the left-out class."""
    rng = np.random.default_rng(draw)
    known = [label for label in np.unique(labels) if label != left_out]
    train = np.concatenate(
        [rng.permutation(np.flatnonzero(labels == label))[:count] for label in known]
    )
    test = np.setdiff1d(np.arange(len(labels)), train)
    embeddings = views.mean(axis=1, dtype=np.float32).astype(np.float16)
    fitted = fit_to_few(
        Job(),
        views[train],
        np.searchsorted(known, labels[train]),
        [str(row) for row in train],
        tuple(map(str, known)),
        embeddings[test],
        views.shape[1],
    )
    score = UnknownScore(fitted.statistics, fitted.unknown_limits)
    is_out = labels[test] == left_out
    flagged = score.measure_ratios(embeddings[test]) > 1
    area = float(roc_auc_score(is_out, score.measure(embeddings[test])))
    return area, float(flagged[~is_out].mean()), float(flagged[is_out].mean())


if __name__ == "__main__":
    sys.exit(main())
