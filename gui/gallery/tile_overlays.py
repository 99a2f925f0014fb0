"""Tile overlays: class outline, removal veil and state badges of an image."""

from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QLine, QPoint, QRect, QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPixmap

from gui.theme import Theme

if TYPE_CHECKING:
    from gui.state.image_item import ImageItem

_DOT_PATTERN_PIXELS = 256
_VEIL_OPACITY = 0.65
"""Opacity of the surround colour over a removed image."""


class TileOverlays:
    """Painter of outlines and badges; recreated when the theme changes."""

    def __init__(self, theme: Theme, edge: int, ratio: float) -> None:
        """`edge` is the badge size in pixels, `ratio` the device pixel ratio."""
        self._edge = edge
        self._space = theme.space("tight")
        self.outline_width = max(2, self._space // 2)
        """Outline width in pixels; the outline surrounds the image without covering it."""
        self._ratio = ratio
        self._text, self._ground = theme.colour("text"), theme.colour("raised")
        self._veil = theme.colour("surround")
        self._veil.setAlphaF(_VEIL_OPACITY)
        self._label_badge = self._badge(theme, "check", "accent")
        self._note_badge = self._badge(theme, "sticky-note", "text")
        self._tag_badge = self._badge(theme, "tag", "text")
        self._removed_badge = self._badge(theme, "trash-2", "warning")
        self._finding_badge = self._badge(theme, "triangle-alert", "warning")

    def paint_outline(self, painter: QPainter, image: QRect, colour: str, *, dotted: bool) -> None:
        """Outline an image in the colour of its class, dotted for an unconfirmed prediction."""
        width = self.outline_width
        box = image.adjusted(-width, -width, width, width)
        if not dotted:
            for side in (
                QRect(box.left(), box.top(), box.width(), width),
                QRect(box.left(), image.bottom() + 1, box.width(), width),
                QRect(box.left(), image.top(), width, image.height()),
                QRect(image.right() + 1, image.top(), width, image.height()),
            ):
                painter.fillRect(side, QColor(colour))
            return
        horizontal, vertical = _dotted_lines(
            colour,
            width,
            _DOT_PATTERN_PIXELS * (1 + max(box.width(), box.height()) // _DOT_PATTERN_PIXELS),
        )
        painter.drawPixmap(box.left(), box.top(), horizontal, 0, 0, box.width(), width)
        painter.drawPixmap(box.left(), image.bottom() + 1, horizontal, 0, 0, box.width(), width)
        painter.drawPixmap(box.left(), box.top(), vertical, 0, 0, width, box.height())
        painter.drawPixmap(image.right() + 1, box.top(), vertical, 0, 0, width, box.height())

    def paint_removed(self, painter: QPainter, image: QRect) -> None:
        """Dim a removed image and strike it through."""
        painter.fillRect(image, self._veil)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._text, self._space / 2))
        painter.drawLine(QLine(image.bottomLeft(), image.topRight()))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def paint_badges(self, painter: QPainter, item: "ImageItem", image: QRect) -> None:
        """Paint badges at the top left: labelled, noted, tagged, removed, has findings."""
        corner = image.topLeft() + QPoint(self._space, self._space)
        for is_shown, badge in (
            (item.label is not None, self._label_badge),
            (bool(item.note), self._note_badge),
            (bool(item.tags), self._tag_badge),
            (item.removed, self._removed_badge),
            (bool(item.found), self._finding_badge),
        ):
            if is_shown:
                painter.drawPixmap(corner, badge)
                corner += QPoint(self._edge + self._space, 0)

    def _badge(self, theme: Theme, icon: str, colour: str) -> QPixmap:
        pixels = round(self._edge * self._ratio)
        image = QImage(pixels, pixels, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(0)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("line"), self._ratio))
        painter.setBrush(self._ground)
        inner = self._ratio / 2
        box = QRectF(image.rect()).adjusted(inner, inner, -inner, -inner)
        painter.drawRoundedRect(box, pixels / 5, pixels / 5)
        inset = round(pixels * 0.14)
        painter.drawPixmap(inset, inset, theme.pixmap(icon, pixels - 2 * inset, colour))
        painter.end()
        image.setDevicePixelRatio(self._ratio)
        return QPixmap.fromImage(image)


@lru_cache(maxsize=256)
def _dotted_lines(colour: str, width: int, length: int) -> tuple[QPixmap, QPixmap]:
    # A horizontal and a vertical dotted line. A dashed pen is slower than the rest of a tile.
    lines = []
    for size, step in (((length, width), QPoint(1, 0)), ((width, length), QPoint(0, 1))):
        line = QImage(*size, QImage.Format.Format_ARGB32_Premultiplied)
        line.fill(0)
        painter = QPainter(line)
        for offset in range(0, length, 2 * width):
            painter.fillRect(offset * step.x(), offset * step.y(), width, width, QColor(colour))
        painter.end()
        lines.append(QPixmap.fromImage(line))
    return lines[0], lines[1]
