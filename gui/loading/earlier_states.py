"""Earlier states in the window: listing the backups of the open project and restoring one."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from engine.jobs import Job
from engine.messages import Message, Problem
from gui.jobs.workers import Task
from gui.loading.restore_dialog import RestoreDialog
from gui.workspace.context import WorkspaceContext

if TYPE_CHECKING:
    from engine.project.backups import Backup
    from engine.project.project import Project


class EarlierStates(QObject):
    """Command “Restore an earlier state…” of one window."""

    refused = Signal(object)
    """A `Message` on why there is nothing to restore."""

    def __init__(self, context: WorkspaceContext, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._window = window
        self._task: Task | None = None

    def show(self) -> RestoreDialog | None:
        """Show the backups of the open project."""
        from engine.project.backups import list_backups

        project = self._context.decisions.project
        refusal = self._context.decisions.refusal
        if project is None or refusal:
            self.refused.emit(refusal)
            return None
        backups = list_backups(project.file)
        if not backups:
            self.refused.emit(Message("backup.none", {"file": project.name}))
            return None
        dialog = RestoreDialog(backups, self._context.theme, self._window)
        task = self._context.workers.start(_compare, project, backups)
        task.partial.connect(lambda compared: dialog.show_difference(*compared))
        self._context.errors.watch(task)
        dialog.finished.connect(lambda _: self._context.workers.drop(task))
        dialog.chosen.connect(self._restore)
        return dialog

    def _restore(self, backup: "Backup") -> None:
        from engine.project.earlier_state import restore_backup

        self._context.decisions.run_edit(lambda project, who: restore_backup(project, backup, who))


def _compare(job: Job, project: "Project", backups: "list[Backup]") -> None:
    """Compare each backup with the present state; partial results: row, difference, problem."""
    from engine.project.earlier_state import compare_with_backup

    for row, backup in enumerate(backups):
        try:
            job.partial((row, compare_with_backup(project, backup), None))
        except Problem as problem:
            job.partial((row, None, problem.message))
