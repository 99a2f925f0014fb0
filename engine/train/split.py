"""Who is learned from and who is held out: stratified, and duplicates never on both sides."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

SPLITS = ("train", "validation", "test")


def split(
    labels: npt.NDArray[np.intp], groups: Sequence[str], shares: tuple[float, float], seed: int
) -> npt.NDArray[np.intp]:
    """Assign each image to a split: returns (n,) of 0 train, 1 validation, 2 test.

    `groups` names what must stay together (the same content, the same slide); `shares` are those of
    validation and test. A group counts for the class of its first image. Each class with at least
    three groups has one in every split.
    """
    names, group_of = np.unique(np.asarray(groups), return_inverse=True)
    sizes = np.bincount(group_of, minlength=len(names))
    first = np.full(len(names), -1, np.intp)
    first[group_of[::-1]] = labels[::-1]
    of_group = np.zeros(len(names), np.intp)
    rng = np.random.default_rng(seed)
    for label in np.unique(labels):
        members = rng.permutation(np.flatnonzero(first == label))
        total = sizes[members].sum()
        start = 0
        for which, share in ((2, shares[1]), (1, shares[0])):
            filled = np.cumsum(sizes[members[start:]])
            count = max(1, int(np.searchsorted(filled, share * total, side="right")))
            if len(members) - start <= 1:
                break
            of_group[members[start : start + count]] = which
            start += count
    return of_group[group_of]
