"""Platelets: the spots whose outline a classifier takes for that of a platelet, the best outline of each."""

import numpy as np

from engine.fields.cell_box import BoxFlag
from engine.fields.glass import Float32
from engine.fields.masks import Mask
from engine.fields.spot_classifier import shipped_classifier
from engine.fields.spots import Spots, find_spots
from engine.fields.stains import Stains
from engine.fields.white_cells import StainedPart

_CLUMP_AREA = 0.45  # squares of the diameter of a red cell
_MAX_SHARED = 0.5  # of the smaller rectangle; more is the same platelet


def find_platelets(
    density: Float32,
    nuclear: Float32,
    stains: Stains,
    diameter: float,
    white_cells: list[StainedPart],
) -> list[StainedPart]:
    """Find platelets in an image whose red cells have this diameter."""
    spots = find_spots(density, nuclear, stains, diameter, cover(white_cells, nuclear.shape))
    if not len(spots.boxes):
        return []
    classifier = shipped_classifier()
    probabilities = classifier.probabilities(spots.features)
    platelets = []
    for index in best_outlines(spots, probabilities, float(classifier.limit[0])):
        x, y = spots.boxes[index, :2].tolist()
        is_clump = spots.areas[index] > _CLUMP_AREA
        flags: tuple[BoxFlag, ...] = ("clump",) if is_clump else ()
        platelets.append(StainedPart(x, y, spots.mask(index), flags))
    return platelets


def cover(cells: list[StainedPart], shape: tuple[int, ...]) -> Mask:
    """Return the mask of all cells in an image of this shape."""
    mask = np.zeros(shape, np.uint8)
    for cell in cells:
        height, width = cell.mask.shape
        mask[cell.y : cell.y + height, cell.x : cell.x + width] |= cell.mask
    return mask


def best_outlines(spots: Spots, probabilities: Float32, limit: float) -> list[int]:
    """Return the indices of spots of at least this probability, of each place the most probable one."""
    chosen: list[int] = []
    corners = np.column_stack([spots.boxes[:, :2], spots.boxes[:, :2] + spots.boxes[:, 2:]])
    areas = spots.boxes[:, 2] * spots.boxes[:, 3]
    for index in np.argsort(-probabilities, kind="stable").tolist():
        if probabilities[index] < limit:
            break
        chosen_corners = corners[chosen]
        shared = np.minimum(corners[index, 2:], chosen_corners[:, 2:])
        shared = np.clip(
            shared - np.maximum(corners[index, :2], chosen_corners[:, :2]), 0, None
        ).prod(1)
        if np.all(shared < _MAX_SHARED * np.minimum(areas[index], areas[chosen])):
            chosen.append(index)
    return chosen
