"""Platelets: small parts with nuclear stain outside the white cells."""

import cv2
import numpy as np

from engine.fields.glass import Float32
from engine.fields.masks import Labels, disc, label_parts, opened
from engine.fields.stains import Stains
from engine.fields.white_cells import StainedPart

_LEVEL = 0.2
_FLOOR = 0.5
_CORE_LEVEL = 1.6  # a platelet has pixels this much above the level of its outline
_MIN_DIAMETER = 0.11  # of a red cell
_MIN_CONTRAST = 0.12
_MIN_COMPACTNESS = 0.4  # area in that of the rectangle
_MAX_ELONGATION = 2.6
_MAX_AREA = 0.5


def find_platelets(
    nuclear: Float32, stains: Stains, diameter: float, white_cells: list[StainedPart]
) -> list[StainedPart]:
    """Find platelets in an image whose red cells have this diameter."""
    reference = stains.nucleus_reference
    level = max(_LEVEL * reference, _FLOOR * stains.red_cell_density)
    taken = np.zeros(nuclear.shape, np.uint8)
    for cell in white_cells:
        height, width = cell.mask.shape
        taken[cell.y : cell.y + height, cell.x : cell.x + width] |= cell.mask
    taken = np.asarray(cv2.dilate(taken, disc(0.12 * diameter)), np.uint8)
    labels, statistics = label_parts(opened((nuclear > level).astype(np.uint8) & (1 - taken), 3))
    found = []
    for number in range(1, len(statistics)):
        x, y, width, height, area = statistics[number].tolist()
        if not np.pi / 4 * (_MIN_DIAMETER * diameter) ** 2 <= area <= _MAX_AREA * diameter**2:
            continue
        if max(width, height) > _MAX_ELONGATION * min(width, height):
            continue
        if area < _MIN_COMPACTNESS * width * height:
            continue
        mask = (labels[y : y + height, x : x + width] == number).astype(np.uint8)
        inside = nuclear[y : y + height, x : x + width][mask > 0]
        if np.percentile(inside, 90) < _CORE_LEVEL * level:
            continue
        if _contrast(nuclear, labels, number, (x, y, width, height), diameter) < (
            _MIN_CONTRAST * reference
        ):
            continue
        found.append(StainedPart(x, y, mask))
    return found


def _contrast(
    nuclear: Float32,
    labels: Labels,
    number: int,
    box: tuple[int, int, int, int],
    diameter: float,
) -> float:
    """Return how much more stained a part is than its surroundings."""
    x, y, width, height = box
    margin = max(3, round(0.15 * diameter))
    rows, columns = (
        slice(max(0, y - margin), y + height + margin),
        slice(max(0, x - margin), x + width + margin),
    )
    own = labels[rows, columns] == number
    ring = ~(cv2.dilate(own.astype(np.uint8), disc(3)) > 0)
    around = nuclear[rows, columns][ring]
    return float(np.median(nuclear[rows, columns][own]) - (np.median(around) if around.size else 0))
