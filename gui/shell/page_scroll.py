"""Page scroll: how far the texts of a workspace are scrolled, carried over to another window."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QWindow
from PySide6.QtWidgets import QScrollArea, QScrollBar, QWidget

from gui.gallery.view_place import PERSON_ACTS
from gui.workspace.base import Workspace


class PageScroll(QObject):
    """Keeps the place in the texts of a workspace while they are filled, until the person acts."""

    def __init__(
        self, workspace: Workspace, fractions: Mapping[str, float], window: QWindow
    ) -> None:
        super().__init__(workspace)
        bars = _scroll_bars(workspace)
        self._fractions = {bars[name]: fractions[name] for name in bars.keys() & fractions.keys()}
        for bar in self._fractions:
            bar.rangeChanged.connect(self._restore)
        window.installEventFilter(self)
        self._restore()

    @staticmethod
    def capture(workspace: Workspace) -> dict[str, float]:
        """Return how far the scrolled texts are, 0 to 1, by the names of the classes around them."""
        return {
            name: bar.value() / bar.maximum()
            for name, bar in _scroll_bars(workspace).items()
            if bar.value()
        }

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in PERSON_ACTS:
            watched.removeEventFilter(self)
            for bar in self._fractions:
                bar.rangeChanged.disconnect(self._restore)
            self._fractions.clear()
        return False

    def _restore(self) -> None:
        for bar, fraction in self._fractions.items():
            bar.setValue(round(fraction * bar.maximum()))


def _scroll_bars(workspace: Workspace) -> dict[str, QScrollBar]:
    """Return the vertical scroll bars; hidden ones too, for a page is hidden while it is prepared."""
    bars = {}
    for area in workspace.findChildren(QScrollArea):
        names: list[str] = []
        part: QWidget | None = area
        while part is not None and part is not workspace:
            names.append(type(part).__name__)
            part = part.parentWidget()
        bars[" ".join(names)] = area.verticalScrollBar()
    return bars
