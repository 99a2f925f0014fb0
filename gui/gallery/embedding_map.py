"""Embedding map widget: a 2-D scatter plot of images with zoom, pan, hover and lasso selection.

Imported when the map is first shown, since pyqtgraph is slow to load.
"""

from typing import Literal

import numpy as np
import numpy.typing as npt
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen, QPolygonF, QTransform

from gui.gallery.point_cloud import PointCloudItem
from gui.gallery.point_search import (
    Positions,
    Rows,
    inside_polygon,
    nearest_in_direction,
    nearest_within,
)
from gui.theme import Theme

Tool = Literal["hand", "lasso"]

_ZOOM_STEP = 1.25
_FULL_VIEW = QRectF(-0.03, -0.03, 1.06, 1.06)
_ARROW_DIRECTIONS = {
    Qt.Key.Key_Left: (-1.0, 0.0),
    Qt.Key.Key_Right: (1.0, 0.0),
    Qt.Key.Key_Up: (0.0, 1.0),
    Qt.Key.Key_Down: (0.0, -1.0),
}

# pyqtgraph's clean-up at exit destroys objects that Qt still uses.
pg.setConfigOptions(exitCleanup=False)


class EmbeddingMap(pg.GraphicsView):  # type: ignore[misc]  # pyqtgraph has no types
    """Scatter plot of images; a row is an index into the points given to `set_points`.

    The wheel zooms, dragging pans, Shift+drag (or the tool `lasso`) selects, Ctrl adds to the selection.
    """

    lassoed = Signal(object, object)
    """The rows inside a lasso and `new` or `add`; no rows and `new` when Esc clears the selection."""
    hovered = Signal(object)
    """The row under the pointer, or None."""
    picked = Signal(object)
    """The row that was clicked or reached by an arrow key."""
    tool_changed = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._tool: Tool = "hand"
        self._current_row: int | None = None
        self._hovered_row: int | None = None
        self._press_position: QPointF | None = None
        self._lasso: QPolygonF | None = None
        self._is_drag = False
        self._view_box = pg.ViewBox(lockAspect=True, enableMenu=False, border=None)
        self._view_box.setMouseEnabled(False, False)
        self._view_box.setLimits(
            xMin=-0.5, xMax=1.5, yMin=-0.5, yMax=1.5, minXRange=0.002, minYRange=0.002
        )
        self._cloud = PointCloudItem()
        self._view_box.addItem(self._cloud)
        self.setCentralItem(self._view_box)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Map of similar images"))
        theme.changed.connect(self._restyle)
        self._restyle()
        self.fit()

    def set_points(
        self,
        positions: Positions,
        colours: npt.NDArray[np.uint8],
        shown: npt.NDArray[np.bool_],
    ) -> None:
        """Set the points: positions (n, 2) in the unit square, RGB (n, 3), visibility (n,)."""
        is_new_set = len(positions) != len(self._cloud.positions)
        self._cloud.set_points(positions, colours, shown)
        if is_new_set:
            self._current_row = self._hovered_row = None
            self.fit()

    def set_selected(self, rows: Rows) -> None:
        """Draw rings around the selected points."""
        self._cloud.selected = np.asarray(rows, np.intp)
        self._cloud.redraw()

    def set_current(self, row: int | None) -> None:
        """Mark one point as the current image and scroll it into view."""
        self._current_row = row
        if row is not None:
            self._scroll_to(row)
        self.viewport().update()

    @property
    def tool(self) -> Tool:
        """The action of dragging without a modifier key."""
        return self._tool

    def set_tool(self, tool: Tool) -> None:
        """Set the action of dragging: `hand` pans, `lasso` selects."""
        self._tool = tool
        self._update_cursor()
        self.tool_changed.emit(tool)

    def fit(self) -> None:
        """Show all points."""
        self._view_box.setRange(_FULL_VIEW, padding=0)

    def zoom_by(self, factor: float, anchor: QPointF | None = None) -> None:
        """Zoom by a factor around a point of the widget, by default its centre."""
        centre = self._to_map(anchor) if anchor is not None else self._view_box.viewRect().center()
        self._view_box.scaleBy((1 / factor, 1 / factor), center=pg.Point(centre))

    def row_at(self, point: QPointF) -> int | None:
        """Return the row of the visible point nearest to a point of the widget, None if none is near."""
        rows, positions = self._visible_positions()
        reach = max(self._theme.space("tight"), 1.5 * self._cloud.radius)
        nearest = nearest_within(positions, point, reach)
        return None if nearest is None else int(rows[nearest])

    def position_of(self, row: int) -> QPointF:
        """Return the position of a point in the widget."""
        x, y = self._cloud.to_pixels(self._transform())[row]
        return QPointF(float(x), float(y))

    def wheelEvent(self, event: object) -> None:
        if steps := event.angleDelta().y() / 120:  # type: ignore[attr-defined]
            self.zoom_by(_ZOOM_STEP**steps, event.position())  # type: ignore[attr-defined]
        event.accept()  # type: ignore[attr-defined]

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self._press_position, self._is_drag = event.position(), False
        if self._tool == "lasso" or event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._lasso = QPolygonF([event.position()])
        self._update_cursor()
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        position = event.position()
        if self._press_position is None:
            self._set_hovered_row(self.row_at(position))
        elif self._lasso is not None:
            if (position - self._lasso.last()).manhattanLength() >= 2:
                self._lasso.append(position)
                self._is_drag = True
                self.viewport().update()
        elif self._is_drag or (position - self._press_position).manhattanLength() > 3:
            self._is_drag = True
            shift = self._to_map(self._press_position) - self._to_map(position)
            self._view_box.translateBy(pg.Point(shift))
            self._press_position = position

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._press_position is None or event.button() != Qt.MouseButton.LeftButton:
            return
        lasso, was_drag = self._lasso, self._is_drag
        self._press_position = self._lasso = None
        self._update_cursor()
        self.viewport().update()
        if not was_drag:
            if (row := self.row_at(event.position())) is not None:
                self.picked.emit(row)
        elif lasso is not None and lasso.size() > 2:
            add = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            self.lassoed.emit(self._rows_inside(lasso), "add" if add else "new")

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.mousePressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._set_hovered_row(None)
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _ARROW_DIRECTIONS and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            if (row := self._nearest_in_direction(*_ARROW_DIRECTIONS[key])) is not None:
                self.set_current(row)
                self.picked.emit(row)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom_by(_ZOOM_STEP)
        elif key == Qt.Key.Key_Minus:
            self.zoom_by(1 / _ZOOM_STEP)
        elif key == Qt.Key.Key_Escape and self._lasso is not None:
            self._press_position = self._lasso = None
            self.viewport().update()
        elif key == Qt.Key.Key_Escape and len(self._cloud.selected):
            self.lassoed.emit(np.empty(0, np.intp), "new")
        else:
            event.ignore()

    def drawForeground(self, painter: QPainter, rect: QRectF) -> None:
        painter.save()
        painter.resetTransform()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        accent, width = self._theme.colour("accent"), 2 * self._theme.space("hair")
        if self._lasso is not None:
            soft = self._theme.colour("accent_soft")
            soft.setAlphaF(0.35)
            painter.setBrush(soft)
            painter.setPen(QPen(accent, width))
            painter.drawPolygon(self._lasso)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self._current_row is not None and self._current_row < len(self._cloud.positions):
            centre, radius = self.position_of(self._current_row), 2 * self._cloud.radius + width
            # Two rings of different colours, so that one contrasts with any background.
            painter.setPen(QPen(self._theme.colour("surround"), 3 * width))
            painter.drawEllipse(centre, radius + width, radius + width)
            painter.setPen(QPen(self._theme.colour("text"), width))
            painter.drawEllipse(centre, radius + width, radius + width)
        painter.restore()

    def _restyle(self) -> None:
        if self.closed:  # the widget is being destroyed
            return
        self.setBackground(self._theme.colour("surround"))
        self._cloud.faint = self._theme.colour("line")
        self._cloud.ring = self._theme.colour("text")
        self._cloud.radius = 0.5 * self._theme.space("tight")
        self._cloud.redraw()

    def _set_hovered_row(self, row: int | None) -> None:
        if row != self._hovered_row:
            self._hovered_row = row
            self._update_cursor()
            self.hovered.emit(row)

    def _update_cursor(self) -> None:
        if self._lasso is not None or self._tool == "lasso":
            shape = Qt.CursorShape.CrossCursor
        elif self._press_position is not None:
            shape = Qt.CursorShape.ClosedHandCursor
        elif self._hovered_row is not None:
            shape = Qt.CursorShape.PointingHandCursor
        else:
            shape = Qt.CursorShape.OpenHandCursor
        self.viewport().setCursor(shape)

    def _transform(self) -> QTransform:
        # Update the view box, which otherwise applies its range only when painted.
        self._view_box.childTransform()
        transform: QTransform = self._cloud.sceneTransform() * self.viewportTransform()
        return transform

    def _to_map(self, point: QPointF) -> QPointF:
        inverted, _ = self._transform().inverted()
        return inverted.map(point)

    def _visible_positions(self) -> tuple[Rows, Positions]:
        rows = np.flatnonzero(self._cloud.shown)
        return rows, self._cloud.to_pixels(self._transform())[rows]

    def _rows_inside(self, lasso: QPolygonF) -> Rows:
        rows, positions = self._visible_positions()
        return np.asarray(rows[inside_polygon(positions, lasso, self.viewport().size())], np.intp)

    def _nearest_in_direction(self, right: float, up: float) -> int | None:
        """Return the nearest visible row in a direction; without a current row, the one nearest the centre."""
        rows = np.flatnonzero(self._cloud.shown)
        positions = self._cloud.positions
        if self._current_row is None:
            centre = self._view_box.viewRect().center()
            offsets = positions[rows] - (centre.x(), centre.y())
            return int(rows[(offsets**2).sum(1).argmin()]) if len(rows) else None
        offsets = positions[rows] - positions[self._current_row]
        nearest = nearest_in_direction(offsets, right, up)
        return None if nearest is None else int(rows[nearest])

    def _scroll_to(self, row: int) -> None:
        x, y = (float(value) for value in self._cloud.positions[row])
        view: QRectF = self._view_box.viewRect()
        if not view.contains(QPointF(x, y)):
            middle = view.center()
            self._view_box.translateBy(pg.Point(x - middle.x(), y - middle.y()))
