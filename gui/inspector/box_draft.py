"""Box draft: a box that is being drawn, moved or resized, in pixels of its field."""

import enum

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt

MIN_EDGE = 4.0
"""Least shorter edge of a box, as in `engine.fields.placement`."""


class Grip(enum.Flag):
    """The edges of a box that a drag moves; a corner is two of them, ALL moves the box."""

    NONE = 0
    LEFT = enum.auto()
    TOP = enum.auto()
    RIGHT = enum.auto()
    BOTTOM = enum.auto()
    ALL = LEFT | TOP | RIGHT | BOTTOM


_CURSORS = {
    Grip.NONE: Qt.CursorShape.ArrowCursor,
    Grip.ALL: Qt.CursorShape.SizeAllCursor,
    Grip.LEFT: Qt.CursorShape.SizeHorCursor,
    Grip.RIGHT: Qt.CursorShape.SizeHorCursor,
    Grip.TOP: Qt.CursorShape.SizeVerCursor,
    Grip.BOTTOM: Qt.CursorShape.SizeVerCursor,
    Grip.LEFT | Grip.TOP: Qt.CursorShape.SizeFDiagCursor,
    Grip.RIGHT | Grip.BOTTOM: Qt.CursorShape.SizeFDiagCursor,
    Grip.RIGHT | Grip.TOP: Qt.CursorShape.SizeBDiagCursor,
    Grip.LEFT | Grip.BOTTOM: Qt.CursorShape.SizeBDiagCursor,
}


class BoxDraft:
    """A rectangle within a field of a given size."""

    def __init__(self, rectangle: QRectF, field: QSizeF) -> None:
        self.rectangle = QRectF(rectangle)
        self._first = QRectF(rectangle)
        self._field = field

    @property
    def is_changed(self) -> bool:
        """True if it is another box than at first."""
        return self.rectangle != self._first

    @property
    def is_resized(self) -> bool:
        """True if its size is another than at first."""
        return self.rectangle.size() != self._first.size()

    def grip_at(self, position: QPointF, tolerance: float) -> Grip:
        """Return what a drag that begins at a position moves."""
        box = self.rectangle
        if not box.adjusted(-tolerance, -tolerance, tolerance, tolerance).contains(position):
            return Grip.NONE
        # Inside a small box at least half of each axis moves it.
        inner_x, inner_y = min(tolerance, box.width() / 4), min(tolerance, box.height() / 4)
        grip = Grip.NONE
        if position.x() < box.left() + inner_x:
            grip |= Grip.LEFT
        elif position.x() > box.right() - inner_x:
            grip |= Grip.RIGHT
        if position.y() < box.top() + inner_y:
            grip |= Grip.TOP
        elif position.y() > box.bottom() - inner_y:
            grip |= Grip.BOTTOM
        return grip or Grip.ALL

    def drag(self, grip: Grip, x: float, y: float) -> None:
        """Move edges by a distance; the box stays in the field and large enough."""
        box = QRectF(self.rectangle)
        if grip == Grip.ALL:
            box.translate(x, y)
            box.moveLeft(_limit(box.left(), 0, self._field.width() - box.width()))
            box.moveTop(_limit(box.top(), 0, self._field.height() - box.height()))
        else:
            if Grip.LEFT in grip:
                box.setLeft(_limit(box.left() + x, 0, box.right() - MIN_EDGE))
            if Grip.RIGHT in grip:
                box.setRight(_limit(box.right() + x, box.left() + MIN_EDGE, self._field.width()))
            if Grip.TOP in grip:
                box.setTop(_limit(box.top() + y, 0, box.bottom() - MIN_EDGE))
            if Grip.BOTTOM in grip:
                box.setBottom(_limit(box.bottom() + y, box.top() + MIN_EDGE, self._field.height()))
        self.rectangle = box

    def span(self, start: QPointF, end: QPointF) -> None:
        """Draw the box from one corner to another."""
        box = QRectF(start, end).normalized()
        self.rectangle = box.intersected(QRectF(QPointF(), self._field))


def cursor_of(grip: Grip) -> Qt.CursorShape:
    """Return the mouse cursor over a grip."""
    return _CURSORS[grip]


def _limit(value: float, low: float, high: float) -> float:
    return max(low, min(value, high))
