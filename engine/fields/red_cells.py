"""Red cells: their number and their median diameter, which gives the scale of a field."""

from dataclasses import dataclass

import cv2
import numpy as np

from engine.fields.glass import Float32
from engine.fields.masks import disc, fill_pallor, opened
from engine.fields.stains import Stains, total_density

_INSCRIBED = 1.1
"""Mean diameter of a red cell in diameters of the circle inscribed in its mask."""

_MIN_RADIUS = 3.0  # pixels; below, structure is noise
_MIN_COUNTED = 0.6  # of the median diameter; below, it is a platelet or a part of a cell


@dataclass(frozen=True, slots=True)
class RedCells:
    """Number of the red cells in an image, and their median diameter in its pixels."""

    count: int
    diameter: float


def measure_red_cells(density: Float32, stains: Stains) -> RedCells | None:
    """Measure red cells; touching ones are separated at the narrow places. None if there are none."""
    total = total_density(density)
    nuclear = stains.nucleus_amount(density)
    mask = (total > 0.7 * stains.foreground_density).astype(np.uint8)
    mask = fill_pallor(opened(mask, 3))
    level = max(0.35 * stains.nucleus_density, 0.8 * stains.red_cell_density)
    is_nuclear = cv2.integral(cv2.dilate((nuclear > level).astype(np.uint8), disc(5)))
    diameters = []
    for x, y, radius in _inscribed_circles(mask):
        reach = int(radius * 0.7)
        left, top, right, bottom = x - reach, y - reach, x + reach + 1, y + reach + 1
        count = (
            is_nuclear[bottom, right] - is_nuclear[top, right] - is_nuclear[bottom, left]
        ) + is_nuclear[top, left]
        if count <= 0.05 * (2 * reach + 1) ** 2:
            diameters.append(2 * radius)
    if not diameters:
        return None
    # Weighted by area: specks are many, but small.
    ordered = np.sort(np.array(diameters))
    shares = np.cumsum(ordered**2)
    median = float(ordered[np.searchsorted(shares, 0.5 * shares[-1])])
    return RedCells(int((ordered > _MIN_COUNTED * median).sum()), median * _INSCRIBED)


def _inscribed_circles(mask: np.ndarray) -> list[tuple[int, int, float]]:
    """Return centres and radii of circles inscribed in a mask, wholly inside the image, largest first."""
    distance = cv2.distanceTransform(mask, cv2.DIST_L2, 5)
    smooth = cv2.GaussianBlur(distance, (0, 0), 1.5)
    is_peak = (smooth >= cv2.dilate(smooth, disc(9))) & (distance > _MIN_RADIUS)
    rows, columns = np.nonzero(is_peak)
    radii = distance[rows, columns]
    height, width = mask.shape
    is_inside = (
        (rows >= radii) & (columns >= radii) & (rows + radii < height) & (columns + radii < width)
    )
    rows, columns, radii = rows[is_inside], columns[is_inside], radii[is_inside]
    circles: list[tuple[int, int, float]] = []
    taken = np.zeros(mask.shape, np.uint8)
    for index in np.argsort(-radii, kind="stable"):
        x, y, radius = int(columns[index]), int(rows[index]), float(radii[index])
        if not taken[y, x]:
            circles.append((x, y, radius))
            cv2.circle(taken, (x, y), round(radius), 1, -1)
    return circles
