"""Enter presses the button that has the keyboard, as Space does; Qt's own does so in dialogs alone."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QPushButton, QToolButton, QWidget

_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class EnterKeyFilter(QObject):
    """Watches the button that has the keyboard, and no other widget: each event costs."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        app.focusChanged.connect(self._follow)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() not in _KEYS or held or event.isAutoRepeat() or not _pressed(watched):
            return False
        watched.click()
        return True

    def _follow(self, old: QWidget | None, new: QWidget | None) -> None:
        if isinstance(old, QPushButton | QToolButton):
            old.removeEventFilter(self)
        if isinstance(new, QPushButton | QToolButton):
            new.installEventFilter(self)


def _pressed(watched: QObject) -> bool:
    """Whether a click is all that a button is there for: not to open a menu."""
    return isinstance(watched, QPushButton) or (
        isinstance(watched, QToolButton) and watched.menu() is None
    )
