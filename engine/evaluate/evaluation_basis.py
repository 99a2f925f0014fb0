"""Which images a figure stands on: those that the model has not learned from, with the others apart."""

from collections.abc import Sequence
from typing import Literal

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from engine.evaluate.intervals import wilson
from engine.messages import Message

Basis = Literal["unseen", "seen", "unknown"]
"""What the model learned from of the images that a figure stands on: none, all, or nobody knows."""


class Apart(Struct, frozen=True):
    """The images that the model learned from: how many, and its accuracy on them with its 95% interval."""

    n: int
    accuracy: float
    interval: tuple[float, float]


def standing_on(seen: Sequence[bool | None]) -> tuple[npt.NDArray[np.bool_], Basis]:
    """Return on which images (n,) figures are to stand, and what these are.

    `seen` says of each whether the model learned from it, None where nobody knows. Only where it learned
    from all of them do figures stand on what it learned from.
    """
    free = np.array([one is not True for one in seen], np.bool_)
    if not free.any():
        return np.ones(len(seen), np.bool_), "seen"
    known = all(one is False for one, counts in zip(seen, free, strict=True) if counts)
    return free, "unseen" if known else "unknown"


def apart(right: npt.NDArray[np.bool_]) -> Apart | None:
    """Return the figures of the images kept apart, by which of them (n,) are read rightly; None of none."""
    if not len(right):
        return None
    return Apart(len(right), float(right.mean()), wilson(int(right.sum()), len(right)))


def says(basis: Basis, kept_apart: Apart | None) -> list[Message]:
    """Return what is to be said beside a figure."""
    told = [Message(f"basis.{basis}")]
    if kept_apart:
        low, high = kept_apart.interval
        figures = {"accuracy": kept_apart.accuracy, "low": low, "high": high}
        told.append(Message("basis.apart", {"n": kept_apart.n, **figures}))
    return told
