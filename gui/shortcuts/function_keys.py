"""Function keys: they type no text, so that they are commands in text fields too."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent


def is_function_key(event: QKeyEvent) -> bool:
    """Return whether an event is of one of the keys F1 to F35."""
    return Qt.Key.Key_F1 <= event.key() <= Qt.Key.Key_F35
