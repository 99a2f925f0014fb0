"""Restore dialog: the backups of the open project, and what restoring each would change."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from engine.messages import Message
from gui.theme import Theme
from gui.words import moment, number, to_sentence

if TYPE_CHECKING:
    from engine.project.backups import Backup
    from engine.project.earlier_state import StateDifference


class RestoreDialog(QDialog):
    """One line per backup, newest first; a state that is the same as now cannot be restored."""

    chosen = Signal(object)
    """The `Backup` to restore."""

    def __init__(
        self, backups: "Sequence[Backup]", theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._backups = backups
        self._differences: dict[int, StateDifference | None] = {}
        self.setWindowTitle(self.tr("Restore an earlier state"))
        explanation = QLabel(
            self.tr(
                "Each state is a backup of this project. Restoring one changes the decisions "
                "below in one step: the present state is backed up first, and undo takes it back."
            ),
            wordWrap=True,
        )
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Earlier states, newest first"))
        self.list.setTabKeyNavigation(False)
        self.list.setWordWrap(True)
        self.list.setSpacing(theme.space("tight") // 2)
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        now = datetime.now().astimezone()
        for backup in backups:
            self.list.addItem(self._title(backup, now, self.tr("comparing…")))
        self.restore = QPushButton(self.tr("Restore this state"))
        self.restore.setProperty("role", "primary")
        self.restore.setAutoDefault(False)
        self.restore.clicked.connect(self._choose)
        self.close_button = QPushButton(self.tr("Close"))
        self.close_button.setAutoDefault(False)
        self.close_button.clicked.connect(self.reject)
        self.list.currentRowChanged.connect(self._update_button)
        self.list.itemActivated.connect(self._choose)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.space("small"))
        buttons.addStretch()
        buttons.addWidget(self.close_button)
        buttons.addWidget(self.restore)
        rows = QVBoxLayout(self)
        rows.setSpacing(theme.space("large"))
        rows.addWidget(explanation)
        rows.addWidget(self.list, 1)
        rows.addLayout(buttons)
        self.list.setCurrentRow(0)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self.resize(20 * theme.space("wide"), 14 * theme.space("wide"))
        self._update_button()

    def show_difference(
        self, row: int, difference: "StateDifference | None", problem: Message | None = None
    ) -> None:
        """Show what one backup would change, or why it cannot be used."""
        item: QListWidgetItem | None = self.list.item(row)
        if item is None:
            return
        if problem is not None:
            text = to_sentence(problem)
        elif difference:
            text = self.tr("would change {parts}").format(
                parts=", ".join(map(to_sentence, difference.parts()))
            )
        else:
            text = self.tr("the same as now")
        self._differences[row] = difference
        title = self._title(self._backups[row], datetime.now().astimezone(), text)
        item.setText(title)
        item.setToolTip(title)
        self._update_button()

    def _title(self, backup: "Backup", now: datetime, text: str) -> str:
        reasons = {
            "bulk_edit": self.tr("before a large edit"),
            "merge": self.tr("before merging"),
            "migration": self.tr("before an update"),
            "restore": self.tr("before restoring a state"),
        }
        when = moment(backup.at, now)
        if backup.reason in reasons:
            when = self.tr("{when}, {reason}").format(when=when, reason=reasons[backup.reason])
        edits = self.tr("after {n} {n:change|changes}").format(n=number(backup.last_edit))
        if not backup.last_edit:
            edits = self.tr("before the first decision")
        return f"{when} · {edits} · {text}"

    def _update_button(self) -> None:
        self.restore.setEnabled(bool(self._differences.get(self.list.currentRow())))

    def _choose(self) -> None:
        row = self.list.currentRow()
        if self._differences.get(row):
            self.accept()
            self.chosen.emit(self._backups[row])
