"""A free note on an image: kept as it is typed, and never a command."""

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy

from gui.theme import Theme

_MOST_LINES = 6
_PAUSE_MS = 1000


class NoteField(QPlainTextEdit):
    """The note of one image: a pause in typing keeps it, and so does leaving, by whatever key."""

    edited = Signal(object, object)
    """The image's path and the text to keep."""
    done = Signal()
    """The keyboard may go back to where it came from."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._path: str | None = None
        self._kept = ""
        self._theme = theme
        self.setAccessibleName(self.tr("Note"))
        self.setPlaceholderText(self.tr("A note on this image"))
        self.setToolTip(self.tr("Kept as you type; Esc or Ctrl+Enter goes back to the images"))
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().documentLayout().documentSizeChanged.connect(self._resize)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self.commit)
        self.textChanged.connect(self._pause.start)
        self.setEnabled(False)
        self._resize()

    def set_note(self, path: str | None, text: str) -> None:
        """Show an image's note; what was typed on another image is kept for that one first."""
        if path != self._path:
            self.commit()
            self._path = path
        elif self._dirty and self.hasFocus():
            # Something else about the image changed while somebody types.
            self._kept = text
            return
        self._kept = text
        self._show(text)
        self.setEnabled(path is not None)

    def commit(self) -> None:
        """Tell what was typed, if it is other than what is kept."""
        if self._path is not None and self._dirty:
            self._kept = self.toPlainText().strip()
            self.edited.emit(self._path, self._kept)
        self._pause.stop()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._height())

    def event(self, event: QEvent) -> bool:
        # Whatever is typed here is typed here: no key of it is a command of the window.
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        entered = control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if entered or event.key() == Qt.Key.Key_Escape:
            self.commit()
            self.done.emit()
        else:
            super().keyPressEvent(event)
            event.accept()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.commit()

    @property
    def _dirty(self) -> bool:
        return self.toPlainText().strip() != self._kept

    def _show(self, text: str) -> None:
        # A space at the end, after which somebody types on, is no other text.
        if text != self.toPlainText().strip():
            self.setPlainText(text)

    @property
    def _lines(self) -> int:
        # The layout of a plain text counts its height in lines.
        return max(1, round(self.document().size().height()))

    def _height(self) -> int:
        lines = min(_MOST_LINES, self._lines)
        around = self.contentsMargins().top() + self.contentsMargins().bottom()
        inside = 2 * round(self.document().documentMargin())
        return lines * self.fontMetrics().height() + around + inside

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._resize()

    def _resize(self) -> None:
        self.setFixedHeight(self._height())
        policy = Qt.ScrollBarPolicy
        fits = self._lines <= _MOST_LINES
        self.setVerticalScrollBarPolicy(
            policy.ScrollBarAlwaysOff if fits else policy.ScrollBarAsNeeded
        )
