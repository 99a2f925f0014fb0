"""Learning curve: accuracy on the holdout against the number of labels."""

import tempfile
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from engine.jobs import Job
from engine.messages import Problem
from engine.processes import run_child
from engine.train.holdout import group_images
from engine.train.labelled_set import LabelledReadings

_MAX_POINTS = 8


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """Number of labels trained on and the resulting accuracy on the holdout."""

    labels: int
    accuracy: float


def measure_learning_curve(
    job: Job,
    readings: LabelledReadings,
    locked: Collection[str],
    order: Sequence[str] | None = None,
    test_paths: Collection[str] | None = None,
) -> list[CurvePoint]:
    """Fit heads to growing subsets of the labelled images and measure each on the locked ones.

    `locked` are content hashes (SHA-256, hex). `order` are paths in the order in which they were labelled;
    without it the order is random with a fixed seed. `test_paths` limits the test to these paths. Runs in
    a child process. Raises `Problem` (`gate.none_locked`) without locked images, and `Cancelled`.
    """
    contents = [one.tobytes().hex() for one in readings.hashes]
    groups = group_images(readings.paths, contents)
    is_tested = np.array([content in locked for content in contents])
    held_groups = {group for group, one in zip(groups, is_tested, strict=True) if one}
    train_rows = np.flatnonzero([group not in held_groups for group in groups])
    if test_paths is not None:
        is_tested &= np.array([path in test_paths for path in readings.paths], np.bool_)
    if not is_tested.any() or len(train_rows) < 2:
        raise Problem("gate.none_locked")
    if order is None:
        train_rows = np.random.default_rng(0).permutation(train_rows)
    else:
        rank = {path: index for index, path in enumerate(order)}
        train_rows = np.array(
            sorted(train_rows, key=lambda row: rank.get(readings.paths[row], len(rank)))
        )
    names, labels = np.unique(np.asarray(readings.labels), return_inverse=True)
    first = min(len(train_rows), 2 * len(names))
    counts = np.unique(np.geomspace(first, len(train_rows), _MAX_POINTS).round().astype(int))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "embeddings.npy"
        np.save(file, readings.embeddings)
        request = {
            "embeddings": str(file),
            "labels": labels,
            "learn": train_rows,
            "test": is_tested,
        }
        result = run_child(job, "curve", {**request, "counts": counts.tolist()})
    return [CurvePoint(int(count), float(accuracy)) for count, accuracy in result["points"]]
