"""Placement: the box of a cell that the detector missed, at the point where a person clicked.

The box is that of the stained part under the point, else as large as the nearest cell that was found.
"""

import cv2
import numpy as np

from engine.fields.cell_box import BoxFlag, BoxKind, CellBox, FieldCells
from engine.fields.glass import Float32, fit_glass
from engine.fields.masks import closed, label_parts, opened
from engine.fields.scale import shrink
from engine.fields.stains import estimate_stains
from engine.images.record import Pixels

MIN_EDGE = 4
"""Least shorter edge of a box, in pixels of the field."""

_WORKING_DIAMETER = 40.0  # pixels of a red cell in the part of the field around the point
_STAIN_EDGE = 320  # pixels; glass and stains need no more
_REACH = 2.0  # diameters of a red cell around the point
_STAIN_LEVELS = ((0.3, 0.45, 0.2), (0.18, 0.45, 0.2), (0.15, 0.25, 0.05))
"""Least nuclear stain of a cell, in that of a usual nucleus and in the density of red cells, and the width of
gaps within a cell, in diameters of a red cell. Paler than what the detector takes for a nucleus."""

_CLICK_REACH = 0.25  # diameters; a click beside the part means it
_SIZES = (0.2, 2.8)  # diameters; other parts are specks or clumps
_MARGIN = 0.05  # diameters
_WHITE_CELL = 1.6  # diameters, where no white cell was found
_PLATELET = 0.6  # diameters; smaller boxes are platelets
_DEFAULT_SHARE = 1 / 7  # of the longer edge; of a field without any cell


def box_at(field: Pixels, cells: FieldCells, x: float, y: float) -> CellBox:
    """Return the box of the cell at a point of a field, RGB; it lies in the field."""
    diameter = _diameter(cells, field)
    box = _stained_box(field, diameter, x, y) or _box_like_nearest(cells, diameter, x, y)
    return fit_box(*box, field.shape[1], field.shape[0], cells)


def fit_box(
    x: float, y: float, width: float, height: float, field_width: int, field_height: int,
    cells: FieldCells,
) -> CellBox:  # fmt: skip
    """Return a box that a person drew as one within the field, with the kind that its size suggests."""
    left = min(max(0, round(x)), field_width - min(MIN_EDGE, field_width))
    top = min(max(0, round(y)), field_height - min(MIN_EDGE, field_height))
    right = min(max(round(x + width), left + MIN_EDGE), field_width)
    bottom = min(max(round(y + height), top + MIN_EDGE), field_height)
    kind: BoxKind = "white_cell"
    if cells.red_cell_diameter and max(right - left, bottom - top) < (
        _PLATELET * cells.red_cell_diameter
    ):
        kind = "platelet"
    is_cut = left == 0 or top == 0 or right == field_width or bottom == field_height
    flags: tuple[BoxFlag, ...] = ("border",) if is_cut else ()
    return CellBox(left, top, right - left, bottom - top, kind, flags)


def _diameter(cells: FieldCells, field: Pixels) -> float:
    """Return the diameter of a red cell, estimated from the white cells where there is none."""
    if cells.red_cell_diameter:
        return cells.red_cell_diameter
    edges = [max(box.width, box.height) for box in cells.boxes if box.kind == "white_cell"]
    return float(np.median(edges)) / _WHITE_CELL if edges else _DEFAULT_SHARE * max(field.shape[:2])


def _stained_box(
    field: Pixels, diameter: float, x: float, y: float
) -> tuple[float, float, float, float] | None:
    """Return x, y, width and height of the stained part at a point, None if there is none of a cell's size."""
    nuclear, level, left, top, factor = _nuclear_stain(field, diameter, x, y)
    across, down = (x - left) * factor, (y - top) * factor
    for share, floor, gap in _STAIN_LEVELS:
        mask = (nuclear > max(share * level[0], floor * level[1])).astype(np.uint8)
        mask = opened(closed(mask, gap * _WORKING_DIAMETER), 0.08 * _WORKING_DIAMETER)
        labels, statistics = label_parts(mask)
        rows, columns = np.nonzero(labels)
        if not rows.size:
            continue
        distances = np.hypot(columns - across, rows - down)
        nearest = int(distances.argmin())
        if distances[nearest] > _CLICK_REACH * _WORKING_DIAMETER:
            continue
        part = statistics[labels[rows[nearest], columns[nearest]]]
        edge = max(part[2], part[3]) / _WORKING_DIAMETER
        if _SIZES[0] <= edge <= _SIZES[1]:
            margin = _MARGIN * diameter
            return (
                left + part[0] / factor - margin,
                top + part[1] / factor - margin,
                part[2] / factor + 2 * margin,
                part[3] / factor + 2 * margin,
            )
    return None


def _nuclear_stain(
    field: Pixels, diameter: float, x: float, y: float
) -> tuple[Float32, tuple[float, float], int, int, float]:
    """Return nuclear stain around a point, its levels in nuclei and red cells, left, top and scale."""
    height, width = field.shape[:2]
    overview = shrink(field, _STAIN_EDGE)
    glass = fit_glass(overview)
    stains = estimate_stains(cv2.GaussianBlur(glass.density(overview), (0, 0), 0.7))
    reach = _REACH * diameter
    left, top = max(0, int(x - reach)), max(0, int(y - reach))
    part = field[top : max(top + 1, int(y + reach)), left : max(left + 1, int(x + reach))]
    factor = _WORKING_DIAMETER / diameter
    size = (max(1, round(part.shape[1] * factor)), max(1, round(part.shape[0] * factor)))
    method = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
    scaled = np.asarray(cv2.resize(part, size, interpolation=method), np.uint8)
    right, bottom = left + part.shape[1], top + part.shape[0]
    window = (left / width, top / height, right / width, bottom / height)
    density = np.asarray(cv2.GaussianBlur(glass.density(scaled, window), (0, 0), 0.8), np.float32)
    levels = (stains.nucleus_reference, stains.red_cell_density)
    return stains.nucleus_amount(density), levels, left, top, factor


def _box_like_nearest(
    cells: FieldCells, diameter: float, x: float, y: float
) -> tuple[float, float, float, float]:
    """Return x, y, width and height of a box around a point, of the size of the nearest white cell."""
    whole = [box for box in cells.boxes if box.kind == "white_cell" and "border" not in box.flags]
    edge = _WHITE_CELL * diameter
    if whole:
        nearest = min(whole, key=lambda box: np.hypot(box.centre[0] - x, box.centre[1] - y))
        edge = max(nearest.width, nearest.height)
    return x - edge / 2, y - edge / 2, edge, edge
