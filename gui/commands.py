"""The window's commands: each with its words and key, declared once."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget


def command(
    home: QWidget,
    words: str,
    keys: str | list[str],
    run: Callable[[], object],
    *,
    inside: bool = False,
) -> QAction:
    """Add a command to a widget: for the whole window, or only while the keyboard is `inside` it."""
    action = QAction(words, home)
    action.setShortcuts([QKeySequence(key) for key in ([keys] if isinstance(keys, str) else keys)])
    if inside:
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    action.triggered.connect(run)
    home.addAction(action)
    return action


def words(text: str) -> str:
    """Return a command's words in the window's language."""
    return QCoreApplication.translate("commands", text)
