"""Scale of a field: the diameter of its red cells, measured in as small a version as shows them."""

from dataclasses import dataclass

import cv2
import numpy as np

from engine.fields.glass import WHOLE, Float32, Glass, Window
from engine.fields.masks import label_parts, opened
from engine.fields.red_cells import RedCells, measure_red_cells
from engine.fields.stains import Stains
from engine.images.record import Pixels

_EDGES = (320, 640, 1280)
# Pixels. Smaller red cells run together, so they are measured in a larger version too.
_SURE_DIAMETER = 40.0
_MIN_DIAMETER = 15.0
_AGREEMENT = 1.25  # ratio of two measurements
_TILE_EDGE = 1024
_TILES = 3  # per axis at most, of a field too large to be measured whole
_DEFAULT_SHARE = 1 / 7
_MIN_NUCLEUS_PIXELS = 30
_NUCLEUS_DIAMETERS = 1.1
"""Median diameter of nuclei, in red cells."""


@dataclass(frozen=True, slots=True)
class FieldScale:
    """Diameter of a red cell in pixels of the field, and the number of red cells (None: none found).

    Without red cells the diameter is estimated from the nuclei.
    """

    diameter: float
    red_cell_count: int | None


def shrink(field: Pixels, edge: int) -> Pixels:
    """Return the field with a longer edge of at most `edge` pixels."""
    height, width = field.shape[:2]
    factor = edge / max(height, width)
    if factor >= 1:
        return field
    size = (max(1, round(width * factor)), max(1, round(height * factor)))
    return np.asarray(cv2.resize(field, size, interpolation=cv2.INTER_AREA), np.uint8)


def measure_scale(field: Pixels, glass: Glass, stains: Stains) -> FieldScale:
    """Measure the scale of a field."""
    longer = max(field.shape[:2])
    red_cells, last_diameter = None, 0.0
    for edge in _EDGES:
        small = shrink(field, edge)
        factor = longer / max(small.shape[:2])
        red_cells = measure_red_cells(_smooth_density(small, glass, WHOLE), stains)
        if red_cells:
            diameter = red_cells.diameter * factor
            agrees = max(diameter, last_diameter) <= _AGREEMENT * min(diameter, last_diameter)
            is_sure = red_cells.diameter >= (_MIN_DIAMETER if agrees else _SURE_DIAMETER)
            if is_sure or factor == 1:
                return FieldScale(diameter, red_cells.count)
            last_diameter = diameter
        if factor == 1:
            break
    else:
        red_cells = _measure_in_tiles(field, glass, stains)
    if red_cells:
        return FieldScale(red_cells.diameter, red_cells.count)
    return FieldScale(_diameter_by_nuclei(field, glass, stains), None)


def _measure_in_tiles(field: Pixels, glass: Glass, stains: Stains) -> RedCells | None:
    """Measure a large field of small cells in tiles spread over it; their count is extrapolated."""
    height, width = field.shape[:2]
    measured, pixels = [], 0
    for top in _starts(height):
        for left in _starts(width):
            tile = field[top : top + _TILE_EDGE, left : left + _TILE_EDGE]
            right, bottom = left + tile.shape[1], top + tile.shape[0]
            window = (left / width, top / height, right / width, bottom / height)
            pixels += tile.shape[0] * tile.shape[1]
            red_cells = measure_red_cells(_smooth_density(tile, glass, window), stains)
            if red_cells:
                measured.append(red_cells)
    if not measured:
        return None
    count = sum(red_cells.count for red_cells in measured) * height * width / pixels
    diameter = float(np.median([red_cells.diameter for red_cells in measured]))
    return RedCells(max(1, round(count)), diameter)


def _starts(length: int) -> list[int]:
    tiles = min(_TILES, -(-length // _TILE_EDGE))
    last = max(0, length - _TILE_EDGE)
    return [0] if tiles == 1 else [round(last * index / (tiles - 1)) for index in range(tiles)]


def _diameter_by_nuclei(field: Pixels, glass: Glass, stains: Stains) -> float:
    small = shrink(field, _EDGES[1])
    factor = max(field.shape[:2]) / max(small.shape[:2])
    nuclear = stains.nucleus_amount(_smooth_density(small, glass, WHOLE))
    mask = (nuclear > 0.4 * stains.nucleus_reference).astype(np.uint8)
    areas = label_parts(opened(mask, 3))[1][1:, 4]
    areas = np.sort(areas[areas >= _MIN_NUCLEUS_PIXELS])
    if not areas.size:
        return float(max(field.shape[:2]) * _DEFAULT_SHARE)
    shares = np.cumsum(areas)
    median = float(areas[np.searchsorted(shares, 0.5 * shares[-1])])
    return float(factor * 2 * np.sqrt(median / np.pi) / _NUCLEUS_DIAMETERS)


def _smooth_density(pixels: Pixels, glass: Glass, window: Window) -> Float32:
    return np.asarray(cv2.GaussianBlur(glass.density(pixels, window), (0, 0), 0.8), np.float32)
