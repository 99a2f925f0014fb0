"""Search among the points of the embedding map: near the pointer, inside a lasso, and in a direction."""

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPolygonF

Positions = npt.NDArray[np.float32]
Rows = npt.NDArray[np.intp]


def nearest_within(positions: Positions, point: QPointF, reach: float) -> int | None:
    """Return the index of the nearest of positions (n, 2), None if none is within `reach`."""
    if not len(positions):
        return None
    squared_distances = ((positions - (point.x(), point.y())) ** 2).sum(1)
    nearest = int(squared_distances.argmin())
    return nearest if squared_distances[nearest] <= reach**2 else None


def inside_polygon(positions: Positions, polygon: QPolygonF, size: QSize) -> Rows:
    """Return the indices of the positions (n, 2) inside a polygon, all in pixels of an area of this size.

    Exact to the pixel: the polygon is painted as a mask, in which each position is looked up.
    """
    width, height = size.width(), size.height()
    mask = QImage(width, height, QImage.Format.Format_Grayscale8)
    mask.fill(255)
    painter = QPainter(mask)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(Qt.BrushStyle.SolidPattern)  # black
    painter.drawPolygon(polygon)
    painter.end()
    bits = np.frombuffer(mask.constBits(), np.uint8).reshape(height, mask.bytesPerLine())
    indices = np.flatnonzero(((positions >= 0) & (positions < (width, height))).all(1))
    columns, rows = positions[indices].astype(np.intp).T
    return np.asarray(indices[bits[rows, columns] == 0], np.intp)


def nearest_in_direction(offsets: Positions, right: float, up: float) -> int | None:
    """Return the index of the nearest of offsets (n, 2) that lie in a direction; None if none do."""
    along = offsets @ np.array([right, up], np.float32)
    across = np.abs(offsets @ np.array([up, right], np.float32))
    in_direction = (along > 0) & (across <= along)
    if not in_direction.any():
        return None
    return int(np.where(in_direction, along + across, np.inf).argmin())
