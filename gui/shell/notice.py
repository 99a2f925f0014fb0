"""The notice: one sentence on what went wrong, above the work and never in its way."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from gui.jobs.error_reporter import ErrorReport
from gui.theme import Theme


class Notice(QWidget):
    """Shows the latest trouble until it is put away."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._details = ""
        self.setObjectName("notice")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._icon = QLabel()
        self.words = QLabel(wordWrap=True)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.copy = QPushButton(self.tr("Copy the details"))
        self.copy.clicked.connect(self._copy)
        self.away = QToolButton()
        self.away.setIconSize(theme.icon_size())
        self.away.setProperty("role", "flat")
        self.away.setAccessibleName(self.tr("Close the notice"))
        self.away.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        small, large = theme.space("small"), theme.space("large")
        row.setContentsMargins(large, small, small, small)
        row.setSpacing(small)
        row.addWidget(self._icon)
        row.addWidget(self.words, 1)
        row.addWidget(self.copy)
        row.addWidget(self.away)
        theme.changed.connect(self._restyle)
        self._restyle()
        self.hide()

    def show_report(self, report: ErrorReport) -> None:
        """Show an error report in place of the one before."""
        self.words.setText(report.text)
        self._details = report.details
        self.copy.setVisible(bool(report.details))
        self.show()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(f"{self.words.text()}\n\n{self._details}")

    def _restyle(self) -> None:
        self._icon.setPixmap(
            self._theme.pixmap("triangle-alert", self._theme.space("large"), "warning")
        )
        self.away.setIcon(self._theme.icon("x"))
