"""Enter key: presses the focused button, as Space does; by default Qt does so only in dialogs."""

from typing import cast

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QPushButton, QToolButton, QWidget

_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class EnterKeyFilter(QObject):
    """Event filter on the focused button only, because filtering every event is slow."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        app.focusChanged.connect(self._follow)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if (
            event.key() not in _KEYS
            or modifiers
            or event.isAutoRepeat()
            or not _is_clickable(watched)
        ):
            return False
        cast("QAbstractButton", watched).click()
        return True

    def _follow(self, old: QWidget | None, new: QWidget | None) -> None:
        if isinstance(old, QPushButton | QToolButton):
            old.removeEventFilter(self)
        if isinstance(new, QPushButton | QToolButton):
            new.installEventFilter(self)


def _is_clickable(watched: QObject) -> bool:
    """Return whether Enter should click a widget: a button that does not open a menu."""
    return isinstance(watched, QPushButton) or (
        isinstance(watched, QToolButton) and watched.menu() is None
    )
