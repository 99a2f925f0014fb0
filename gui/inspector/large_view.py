"""Large view: one image fills the workspace; arrow keys step through images, Esc or Space closes."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from gui.inspector.activation_overlay import ActivationOverlay
from gui.inspector.class_chip import ClassChip
from gui.inspector.elided_label import ElidedLabel
from gui.inspector.image_loader import ImageLoader
from gui.inspector.image_view import ImageView
from gui.inspector.zoom_bar import ZoomBar
from gui.state.class_styles import ClassStyle
from gui.theme import Theme
from gui.widgets.step_keys import image_step

_CLOSE_KEYS = {Qt.Key.Key_Escape, Qt.Key.Key_Space}


class LargeView(QWidget):
    """Image view with a caption line; unhandled keys are passed on."""

    stepped = Signal(int)
    """A step to another image: -1 previous, 1 next."""
    closed = Signal()
    shown = Signal()
    hidden = Signal()

    def __init__(self, image_loader: ImageLoader, heat: ActivationOverlay, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("large")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.image = ImageView(image_loader, heat, theme)
        self.zoom_bar = ZoomBar(self.image, theme, can_keep=True)
        self.chip = ClassChip(theme)
        self.caption = ElidedLabel()
        self.back_button = QToolButton()
        self.back_button.setText(self.tr("Back"))
        self.back_button.setProperty("role", "flat")
        self.back_button.setToolTip(self.tr("Back to all images (Esc)"))
        self.back_button.clicked.connect(self.closed)
        line = QHBoxLayout()
        small, large = theme.space("small"), theme.space("large")
        line.setContentsMargins(large, small, small, small)
        line.setSpacing(small)
        line.addWidget(self.chip)
        line.addWidget(self.caption, 2)
        line.addWidget(self.zoom_bar, 1)
        line.addWidget(self.back_button)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.image, 1)
        rows.addLayout(line)
        self.setFocusProxy(self.image)
        # It replaces the gallery and also takes the space of the facets.
        self.setMinimumWidth(11 * theme.space("wide"))

    def set_caption(self, style: ClassStyle | None, text: str) -> None:
        """Show the class of the image and a line of text."""
        self.chip.set_look(style)
        self.caption.set_full_text(text)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous():
            self.shown.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous():
            self.hidden.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        has_modifiers = bool(event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier)
        if step := image_step(event):
            self.stepped.emit(step)
        elif Qt.Key(event.key()) in _CLOSE_KEYS and not has_modifiers:
            self.closed.emit()
        else:
            event.ignore()
