"""Reason list: why an image is flagged, one sentence per finding."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from engine.messages import Message
from gui.deletion import delete_later
from gui.theme import Theme
from gui.words import to_sentence


class ReasonList(QWidget):
    """Sentences with an icon each; hidden when empty."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._reasons: tuple[Message, ...] = ()
        self._lines: list[tuple[QWidget, QLabel, QLabel]] = []
        self.setAccessibleName(self.tr("Why it is flagged"))
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(theme.space("tight"))
        theme.changed.connect(self._restyle)
        self.hide()

    @property
    def sentences(self) -> list[str]:
        """The visible sentences."""
        return [text_label.text() for _, _, text_label in self._lines]

    def set_reasons(self, reasons: Sequence[Message]) -> None:
        """Replace the reasons."""
        if tuple(reasons) == self._reasons:
            return
        self._reasons = tuple(reasons)
        for line, _, _ in self._lines:
            self._rows.removeWidget(line)
            delete_later(line)
        self._lines = [self._add_line(to_sentence(reason)) for reason in self._reasons]
        self.setVisible(bool(self._reasons))
        self._restyle()

    def _add_line(self, sentence: str) -> tuple[QWidget, QLabel, QLabel]:
        line = QWidget()
        icon, text_label = QLabel(), QLabel(sentence, wordWrap=True)
        text_label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self._theme.space("small"))
        row.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(text_label, 1)
        self._rows.addWidget(line)
        return line, icon, text_label

    def _restyle(self) -> None:
        size = self._theme.icon_size()
        alert = self._theme.icon("triangle-alert", "warning")
        for _, icon, _ in self._lines:
            icon.setPixmap(alert.pixmap(size, self.devicePixelRatioF()))
