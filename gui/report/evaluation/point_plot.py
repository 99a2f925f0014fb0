"""Point plot: a curve with selectable points.

Imported late, because pyqtgraph loads slowly.
"""

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPen

from gui.theme import Theme

# The clean-up of pyqtgraph at exit deletes objects that Qt still uses.
pg.setConfigOptions(exitCleanup=False)


class PointPlot(pg.PlotWidget):  # type: ignore[misc]  # pyqtgraph has no types
    """A line or points; one point is selected with the mouse or the arrow keys."""

    point_selected = Signal(int)
    """Index of the selected point, -1 for none."""
    point_activated = Signal(int)
    """Index of a point that was clicked, or on which Return was pressed."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._points: tuple[Sequence[float], Sequence[float]] = ((), ())
        self._index = -1
        self.setMouseEnabled(False, False)
        self.setMenuEnabled(False)
        self.hideButtons()
        self.setFixedHeight(14 * theme.space("wide"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._guides: list[pg.InfiniteLine] = []
        self._diagonal = self.plot()
        self._bars = pg.ErrorBarItem(beam=0)
        self.addItem(self._bars)
        self._line = self.plot()
        self._marker = self.plot()
        self.scene().sigMouseMoved.connect(self._on_mouse_moved)
        self.scene().sigMouseClicked.connect(self._on_mouse_clicked)
        theme.changed.connect(self._restyle)

    def show_line(
        self,
        x: Sequence[float],
        y: Sequence[float],
        labels: tuple[str, str],
        *,
        diagonal: bool = False,
        guides: Sequence[float] = (),
        bars: Sequence[tuple[float, float]] | None = None,
    ) -> None:
        """Show points as a line; with `bars` (low, high), as single points with intervals.

        `guides` are the heights of faint horizontal lines.
        """
        self._points = (x, y)
        self._labels = labels
        self._has_intervals = bars is not None
        self._line.setData(list(x), list(y))
        self._diagonal.setData([0, 1] if diagonal else [], [0, 1] if diagonal else [])
        for guide in self._guides:
            self.removeItem(guide)
        self._guides = [pg.InfiniteLine(height, angle=0) for height in guides]
        for guide in self._guides:
            self.addItem(guide, ignoreBounds=True)
        if bars is not None:
            low, high = np.array(bars, np.float64).reshape(-1, 2).T
            xy = {"x": np.array(x, np.float64), "y": np.array(y, np.float64)}
            self._bars.setData(**xy, top=high - xy["y"], bottom=xy["y"] - low)
        self._bars.setVisible(bars is not None)
        self._restyle()
        self.select_point(-1)

    def select_point(self, index: int) -> None:
        """Select a point by index, -1 for none."""
        x, y = self._points
        self._index = index if 0 <= index < len(x) else -1
        self._marker.setData(
            [x[self._index]] if self._index >= 0 else [],
            [y[self._index]] if self._index >= 0 else [],
        )
        self.point_selected.emit(self._index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is not None and self._points[0]:
            self.select_point(min(max(self._index + step, 0), len(self._points[0]) - 1))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._index >= 0:
            self.point_activated.emit(self._index)
        else:
            event.ignore()

    def _nearest_point(self, position: QPointF) -> int:
        box = self.getViewBox()
        if not self._points[0] or not box.sceneBoundingRect().contains(position):
            return -1
        points = (box.mapViewToScene(QPointF(x, y)) for x, y in zip(*self._points, strict=True))
        distances = [
            (point.x() - position.x()) ** 2 + (point.y() - position.y()) ** 2 for point in points
        ]
        return distances.index(min(distances))

    def _on_mouse_moved(self, position: QPointF) -> None:
        self.select_point(self._nearest_point(position))

    def _on_mouse_clicked(self, event: object) -> None:
        index = self._nearest_point(event.scenePos())  # type: ignore[attr-defined]
        if index >= 0:
            self.select_point(index)
            self.point_activated.emit(index)

    def _restyle(self) -> None:
        theme = self._theme
        self.setBackground(theme.colour("panel"))
        for side, text in zip(("bottom", "left"), self._labels, strict=True):
            axis = self.getAxis(side)
            axis.setPen(theme.colour("line"))
            axis.setTextPen(theme.colour("muted"))
            axis.setStyle(tickFont=theme.font("small"))
            self.setLabel(side, text, color=theme.colour("muted").name())
        self._line.setPen(None if self._has_intervals else _pen(theme, "accent", 2))
        self._line.setSymbol("o" if self._has_intervals else None)
        self._line.setSymbolBrush(theme.colour("accent"))
        self._line.setSymbolPen(None)
        self._line.setSymbolSize(theme.space("small"))
        self._bars.setData(pen=_pen(theme, "accent", 1))
        faint = _pen(theme, "bar", 1, Qt.PenStyle.DashLine)
        self._diagonal.setPen(faint)
        for guide in self._guides:
            guide.setPen(faint)
        self._marker.setSymbol("o")
        self._marker.setSymbolSize(theme.space("medium"))
        self._marker.setSymbolBrush(theme.colour("text"))
        self._marker.setSymbolPen(None)


def _pen(theme: Theme, colour: str, width: int, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> QPen:
    pen = QPen(theme.colour(colour), width, style)
    pen.setCosmetic(True)
    return pen
