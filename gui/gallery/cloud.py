"""The points of the map, drawn into one picture: a hundred thousand in a few milliseconds."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QTransform
from PySide6.QtWidgets import QWidget

Rows = npt.NDArray[np.intp]


class Cloud(pg.GraphicsObject):  # type: ignore[misc]  # pyqtgraph has no types
    """Points in the unit square as discs in their colours; those that are not shown are faint."""

    def __init__(self) -> None:
        super().__init__()
        self.positions = np.empty((0, 2), np.float32)
        self.shown = np.empty(0, np.bool_)
        self.selected: Rows = np.empty(0, np.intp)
        self.radius = 2.0
        self.faint, self.ring = QColor(), QColor()
        self._colours = np.empty(0, np.uint32)
        self._order: Rows = np.empty(0, np.intp)
        self._image: QImage | None = None
        self._drawn_for: tuple[object, ...] = ()

    def set_points(
        self,
        positions: npt.NDArray[np.float32],
        colours: npt.NDArray[np.uint8],
        shown: npt.NDArray[np.bool_],
    ) -> None:
        """Take new points: places (n, 2) in the unit square, RGB (n, 3), and which are shown (n,)."""
        if len(positions) != len(self.positions):
            # Mixed, so that no class lies on top of the others.
            self._order = np.random.default_rng(0).permutation(len(positions))
            self.selected = np.empty(0, np.intp)
        self.positions, self.shown = positions, shown
        red, green, blue = colours.astype(np.uint32).T
        self._colours = np.uint32(0xFF000000) | (red << 16) | (green << 8) | blue
        self.renew()

    def renew(self) -> None:
        """Draw again: something else than the view changed."""
        self._image = None
        self.update()

    def boundingRect(self) -> QRectF:
        return QRectF(-0.5, -0.5, 2.0, 2.0)

    def pixels(self, transform: QTransform) -> npt.NDArray[np.float32]:
        """Return where the points lie in a transform's pixels, (n, 2)."""
        scale = np.array([transform.m11(), transform.m22()], np.float32)
        shift = np.array([transform.m31(), transform.m32()], np.float32)
        return self.positions * scale + shift

    def paint(self, painter: QPainter, option: Any, widget: QWidget | None = None) -> None:
        # Of the view alone: the device may be the whole window, with the view somewhere in it.
        ratio = painter.device().devicePixelRatioF()
        transform = painter.worldTransform() * QTransform.fromScale(ratio, ratio)
        area = widget if widget is not None else painter.device()
        size = (area.width(), area.height())
        wanted = (
            *(transform.m11(), transform.m22(), transform.m31(), transform.m32()),
            ratio,
            size,
        )
        if self._image is None or wanted != self._drawn_for:
            self._image = self._raster(transform, ratio, *size)
            self._drawn_for = wanted
        painter.save()
        painter.resetTransform()
        painter.drawImage(QPointF(0, 0), self._image)
        painter.restore()

    def _raster(self, transform: QTransform, ratio: float, width: int, height: int) -> QImage:
        wide, high = round(width * ratio), round(height * ratio)
        # A rim around the picture takes what is cut, so that no disc needs to be looked at.
        rim = int(np.ceil(2 * self.radius * ratio)) + 2
        stride = wide + 2 * rim
        canvas = np.zeros((high + 2 * rim) * stride, np.uint32)
        places = self.pixels(transform)[self._order]
        inside = ((places > -1) & (places < (wide, high))).all(1)
        rows = self._order[inside]
        columns = places[inside].astype(np.intp) + rim
        at = columns[:, 1] * stride + columns[:, 0]
        shown = self.shown[rows]
        disc = _disc(self.radius * ratio, stride)
        _stamp(canvas, at[~shown], disc, np.uint32(self.faint.rgba()))
        _stamp(canvas, at[shown], disc, self._colours[rows[shown]])
        chosen = np.zeros(len(self.positions), np.bool_)
        chosen[self.selected] = True
        chosen = chosen[rows]
        _stamp(
            canvas, at[chosen], _disc(2 * self.radius * ratio, stride), np.uint32(self.ring.rgba())
        )
        _stamp(canvas, at[chosen], disc, self._colours[rows[chosen]])
        cut = canvas.reshape(high + 2 * rim, stride)[rim : rim + high, rim : rim + wide].copy()
        image = QImage(
            cut.data, wide, high, 4 * wide, QImage.Format.Format_ARGB32_Premultiplied
        ).copy()
        image.setDevicePixelRatio(ratio)
        return image


def _disc(radius: float, stride: int) -> Rows:
    reach = int(np.ceil(radius))
    down, across = np.mgrid[-reach : reach + 1, -reach : reach + 1]
    inside = down**2 + across**2 <= (radius + 0.3) ** 2
    return np.asarray(down[inside] * stride + across[inside], np.intp)


def _stamp(
    canvas: npt.NDArray[np.uint32],
    at: Rows,
    disc: Rows,
    colours: npt.NDArray[np.uint32] | np.uint32,
) -> None:
    for offset in disc:
        canvas[at + offset] = colours
