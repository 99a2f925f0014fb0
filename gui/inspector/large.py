"""The large view: one image fills the place, the arrows go on to the next, Esc or Space goes back."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from gui.classes import ClassLook
from gui.inspector.chip import ClassChip
from gui.inspector.elided import ElidedLabel
from gui.inspector.heat import Heat
from gui.inspector.image import ImageView
from gui.inspector.zoombar import ZoomBar
from gui.pictures import Pictures
from gui.theme import Theme

_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageUp: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_PageDown: 1,
}
_CLOSES = {Qt.Key.Key_Escape, Qt.Key.Key_Space}


class LargeView(QWidget):
    """An image view with a line of words below; keys that it has no use for go on."""

    stepped = Signal(int)
    """Another image is wanted: -1 the one before, 1 the next."""
    closed = Signal()
    shown = Signal()
    hidden = Signal()

    def __init__(self, pictures: Pictures, heat: Heat, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("large")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.image = ImageView(pictures, heat, theme)
        self.bar = ZoomBar(self.image, theme, keeps=True)
        self.chip = ClassChip(theme)
        self.words = ElidedLabel()
        self.away = QToolButton(text=self.tr("Back"))
        self.away.setProperty("role", "flat")
        self.away.setToolTip(self.tr("Back to all images (Esc)"))
        self.away.clicked.connect(self.closed)
        line = QHBoxLayout()
        small, large = theme.space("small"), theme.space("large")
        line.setContentsMargins(large, small, small, small)
        line.setSpacing(small)
        line.addWidget(self.chip)
        line.addWidget(self.words, 2)
        line.addWidget(self.bar, 1)
        line.addWidget(self.away)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.image, 1)
        rows.addLayout(line)
        self.setFocusProxy(self.image)
        # It shares a stack with the gallery, and has the room of the facets too when it is shown.
        self.setMinimumWidth(11 * theme.space("wide"))

    def set_caption(self, look: ClassLook | None, words: str) -> None:
        """Say what the image counts as, and what else there is to say of it in one line."""
        self.chip.set_look(look)
        self.words.set_whole(words)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous():
            self.shown.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous():
            self.hidden.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            event.ignore()
        elif key in _STEPS:
            self.stepped.emit(_STEPS[key])
        elif key in _CLOSES:
            self.closed.emit()
        else:
            event.ignore()
