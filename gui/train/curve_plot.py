"""Curve plot: loss, accuracy or another figure over epochs or labels.

Imported late, because pyqtgraph loads slowly.
"""

from collections.abc import Sequence

import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QPen

from gui.theme import Theme
from gui.words import decimal, percent

# The clean-up of pyqtgraph at exit deletes objects that Qt still uses.
pg.setConfigOptions(exitCleanup=False)


_MARGIN = 0.05
_MIN_MARGIN = 0.02


class _IntegerAxis(pg.AxisItem):  # type: ignore[misc]
    """Axis with integer ticks, for epochs and counts."""

    def tickSpacing(self, low: float, high: float, size: float) -> list[tuple[float, float]]:
        steps = {max(1.0, step) for step, _ in super().tickSpacing(low, high, size)}
        return [(step, 0.0) for step in sorted(steps, reverse=True)]


class CurvePlot(pg.PlotWidget):  # type: ignore[misc]  # pyqtgraph has no types
    """Plot of one figure: held-out images as a solid line, training images as a dashed line."""

    def __init__(self, theme: Theme, title: str, x_label: str, *, shares: bool = False) -> None:
        super().__init__(axisItems={"bottom": _IntegerAxis("bottom")})
        self._theme, self._shares = theme, shares
        if shares:
            self.getAxis("left").setScale(100)
        self._name, self._x_label = title, x_label
        self.setMouseEnabled(False, False)
        self.setMenuEnabled(False)
        self.hideButtons()
        self.setFixedHeight(8 * theme.space("wide"))
        self._training_line, self._held_out_line = self.plot(), self.plot()
        theme.changed.connect(self._restyle)
        self._restyle()

    def show_values(
        self, x: Sequence[float], held_out: Sequence[float], training: Sequence[float] = ()
    ) -> None:
        """Plot the values of held-out images, and of training images if given, over x."""
        self._held_out_line.setData(list(x), list(held_out))
        self._training_line.setData(list(x)[: len(training)], list(training))
        if self._shares and (values := [*held_out, *training]):
            # Up to 100% at most: around a single epoch the axis would otherwise be symmetric.
            margin = max(_MIN_MARGIN, _MARGIN * (max(values) - min(values)))
            bottom, top = max(0.0, min(values) - margin), min(1.0, max(values) + margin)
            self.setYRange(bottom, top, padding=0)
        last = ""
        if len(held_out):
            last = percent(held_out[-1]) if self._shares else decimal(held_out[-1], 3)
        self.setAccessibleName(f"{self._name} {last}".strip())

    def _restyle(self) -> None:
        theme = self._theme
        self.setBackground(theme.colour("panel"))
        muted = theme.colour("muted")
        for side in ("left", "bottom"):
            axis = self.getAxis(side)
            axis.setPen(theme.colour("line"))
            axis.setTextPen(muted)
            axis.setStyle(tickFont=theme.font("small"))
        title = f"{self._name}, %" if self._shares else self._name
        self.setTitle(title, color=theme.colour("text"), size=f"{theme.font().pointSizeF()}pt")
        self.setLabel("bottom", self._x_label, color=muted.name())
        accent = QPen(theme.colour("accent"), 2)
        accent.setCosmetic(True)
        grey = QPen(theme.colour("bar"), 1, Qt.PenStyle.DashLine)
        grey.setCosmetic(True)
        self._held_out_line.setPen(accent)
        self._training_line.setPen(grey)
        self._held_out_line.setSymbol("o")
        self._held_out_line.setSymbolSize(theme.space("tight"))
        self._held_out_line.setSymbolBrush(theme.colour("accent"))
        self._held_out_line.setSymbolPen(None)
