"""How what is shown stands: when it was drawn up, and that it is of the past, or why."""

from datetime import datetime

from PySide6.QtCore import QLocale, QTime, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from gui.report.reporting import Reporting
from gui.theme import Theme


class Standing(QWidget):
    """One line above the pages; always there, so that nothing moves when something changes."""

    again_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.mark = QLabel()
        self.words = QLabel(wordWrap=True)
        self.again = QPushButton(self.tr("Try again"))
        self.again.clicked.connect(self.again_asked)
        row = QHBoxLayout(self)
        large, tight = theme.space("large"), theme.space("tight")
        row.setContentsMargins(large, tight, large, tight)
        row.setSpacing(theme.space("small"))
        row.addWidget(self.mark)
        row.addWidget(self.words, 1)
        row.addWidget(self.again)
        self.setMinimumHeight(self.again.sizeHint().height() + 2 * tight)

    def show_standing(self, reporting: Reporting) -> None:
        """Say how the report stands now."""
        at, trouble = reporting.at, reporting.trouble
        warns = bool(trouble) or (reporting.stale and at is not None)
        self.words.setText(self._said(at, trouble, stale=reporting.stale))
        self.words.setProperty("role", "warning" if warns else "muted")
        self.words.style().polish(self.words)
        self.mark.setPixmap(
            self._theme.icon("triangle-alert", "warning").pixmap(self._theme.icon_size())
        )
        self.mark.setVisible(warns)
        self.again.setVisible(bool(trouble))

    def _said(self, at: datetime | None, trouble: str, *, stale: bool) -> str:
        if at is None:
            words = self.tr("The report could not be drawn up: {why}") if trouble else ""
            return words.format(why=trouble)
        if trouble:
            words = self.tr(
                "Out of date: this is of {at}, and it could not be drawn up again: {why}"
            )
        elif stale:
            words = self.tr("Out of date: this is of {at}; it is being drawn up again…")
        else:
            words = self.tr("Drawn up at {at}; nothing has changed since.")
        hour = QTime(at.hour, at.minute, at.second)
        said = QLocale().toString(hour, QLocale.FormatType.ShortFormat)
        return words.format(at=said, why=trouble)
