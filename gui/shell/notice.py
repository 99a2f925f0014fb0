"""Notice: a line above the workspace that shows an error report."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from gui.jobs.error_reporter import ErrorReport
from gui.theme import Theme


class Notice(QWidget):
    """Shows the latest error report until it is dismissed or no longer true.

    A report that others must not replace has a notice of its own.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._details = ""
        self._is_true: Callable[[], bool] | None = None
        self.is_dismissed = False
        """True once a person has closed it."""
        self.setObjectName("notice")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._icon = QLabel()
        self.label = QLabel(wordWrap=True)
        self.label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.copy = QPushButton(self.tr("Copy the details"))
        self.copy.clicked.connect(self._copy)
        self.away = QToolButton()
        self.away.setIconSize(theme.icon_size())
        self.away.setProperty("role", "flat")
        self.away.setAccessibleName(self.tr("Close the notice"))
        self.away.clicked.connect(self.dismiss)
        row = QHBoxLayout(self)
        small, large = theme.space("small"), theme.space("large")
        row.setContentsMargins(large, small, small, small)
        row.setSpacing(small)
        row.addWidget(self._icon)
        row.addWidget(self.label, 1)
        row.addWidget(self.copy)
        row.addWidget(self.away)
        theme.changed.connect(self._restyle)
        self._restyle()
        self.hide()

    def show_report(self, report: ErrorReport, is_true: Callable[[], bool] | None = None) -> None:
        """Show an error report in place of the one before.

        `is_true` says whether a report on a state, not on an event, still holds.
        """
        self._is_true = is_true
        self.label.setText(report.text)
        self._details = report.details
        self.copy.setText(report.copy_text or self.tr("Copy the details"))
        self.copy.setVisible(bool(report.details))
        self.show()

    def dismiss(self) -> None:
        """Close the notice for a person who has read it."""
        self.is_dismissed = True
        self.hide()

    def hide_if_untrue(self) -> None:
        """Hide a report that no longer holds."""
        if self._is_true is not None and not self._is_true():
            self._is_true = None
            self.hide()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(f"{self.label.text()}\n\n{self._details}")
        # On the button itself, because nothing else on the screen changes.
        self.copy.setText(self.tr("Details copied"))

    def _restyle(self) -> None:
        self._icon.setPixmap(
            self._theme.pixmap("triangle-alert", self._theme.space("large"), "warning")
        )
        self.away.setIcon(self._theme.icon("x"))
