"""Peer of the cell detection: the usual classical pipeline, rebuilt from its description.

Stain separation with fixed vectors (Ruifrok and Johnston), Gaussian smoothing, Otsu's threshold, a watershed on
the distance transform, and expansion of each nucleus by a constant distance, as in the cell detection of QuPath
and in most published pipelines for leukocytes. Smallest area and expansion are given in pixels of the field and
are chosen on the fields used for tuning.
"""

import cv2
import numpy as np

from engine.fields.cell_box import CellBox
from engine.images.record import Pixels

_HAEMATOXYLIN, _EOSIN = (0.650, 0.704, 0.286), (0.072, 0.990, 0.105)
_UNMIXING = np.linalg.inv(
    np.array([_HAEMATOXYLIN, _EOSIN, np.cross(_HAEMATOXYLIN, _EOSIN)], np.float32).T
)[0].astype(np.float32)

EXPANSIONS = (0, 10, 20, 30, 40, 50)
MIN_AREAS = (1500, 3000, 5000)


def find_white_cells(
    field: Pixels, expansion: int, min_area: int, sigma: float = 3.0
) -> list[CellBox]:
    """Return the boxes of white cells."""
    density = -np.log((field.astype(np.float32) + 1) / 256)
    stain = cv2.GaussianBlur(np.clip(density @ _UNMIXING, 0, 2), (0, 0), sigma)
    scaled = np.asarray(stain / max(float(stain.max()), 1e-3) * 255, np.uint8)
    _, mask = cv2.threshold(scaled, 0, 1, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (9, 9))
    mask = cv2.morphologyEx(cv2.morphologyEx(mask, cv2.MORPH_OPEN, kernel), cv2.MORPH_CLOSE, kernel)
    distance = cv2.GaussianBlur(cv2.distanceTransform(mask, cv2.DIST_L2, 5), (0, 0), sigma)
    seeds = (distance > 0.5 * float(distance.max())).astype(np.uint8)
    _, markers = cv2.connectedComponents(seeds)
    markers = markers + 1
    markers[(mask == 1) & (seeds == 0)] = 0
    labels = cv2.watershed(np.ascontiguousarray(field), markers.astype(np.int32))
    height, width = field.shape[:2]
    boxes = []
    for number in range(2, int(labels.max()) + 1):
        part = (labels == number).astype(np.uint8)
        if part.sum() < min_area:
            continue
        x, y, across, down = cv2.boundingRect(part)
        left, top = max(0, x - expansion), max(0, y - expansion)
        right = min(width, x + across + expansion)
        bottom = min(height, y + down + expansion)
        boxes.append(CellBox(left, top, right - left, bottom - top))
    return boxes
