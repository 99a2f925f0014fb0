"""Who is learned from and who is held out: stratified, and duplicates never on both sides."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from engine.messages import Problem

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
        members = rng.permutation(np.flatnonzero(first == label)).tolist()
        total = int(sizes[members].sum())
        for which, share in ((2, shares[1]), (1, shares[0])):
            room = max(1, round(share * total))
            for group in list(members):
                # A group too big for what is left (a picture copied a thousand times) is learned from.
                if len(members) > 1 and sizes[group] <= room:
                    of_group[group] = which
                    room -= int(sizes[group])
                    members.remove(group)
                if not room:
                    break
    return of_group[group_of]


def check_held_out(
    parts: npt.NDArray[np.intp],
    labels: npt.NDArray[np.intp],
    groups: Sequence[str],
    held: Sequence[int],
) -> None:
    """Raise `Problem` (`train.too_few`) unless each of the splits `held` has an image.

    What cannot be held out cannot be told how well it is read. `labels` and `groups` are those of `split`.
    """
    if all((parts == which).any() for which in held):
        return
    different = {(int(label), group) for label, group in zip(labels, groups, strict=True)}
    counts = np.bincount([label for label, _ in different], minlength=1)
    raise Problem("train.too_few", needed=len(held) + 1, most=int(counts.max()))
