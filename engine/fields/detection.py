"""Detection of white cells, platelets and red cells in a field, by stain and shape."""

import cv2
import numpy as np
import numpy.typing as npt

from engine.fields.cell_box import BoxFlag, BoxKind, CellBox, FieldCells
from engine.images.record import Pixels

Density = npt.NDArray[np.float32]

_MIN_NUCLEUS_DENSITY = 0.25
_MIN_PLATELET_PIXELS = 12


def find_cells(field: Pixels) -> FieldCells:
    """Find the cells of a field, RGB; the same field always gives the same cells."""
    density = _optical_density(field)
    red = cv2.GaussianBlur(density[..., 0], (0, 0), 1.5)
    scaled = np.asarray(np.clip(red, 0, 1.5) * 170, np.uint8)
    threshold, _ = cv2.threshold(scaled, 0, 255, cv2.THRESH_OTSU)
    is_stained = (red > max(threshold / 170, _MIN_NUCLEUS_DENSITY)).astype(np.uint8)
    edge = max(3, min(field.shape[:2]) // 40) | 1
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (edge, edge))
    count, _, stats, _ = cv2.connectedComponentsWithStats(
        cv2.morphologyEx(is_stained, cv2.MORPH_CLOSE, kernel)
    )
    white_area = field.shape[0] * field.shape[1] / 150
    boxes = []
    for x, y, width, height, area in stats[1:count].tolist():
        if area < _MIN_PLATELET_PIXELS:
            continue
        kind: BoxKind = "white_cell" if area >= white_area else "platelet"
        boxes.append(_box(x, y, width, height, kind, field))
    boxes.sort(key=lambda box: (box.y, box.x))
    return FieldCells(tuple(boxes))


def _optical_density(field: Pixels) -> Density:
    glass = np.percentile(field[::4, ::4].reshape(-1, 3), 95, axis=0).astype(np.float32)
    return np.asarray(-np.log((field.astype(np.float32) + 1) / (glass + 1)), np.float32)


def _box(x: int, y: int, width: int, height: int, kind: BoxKind, field: Pixels) -> CellBox:
    at_border = x <= 0 or y <= 0 or x + width >= field.shape[1] or y + height >= field.shape[0]
    flags: tuple[BoxFlag, ...] = ("border",) if at_border else ()
    return CellBox(x, y, width, height, kind, flags)
