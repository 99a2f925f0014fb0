"""Stain deposits: black blots of dried stain or dirt, found and filled in from their surroundings.

A model takes a black blot on a cell for a part of it. Nuclei are not black in colour images as cameras take
them: in 3,557 cells of three laboratories no pixel was below the limit used here, also darkened, blurred and
with a little more contrast. In grey images they are, and in images whose levels were stretched; there a
nucleus must not be filled in. Between a deposit and a nucleus there is a gap: hardly a pixel is dark without
being black.
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
_LIGHT_PERCENTILE, _COLOUR_PERCENTILE = 90, 99
_MIN_LIGHT = 40
"""Below it, of 255, an image is too dark to tell black from coloured."""
_MAX_SHARE = 0.4
"""Of the image that may be filled in."""
_MIN_COLOUR = 0.05
"""Of the light, between the channels of the most colourful pixels; below it an image is grey."""
_DARK_BRIGHTNESS = 0.4
_MAX_BLACK_MEDIAN = 0.01
"""Of the light, in half of the black pixels: ink is as black as pixels get, a stretched nucleus in parts."""
_MAX_DARK = 0.2
"""Of the number of black pixels: those that are dark and not black. More are the nucleus of a cell."""
_MAX_BORDER_SHARE = 0.5
"""More black along the border is a frame, or cells cut out on black."""
_FILL_RADIUS = 2.0
_KERNEL = np.ones((3, 3), np.uint8)


def find_deposits(pixels: Pixels) -> Mask | None:
    """Return a mask (h, w), 255 on the deposits, of an RGB image at a network's size; None without any."""
    if not _darker(pixels, _MAX_BRIGHTNESS * 255).any():
        return None  # At once for nearly all images.
    brightest = pixels.max(axis=2)
    light = float(np.percentile(brightest, _LIGHT_PERCENTILE))
    colour = float(np.percentile(brightest - pixels.min(axis=2), _COLOUR_PERCENTILE))
    if light < _MIN_LIGHT or colour < _MIN_COLOUR * light:
        return None
    black = _darker(pixels, _MAX_BRIGHTNESS * light)
    count = np.count_nonzero(black)
    dark_count = np.count_nonzero(_darker(pixels, _DARK_BRIGHTNESS * light)) - count
    border = np.concatenate([black[0], black[-1], black[:, 0], black[:, -1]])
    is_deposit = (
        count > 0
        and dark_count <= _MAX_DARK * count
        and np.median(brightest[black > 0]) <= _MAX_BLACK_MEDIAN * light
        and np.count_nonzero(_grow(black)) <= _MAX_SHARE * black.size
        and np.count_nonzero(border) <= _MAX_BORDER_SHARE * border.size
        and cv2.erode(black, _KERNEL).any()
    )
    return black if is_deposit else None


def has_deposits(pixels: Pixels, size: int) -> bool:
    """Return whether an RGB image has deposits where a network reads it at this size."""
    return find_deposits(resize_to_square(pixels, size)) is not None


def fill_deposits(pixels: Pixels) -> Pixels:
    """Return an RGB image with its deposits filled in; the same array if there are none.

    The filling continues the edges around a blot (Bertalmio, Bertozzi and Sapiro, CVPR 2001).
    """
    mask = find_deposits(pixels)
    if mask is None:
        return pixels
    return np.asarray(cv2.inpaint(pixels, _grow(mask), _FILL_RADIUS, cv2.INPAINT_NS), np.uint8)


def _darker(pixels: Pixels, limit: float) -> Mask:
    """Return a mask of the pixels that are at most so bright in every channel."""
    return np.asarray(cv2.inRange(pixels, (0, 0, 0), (int(limit),) * 3), np.uint8)


def _grow(mask: Mask) -> Mask:
    """Return a mask one pixel larger, for the soft rim."""
    return np.asarray(cv2.dilate(mask, _KERNEL), np.uint8)
