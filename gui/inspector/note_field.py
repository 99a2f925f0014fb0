"""Note field: free text on an image, saved while typing; its keys trigger no shortcuts."""

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy

from gui.shortcuts.function_keys import is_function_key
from gui.theme import Theme

_MAX_LINES = 6
_SAVE_DELAY_MS = 1000


class NoteField(QPlainTextEdit):
    """Note of one image, saved after a pause in typing and when the field loses focus."""

    edited = Signal(object, object)
    """The path of the image and the text to save."""
    finished = Signal()
    """The keyboard focus should return to the images."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._path: str | None = None
        self._saved_text = ""
        self.saves_while_typing = True
        """False: saved only when the field is left, because saving asks for something first."""
        self._refusal = ""
        self._theme = theme
        self.setAccessibleName(self.tr("Note"))
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().documentLayout().documentSizeChanged.connect(self._fit_height)
        self._save_timer = QTimer(self, singleShot=True, interval=_SAVE_DELAY_MS)
        self._save_timer.timeout.connect(self._on_pause)
        self.textChanged.connect(self._save_timer.start)
        self.set_refusal("")
        self._fit_height()

    def set_refusal(self, refusal: str) -> None:
        """Set why nothing can be written now, empty if it can: what is typed must not be lost."""
        self._refusal = refusal
        self.setPlaceholderText(
            self.tr("No note can be written now") if refusal else self.tr("A note on this image")
        )
        self.setToolTip(
            refusal or self.tr("Saved as you type; Esc or Ctrl+Enter returns to the images")
        )
        self.setEnabled(self._path is not None and not refusal)

    def set_note(self, path: str | None, text: str) -> None:
        """Show the note of an image, after saving pending text of the previous one."""
        if path != self._path:
            self.commit()
            self._path = path
        elif self._is_modified and self.hasFocus():
            # Keep the text being typed when something else about the image changed.
            self._saved_text = text
            return
        self._saved_text = text
        self._set_text(text)
        self.setEnabled(path is not None and not self._refusal)

    def commit(self) -> None:
        """Emit `edited` if the text differs from the saved text."""
        if self._path is not None and self._is_modified:
            self._saved_text = self.toPlainText().strip()
            self.edited.emit(self._path, self._saved_text)
        self._save_timer.stop()

    def _on_pause(self) -> None:
        if self.saves_while_typing:
            self.commit()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._field_height())

    def event(self, event: QEvent) -> bool:
        # Claim keys before the shortcuts of the window. Function keys and those with Ctrl belong to the window
        # unless they edit text: Qt claims these, but not every key that undoes and redoes decisions.
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            if not (control or is_function_key(event)) or event.key() in (
                Qt.Key.Key_Y,
                Qt.Key.Key_Z,
            ):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        submits = control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if submits or event.key() == Qt.Key.Key_Escape:
            self.commit()
            self.finished.emit()
        else:
            super().keyPressEvent(event)
            event.accept()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.commit()

    @property
    def _is_modified(self) -> bool:
        return self.toPlainText().strip() != self._saved_text

    def _set_text(self, text: str) -> None:
        # Ignore trailing white space, so that typing after a space is not interrupted.
        if text != self.toPlainText().strip():
            self.setPlainText(text)

    @property
    def _line_count(self) -> int:
        # QPlainTextEdit measures its document height in lines.
        return max(1, round(self.document().size().height()))

    def _field_height(self) -> int:
        lines = min(_MAX_LINES, self._line_count)
        margins = self.contentsMargins().top() + self.contentsMargins().bottom()
        padding = 2 * round(self.document().documentMargin())
        return lines * self.fontMetrics().height() + margins + padding

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_height()

    def _fit_height(self) -> None:
        self.setFixedHeight(self._field_height())
        policy = Qt.ScrollBarPolicy
        fits = self._line_count <= _MAX_LINES
        self.setVerticalScrollBarPolicy(
            policy.ScrollBarAlwaysOff if fits else policy.ScrollBarAsNeeded
        )
