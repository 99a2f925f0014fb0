"""Model history: the earlier models of a project, to be made current again."""

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from engine.jobs import Job
from gui.deletion import clear_layout
from gui.jobs.workers import Task
from gui.words import moment
from gui.workspace.context import WorkspaceContext

if TYPE_CHECKING:
    from engine.project.decisions import Edit
    from engine.project.project import Project
    from engine.train.current_model import ModelVersion


class ModelHistory(QWidget):
    """One row for each earlier model: name, date and a button; hidden if there is none."""

    chosen = Signal(object)
    """A `ModelVersion`, or None for the model that was current before any was adopted."""

    def __init__(self, context: WorkspaceContext) -> None:
        super().__init__()
        self._context = context
        self._task: Task | None = None
        theme = context.theme
        heading = QLabel(self.tr("Earlier models"))
        heading.setFont(theme.font(strong=True))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.space("large"))
        self._grid.setVerticalSpacing(theme.space("tight"))
        self._grid.setColumnStretch(3, 1)
        self.buttons: list[QPushButton] = []
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(theme.space("small"))
        rows.addWidget(heading)
        rows.addLayout(self._grid)
        self.hide()
        context.decisions.project_changed.connect(self.refresh)
        context.decisions.saved.connect(self._on_edit)
        self.refresh()

    def refresh(self) -> None:
        """Load the history in the background, because the project may be busy writing."""
        context, project = self._context, self._context.decisions.project
        context.workers.drop(self._task)
        self._task = None
        if project is None:
            self.hide()
        else:
            self._task = context.workers.start(_load_history, project)
            context.errors.watch(self._task).done.connect(self._show)

    def _on_edit(self, edit: "Edit") -> None:
        from engine.train.current_model import MODEL_FIELD

        if any(change.path is None and change.field == MODEL_FIELD for change in edit.changes):
            self.refresh()

    def _show(self, history: "tuple[list[ModelVersion], int]") -> None:
        versions, has_adopted = history
        self._clear()
        today = datetime.now().astimezone()
        for version in versions:
            self._add_row(
                version.name,
                self.tr("since {when}").format(when=moment(version.since, today)),
                version,
            )
        if has_adopted:
            self._add_row(self.tr("The first model"), self.tr("before any model was adopted"), None)
        self.setVisible(bool(self.buttons))

    def _add_row(self, name: str, since: str, version: "ModelVersion | None") -> None:
        row = self._grid.rowCount()
        since_label = QLabel(since)
        since_label.setProperty("role", "muted")
        button = QPushButton(self.tr("Use again"))
        button.setAccessibleName(self.tr("Use {name} again").format(name=name))
        button.setEnabled(self._context.decisions.writable)
        button.clicked.connect(partial(self._choose, version))
        self.buttons.append(button)
        for column, widget in enumerate((QLabel(name), since_label, button)):
            self._grid.addWidget(widget, row, column)

    def _choose(self, version: "ModelVersion | None", *_: object) -> None:
        self.chosen.emit(version)

    def _clear(self) -> None:
        self.buttons.clear()
        clear_layout(self._grid)


def _load_history(_: Job, project: "Project") -> "tuple[list[ModelVersion], int]":
    from engine.train.current_model import MODEL_FIELD, earlier_models

    return earlier_models(project), int(bool(project.get(MODEL_FIELD)))
