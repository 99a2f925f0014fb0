"""The single place where an image becomes a network's input."""

import cv2
import numpy as np

from engine.images.record import Pixels


def square(pixels: Pixels, size: int) -> Pixels:
    """Stretch RGB to `size` x `size`: area averaging where it shrinks, cubic where it grows.

    An image that shrinks along one axis and grows along the other does first the one, then the
    other. One that has the size already comes back as it is, not copied.
    """
    height, width = pixels.shape[:2]
    shrunk = (min(width, size), min(height, size))
    if shrunk != (width, height):
        pixels = np.asarray(cv2.resize(pixels, shrunk, interpolation=cv2.INTER_AREA), np.uint8)
    if shrunk != (size, size):
        grown = cv2.resize(pixels, (size, size), interpolation=cv2.INTER_CUBIC)
        pixels = np.asarray(grown, np.uint8)
    return pixels
