"""Whether pictures are whole fields of a smear rather than single cells, by their pixels.

Two signs, both relative to the picture: several small nuclei lie apart from each other; or what the
picture shows is very fine, as where red cells are small. The limits were measured, see
docs/decisions/0007-unlike-training.md.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from engine.images.record import Pixels
from engine.messages import Message

LEAST = 8
"""Fewer pictures say nothing of a folder."""

_EDGE = 320  # pixels to which pictures are shrunk before anything is measured
_APART = 13  # pixels; lobes of one nucleus lie nearer to each other
_SMALLEST = 0.0015  # of the picture; less is a platelet or a speck
_SEVERAL = 4
_LARGEST = 0.05  # of the picture; the nucleus of a single cell covers 1 to 20%
_NOISE = 3  # pixels; a grain below it is no cell's
_FINE = 7  # pixels; red cells beside a single cell give 10 to 53
_FINE_NUCLEUS = 0.012
_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Look:
    """What a picture shows: how many `nuclei` lie apart, the largest one's share of the picture, and
    the `grain`, the distance in pixels at which it is half as like itself, of 320 along the edge."""

    nuclei: int
    largest: float
    grain: int

    @property
    def is_field(self) -> bool:
        """Whether this is a field of many cells."""
        several = self.nuclei >= _SEVERAL and self.largest < _LARGEST
        fine = self.grain <= _FINE and self.largest < _FINE_NUCLEUS
        return self.grain >= _NOISE and (several or fine)


def look(pixels: Pixels) -> Look:
    """Measure one picture, RGB uint8 (height, width, 3)."""
    height, width = pixels.shape[:2]
    scale = _EDGE / max(height, width)
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    small = np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.float32)
    areas = _nuclei(small)
    return Look(len(areas), float(areas.max(initial=0)), _grain(small[..., 1]))


def verdict(pictures: Iterable[Pixels]) -> Message | None:
    """Return what to say of a folder whose pictures (a few dozen of them) are fields, or None."""
    looks = [look(pixels) for pixels in pictures]
    found = sum(one.is_field for one in looks)
    if len(looks) < LEAST or found < _SHARE * len(looks):
        return None
    return Message("explore.fields", {"found": found, "count": len(looks)})


def _nuclei(small: npt.NDArray[np.float32]) -> npt.NDArray[np.float64]:
    """Return the share of the picture that each nucleus covers, its lobes together."""
    green, blue = small[..., 1], small[..., 2]
    purple = (blue - green > 25) & (green < 0.62 * np.percentile(green, 90))
    mask = cv2.morphologyEx(purple.astype(np.uint8), cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
    near = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (_APART, _APART))
    count, labels = cv2.connectedComponents(cv2.dilate(mask, near))
    areas = np.bincount(labels[mask > 0], minlength=count)[1:] / mask.size
    return np.asarray(areas[areas > _SMALLEST], np.float64)


def _grain(green: npt.NDArray[np.float32]) -> int:
    """Return the distance at which the autocorrelation falls below one half, all directions together."""
    height, width = green.shape
    window = np.outer(np.hanning(height), np.hanning(width))
    spectrum = np.fft.rfft2((green - green.mean()) * window, s=(2 * _EDGE, 2 * _EDGE))
    like = np.fft.irfft2(np.abs(spectrum) ** 2)
    along = np.minimum(np.arange(2 * _EDGE), 2 * _EDGE - np.arange(2 * _EDGE))
    distance = np.hypot(along[:, None], along).astype(np.intp).ravel()
    profile = np.bincount(distance, like.ravel()) / np.bincount(distance)
    if profile[0] <= 0:
        return _EDGE
    return int(np.argmax(profile < profile[0] / 2))
