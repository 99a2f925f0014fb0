"""Stratified split into training, validation and test; groups are never divided."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from engine.messages import Problem

SPLIT_NAMES = ("train", "validation", "test")


def split_images(
    labels: npt.NDArray[np.intp], groups: Sequence[str], shares: tuple[float, float], seed: int
) -> npt.NDArray[np.intp]:
    """Return the split (n,) of each image: 0 training, 1 validation, 2 test.

    Images with equal `groups` (same content, same slide) stay together; `shares` are those of validation
    and test. A group counts for the class of its first image. Each class with at least three groups of
    similar size has one in every split.
    """
    names, group_of = np.unique(np.asarray(groups), return_inverse=True)
    sizes = np.bincount(group_of, minlength=len(names))
    class_of_group = np.full(len(names), -1, np.intp)
    class_of_group[group_of[::-1]] = labels[::-1]
    split_of_group = np.zeros(len(names), np.intp)
    rng = np.random.default_rng(seed)
    for label in np.unique(labels):
        members = rng.permutation(np.flatnonzero(class_of_group == label)).tolist()
        total = int(sizes[members].sum())
        for split, share in ((2, shares[1]), (1, shares[0])):
            room = max(1, round(share * total))
            for group in list(members):
                # A group larger than the remaining share (an image copied a thousand times) is for training.
                if len(members) > 1 and sizes[group] <= room:
                    split_of_group[group] = split
                    room -= int(sizes[group])
                    members.remove(group)
                if not room:
                    break
            if not (split_of_group[class_of_group == label] == split).any() and members:
                # Few large slides: the smallest, unless it is more than its third.
                smallest = min(members, key=lambda group: int(sizes[group]))
                if len(members) > 1 and 3 * int(sizes[smallest]) <= total:
                    split_of_group[smallest] = split
                    members.remove(smallest)
    return split_of_group[group_of]


def split_into_folds(
    labels: npt.NDArray[np.intp], groups: Sequence[str], folds: int
) -> npt.NDArray[np.intp]:
    """Return the fold (n,) of each image, 0 to `folds` - 1, or -1 if it has to stay with all of them.

    The groups of each class are dealt out in turn; a group counts for the class of its first image. No fold
    holds all images of a class.
    """
    names, group_of = np.unique(np.asarray(groups), return_inverse=True)
    class_of_group = np.full(len(names), -1, np.intp)
    class_of_group[group_of[::-1]] = labels[::-1]
    fold_of_group = np.full(len(names), -1, np.intp)
    for label in np.unique(labels):
        members = np.flatnonzero(class_of_group == label)
        if len(members) > 1:
            fold_of_group[members] = np.arange(len(members)) % folds
    fold_of = fold_of_group[group_of]
    for fold in range(folds):
        # A group may hold images of several classes.
        if not np.isin(labels, labels[fold_of != fold]).all():
            fold_of[fold_of == fold] = -1
    return fold_of


def check_held_out(
    parts: npt.NDArray[np.intp],
    labels: npt.NDArray[np.intp],
    groups: Sequence[str],
    required: Sequence[int],
) -> None:
    """Raise `Problem` (`train.too_few`) unless each of the splits `required` has an image.

    `labels` and `groups` are those given to `split_images`.
    """
    if all((parts == split).any() for split in required):
        return
    distinct = {(int(label), group) for label, group in zip(labels, groups, strict=True)}
    counts = np.bincount([label for label, _ in distinct], minlength=1)
    raise Problem("train.too_few", needed=len(required) + 1, most=int(counts.max()))
