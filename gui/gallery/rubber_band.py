"""Rubber-band selection in the grid, and automatic scrolling near its edges."""

from collections.abc import Callable

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QPoint, QRect, QTimer
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication

from gui.gallery.tile_grid import TileGrid
from gui.theme import Theme

_FRAME_MS = 16
_SPEED_DIVISOR = 3
"""Scrolling per frame is the distance of the pointer beyond the edge, divided by this."""

Select = QItemSelectionModel.SelectionFlag


class AutoScroller:
    """Scrolls while the pointer is near the top or bottom edge, faster with distance."""

    def __init__(self, view: TileGrid, theme: Theme, moved: Callable[[], None]) -> None:
        """`moved` is called after each step, when other items are under the pointer."""
        self._view = view
        self._theme = theme
        self._moved = moved
        self._speed = 0
        self._timer = QTimer(view, interval=_FRAME_MS)
        self._timer.timeout.connect(self._step)

    def follow(self, point: QPoint) -> None:
        """Update the pointer position, in viewport coordinates."""
        margin, height = self._theme.space("wide"), self._view.viewport().height()
        beyond = min(0, point.y() - margin) + max(0, point.y() - (height - margin))
        self._speed = beyond // _SPEED_DIVISOR if beyond < 0 else -(-beyond // _SPEED_DIVISOR)
        if not self._speed:
            self._timer.stop()
        elif not self._timer.isActive():
            self._timer.start()

    def stop(self) -> None:
        """Stop scrolling."""
        self._timer.stop()

    def _step(self) -> None:
        bar = self._view.verticalScrollBar()
        bar.setValue(bar.value() + self._speed)
        self._moved()


class RubberBand:
    """Rectangle that starts beside an image and selects the tiles it touches when released.

    Before release the touched tiles are only painted as selected: updating a large selection on every
    movement is too slow.
    """

    def __init__(self, view: TileGrid, theme: Theme) -> None:
        self._view = view
        self._theme = theme
        self._start: QPoint | None = None
        self._corner = QPoint()
        self._extends = False
        self.is_active = False
        self._auto_scroller = AutoScroller(view, theme, view.viewport().update)

    @property
    def is_pressed(self) -> bool:
        """True if the button is down, so that movement starts or resizes the band."""
        return self._start is not None

    def press(self, point: QPoint, *, extends: bool) -> None:
        """Start at a viewport position; `extends` keeps the existing selection."""
        self._start = point + QPoint(0, self._view.verticalOffset())
        self._corner = point
        self._extends = extends

    def move(self, point: QPoint) -> None:
        """Update the pointer position, in viewport coordinates."""
        assert self._start is not None
        self._corner = point
        size = self._rect().size()
        is_drag = size.width() + size.height() - 2 >= QApplication.startDragDistance()
        self.is_active = self.is_active or is_drag
        if self.is_active:
            self._auto_scroller.follow(point)
            self._view.viewport().update()

    def release(self) -> bool:
        """Select the touched tiles; return whether a band was active."""
        was_active, rect = self.is_active, self._rect()
        self.cancel()
        if was_active:
            model, selection = self._view.model(), QItemSelection()
            for first, last in self._view.grid.row_spans(rect):
                selection.select(model.index(first), model.index(last))
            flags = Select.Select if self._extends else Select.ClearAndSelect
            self._view.selectionModel().select(selection, flags)
        return was_active

    def cancel(self) -> None:
        """Remove the band without changing the selection."""
        self._auto_scroller.stop()
        self._start = None
        if self.is_active:
            self.is_active = False
            self._view.viewport().update()

    def would_select(self, tile: QRect, *, selected: bool) -> bool:
        """Return whether releasing now would select a tile (content coordinates)."""
        return tile.intersects(self._rect()) or (self._extends and selected)

    def paint(self, painter: QPainter) -> None:
        """Paint the band over the tiles."""
        colour = self._theme.colour("accent")
        painter.setPen(colour)
        colour.setAlphaF(0.15)
        painter.setBrush(colour)
        rect = self._rect().translated(0, -self._view.verticalOffset())
        painter.drawRect(rect.adjusted(0, 0, -1, -1))

    def _rect(self) -> QRect:
        if self._start is None:
            return QRect()
        return QRect(
            self._start, self._corner + QPoint(0, self._view.verticalOffset())
        ).normalized()
