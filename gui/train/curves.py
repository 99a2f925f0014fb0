"""Loss and accuracy as they come, epoch by epoch; imported late, since pyqtgraph takes its time to load."""

from collections.abc import Sequence

import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QPen

from gui.theme import Theme
from gui.words import decimal, percent

# Its own clean-up at exit takes objects apart that Qt still uses.
pg.setConfigOptions(exitCleanup=False)


class _Whole(pg.AxisItem):  # type: ignore[misc]
    """An axis of counts: there is no epoch 1.2."""

    def tickSpacing(self, low: float, high: float, size: float) -> list[tuple[float, float]]:
        steps = {max(1.0, step) for step, _ in super().tickSpacing(low, high, size)}
        return [(step, 0.0) for step in sorted(steps, reverse=True)]


class Curve(pg.PlotWidget):  # type: ignore[misc]  # pyqtgraph has no types
    """One figure over the epochs: of what is learned from as a thin line, of the held-out images as a thick."""

    def __init__(self, theme: Theme, title: str, across: str, *, shares: bool = False) -> None:
        super().__init__(axisItems={"bottom": _Whole("bottom")})
        self._theme, self._shares = theme, shares
        if shares:
            self.getAxis("left").setScale(100)
        self._name, self._across = title, across
        self.setMouseEnabled(False, False)
        self.setMenuEnabled(False)
        self.hideButtons()
        self.setFixedHeight(8 * theme.space("wide"))
        self._learned, self._held = self.plot(), self.plot()
        theme.changed.connect(self._restyle)
        self._restyle()

    def show_values(
        self, places: Sequence[float], held: Sequence[float], learned: Sequence[float] = ()
    ) -> None:
        """Show values over places."""
        self._held.setData(list(places), list(held))
        self._learned.setData(list(places)[: len(learned)], list(learned))
        last = ""
        if len(held):
            last = percent(held[-1]) if self._shares else decimal(held[-1], 3)
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
        self.setLabel("bottom", self._across, color=muted.name())
        accent = QPen(theme.colour("accent"), 2)
        accent.setCosmetic(True)
        grey = QPen(theme.colour("bar"), 1, Qt.PenStyle.DashLine)
        grey.setCosmetic(True)
        self._held.setPen(accent)
        self._learned.setPen(grey)
        self._held.setSymbol("o")
        self._held.setSymbolSize(theme.space("tight"))
        self._held.setSymbolBrush(theme.colour("accent"))
        self._held.setSymbolPen(None)
