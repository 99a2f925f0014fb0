"""More than eight bits a channel, brought down to eight."""

from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from engine.images.record import Pixels
from engine.messages import Message

DEPTHS = (8, 10, 12, 14, 16)
"""Bits that cameras give; files say 16 for all of them."""


def depth(brightest: float, *, real: bool) -> int:
    """Return the smallest of `DEPTHS` that holds the brightest value; 0 for real numbers up to 1.

    Raises `ValueError` where none does.
    """
    if real and brightest <= 1 + 1e-3:  # 1, but for rounding
        return 0
    for bits in DEPTHS:
        if brightest < 1 << bits:
            return bits
    raise ValueError(f"a value of {brightest} in an image")


def to_eight(
    values: npt.NDArray[Any], bits: int | None = None
) -> tuple[Pixels, tuple[Message, ...]]:
    """Scale values of `bits` bits to 0-255, with the note that says so; the shape stays.

    Without `bits` they are told by the brightest value (see `depth`): a 12-bit camera's image in a
    16-bit file comes out as bright as it was, and not sixteen times too dark. Raises `ValueError`
    for negative, infinite and too large values.
    """
    real = values.dtype.kind == "f"
    if not values.size or not values.min() >= 0 or not np.isfinite(values.max()):
        raise ValueError("negative, infinite or no values in an image")
    if bits is None:
        bits = depth(float(values.max()), real=real)
    notes: tuple[Message, ...] = (Message("image.scaled", {"bits": bits}),)
    if bits in (0, 8):
        notes = () if bits else (Message("image.scaled_from_unit"),)
    if real:
        scale = np.float32(255 if bits == 0 else 255 / ((1 << bits) - 1))
        return np.minimum(values * scale + np.float32(0.5), 255).astype(np.uint8), notes
    if bits == 8:
        return values.astype(np.uint8), notes
    return _table(bits)[np.minimum(values, (1 << bits) - 1)], notes


@cache
def _table(bits: int) -> npt.NDArray[np.uint8]:
    top = (1 << bits) - 1
    return ((np.arange(top + 1) * 510 + top) // (2 * top)).astype(np.uint8)
