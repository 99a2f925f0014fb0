"""Stain deposits: black blots of dried stain or dirt, found and filled in from their surroundings.

A model takes a black blot on a cell for a part of it. Nuclei are never black: in 3,557 cells of three
laboratories no pixel was below the limit used here, also darkened, blurred and with more contrast.
"""

import cv2
import numpy as np
import numpy.typing as npt

from engine.images.record import Pixels
from engine.images.resize import resize_to_square
from engine.messages import Message

Mask = npt.NDArray[np.uint8]

DEPOSITS_FILLED = Message("image.deposits_filled")
"""The note on an image that is read with its deposits filled in."""
_MAX_BRIGHTNESS = 0.2
"""Of the light of the image, in the brightest channel."""
_LIGHT_PERCENTILE = 90
_MIN_LIGHT = 40
"""Below it, of 255, an image is too dark to tell black from coloured."""
_MAX_SHARE = 0.4
_MAX_BORDER_SHARE = 0.5
"""More black along the border is a frame, or cells cut out on black."""
_FILL_RADIUS = 2.0
_KERNEL = np.ones((3, 3), np.uint8)
_CHECKED_EDGE = 161


def find_deposits(pixels: Pixels) -> Mask | None:
    """Return a mask (h, w), 255 on the deposits, of an RGB image at a network's size; None without any."""
    if not cv2.inRange(pixels, (0, 0, 0), (int(_MAX_BRIGHTNESS * 255),) * 3).any():
        return None  # At once for nearly all images.
    light = float(np.percentile(pixels.max(axis=2), _LIGHT_PERCENTILE))
    if light < _MIN_LIGHT:
        return None
    black = np.asarray(
        cv2.inRange(pixels, (0, 0, 0), (int(_MAX_BRIGHTNESS * light),) * 3), np.uint8
    )
    has_blot = cv2.erode(black, _KERNEL).any()
    border = np.concatenate([black[0], black[-1], black[:, 0], black[:, -1]])
    is_part = (
        np.count_nonzero(black) <= _MAX_SHARE * black.size
        and np.count_nonzero(border) <= _MAX_BORDER_SHARE * border.size
    )
    return black if has_blot and is_part else None


def has_deposits(pixels: Pixels) -> bool:
    """Return whether an RGB image of any size has deposits."""
    return find_deposits(resize_to_square(pixels, _CHECKED_EDGE)) is not None


def fill_deposits(pixels: Pixels) -> Pixels:
    """Return an RGB image with its deposits filled in; the same array if there are none.

    The filling continues the edges around a blot (Bertalmio, Bertozzi and Sapiro, CVPR 2001).
    """
    mask = find_deposits(pixels)
    if mask is None:
        return pixels
    # One pixel more, for the soft rim.
    mask = np.asarray(cv2.dilate(mask, _KERNEL), np.uint8)
    return np.asarray(cv2.inpaint(pixels, mask, _FILL_RADIUS, cv2.INPAINT_NS), np.uint8)
