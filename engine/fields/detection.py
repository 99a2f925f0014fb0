"""Detection of white cells, platelets and red cells in a field, by stain and shape."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import cv2
import numpy as np

from engine.fields.cell_box import BoxFlag, BoxKind, CellBox, FieldCells
from engine.fields.glass import Float32, Glass, fit_glass
from engine.fields.platelets import find_platelets
from engine.fields.scale import FieldScale, measure_scale, shrink
from engine.fields.stains import Stains, estimate_stains
from engine.fields.white_cells import StainedPart, find_white_cells
from engine.images.record import Pixels

DETECTOR_VERSION = 3
"""Increased whenever the same field would give other cells; part of the keys under which they are stored."""

_STAIN_EDGE = 320  # pixels; glass and stains need no more
_WORKING_DIAMETER = 40.0  # pixels of a red cell in the image in which cells are found
_MAX_ENLARGEMENT = 2.0
_TILE_EDGE = 1500  # pixels of that image, so that memory does not grow with the field
_TILE_MARGIN = 4.0  # diameters of a red cell: more than the largest cell
_SMOOTHING = 0.02  # the same
_MIN_EDGE = 16  # pixels; a smaller image shows no field
_MARGINS: dict[BoxKind, float] = {"white_cell": 0.0, "platelet": 0.03}  # the same; faint rims
_CLUMP_GAP = 0.3  # diameters of a red cell
_TOUCHING_GAP = 0.05
_CLUMP_SIZE = 3


class _Tile(NamedTuple):
    """A part of the field in its pixels with a margin, and the core whose cells count."""

    left: int
    top: int
    right: int
    bottom: int
    core: tuple[int, int, int, int]

    def owns(self, box: CellBox) -> bool:
        x, y = box.centre
        left, top, right, bottom = self.core
        return left <= x < right and top <= y < bottom


@dataclass(frozen=True, slots=True)
class WorkingImage:
    """A tile of a field at the scale at which cells are found: what each pixel absorbs, and its white cells."""

    density: Float32
    nuclear: Float32
    """The nuclear stain of each pixel."""
    stains: Stains
    diameter: float
    """That of a red cell, in pixels of this image."""
    white_cells: list[StainedPart]
    tile: _Tile
    factors: tuple[float, float]
    """Size of its pixels, across and down, in pixels of the field."""
    field_size: tuple[int, int]

    def box(self, cell: StainedPart, kind: BoxKind) -> CellBox:
        """Return the box of a cell in pixels of the field."""
        across, down = self.factors
        field_width, field_height = self.field_size
        height, width = cell.mask.shape
        margin = _MARGINS[kind] * _WORKING_DIAMETER
        left = max(0, self.tile.left + int((cell.x - margin) * across))
        top = max(0, self.tile.top + int((cell.y - margin) * down))
        right = min(field_width, self.tile.left + round((cell.x + width + margin) * across))
        bottom = min(field_height, self.tile.top + round((cell.y + height + margin) * down))
        is_cut = (
            left <= across
            or top <= down
            or right >= field_width - across
            or bottom >= field_height - down
        )
        flags: tuple[BoxFlag, ...] = ("border",) if is_cut else ()
        return CellBox(
            left, top, max(1, right - left), max(1, bottom - top), kind, flags + cell.flags
        )


def find_cells(field: Pixels) -> FieldCells:
    """Find the cells of a field, RGB; the same field always gives the same cells."""
    if min(field.shape[:2]) < _MIN_EDGE:
        return FieldCells(())
    glass, stains, scale = _survey(field)
    boxes = []
    for image in _working_images(field, glass, stains, scale):
        platelets = find_platelets(
            image.density, image.nuclear, stains, image.diameter, image.white_cells
        )
        found = [image.box(cell, "white_cell") for cell in image.white_cells]
        found += [image.box(cell, "platelet") for cell in platelets]
        boxes += [box for box in found if image.tile.owns(box)]
    boxes = _flag_clumps(boxes, scale.diameter)
    boxes.sort(key=lambda box: (box.y, box.x))
    return FieldCells(
        tuple(boxes), scale.red_cell_count, scale.diameter if scale.red_cell_count else None
    )


def working_images(field: Pixels) -> Iterator[WorkingImage]:
    """Yield the tiles of a field as `find_cells` searches them; the classifier is fitted to their spots."""
    yield from _working_images(field, *_survey(field))


def _survey(field: Pixels) -> tuple[Glass, Stains, FieldScale]:
    overview = shrink(field, _STAIN_EDGE)
    glass = fit_glass(overview)
    stains = estimate_stains(cv2.GaussianBlur(glass.density(overview), (0, 0), 0.7))
    return glass, stains, measure_scale(field, glass, stains)


def _working_images(
    field: Pixels, glass: Glass, stains: Stains, scale: FieldScale
) -> Iterator[WorkingImage]:
    height, width = field.shape[:2]
    factor = min(_WORKING_DIAMETER / scale.diameter, _MAX_ENLARGEMENT)
    diameter = scale.diameter * factor
    for tile in _tiles(width, height, factor, scale):
        part = field[tile.top : tile.bottom, tile.left : tile.right]
        size = (max(1, round(part.shape[1] * factor)), max(1, round(part.shape[0] * factor)))
        method = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
        scaled = np.asarray(cv2.resize(part, size, interpolation=method), np.uint8)
        window = (tile.left / width, tile.top / height, tile.right / width, tile.bottom / height)
        density = np.asarray(
            cv2.GaussianBlur(glass.density(scaled, window), (0, 0), _SMOOTHING * diameter),
            np.float32,
        )
        nuclear = stains.nucleus_amount(density)
        white_cells = find_white_cells(nuclear, stains, diameter)
        factors = (part.shape[1] / size[0], part.shape[0] / size[1])
        yield WorkingImage(
            density, nuclear, stains, diameter, white_cells, tile, factors, (width, height)
        )


def _tiles(width: int, height: int, factor: float, scale: FieldScale) -> Iterator[_Tile]:
    edge = max(1, int(_TILE_EDGE / factor))
    margin = int(_TILE_MARGIN * scale.diameter)
    for top in range(0, height, edge):
        for left in range(0, width, edge):
            right, bottom = min(width, left + edge), min(height, top + edge)
            yield _Tile(
                max(0, left - margin),
                max(0, top - margin),
                min(width, right + margin),
                min(height, bottom + margin),
                (left, top, right, bottom),
            )


def _flag_clumps(boxes: list[CellBox], diameter: float) -> list[CellBox]:
    """Flag cells of one kind that lie close together: two white cells, three platelets."""
    if not boxes:
        return []
    kinds = np.array([box.kind == "platelet" for box in boxes])
    corners = np.array([(b.x, b.y, b.x + b.width, b.y + b.height) for b in boxes], np.float32)
    flagged = []
    for index, box in enumerate(boxes):
        is_platelet = box.kind == "platelet"
        own = corners[index]
        gap = np.maximum(corners[:, :2] - own[2:], own[:2] - corners[:, 2:]).max(1)
        limit = diameter * (_CLUMP_GAP if is_platelet else _TOUCHING_GAP)
        near = int(((gap < limit) & (kinds == is_platelet)).sum())
        if near >= (_CLUMP_SIZE if is_platelet else 2):
            flags: tuple[BoxFlag, ...] = (*box.flags, "clump")
            flagged.append(CellBox(box.x, box.y, box.width, box.height, box.kind, flags))
        else:
            flagged.append(box)
    return flagged
