"""Orientation of an image by its EXIF tag (EXIF 2.3, tag 274)."""

from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image

from engine.images import tiff_channels


def read_orientation(image: Image.Image) -> int:
    """Return the orientation of an image, 1 (upright) where it has none."""
    if not ("exif" in image.info or "xmp" in image.info):
        return 1
    try:
        return int(image.getexif().get(tiff_channels.ORIENTATION, 1))
    except Exception:  # Corrupt metadata does not invalidate the pixels.
        return 1


def apply_orientation(values: npt.NDArray[Any], orientation: int) -> npt.NDArray[Any]:
    """Return pixels turned upright; the tag names the corner of the scene at row 0, column 0."""
    if orientation not in range(2, 9):
        return values
    if orientation >= 5:
        values = values.swapaxes(0, 1)
    if orientation in (2, 3, 6, 7):
        values = values[:, ::-1]
    if orientation in (3, 4, 7, 8):
        values = values[::-1]
    return np.ascontiguousarray(values)
