"""One figure of the evaluation as a plot to point at; imported late, since pyqtgraph loads slowly."""

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPen

from gui.theme import Theme

# Its own clean-up at exit takes objects apart that Qt still uses.
pg.setConfigOptions(exitCleanup=False)


class Plot(pg.PlotWidget):  # type: ignore[misc]  # pyqtgraph has no types
    """A line, or points, of which one is pointed at: by the mouse, or with the arrow keys."""

    pointed = Signal(int)
    """Which point; -1 for none."""
    chosen = Signal(int)
    """A point that was clicked, or where Return was pressed."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._points: tuple[Sequence[float], Sequence[float]] = ((), ())
        self._at = -1
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
        self._spot = self.plot()
        self.scene().sigMouseMoved.connect(self._move)
        self.scene().sigMouseClicked.connect(self._click)
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
        """Show points as a line; with `bars` (low, high) a point each, as points with their intervals.

        `guides` are heights at which a faint line helps.
        """
        self._points = (x, y)
        self._labels = labels
        self._apart = bars is not None
        self._line.setData(list(x), list(y))
        self._diagonal.setData([0, 1] if diagonal else [], [0, 1] if diagonal else [])
        for guide in self._guides:
            self.removeItem(guide)
        self._guides = [pg.InfiniteLine(height, angle=0) for height in guides]
        for guide in self._guides:
            self.addItem(guide, ignoreBounds=True)
        if bars is not None:
            low, high = np.array(bars, np.float64).reshape(-1, 2).T
            places = {"x": np.array(x, np.float64), "y": np.array(y, np.float64)}
            self._bars.setData(**places, top=high - places["y"], bottom=places["y"] - low)
        self._bars.setVisible(bars is not None)
        self._restyle()
        self.point(-1)

    def point(self, at: int) -> None:
        """Point at a point, -1 at none."""
        x, y = self._points
        self._at = at if 0 <= at < len(x) else -1
        self._spot.setData(
            [x[self._at]] if self._at >= 0 else [], [y[self._at]] if self._at >= 0 else []
        )
        self.pointed.emit(self._at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is not None and self._points[0]:
            self.point(min(max(self._at + step, 0), len(self._points[0]) - 1))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._at >= 0:
            self.chosen.emit(self._at)
        else:
            event.ignore()

    def _nearest(self, place: QPointF) -> int:
        box = self.getViewBox()
        if not self._points[0] or not box.sceneBoundingRect().contains(place):
            return -1
        spots = (box.mapViewToScene(QPointF(x, y)) for x, y in zip(*self._points, strict=True))
        far = [(spot.x() - place.x()) ** 2 + (spot.y() - place.y()) ** 2 for spot in spots]
        return far.index(min(far))

    def _move(self, place: QPointF) -> None:
        self.point(self._nearest(place))

    def _click(self, event: object) -> None:
        at = self._nearest(event.scenePos())  # type: ignore[attr-defined]
        if at >= 0:
            self.point(at)
            self.chosen.emit(at)

    def _restyle(self) -> None:
        theme = self._theme
        self.setBackground(theme.colour("panel"))
        for side, text in zip(("bottom", "left"), self._labels, strict=True):
            axis = self.getAxis(side)
            axis.setPen(theme.colour("line"))
            axis.setTextPen(theme.colour("muted"))
            axis.setStyle(tickFont=theme.font("small"))
            self.setLabel(side, text, color=theme.colour("muted").name())
        self._line.setPen(None if self._apart else _pen(theme, "accent", 2))
        self._line.setSymbol("o" if self._apart else None)
        self._line.setSymbolBrush(theme.colour("accent"))
        self._line.setSymbolPen(None)
        self._line.setSymbolSize(theme.space("small"))
        self._bars.setData(pen=_pen(theme, "accent", 1))
        faint = _pen(theme, "bar", 1, Qt.PenStyle.DashLine)
        self._diagonal.setPen(faint)
        for guide in self._guides:
            guide.setPen(faint)
        self._spot.setSymbol("o")
        self._spot.setSymbolSize(theme.space("medium"))
        self._spot.setSymbolBrush(theme.colour("text"))
        self._spot.setSymbolPen(None)


def _pen(theme: Theme, colour: str, wide: int, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> QPen:
    pen = QPen(theme.colour(colour), wide, style)
    pen.setCosmetic(True)
    return pen
