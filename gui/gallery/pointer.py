"""What the pointer does in the grid beyond a click: scrolling at the edges, and the rubber band."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QPoint, QRect, QTimer
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication

from gui.theme import Theme

if TYPE_CHECKING:
    from gui.gallery.tiles import TileView

_FRAME_MS = 16
_EASE = 3
"""A frame scrolls by this part of how far the pointer is beyond the edge."""

Select = QItemSelectionModel.SelectionFlag


class EdgeScroll:
    """Scrolls while the pointer is held near the top or the bottom, the faster the farther it is out."""

    def __init__(self, view: "TileView", theme: Theme, moved: Callable[[], None]) -> None:
        """`moved` is called after each step: other things are under the pointer now."""
        self._view = view
        self._theme = theme
        self._moved = moved
        self._speed = 0
        self._timer = QTimer(view, interval=_FRAME_MS)
        self._timer.timeout.connect(self._step)

    def follow(self, point: QPoint) -> None:
        """Take where the pointer is now, in the viewport."""
        margin, height = self._theme.space("wide"), self._view.viewport().height()
        beyond = min(0, point.y() - margin) + max(0, point.y() - (height - margin))
        self._speed = beyond // _EASE if beyond < 0 else -(-beyond // _EASE)
        if not self._speed:
            self._timer.stop()
        elif not self._timer.isActive():
            self._timer.start()

    def stop(self) -> None:
        """Scroll no more."""
        self._timer.stop()

    def _step(self) -> None:
        bar = self._view.verticalScrollBar()
        bar.setValue(bar.value() + self._speed)
        self._moved()


class Rubber:
    """A rubber band: begins beside an image, and selects what it meets once it is let go.

    Until then what it meets is only painted: a selection of very many lines costs too much to be made
    anew with each movement.
    """

    def __init__(self, view: "TileView", theme: Theme) -> None:
        self._view = view
        self._theme = theme
        self._start: QPoint | None = None
        self._corner = QPoint()
        self._adds = False
        self.active = False
        self._edges = EdgeScroll(view, theme, view.viewport().update)

    @property
    def pressed(self) -> bool:
        """Whether a movement would begin one, or has."""
        return self._start is not None

    def press(self, point: QPoint, *, adds: bool) -> None:
        """Take where the button went down; `adds`: what is selected stays so."""
        self._start = point + QPoint(0, self._view.verticalOffset())
        self._corner = point
        self._adds = adds

    def move(self, point: QPoint) -> None:
        """Take where the pointer is now."""
        assert self._start is not None
        self._corner = point
        way = self._box().size()
        far = way.width() + way.height() - 2 >= QApplication.startDragDistance()
        self.active = self.active or far
        if self.active:
            self._edges.follow(point)
            self._view.viewport().update()

    def let_go(self) -> bool:
        """Select what was met; return whether there was a band at all."""
        was, box = self.active, self._box()
        self.cancel()
        if was:
            model, selection = self._view.model(), QItemSelection()
            for first, last in self._view.grid.spans(box):
                selection.select(model.index(first), model.index(last))
            flags = Select.Select if self._adds else Select.ClearAndSelect
            self._view.selectionModel().select(selection, flags)
        return was

    def cancel(self) -> None:
        """Leave the selection as it is."""
        self._edges.stop()
        self._start = None
        if self.active:
            self.active = False
            self._view.viewport().update()

    def meets(self, tile: QRect, *, selected: bool) -> bool:
        """Return whether a tile (in content) would be selected if it were let go now."""
        return tile.intersects(self._box()) or (self._adds and selected)

    def paint(self, painter: QPainter) -> None:
        """Paint the band over the tiles."""
        colour = self._theme.colour("accent")
        painter.setPen(colour)
        colour.setAlphaF(0.15)
        painter.setBrush(colour)
        box = self._box().translated(0, -self._view.verticalOffset())
        painter.drawRect(box.adjusted(0, 0, -1, -1))

    def _box(self) -> QRect:
        if self._start is None:
            return QRect()
        return QRect(
            self._start, self._corner + QPoint(0, self._view.verticalOffset())
        ).normalized()
