"""Focus return: the keyboard focus of a hidden or disabled widget goes back to the workspace."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import cast

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget


class FocusReturn(QObject):
    """Watches one window; `parts` are its parts outside the workspace."""

    def __init__(
        self, window: QWidget, parts: Sequence[QWidget], give_back: Callable[[], object]
    ) -> None:
        super().__init__(window)
        self._window = window
        self._parts = tuple(parts)
        self._give_back = give_back
        cast("QApplication", QApplication.instance()).focusChanged.connect(self._on_focus_changed)

    def _on_focus_changed(self, old: QWidget | None, new: QWidget | None) -> None:
        # When the focused widget is hidden or disabled, Qt moves the focus to the next one, often outside the
        # workspace.
        if old is None or new is None or (old.isVisible() and old.isEnabled()):
            return
        vanished = self._window.isAncestorOf(old)
        is_outside = any(part.isAncestorOf(new) for part in self._parts)
        if vanished and is_outside and self._window.isVisible():
            # Later, unless another part takes the focus meanwhile.
            QTimer.singleShot(0, self, partial(self._return, new))

    def _return(self, focused: QWidget) -> None:
        if self._window.focusWidget() is focused:
            self._give_back()
