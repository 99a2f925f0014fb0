"""The curve of accuracy against labels given, for who starts with a new laboratory."""

import tempfile
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from engine.jobs import Job
from engine.messages import Problem
from engine.processes import run_child
from engine.train.decided import Cells
from engine.train.locked import together

_STEPS = 8


@dataclass(frozen=True, slots=True)
class Point:
    """How many labels were learned from, and the accuracy on the locked images with them."""

    labels: int
    accuracy: float


def label_curve(
    job: Job,
    cells: Cells,
    locked: Collection[str],
    order: Sequence[str] | None = None,
    read: Collection[str] | None = None,
) -> list[Point]:
    """Fit heads to growing parts of what is labelled, in one child, and read the locked images with each.

    `order` are paths as their labels came in; without it they come in a seeded random order. With `read`
    only the locked images at these paths are read. Raises `Problem` (`gate.none_locked`) without locked
    images, and `Cancelled`.
    """
    contents = [one.tobytes().hex() for one in cells.hashes]
    groups = together(cells.paths, contents)
    tested = np.array([content in locked for content in contents])
    held = {group for group, one in zip(groups, tested, strict=True) if one}
    free = np.flatnonzero([group not in held for group in groups])
    if read is not None:
        tested &= np.array([path in read for path in cells.paths], np.bool_)
    if not tested.any() or len(free) < 2:
        raise Problem("gate.none_locked")
    if order is None:
        free = np.random.default_rng(0).permutation(free)
    else:
        when = {path: at for at, path in enumerate(order)}
        free = np.array(sorted(free, key=lambda row: when.get(cells.paths[row], len(when))))
    names, labels = np.unique(np.asarray(cells.labels), return_inverse=True)
    first = min(len(free), 2 * len(names))
    counts = np.unique(np.geomspace(first, len(free), _STEPS).round().astype(int))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "embeddings.npy"
        np.save(file, cells.embeddings)
        request = {"embeddings": str(file), "labels": labels, "learn": free, "test": tested}
        told = run_child(job, "curve", {**request, "counts": counts.tolist()})
    return [Point(int(count), float(share)) for count, share in told["points"]]
