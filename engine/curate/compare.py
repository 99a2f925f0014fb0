"""What comparing all different pictures with each other gives."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from engine.classify.reading import Float32
from engine.curate import alike, labels, unlike

Arrays = Mapping[str, npt.NDArray[Any]]

_COMPONENTS = 64


def compare(inputs: Arrays, tell: alike.Tell) -> dict[str, npt.NDArray[Any]]:
    """Return arrays over the m pictures of `inputs`: facts, embeddings, labels (-1: none), seen.

    `first`, `second`, `alike`: pairs of like pictures; `group` (m,): the lowest row each hangs together
    with; `unlike` (m,); `suspect` (m,), zero where nothing can be said, and `suggested` (m,), -1
    where the label is good.
    """
    facts, count = inputs["facts"], len(inputs["facts"])
    described = alike.descriptors(facts["grey"])
    reduced = _whitened(inputs["embeddings"])
    first, second, value = alike.pairs(
        facts["grey"], described, reduced, lambda share: tell(0.7 * share)
    )
    group = alike.components(count, first, second)
    seen = inputs["seen"]
    if not len(seen):
        seen = unlike.robust(reduced) if count > reduced.shape[1] else np.ones(count, np.float32)
    found: dict[str, npt.NDArray[Any]] = {
        "first": first,
        "second": second,
        "alike": value,
        "group": group,
        "unlike": unlike.unlikeness(facts, described, seen),
        "suspect": np.zeros(count, np.float32),
        "suggested": np.full(count, -1, np.intp),
    }
    tell(0.75)
    usable = labels.enough(inputs["labels"])
    usable &= found["unlike"] < unlike.OFF_TOPIC  # a landscape has no right label
    rows = np.flatnonzero(usable)
    if len(rows) >= 2 * labels.FOLDS:
        names, given = np.unique(inputs["labels"][rows], return_inverse=True)
        if len(names) > 1:
            probabilities = labels.out_of_fold(reduced[rows], given, group[rows])
            found["suspect"][rows], better, wrong = labels.issues(given, probabilities)
            found["suggested"][rows] = np.where(wrong, names[better], -1)
    tell(1.0)
    return found


def _whitened(embeddings: npt.NDArray[np.float16]) -> Float32:
    count, size = embeddings.shape
    step = max(1, count // 12_000)
    known = embeddings[::step].astype(np.float32)
    mean = known.mean(0) if count else np.zeros(size, np.float32)
    known -= mean
    values, vectors = np.linalg.eigh((known.T @ known).astype(np.float64) / max(1, len(known)))
    keep = min(_COMPONENTS, size)
    scale = 1 / np.sqrt(np.maximum(values[::-1][:keep], 1e-6 * max(float(values[-1]), 1e-9)))
    leading = (vectors[:, ::-1][:, :keep] * scale).astype(np.float32)
    return np.concatenate(
        [
            (embeddings[start : start + 4096].astype(np.float32) - mean) @ leading
            for start in range(0, count, 4096)
        ]
        or [np.empty((0, keep), np.float32)]
    )
