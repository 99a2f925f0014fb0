"""Key field: an input that records the next key pressed in it."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit

from gui.shortcuts.keymap import native_key_text, normalise_key
from gui.theme import Theme

_MODIFIERS = {
    Qt.Key.Key_Shift,
    Qt.Key.Key_Control,
    Qt.Key.Key_Alt,
    Qt.Key.Key_Meta,
    Qt.Key.Key_AltGr,
    Qt.Key.Key_CapsLock,
    Qt.Key.Key_NumLock,
    Qt.Key.Key_unknown,
}
_LEAVES = {Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Escape}


class KeyField(QLineEdit):
    """Holds one key or none; Backspace clears it, Tab and Esc keep their usual effect."""

    changed = Signal()

    def __init__(self, name: str, theme: Theme) -> None:
        super().__init__(readOnly=True)
        self._key = ""
        self.setAccessibleName(name)
        self.setPlaceholderText("–")
        self.setToolTip(self.tr("Press the new key; Backspace clears it"))
        self.setFixedWidth(5 * theme.space("wide"))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)

    @property
    def key(self) -> str:
        """The key in Qt's portable spelling, empty for none."""
        return self._key

    def set_key(self, key: str) -> None:
        """Show a key."""
        if (key := normalise_key(key)) != self._key:
            self._key = key
            self.setText(native_key_text([key]) if key else "")
            self.changed.emit()

    def event(self, event: QEvent) -> bool:
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and event.key() not in _LEAVES
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _LEAVES:
            super().keyPressEvent(event)
            return
        event.accept()
        if event.key() == Qt.Key.Key_Backspace:
            self.set_key("")
        elif event.key() not in _MODIFIERS:
            self.set_key(_pressed(event))


def _pressed(event: QKeyEvent) -> str:
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    modifiers &= ~Qt.KeyboardModifier.GroupSwitchModifier
    text = event.text()
    # A shifted symbol is a key of its own on any keyboard layout: "?", not Shift+?. Shift counts only
    # for letters and non-printing keys.
    if text.isprintable() and text.strip() and not text.isalpha():
        modifiers &= ~Qt.KeyboardModifier.ShiftModifier
    pressed = QKeySequence(modifiers.value | event.key())
    return pressed.toString(QKeySequence.SequenceFormat.PortableText)
