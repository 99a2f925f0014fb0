"""Point cloud of the embedding map, rasterised into one image: 100,000 points in a few milliseconds."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QTransform
from PySide6.QtWidgets import QWidget

from gui.gallery.point_search import Positions, Rows


class PointCloudItem(pg.GraphicsObject):  # type: ignore[misc]  # pyqtgraph has no types
    """Points in the unit square as coloured discs; points that are not `shown` are faint."""

    def __init__(self) -> None:
        super().__init__()
        self.positions = np.empty((0, 2), np.float32)
        self.shown = np.empty(0, np.bool_)
        self.selected: Rows = np.empty(0, np.intp)
        self.radius = 2.0
        self.faint, self.ring = QColor(), QColor()
        self._colours = np.empty(0, np.uint32)
        self._draw_order: Rows = np.empty(0, np.intp)
        self._image: QImage | None = None
        self._rendered_for: tuple[object, ...] = ()

    def set_points(
        self,
        positions: Positions,
        colours: npt.NDArray[np.uint8],
        shown: npt.NDArray[np.bool_],
    ) -> None:
        """Set the points: positions (n, 2) in the unit square, RGB (n, 3), visibility (n,)."""
        if len(positions) != len(self.positions):
            # Shuffled, so that no class covers the others.
            self._draw_order = np.random.default_rng(0).permutation(len(positions))
            self.selected = np.empty(0, np.intp)
        self.positions, self.shown = positions, shown
        red, green, blue = colours.astype(np.uint32).T
        self._colours = np.uint32(0xFF000000) | (red << 16) | (green << 8) | blue
        self.redraw()

    def redraw(self) -> None:
        """Render again after a change of points, colours or selection."""
        self._image = None
        self.update()

    def boundingRect(self) -> QRectF:
        return QRectF(-0.5, -0.5, 2.0, 2.0)

    def to_pixels(self, transform: QTransform) -> Positions:
        """Return the positions of the points in the pixels of a transform, (n, 2)."""
        scale = np.array([transform.m11(), transform.m22()], np.float32)
        shift = np.array([transform.m31(), transform.m32()], np.float32)
        return self.positions * scale + shift

    def paint(self, painter: QPainter, option: Any, widget: QWidget | None = None) -> None:
        # Use the size of the view: the device may be the whole window.
        ratio = painter.device().devicePixelRatioF()
        transform = painter.worldTransform() * QTransform.fromScale(ratio, ratio)
        area = widget if widget is not None else painter.device()
        size = (area.width(), area.height())
        render_key = (
            *(transform.m11(), transform.m22(), transform.m31(), transform.m32()),
            ratio,
            size,
        )
        if self._image is None or render_key != self._rendered_for:
            self._image = self._render(transform, ratio, *size)
            self._rendered_for = render_key
        painter.save()
        painter.resetTransform()
        painter.drawImage(QPointF(0, 0), self._image)
        painter.restore()

    def _render(self, transform: QTransform, ratio: float, width: int, height: int) -> QImage:
        pixel_width, pixel_height = round(width * ratio), round(height * ratio)
        # A margin around the image receives clipped discs, so that no disc needs a bounds check.
        margin = int(np.ceil(2 * self.radius * ratio)) + 2
        stride = pixel_width + 2 * margin
        canvas = np.zeros((pixel_height + 2 * margin) * stride, np.uint32)
        positions = self.to_pixels(transform)[self._draw_order]
        inside = ((positions > -1) & (positions < (pixel_width, pixel_height))).all(1)
        rows = self._draw_order[inside]
        pixels = positions[inside].astype(np.intp) + margin
        offsets = pixels[:, 1] * stride + pixels[:, 0]
        shown = self.shown[rows]
        disc = _disc_offsets(self.radius * ratio, stride)
        _stamp(canvas, offsets[~shown], disc, np.uint32(self.faint.rgba()))
        _stamp(canvas, offsets[shown], disc, self._colours[rows[shown]])
        selected = np.zeros(len(self.positions), np.bool_)
        selected[self.selected] = True
        selected = selected[rows]
        _stamp(
            canvas,
            offsets[selected],
            _disc_offsets(2 * self.radius * ratio, stride),
            np.uint32(self.ring.rgba()),
        )
        _stamp(canvas, offsets[selected], disc, self._colours[rows[selected]])
        cropped = canvas.reshape(pixel_height + 2 * margin, stride)[
            margin : margin + pixel_height, margin : margin + pixel_width
        ].copy()
        image = QImage(
            cropped.data,
            pixel_width,
            pixel_height,
            4 * pixel_width,
            QImage.Format.Format_ARGB32_Premultiplied,
        ).copy()
        image.setDevicePixelRatio(ratio)
        return image


def _disc_offsets(radius: float, stride: int) -> Rows:
    """Return the offsets of a disc's pixels in a flat canvas."""
    reach = int(np.ceil(radius))
    down, across = np.mgrid[-reach : reach + 1, -reach : reach + 1]
    inside = down**2 + across**2 <= (radius + 0.3) ** 2
    return np.asarray(down[inside] * stride + across[inside], np.intp)


def _stamp(
    canvas: npt.NDArray[np.uint32],
    centres: Rows,
    disc: Rows,
    colours: npt.NDArray[np.uint32] | np.uint32,
) -> None:
    for offset in disc:
        canvas[centres + offset] = colours
