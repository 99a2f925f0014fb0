"""Merged classes: a class of the project has the sum of the probabilities of the model's classes in it."""

from collections.abc import Mapping, Sequence

import numpy as np

from engine.classify.reading import Float32


def merge_matrix(
    classes: Sequence[str], merged: Mapping[str, str] | None
) -> tuple[tuple[str, ...], Float32]:
    """Return m classes after merging, and the 0/1 matrix (c, m) that sums probabilities.

    `merged` maps some of the model's c `classes` to those they were merged into.
    """
    targets = [(merged or {}).get(name, name) for name in classes]
    names = tuple(dict.fromkeys(targets))
    matrix = np.zeros((len(targets), len(names)), np.float32)
    matrix[np.arange(len(targets)), [names.index(name) for name in targets]] = 1
    return names, matrix
