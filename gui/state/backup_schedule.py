"""Backup schedule: the open project is backed up on a worker thread, so that no edit waits for long."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from engine.jobs import Job
from engine.project.decisions import Edit
from gui.jobs.error_reporter import ErrorReporter
from gui.jobs.workers import Task, Workers
from gui.state.decisions import Decisions

if TYPE_CHECKING:
    from engine.project.project import Project

FIRST_MS = 10_000
"""Delay of the first backup after a project was opened, if it has edits that no backup has."""

INTERVAL_MS = 30 * 60_000
"""The longest time, in milliseconds, that an edit is in no backup."""


class BackupSchedule(QObject):
    """Backs up the open project once it is open, and half an hour after the first edit since."""

    def __init__(
        self, decisions: Decisions, workers: Workers, errors: ErrorReporter, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._decisions = decisions
        self._workers = workers
        self._errors = errors
        self._task: Task | None = None
        self.timer = QTimer(self, singleShot=True)
        self.timer.timeout.connect(self._back_up)
        decisions.project_changed.connect(self._on_project_changed)
        decisions.saved.connect(self._on_edit)

    def stop(self) -> None:
        """Plan no more backups."""
        self.timer.stop()

    def _on_project_changed(self) -> None:
        self.stop()
        if self._decisions.writable:
            self.timer.start(FIRST_MS)

    def _on_edit(self, _: Edit) -> None:
        if not self.timer.isActive():
            self.timer.start(INTERVAL_MS)

    def _back_up(self) -> None:
        project = self._decisions.project
        if project is None:
            return
        if self._task is not None and self._task.running:
            self.timer.start(FIRST_MS)  # On a slow disk the last one may still be written.
            return
        self._task = self._errors.watch(self._workers.start(_back_up_project, project))


def _back_up_project(_: Job, project: "Project") -> None:
    project.back_up("regular")
