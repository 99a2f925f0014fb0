"""Report status: when the report was built, whether it is stale, and why a build failed."""

from datetime import datetime

from PySide6.QtCore import QLocale, QTime, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from gui.report.report_controller import ReportController
from gui.theme import Theme


class ReportStatus(QWidget):
    """One line above the pages; always visible, so that the pages do not move."""

    retry_requested = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.icon = QLabel()
        self.message = QLabel(wordWrap=True)
        self.retry = QPushButton(self.tr("Try again"))
        self.retry.clicked.connect(self.retry_requested)
        row = QHBoxLayout(self)
        large, tight = theme.space("large"), theme.space("tight")
        row.setContentsMargins(large, tight, large, tight)
        row.setSpacing(theme.space("small"))
        row.addWidget(self.icon)
        row.addWidget(self.message, 1)
        row.addWidget(self.retry)
        self.setMinimumHeight(self.retry.sizeHint().height() + 2 * tight)

    def show_status(self, reporting: ReportController) -> None:
        """Show the status of the report."""
        built_at, error = reporting.built_at, reporting.error
        is_warning = bool(error) or (reporting.is_stale and built_at is not None)
        self.message.setText(self._status_text(built_at, error, stale=reporting.is_stale))
        self.message.setProperty("role", "warning" if is_warning else "muted")
        self.message.style().polish(self.message)
        self.icon.setPixmap(
            self._theme.icon("triangle-alert", "warning").pixmap(self._theme.icon_size())
        )
        self.icon.setVisible(is_warning)
        self.retry.setVisible(bool(error))

    def _status_text(self, built_at: datetime | None, error: str, *, stale: bool) -> str:
        if built_at is None:
            template = self.tr("The report could not be prepared: {why}") if error else ""
            return template.format(why=error)
        if error:
            template = self.tr("Out of date: prepared at {at} and could not be updated: {why}")
        elif stale:
            template = self.tr("Out of date: prepared at {at}; updating…")
        else:
            template = self.tr("Prepared at {at}; nothing has changed since.")
        time = QTime(built_at.hour, built_at.minute, built_at.second)
        time_text = QLocale().toString(time, QLocale.FormatType.ShortFormat)
        return template.format(at=time_text, why=error)
