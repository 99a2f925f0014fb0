"""Masks: shapes in binary images, uint8 of 0 and 1."""

import cv2
import numpy as np
import numpy.typing as npt

Mask = npt.NDArray[np.uint8]
Labels = npt.NDArray[np.int32]
Points = npt.NDArray[np.int32]

_PALLOR_SOLIDITY = 0.85  # The gap between round cells is concave, the pallor of a cell is not.
_MIN_HOLE_PIXELS = 40


def disc(diameter: float) -> Mask:
    """Return a disc of about this diameter as a structuring element; its edge is odd."""
    edge = max(1, round(diameter)) | 1
    return np.asarray(cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (edge, edge)), np.uint8)


def opened(mask: Mask, diameter: float) -> Mask:
    """Return the mask without its parts thinner than `diameter`; what touches the border stays."""
    return _morphology(mask, cv2.MORPH_OPEN, diameter, cv2.BORDER_REPLICATE)


def closed(mask: Mask, diameter: float) -> Mask:
    """Return the mask with its gaps narrower than `diameter` closed."""
    return _morphology(mask, cv2.MORPH_CLOSE, diameter, cv2.BORDER_CONSTANT)


def _morphology(mask: Mask, operation: int, diameter: float, border: int) -> Mask:
    kernel = disc(diameter)
    edge = kernel.shape[0]
    padded = cv2.copyMakeBorder(mask, edge, edge, edge, edge, border)
    changed = cv2.morphologyEx(padded, operation, kernel)[edge:-edge, edge:-edge]
    return np.ascontiguousarray(changed, np.uint8)


def fill_pallor(mask: Mask) -> Mask:
    """Return the mask with its small and its convex holes filled: the pallor of red cells."""
    contours, hierarchy = cv2.findContours(mask, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    filled = mask.copy()
    for contour, (_, _, _, parent) in zip(contours, hierarchy[0] if contours else (), strict=True):
        if parent < 0:
            continue
        area = cv2.contourArea(contour)
        hull_area = cv2.contourArea(cv2.convexHull(contour))
        if area < _MIN_HOLE_PIXELS or area >= _PALLOR_SOLIDITY * hull_area:
            cv2.drawContours(filled, [contour], -1, 1, -1)
    return filled


def label_parts(mask: Mask) -> tuple[Labels, npt.NDArray[np.int32]]:
    """Return the connected parts, numbered from 1, and the statistics of OpenCV (row 0: background)."""
    _, labels, statistics, _ = cv2.connectedComponentsWithStats(mask)
    return np.asarray(labels, np.int32), np.asarray(statistics, np.int32)


def convex_hull(mask: Mask) -> Points:
    """Return the corners of the convex hull of a mask that is not empty, shape (n, 1, 2)."""
    contours, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    return np.asarray(cv2.convexHull(np.vstack(contours)), np.int32)
