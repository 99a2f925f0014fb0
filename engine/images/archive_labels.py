"""Labels in archives: class indices, one-hot rows or names."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from engine.images import npz
from engine.images.npz import Member
from engine.messages import Problem

CLASS_NAME_ARRAYS = ("classes", "class_names", "label_names", "categories")
"""Names of the arrays that hold an archive's class names, in index order."""

_MAX_INDEX = 1e9
"""Largest class index; infinity and numbers of 300 digits are none."""


def read_class_names(path: Path, members: Mapping[str, Member]) -> tuple[str, ...]:
    """Return the archive's own class names in index order; empty if it has none.

    Numeric arrays are ignored. Raises `Problem` (`archive.*`) if a name is empty or occurs twice,
    because the indices would be ambiguous.
    """
    for name in CLASS_NAME_ARRAYS:
        member = members.get(name)
        if member is None or member.dtype.kind not in "US" or len(member.shape) not in (1, 2):
            continue
        names = tuple(map(decode_name, npz.read_member(path, member).reshape(-1).tolist()))
        if not names:
            continue
        if not all(names) or len(set(names)) < len(names):
            raise Problem("archive.classes", name=name)
        return names
    return ()


def parse_labels(values: npt.NDArray[Any], name: str) -> Sequence[int | str]:
    """Return the label of each image from the array `name`: a class index or a name.

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
        return [decode_name(value) for value in values.tolist()]
    if (
        values.dtype.kind == "f"
        and not ((values == np.floor(values)) & (abs(values) <= _MAX_INDEX)).all()
    ):
        raise Problem("archive.labels", name=name)
    return [int(value) for value in values.tolist()]


def decode_name(value: str | bytes) -> str:
    """Return a name from an archive as text without surrounding spaces."""
    text = value.decode("utf-8", "replace") if isinstance(value, bytes) else value
    return text.strip()
