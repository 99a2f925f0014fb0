"""The models that were current before, each one click back."""

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from engine.jobs import Job
from gui.desk import Desk
from gui.words import moment
from gui.workers import Task

if TYPE_CHECKING:
    from engine.project.project import Project
    from engine.project.values import Edit
    from engine.train.current import Was


class Earlier(QWidget):
    """One line a model: its name, since when it was current, and a button; hidden where there is none."""

    chosen = Signal(object)
    """A `Was`, or None for the model that was current before any was adopted."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._task: Task | None = None
        theme = desk.theme
        head = QLabel(self.tr("Earlier models"))
        head.setFont(theme.font(strong=True))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.space("large"))
        self._grid.setVerticalSpacing(theme.space("tight"))
        self._grid.setColumnStretch(3, 1)
        self.buttons: list[QPushButton] = []
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(theme.space("small"))
        rows.addWidget(head)
        rows.addLayout(self._grid)
        self.hide()
        desk.decisions.attached.connect(self.refresh)
        desk.decisions.kept.connect(self._follow)
        self.refresh()

    def refresh(self) -> None:
        """Ask the project again; it may be writing much, so the window does not wait for the answer."""
        desk, project = self._desk, self._desk.decisions.project
        desk.workers.drop(self._task)
        self._task = None
        if project is None:
            self.hide()
        else:
            self._task = desk.workers.start(_asked, project)
            desk.watch(self._task).done.connect(self._show)

    def _follow(self, edit: "Edit") -> None:
        from engine.train.current import FIELD

        if any(one.path is None and one.field == FIELD for one in edit.changes):
            self.refresh()

    def _show(self, answer: "tuple[list[Was], int]") -> None:
        found, adopted = answer
        self._clear()
        today = datetime.now().astimezone()
        for was in found:
            self._line(was.name, self.tr("since {when}").format(when=moment(was.since, today)), was)
        if adopted:
            self._line(self.tr("The first model"), self.tr("before any was adopted"), None)
        self.setVisible(bool(self.buttons))

    def _line(self, name: str, since: str, was: "Was | None") -> None:
        row = self._grid.rowCount()
        when = QLabel(since)
        when.setProperty("role", "muted")
        button = QPushButton(self.tr("Use again"))
        button.setAccessibleName(self.tr("Use {name} again").format(name=name))
        button.setEnabled(self._desk.decisions.writable)
        button.clicked.connect(partial(self._choose, was))
        self.buttons.append(button)
        for column, widget in enumerate((QLabel(name), when, button)):
            self._grid.addWidget(widget, row, column)

    def _choose(self, was: "Was | None", *_: object) -> None:
        self.chosen.emit(was)

    def _clear(self) -> None:
        self.buttons.clear()
        while (item := self._grid.takeAt(0)) is not None:
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()


def _asked(_: Job, project: "Project") -> "tuple[list[Was], int]":
    from engine.train.current import FIELD, earlier

    return earlier(project), int(bool(project.get(FIELD)))
