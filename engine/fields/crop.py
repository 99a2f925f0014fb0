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
    """Return the square crop around a cell, RGB; beyond the border it has the colour of the glass.

    A mirrored border would show cells that do not exist.
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
    padded = cv2.copyMakeBorder(
        inside, top - y, below, left - x, right, cv2.BORDER_CONSTANT, value=_glass_colour(inside)
    )
    return np.asarray(padded, np.uint8)


def _glass_colour(pixels: Pixels) -> tuple[int, int, int]:
    """Return the median colour of the brightest quarter of the pixels."""
    colours = pixels.reshape(-1, 3)
    brightness = colours.sum(axis=1, dtype=np.uint16)
    red, green, blue = np.median(colours[brightness >= np.percentile(brightness, 75)], axis=0)
    return int(red), int(green), int(blue)
