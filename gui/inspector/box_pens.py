"""Box pens: how the boxes of a field are drawn."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from gui.theme import Theme


class BoxPens:
    """Draws boxes with one painter, in the lines and colours of the theme."""

    def __init__(self, painter: QPainter, theme: Theme) -> None:
        self._painter = painter
        self._theme = theme
        self._line = theme.space("hair")

    def draw_box(
        self, rectangle: QRectF, colour: QColor, *, removed: bool, is_current: bool
    ) -> None:
        """Draw the box of a cell; dotted if it was removed, with a second frame if it is current."""
        painter, line = self._painter, self._line
        pen = QPen(self._theme.colour("raised"), 4 * line)
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        if is_current:
            painter.setPen(pen)
            painter.drawRect(rectangle)
        pen.setColor(colour)
        pen.setWidthF(2 * line)
        pen.setStyle(Qt.PenStyle.DotLine if removed else Qt.PenStyle.SolidLine)
        painter.setPen(pen)
        painter.drawRect(rectangle)
        if is_current:
            gap = 3 * line
            painter.setPen(QPen(self._theme.colour("accent"), 2 * line))
            painter.drawRect(rectangle.adjusted(-gap, -gap, gap, gap))

    def draw_draft(self, rectangle: QRectF, *, has_handles: bool) -> None:
        """Draw the box that is being drawn or moved."""
        painter, line = self._painter, self._line
        painter.setPen(QPen(self._theme.colour("raised"), 4 * line))
        painter.drawRect(rectangle)
        painter.setPen(QPen(self._theme.colour("accent"), 2 * line, Qt.PenStyle.DashLine))
        painter.drawRect(rectangle)
        if not has_handles:
            return
        painter.setPen(QPen(self._theme.colour("raised"), line))
        painter.setBrush(self._theme.colour("accent"))
        for corner in (
            rectangle.topLeft(),
            rectangle.topRight(),
            rectangle.bottomLeft(),
            rectangle.bottomRight(),
        ):
            handle = QRectF(0, 0, 7 * line, 7 * line)
            handle.moveCenter(corner)
            painter.drawRect(handle)
        painter.setBrush(Qt.BrushStyle.NoBrush)
