"""Learning curve: accuracy on the holdout against the number of labels."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from engine.child.channel import Channel
from engine.jobs import Job
from engine.messages import Problem
from engine.processes import run_child
from engine.temporaries import temporary_folder
from engine.train.holdout import group_images
from engine.train.labelled_set import LabelledReadings
from engine.train.linear_head import fit_kernel

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
    contents = [digest.tobytes().hex() for digest in readings.hashes]
    groups = group_images(readings.paths, contents)
    is_tested = np.array([content in locked for content in contents])
    held_groups = {
        group for group, locked_image in zip(groups, is_tested, strict=True) if locked_image
    }
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
    with temporary_folder("learning-curve") as folder:
        file = folder / "embeddings.npy"
        np.save(file, readings.embeddings)
        request = {
            "embeddings": str(file),
            "labels": labels,
            "learn": train_rows,
            "test": is_tested,
        }
        result = run_child(job, "curve", {**request, "counts": counts.tolist()})
    return [CurvePoint(int(count), float(accuracy)) for count, accuracy in result["points"]]


def run(request: dict[str, Any], channel: Channel) -> dict[str, Any]:
    """Run the child task `curve`: fit heads to the first of `learn`, each of `counts`.

    `embeddings` (.npy, (n, d)), `labels` (n,); `learn` are rows, `test` is a mask (n,). Returns `points` of
    count and accuracy on `test`.
    """
    embeddings = np.load(request["embeddings"], mmap_mode="r", allow_pickle=False)
    labels, train_rows = np.asarray(request["labels"]), np.asarray(request["learn"])
    test_rows = np.flatnonzero(request["test"])
    test_embeddings = embeddings[test_rows].astype(np.float32)
    points = []
    counts = request["counts"]
    for done, count in enumerate(counts, 1):
        rows = train_rows[:count]
        names, numbers = np.unique(labels[rows], return_inverse=True)
        if len(names) > 1:
            kernel, bias = fit_kernel(embeddings[rows], numbers)
            predicted = names[(test_embeddings @ kernel + bias).argmax(1)]
            points.append([int(count), float((predicted == labels[test_rows]).mean())])
        channel.progress(done, len(counts))
    return {"points": points}
