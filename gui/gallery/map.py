"""The 2-D map of embeddings: images that look alike lie together; zoom, pan, point, lasso.

Imported when the map is first shown, since pyqtgraph takes its time to load.
"""

from typing import Literal

import numpy as np
import numpy.typing as npt
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QPen, QPolygonF, QTransform

from gui.gallery.cloud import Cloud, Rows
from gui.theme import Theme

Tool = Literal["hand", "lasso"]

_STEP = 1.25
_ROOM = QRectF(-0.03, -0.03, 1.06, 1.06)
_ARROWS = {
    Qt.Key.Key_Left: (-1.0, 0.0),
    Qt.Key.Key_Right: (1.0, 0.0),
    Qt.Key.Key_Up: (0.0, 1.0),
    Qt.Key.Key_Down: (0.0, -1.0),
}

# Its own clean-up at exit takes objects apart that Qt still uses.
pg.setConfigOptions(exitCleanup=False)


class EmbeddingMap(pg.GraphicsView):  # type: ignore[misc]  # pyqtgraph has no types
    """Points that are images; a row is the place of an image in what `set_points` was given.

    Wheel zooms, drag pans, Shift and drag (or the tool `lasso`) selects, Ctrl adds to what is selected.
    """

    lassoed = Signal(object, object)
    """The rows inside a lasso, and `new` or `add`; no rows and `new` where Esc clears."""
    pointed = Signal(object)
    """The row under the pointer, or None."""
    chosen = Signal(object)
    """The row that was clicked or reached with an arrow key."""
    tool_changed = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._tool: Tool = "hand"
        self._current: int | None = None
        self._under: int | None = None
        self._pressed: QPointF | None = None
        self._line: QPolygonF | None = None
        self._moved = False
        self._box = pg.ViewBox(lockAspect=True, enableMenu=False, border=None)
        self._box.setMouseEnabled(False, False)
        self._box.setLimits(
            xMin=-0.5, xMax=1.5, yMin=-0.5, yMax=1.5, minXRange=0.002, minYRange=0.002
        )
        self._cloud = Cloud()
        self._box.addItem(self._cloud)
        self.setCentralItem(self._box)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Map of images that look alike"))
        theme.changed.connect(self._follow)
        self._follow()
        self.fit()

    def set_points(
        self,
        positions: npt.NDArray[np.float32],
        colours: npt.NDArray[np.uint8],
        shown: npt.NDArray[np.bool_],
    ) -> None:
        """Show points: places (n, 2) in the unit square, RGB (n, 3), and which are not faint (n,)."""
        others = len(positions) != len(self._cloud.positions)
        self._cloud.set_points(positions, colours, shown)
        if others:
            self._current = self._under = None
            self.fit()

    def set_selected(self, rows: Rows) -> None:
        """Ring these points."""
        self._cloud.selected = np.asarray(rows, np.intp)
        self._cloud.renew()

    def set_current(self, row: int | None) -> None:
        """Mark one point as the current image, and bring it into view."""
        self._current = row
        if row is not None:
            self._bring(row)
        self.viewport().update()

    @property
    def tool(self) -> Tool:
        """What dragging does without a key held."""
        return self._tool

    def set_tool(self, tool: Tool) -> None:
        """Choose what dragging does: `hand` pans, `lasso` selects."""
        self._tool = tool
        self._settle_cursor()
        self.tool_changed.emit(tool)

    def fit(self) -> None:
        """Show all points."""
        self._box.setRange(_ROOM, padding=0)

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        """Zoom, keeping what lies at a point of the widget where it is."""
        centre = self._to_map(at) if at is not None else self._box.viewRect().center()
        self._box.scaleBy((1 / factor, 1 / factor), center=pg.Point(centre))

    def row_at(self, at: QPointF) -> int | None:
        """Return the shown point nearest to a point of the widget, None if none is near."""
        rows, places = self._shown_places()
        if not len(rows):
            return None
        apart = ((places - (at.x(), at.y())) ** 2).sum(1)
        nearest = int(apart.argmin())
        reach = max(self._theme.space("tight"), 1.5 * self._cloud.radius)
        return int(rows[nearest]) if apart[nearest] <= reach**2 else None

    def place_of(self, row: int) -> QPointF:
        """Return where a point lies in the widget."""
        x, y = self._cloud.pixels(self._transform())[row]
        return QPointF(float(x), float(y))

    def wheelEvent(self, event: object) -> None:
        if steps := event.angleDelta().y() / 120:  # type: ignore[attr-defined]
            self.zoom_by(_STEP**steps, event.position())  # type: ignore[attr-defined]
        event.accept()  # type: ignore[attr-defined]

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self._pressed, self._moved = event.position(), False
        if self._tool == "lasso" or event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._line = QPolygonF([event.position()])
        self._settle_cursor()
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position()
        if self._pressed is None:
            self._point(self.row_at(at))
        elif self._line is not None:
            if (at - self._line.last()).manhattanLength() >= 2:
                self._line.append(at)
                self._moved = True
                self.viewport().update()
        elif self._moved or (at - self._pressed).manhattanLength() > 3:
            self._moved = True
            shift = self._to_map(self._pressed) - self._to_map(at)
            self._box.translateBy(pg.Point(shift))
            self._pressed = at

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None or event.button() != Qt.MouseButton.LeftButton:
            return
        line, moved = self._line, self._moved
        self._pressed = self._line = None
        self._settle_cursor()
        self.viewport().update()
        if not moved:
            if (row := self.row_at(event.position())) is not None:
                self.chosen.emit(row)
        elif line is not None and line.size() > 2:
            add = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            self.lassoed.emit(self._inside(line), "add" if add else "new")

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.mousePressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._point(None)
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _ARROWS and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            if (row := self._next(*_ARROWS[key])) is not None:
                self.set_current(row)
                self.chosen.emit(row)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom_by(_STEP)
        elif key == Qt.Key.Key_Minus:
            self.zoom_by(1 / _STEP)
        elif key == Qt.Key.Key_Escape and self._line is not None:
            self._pressed = self._line = None
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
        if self._line is not None:
            soft = self._theme.colour("accent_soft")
            soft.setAlphaF(0.35)
            painter.setBrush(soft)
            painter.setPen(QPen(accent, width))
            painter.drawPolygon(self._line)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self._current is not None and self._current < len(self._cloud.positions):
            at, reach = self.place_of(self._current), 2 * self._cloud.radius + width
            # Two rings: one of them stands out from whatever lies around.
            painter.setPen(QPen(self._theme.colour("surround"), 3 * width))
            painter.drawEllipse(at, reach + width, reach + width)
            painter.setPen(QPen(self._theme.colour("text"), width))
            painter.drawEllipse(at, reach + width, reach + width)
        painter.restore()

    def _follow(self) -> None:
        if self.closed:  # its points are gone, and it is not shown again
            return
        self.setBackground(self._theme.colour("surround"))
        self._cloud.faint = self._theme.colour("line")
        self._cloud.ring = self._theme.colour("text")
        self._cloud.radius = 0.5 * self._theme.space("tight")
        self._cloud.renew()

    def _point(self, row: int | None) -> None:
        if row != self._under:
            self._under = row
            self._settle_cursor()
            self.pointed.emit(row)

    def _settle_cursor(self) -> None:
        if self._line is not None or self._tool == "lasso":
            shape = Qt.CursorShape.CrossCursor
        elif self._pressed is not None:
            shape = Qt.CursorShape.ClosedHandCursor
        elif self._under is not None:
            shape = Qt.CursorShape.PointingHandCursor
        else:
            shape = Qt.CursorShape.OpenHandCursor
        self.viewport().setCursor(shape)

    def _transform(self) -> QTransform:
        # The box follows its range only when it is painted, or asked.
        self._box.childTransform()
        return self._cloud.sceneTransform() * self.viewportTransform()

    def _to_map(self, at: QPointF) -> QPointF:
        inverted, _ = self._transform().inverted()
        return inverted.map(at)

    def _shown_places(self) -> tuple[Rows, npt.NDArray[np.float32]]:
        rows = np.flatnonzero(self._cloud.shown)
        return rows, self._cloud.pixels(self._transform())[rows]

    def _inside(self, line: QPolygonF) -> Rows:
        # To the pixel, as the eye sees it: the area is painted, and each point looked up.
        width, height = self.viewport().width(), self.viewport().height()
        area = QImage(width, height, QImage.Format.Format_Grayscale8)
        area.fill(0)
        painter = QPainter(area)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("accent"))  # any: what is not black is inside
        painter.drawPolygon(line)
        painter.end()
        bits = np.frombuffer(area.constBits(), np.uint8).reshape(height, area.bytesPerLine())
        rows, places = self._shown_places()
        seen = ((places >= 0) & (places < (width, height))).all(1)
        rows, columns = rows[seen], places[seen].astype(np.intp)
        return np.asarray(rows[bits[columns[:, 1], columns[:, 0]] > 0], np.intp)

    def _next(self, right: float, up: float) -> int | None:
        """Return the nearest shown point in a direction, from the current one or the middle."""
        rows = np.flatnonzero(self._cloud.shown)
        if self._current is None:
            middle = self._box.viewRect().center()
            apart = self._cloud.positions[rows] - (middle.x(), middle.y())
            return int(rows[(apart**2).sum(1).argmin()]) if len(rows) else None
        away = self._cloud.positions[rows] - self._cloud.positions[self._current]
        along = away @ np.array([right, up], np.float32)
        across = np.abs(away @ np.array([up, right], np.float32))
        ahead = (along > 0) & (across <= along)
        if not ahead.any():
            return None
        far = np.where(ahead, along + across, np.inf)
        return int(rows[far.argmin()])

    def _bring(self, row: int) -> None:
        x, y = (float(value) for value in self._cloud.positions[row])
        view: QRectF = self._box.viewRect()
        if not view.contains(QPointF(x, y)):
            middle = view.center()
            self._box.translateBy(pg.Point(x - middle.x(), y - middle.y()))
