"""Thumbnails for the gallery."""

import cv2
import numpy as np

from engine.images.decoder import fit_size
from engine.images.record import ImageRecord, Pixels
from engine.images.source import Source


def make_thumbnail(source: Source, record: ImageRecord, edge: int) -> Pixels:
    """Return an image scaled down to fit `edge` x `edge`: same aspect ratio, never enlarged.

    May be called from any thread; a large JPEG is decoded at a fraction of its size. Raises
    `Problem` (`image.*`) like `Source.load`.
    """
    pixels = source.preview(record, edge)
    height, width = pixels.shape[:2]
    size = fit_size((width, height), edge)
    if size == (width, height):
        return pixels
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)
