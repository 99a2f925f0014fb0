"""Resizing of images to a network's square input."""

import cv2
import numpy as np

from engine.images.record import Pixels


def resize_to_square(pixels: Pixels, size: int) -> Pixels:
    """Stretch RGB to `size` x `size`: area averaging to shrink, cubic interpolation to enlarge.

    An image that shrinks along one axis and grows along the other is shrunk first. An image of the
    right size is returned without a copy.
    """
    height, width = pixels.shape[:2]
    shrunk = (min(width, size), min(height, size))
    if shrunk != (width, height):
        pixels = np.asarray(cv2.resize(pixels, shrunk, interpolation=cv2.INTER_AREA), np.uint8)
    if shrunk != (size, size):
        enlarged = cv2.resize(pixels, (size, size), interpolation=cv2.INTER_CUBIC)
        pixels = np.asarray(enlarged, np.uint8)
    return pixels
