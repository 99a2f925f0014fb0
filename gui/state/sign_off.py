"""Sign-off monitor: follows whether the sign-off of the open project is still valid."""

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from engine.jobs import Job
from gui.jobs.workers import Task, Workers
from gui.state.decisions import Decisions
from gui.words import moment

if TYPE_CHECKING:
    from engine.exchange.report.report_data import SignOff
    from engine.project.decisions import Edit
    from engine.project.project import Project

_DELAY_MS = 150


class SignOffMonitor(QObject):
    """Checks the sign-off after edits: an edit may void it, an undo may restore it."""

    changed = Signal()

    def __init__(self, decisions: Decisions, workers: Workers) -> None:
        super().__init__(decisions)
        self._decisions = decisions
        self._workers = workers
        self._task: Task | None = None
        self.sign_off: SignOff | None = None
        """The current sign-off, None where nobody signed."""
        # Delayed: edits come in quick succession.
        self._timer = QTimer(self, singleShot=True, interval=_DELAY_MS)
        self._timer.timeout.connect(self._check)
        decisions.project_changed.connect(self._restart)
        decisions.saved.connect(self._on_edit)

    @property
    def is_void(self) -> bool:
        """True if something was changed after the sign-off."""
        return self.sign_off is not None and not self.sign_off.valid

    def stop(self) -> None:
        """Stop checking."""
        self._timer.stop()

    def _restart(self) -> None:
        self._workers.drop(self._task)
        self._task = None
        self._set(None)
        self._timer.start() if self._decisions.project is not None else self._timer.stop()

    def _on_edit(self, edit: "Edit") -> None:
        is_undo_or_redo = edit.undoes is not None or edit.redoes is not None
        signs = any(change.path is None and change.field == "sign_off" for change in edit.changes)
        # Any other edit can only void a valid sign-off.
        if is_undo_or_redo or signs or (self.sign_off is not None and self.sign_off.valid):
            self._timer.start()

    def _check(self) -> None:
        project = self._decisions.project
        self._workers.drop(self._task)
        self._task = None
        if project is not None:
            self._task = self._workers.start(check_sign_off, project)
            self._task.done.connect(self._on_result)

    def _on_result(self, result: "tuple[Project, SignOff | None]") -> None:
        self._task = None
        project, sign_off = result
        if project is self._decisions.project:
            self._set(sign_off)

    def _set(self, sign_off: "SignOff | None") -> None:
        if sign_off != self.sign_off:
            self.sign_off = sign_off
            self.changed.emit()


def void_sign_off_text(sign_off: "SignOff | None") -> str:
    """Return the text on a void sign-off, empty where it is valid or missing."""
    if sign_off is None or sign_off.valid:
        return ""
    signed_at = moment(datetime.fromisoformat(sign_off.at), datetime.now().astimezone())
    template = QCoreApplication.translate(
        "signed", "Void: signed by {who}, {at}, and changed since."
    )
    return template.format(who=sign_off.who, at=signed_at)


def check_sign_off(_: Job, project: "Project") -> "tuple[Project, SignOff | None]":
    """Return a project and its current sign-off."""
    from engine.exchange.report.project_context import current_sign_off

    return project, current_sign_off(project)
