"""Bit depth: scaling of images with more than 8 bits per channel to 8 bits."""

from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from engine.images.record import Pixels
from engine.messages import Message

BIT_DEPTHS = (8, 10, 12, 14, 16)
"""Bit depths of cameras; their files always state 16."""


def find_bit_depth(brightest: float, *, is_float: bool) -> int:
    """Return the smallest of `BIT_DEPTHS` that holds the brightest value; 0 for floats up to 1.

    Raises `ValueError` if none does.
    """
    if is_float and brightest <= 1 + 1e-3:  # 1, with a margin for rounding
        return 0
    for bits in BIT_DEPTHS:
        if brightest < 1 << bits:
            return bits
    raise ValueError(f"a value of {brightest} in an image")


def scale_to_8_bits(
    values: npt.NDArray[Any], bits: int | None = None
) -> tuple[Pixels, tuple[Message, ...]]:
    """Scale values of `bits` bits to 0-255 and return them with a note; the shape is unchanged.

    Without `bits`, the bit depth is found from the brightest value (see `find_bit_depth`), so that a
    12-bit image in a 16-bit file is not sixteen times too dark. Raises `ValueError` for negative,
    infinite and too large values.
    """
    is_float = values.dtype.kind == "f"
    if not values.size or not values.min() >= 0 or not np.isfinite(values.max()):
        raise ValueError("negative, infinite or no values in an image")
    if bits is None:
        bits = find_bit_depth(float(values.max()), is_float=is_float)
    notes: tuple[Message, ...] = (Message("image.scaled", {"bits": bits}),)
    if bits in (0, 8):
        notes = () if bits else (Message("image.scaled_from_unit"),)
    if is_float:
        scale = np.float32(255 if bits == 0 else 255 / ((1 << bits) - 1))
        return np.minimum(values * scale + np.float32(0.5), 255).astype(np.uint8), notes
    if bits == 8:
        return values.astype(np.uint8), notes
    return _scaling_table(bits)[np.minimum(values, (1 << bits) - 1)], notes


@cache
def _scaling_table(bits: int) -> npt.NDArray[np.uint8]:
    top = (1 << bits) - 1
    return ((np.arange(top + 1) * 510 + top) // (2 * top)).astype(np.uint8)
