"""Original version of an image: detection of the version that the others were made from.

Uses size and the traces of resampling: an enlarged copy has more pixels and no more detail; a reduced, blurred,
rotated or cropped copy has less.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from engine.images.record import Pixels

_MAX_EDGE = 768
_MIN_POWER = 1e-6
"""Power, relative to the lowest frequencies, below which a frequency carries no detail."""
_EQUAL_SIZE_RATIO = 0.98
_EQUAL_DETAIL_RATIO = 0.977
_COMPRESSED_DETAIL_RATIO = 0.9
"""Change of detail by compression alone, at the same size."""


class ImageVersion(NamedTuple):
    """An image of a cluster: its area in pixels, its detail, and its file's suffix and size in bytes."""

    area: int
    detail: float
    suffix: str
    size: int


def find_original(versions: Sequence[ImageVersion]) -> int:
    """Return the index of the version that the others were most probably made from; the first in a tie."""
    remaining = sorted(range(len(versions)), key=lambda index: versions[index].area)
    candidates: list[int] = []
    while remaining:
        # One of each size: those with less detail were resampled, smaller files were compressed.
        max_area = versions[remaining[0]].area / _EQUAL_SIZE_RATIO
        same_size = [index for index in remaining if versions[index].area <= max_area]
        remaining = remaining[len(same_size) :]
        max_detail = max(versions[index].detail for index in same_size)
        sharpest = [
            index
            for index in same_size
            if versions[index].detail >= _COMPRESSED_DETAIL_RATIO * max_detail
        ]
        is_one_format = len({versions[index].suffix for index in sharpest}) == 1
        candidates.append(
            min(sharpest, key=lambda index: (-versions[index].size if is_one_format else 0, index))
        )
    # Of several sizes the smallest with full detail: larger ones were enlarged.
    max_detail = max(versions[index].detail for index in candidates)
    return next(
        index for index in candidates if versions[index].detail >= _EQUAL_DETAIL_RATIO * max_detail
    )


def measure_detail(pixels: Pixels) -> float:
    """Return the amount of detail of an RGB uint8 image (height, width, 3), summed over all frequencies.

    Enlarging an image changes it by a few per cent at most, with any interpolation.
    """
    grey = _without_repeats(cv2.cvtColor(np.ascontiguousarray(pixels), cv2.COLOR_RGB2GRAY))
    height, width = grey.shape
    if max(height, width) > _MAX_EDGE:
        factor = _MAX_EDGE / max(height, width)
        size = max(1, round(width * factor)), max(1, round(height * factor))
        grey = cv2.resize(grey, size, interpolation=cv2.INTER_AREA)
        height, width = grey.shape
    levels = grey.astype(np.float32)
    levels -= levels.mean()
    levels *= _window(height)[:, None] * _window(width)[None]
    power = np.abs(np.fft.rfft2(levels)) ** 2
    wave_numbers = _wave_numbers(height, width)
    count = min(height, width) // 2
    if count < 2:
        return 0.0
    power_sums = np.bincount(wave_numbers, power.ravel(), count + 1)[:count]
    density = power_sums / (np.arange(count) + 0.5)
    low_density = float(density[1:8].mean())
    return float(np.log1p(density / (_MIN_POWER * low_density)).sum()) if low_density > 0 else 0.0


def _without_repeats(grey: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    """Drop rows and columns that repeat the one before, as in an image enlarged pixel by pixel."""
    rows = np.r_[True, (grey[1:] != grey[:-1]).any(1)]
    columns = np.r_[True, (grey[:, 1:] != grey[:, :-1]).any(0)]
    return np.asarray(grey[rows][:, columns], np.uint8)


@lru_cache(16)
def _window(count: int) -> npt.NDArray[np.float32]:
    return np.hanning(count).astype(np.float32)


@lru_cache(16)
def _wave_numbers(height: int, width: int) -> npt.NDArray[np.intp]:
    """Return the wave number (cycles per image) of each element of a half spectrum."""
    vertical = np.fft.fftfreq(height)[:, None] * height
    horizontal = np.fft.rfftfreq(width)[None] * width
    wave_numbers = np.minimum(np.hypot(vertical, horizontal), min(height, width) // 2)
    return np.asarray(wave_numbers, np.intp).ravel()
