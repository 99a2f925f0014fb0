"""Page scroll: how far the texts of a workspace are scrolled, carried over to another window."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QWindow
from PySide6.QtWidgets import QScrollArea, QScrollBar

from gui.gallery.view_place import PERSON_ACTS
from gui.workspace.base import Workspace


class PageScroll(QObject):
    """Keeps the place in the texts of a workspace while they are filled, until the person acts."""

    def __init__(self, workspace: Workspace, fractions: tuple[float, ...], window: QWindow) -> None:
        super().__init__(workspace)
        self._fractions = dict(zip(_scroll_bars(workspace), fractions, strict=False))
        for bar in self._fractions:
            bar.rangeChanged.connect(self._restore)
        window.installEventFilter(self)
        self._restore()

    @staticmethod
    def capture(workspace: Workspace) -> tuple[float, ...]:
        """Return how far each visible text is scrolled, 0 to 1."""
        return tuple(bar.value() / max(1, bar.maximum()) for bar in _scroll_bars(workspace))

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


def _scroll_bars(workspace: Workspace) -> list[QScrollBar]:
    areas = workspace.findChildren(QScrollArea)
    return [area.verticalScrollBar() for area in areas if area.isVisible()]
