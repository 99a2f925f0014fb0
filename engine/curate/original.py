"""Which of several versions of one picture is the original: what resampling leaves behind, and size.

An enlarged copy has more pixels and no more detail; a reduced, blurred, turned or cropped copy has less.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from engine.images.record import Pixels

_LARGEST = 768
_FLOOR = 1e-6
"""Power, relative to that of the coarsest waves, below which a frequency carries no detail."""
_SAME_SIZE = 0.98
_SAME_DETAIL = 0.977
_ALIKE_DETAIL = 0.9
"""What compression adds to or takes from the detail of a picture of the same size."""


class Version(NamedTuple):
    """One picture of a cluster: its area in pixels, its detail, and its file's suffix and size in bytes."""

    area: int
    detail: float
    suffix: str
    size: int


def original(versions: Sequence[Version]) -> int:
    """Return the place of the version that the others were most likely made of, in a tie the first."""
    left = sorted(range(len(versions)), key=lambda one: versions[one].area)
    best: list[int] = []
    while left:
        # Of those of one size, one: what is less detailed was resampled, the smaller file compressed.
        largest = versions[left[0]].area / _SAME_SIZE
        alike = [one for one in left if versions[one].area <= largest]
        left = left[len(alike) :]
        most = max(versions[one].detail for one in alike)
        sharp = [one for one in alike if versions[one].detail >= _ALIKE_DETAIL * most]
        one_format = len({versions[one].suffix for one in sharp}) == 1
        best.append(min(sharp, key=lambda one: (-versions[one].size if one_format else 0, one)))
    # Of several sizes the smallest that has all the detail: the larger ones were enlarged.
    most = max(versions[one].detail for one in best)
    return next(one for one in best if versions[one].detail >= _SAME_DETAIL * most)


def detail(pixels: Pixels) -> float:
    """Return how much detail a picture has, over all waves from side to side that it could show.

    RGB uint8 (height, width, 3). Enlarging leaves it as it is within a few per cent, whatever the method.
    """
    grey = _without_repeats(cv2.cvtColor(np.ascontiguousarray(pixels), cv2.COLOR_RGB2GRAY))
    height, width = grey.shape
    if max(height, width) > _LARGEST:
        factor = _LARGEST / max(height, width)
        size = max(1, round(width * factor)), max(1, round(height * factor))
        grey = cv2.resize(grey, size, interpolation=cv2.INTER_AREA)
        height, width = grey.shape
    level = grey.astype(np.float32)
    level -= level.mean()
    level *= _window(height)[:, None] * _window(width)[None]
    power = np.abs(np.fft.rfft2(level)) ** 2
    waves = _waves(height, width)
    count = min(height, width) // 2
    if count < 2:
        return 0.0
    summed = np.bincount(waves, power.ravel(), count + 1)[:count]
    density = summed / (np.arange(count) + 0.5)
    coarse = float(density[1:8].mean())
    return float(np.log1p(density / (_FLOOR * coarse)).sum()) if coarse > 0 else 0.0


def _without_repeats(grey: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    """Return a picture without rows and columns that repeat the one before: enlarged pixel by pixel."""
    rows = np.r_[True, (grey[1:] != grey[:-1]).any(1)]
    columns = np.r_[True, (grey[:, 1:] != grey[:, :-1]).any(0)]
    return np.asarray(grey[rows][:, columns], np.uint8)


@lru_cache(16)
def _window(count: int) -> npt.NDArray[np.float32]:
    return np.hanning(count).astype(np.float32)


@lru_cache(16)
def _waves(height: int, width: int) -> npt.NDArray[np.intp]:
    """Return of each place of a half spectrum how many waves it has from side to side."""
    down = np.fft.fftfreq(height)[:, None] * height
    across = np.fft.rfftfreq(width)[None] * width
    waves = np.minimum(np.hypot(down, across), min(height, width) // 2)
    return np.asarray(waves, np.intp).ravel()
