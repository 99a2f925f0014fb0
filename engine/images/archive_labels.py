"""Labels of archives: numbers, one-hot rows or names, and which class each number means."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from engine.images import npz
from engine.images.npz import Member
from engine.messages import Problem

CLASS_NAMES = ("classes", "class_names", "label_names", "categories")
"""Arrays in which an archive names its classes, in the order of the numbers."""


def class_names(path: Path, members: Mapping[str, Member]) -> tuple[str, ...]:
    """Return the archive's own names of its classes, in the order of the numbers; empty without any.

    An array of numbers names nothing. Raises `Problem` (`archive.*`) where names are empty or come
    twice, for then no number can be trusted.
    """
    for name in CLASS_NAMES:
        member = members.get(name)
        if member is None or member.dtype.kind not in "US" or len(member.shape) not in (1, 2):
            continue
        names = tuple(map(as_text, npz.read(path, member).reshape(-1).tolist()))
        if not names:
            continue
        if not all(names) or len(set(names)) < len(names):
            raise Problem("archive.classes", name=name)
        return names
    return ()


def values_of(values: npt.NDArray[Any], name: str) -> Sequence[int | str]:
    """Return the label of each image as the array `name` writes it: a number, or a name.

    The array is (n,), (n, 1) or one-hot rows (n, c). Raises `Problem` (`archive.labels`).
    """
    if values.ndim == 2 and values.shape[1] == 1:
        values = values[:, 0]
    if values.ndim == 2 and values.dtype.kind in "iufb":
        if not ((values == 0) | (values == 1)).all() or not (values.sum(axis=1) == 1).all():
            raise Problem("archive.labels", name=name)
        values = values.argmax(axis=1)
    if values.ndim != 1 or values.dtype.kind not in "iufbUS":
        raise Problem("archive.labels", name=name)
    if values.dtype.kind in "US":
        return [as_text(value) for value in values.tolist()]
    if values.dtype.kind == "f" and not (values == np.floor(values)).all():
        raise Problem("archive.labels", name=name)
    return [int(value) for value in values.tolist()]


def as_text(value: str | bytes) -> str:
    """Return a name as an archive holds it, as text without surrounding spaces."""
    text = value.decode("utf-8", "replace") if isinstance(value, bytes) else value
    return text.strip()
