"""Step keys: arrow and page keys that lead to the previous or the next image."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageUp: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_PageDown: 1,
}


def image_step(event: QKeyEvent) -> int:
    """Return -1 for a key that leads to the previous image, 1 for the next one, 0 for any other key."""
    if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
        return 0
    return _STEPS.get(Qt.Key(event.key()), 0)
