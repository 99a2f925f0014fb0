"""Crops of the cells of a field, made like the images that the models are trained on."""

from typing import NamedTuple

import cv2
import numpy as np

from engine.fields.cell_box import CellBox, FieldCells
from engine.images.record import Pixels

RED_CELL_DIAMETERS = 4.6
"""Side of a crop in diameters of a red cell, as in images of a CellaVision DM96 (360 px; 79 px as measured
by `find_cells`)."""

_BOX_SIDES = {"white_cell": 2.0, "platelet": 6.0}
"""Side of a crop in sides of the box, where the field has no red cells that give the scale."""

_BORDER_BLUR = 0.06  # standard deviation beyond the border of the field, in sides of the crop
_SMALL_SIGMA = 4.0  # pixels; a smaller version is blurred with at least this
_MIN_BOX_SIDES = 1.25  # A crop shows the whole cell, however large it is.


class CropRectangle(NamedTuple):
    """A square part of a field, in its pixels; it may reach beyond the border."""

    x: int
    y: int
    side: int


def crop_rectangle(box: CellBox, cells: FieldCells) -> CropRectangle:
    """Return the square around a cell that its crop shows."""
    longer = max(box.width, box.height)
    if cells.red_cell_diameter:
        side = max(RED_CELL_DIAMETERS * cells.red_cell_diameter, _MIN_BOX_SIDES * longer)
    else:
        side = _BOX_SIDES[box.kind] * longer
    x, y = box.centre
    edge = max(1, round(side))
    return CropRectangle(round(x - edge / 2), round(y - edge / 2), edge)


def crop_cell(field: Pixels, box: CellBox, cells: FieldCells) -> Pixels:
    """Return the square crop around a cell, RGB; beyond the border it is the mirrored field, out of focus.

    Sharp, it would show cells that do not exist; a plain colour is read worse (`bench/fields.py`).
    """
    x, y, side = crop_rectangle(box, cells)
    height, width = field.shape[:2]
    left, top = max(0, x), max(0, y)
    inside = field[top : max(0, y + side), left : max(0, x + side)]
    if inside.shape[:2] == (side, side):
        return inside.copy()
    if not inside.size:
        raise ValueError(f"a box outside its field of {width}x{height}: {box}")
    below, right = side - inside.shape[0] - (top - y), side - inside.shape[1] - (left - x)
    mirrored = cv2.copyMakeBorder(inside, top - y, below, left - x, right, cv2.BORDER_REFLECT_101)
    crop = _blur(np.asarray(mirrored, np.uint8), _BORDER_BLUR * side)
    crop[top - y : side - below, left - x : side - right] = inside
    return crop


def _blur(image: Pixels, sigma: float) -> Pixels:
    """Blur a smaller version of the image, which is 30 times as fast at large sigmas and hardly differs."""
    height, width = image.shape[:2]
    factor = max(1, int(sigma / _SMALL_SIGMA))
    small = cv2.resize(
        image, (-(-width // factor), -(-height // factor)), interpolation=cv2.INTER_AREA
    )
    small = cv2.GaussianBlur(small, (0, 0), sigma / factor)
    return np.asarray(cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR), np.uint8)
