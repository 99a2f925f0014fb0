"""Small pictures for galleries."""

import cv2
import numpy as np

from engine.images.decode import fit
from engine.images.record import ImageRecord, Pixels
from engine.images.source import Source


def thumbnail(source: Source, record: ImageRecord, edge: int) -> Pixels:
    """Return an image no larger than `edge` x `edge`, with its aspect kept, never enlarged.

    May be called from any thread; a large JPEG is decoded at a fraction of its size. Raises
    `Problem` (`image.*`) as `Source.load` does.
    """
    pixels = source.preview(record, edge)
    height, width = pixels.shape[:2]
    size = fit((width, height), edge)
    if size == (width, height):
        return pixels
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)
