"""Platelets: small spots with nuclear stain outside the white cells, on glass or on red cells.

All lengths are in diameters of a red cell, all areas in their squares, all stains in those of a usual nucleus.
"""

import cv2
import numpy as np

from engine.fields.cell_box import BoxFlag
from engine.fields.glass import Float32
from engine.fields.masks import Labels, Mask, disc, label_parts
from engine.fields.stains import Stains
from engine.fields.white_cells import StainedPart

# A spot is brighter in the narrow than in the wide average of the stain.
_NARROW, _WIDE = 0.07, 0.28
_SPOT_LEVEL = 0.05
_MIN_PEAK = 0.12
_CLUMP_PEAK = 0.3
_RED_CELL_PENALTY = 0.3  # Coloured rims and folds of red cells look like spots.
_MIN_AREA, _MAX_AREA, _MAX_CLUMP_AREA = 0.03, 0.45, 0.7
_MIN_COMPACTNESS = 0.65  # area in that of the rectangle; a disc has 0.79
_MAX_ELONGATION = 1.7
_MIN_RED_DENSITY = 0.07  # in red light, through which red cells are clear
_MIN_LIKENESS = 0.9  # cosine between the spot's colour and that of nuclei
_WHITE_CELL_GAP = 0.12
_RING_GAP, _RING_REACH = 0.06, 0.15


def find_platelets(
    density: Float32,
    nuclear: Float32,
    stains: Stains,
    diameter: float,
    white_cells: list[StainedPart],
) -> list[StainedPart]:
    """Find platelets in an image whose red cells have this diameter."""
    reference = stains.nucleus_reference
    narrow = cv2.GaussianBlur(nuclear, (0, 0), _NARROW * diameter)
    wide = cv2.GaussianBlur(nuclear, (0, 0), _WIDE * diameter)
    peaks = np.asarray((narrow - wide) / reference, np.float32)
    is_free = 1 - cv2.dilate(_cover(white_cells, nuclear.shape), disc(_WHITE_CELL_GAP * diameter))
    labels, statistics = label_parts((peaks > _SPOT_LEVEL).astype(np.uint8) & is_free)
    platelets = []
    for number in range(1, len(statistics)):
        x, y, width, height, area = statistics[number].tolist()
        share = area / diameter**2
        if not _MIN_AREA <= share <= _MAX_CLUMP_AREA:
            continue
        mask = (labels[y : y + height, x : x + width] == number).astype(np.uint8)
        peak = float(peaks[y : y + height, x : x + width][mask > 0].max())
        is_clump = share > _MAX_AREA
        if peak < (_CLUMP_PEAK if is_clump else _MIN_PEAK):
            continue
        is_compact = area >= _MIN_COMPACTNESS * width * height and max(
            width, height
        ) <= _MAX_ELONGATION * min(width, height)
        if not (is_clump or is_compact):
            continue
        if _is_platelet(density, labels, number, (x, y, width, height), peak, stains, diameter):
            flags: tuple[BoxFlag, ...] = ("clump",) if is_clump else ()
            platelets.append(StainedPart(x, y, mask, flags))
    return platelets


def _cover(cells: list[StainedPart], shape: tuple[int, ...]) -> Mask:
    cover = np.zeros(shape, np.uint8)
    for cell in cells:
        height, width = cell.mask.shape
        cover[cell.y : cell.y + height, cell.x : cell.x + width] |= cell.mask
    return cover


def _is_platelet(
    density: Float32,
    labels: Labels,
    number: int,
    box: tuple[int, int, int, int],
    peak: float,
    stains: Stains,
    diameter: float,
) -> bool:
    """Return whether a spot differs from its surroundings by the colour of nuclei."""
    x, y, width, height = box
    margin = max(3, round(_RING_REACH * diameter) + 1)
    rows = slice(max(0, y - margin), y + height + margin)
    columns = slice(max(0, x - margin), x + width + margin)
    own = (labels[rows, columns] == number).astype(np.uint8)
    outer = cv2.dilate(own, disc(2 * _RING_REACH * diameter))
    is_ring = (outer > 0) & (cv2.dilate(own, disc(2 * _RING_GAP * diameter)) == 0)
    if not is_ring.any():
        return False
    part = density[rows, columns]
    around = np.median(part[is_ring], axis=0)
    excess = np.median(part[own > 0], axis=0) - around
    likeness = float(excess @ stains.nucleus) / max(float(np.linalg.norm(excess)), 1e-6)
    if likeness < _MIN_LIKENESS or excess[0] < _MIN_RED_DENSITY * stains.nucleus_reference:
        return False
    on_red_cell = float(around @ stains.red_cell) / max(stains.red_cell_density, 1e-6)
    return peak - _RED_CELL_PENALTY * min(max(on_red_cell, 0.0), 1.0) >= _MIN_PEAK
