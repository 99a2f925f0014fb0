"""What is painted round and over an image: how sure its class is, what was decided, what was noted."""

from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QLine, QPoint, QRect, QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPixmap

from gui.theme import Theme

if TYPE_CHECKING:
    from gui.table import Item

_LONG = 256
_VEIL = 0.65
"""How much of the surround lies over a removed image."""


class Marks:
    """Paints the outline and the badges of images; made anew when the theme changes."""

    def __init__(self, theme: Theme, edge: int, ratio: float) -> None:
        """`edge` is that of a badge in pixels, `ratio` how many of the screen's a pixel has."""
        self._edge = edge
        self._space = theme.space("tight")
        self.width = max(2, self._space // 2)
        """Of an outline; it lies around the image and covers nothing of it."""
        self._ratio = ratio
        self._text, self._ground = theme.colour("text"), theme.colour("raised")
        self._veil = theme.colour("surround")
        self._veil.setAlphaF(_VEIL)
        self._tick = self._badge(theme, "check", "accent")
        self._note = self._badge(theme, "sticky-note", "text")
        self._removed = self._badge(theme, "trash-2", "warning")
        self._found = self._badge(theme, "triangle-alert", "warning")

    def paint_outline(self, painter: QPainter, image: QRect, colour: str, *, dotted: bool) -> None:
        """Outline an image in a class's colour: dotted as long as only the model says so."""
        width = self.width
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
        along, down = _dots(colour, width, _LONG * (1 + max(box.width(), box.height()) // _LONG))
        painter.drawPixmap(box.left(), box.top(), along, 0, 0, box.width(), width)
        painter.drawPixmap(box.left(), image.bottom() + 1, along, 0, 0, box.width(), width)
        painter.drawPixmap(box.left(), box.top(), down, 0, 0, width, box.height())
        painter.drawPixmap(image.right() + 1, box.top(), down, 0, 0, width, box.height())

    def paint_removed(self, painter: QPainter, image: QRect) -> None:
        """Dim an image and strike it through."""
        painter.fillRect(image, self._veil)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._text, self._space / 2))
        painter.drawLine(QLine(image.bottomLeft(), image.topRight()))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def paint_badges(self, painter: QPainter, item: "Item", image: QRect) -> None:
        """Say at the top left what a person did, decided, noted, removed, and that something was found."""
        corner = image.topLeft() + QPoint(self._space, self._space)
        for there, badge in (
            (item.label is not None, self._tick),
            (bool(item.note), self._note),
            (item.removed, self._removed),
            (bool(item.found), self._found),
        ):
            if there:
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
def _dots(colour: str, width: int, length: int) -> tuple[QPixmap, QPixmap]:
    # A dotted line, lying and standing. A dashed pen takes longer than all the rest of a tile.
    lines = []
    for size, step in (((length, width), QPoint(1, 0)), ((width, length), QPoint(0, 1))):
        line = QImage(*size, QImage.Format.Format_ARGB32_Premultiplied)
        line.fill(0)
        painter = QPainter(line)
        for at in range(0, length, 2 * width):
            painter.fillRect(at * step.x(), at * step.y(), width, width, QColor(colour))
        painter.end()
        lines.append(QPixmap.fromImage(line))
    return lines[0], lines[1]
