"""How the sign-off of the open project stands, wherever in the window somebody changes something."""

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

_REST_MS = 150


class SignOffMonitor(QObject):
    """Follows the project: every edit may void the sign-off, or by undo make it valid again."""

    changed = Signal()

    def __init__(self, decisions: Decisions, workers: Workers) -> None:
        super().__init__(decisions)
        self._decisions = decisions
        self._workers = workers
        self._task: Task | None = None
        self.sign_off: SignOff | None = None
        """The sign-off as it stands, None where nobody signed."""
        # Keys come quickly one after another: it is looked at when they rest.
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self._ask)
        decisions.project_changed.connect(self._restart)
        decisions.saved.connect(self._take_edit)

    @property
    def is_void(self) -> bool:
        """Whether somebody signed and something was changed since."""
        return self.sign_off is not None and not self.sign_off.valid

    def stop(self) -> None:
        """Look no more."""
        self._rest.stop()

    def _restart(self) -> None:
        self._workers.drop(self._task)
        self._task = None
        self._set(None)
        self._rest.start() if self._decisions.project is not None else self._rest.stop()

    def _take_edit(self, edit: "Edit") -> None:
        back = edit.undoes is not None or edit.redoes is not None
        signs = any(change.path is None and change.field == "sign_off" for change in edit.changes)
        # Without a sign-off nothing can void it, and what is void stays so but for these.
        if back or signs or (self.sign_off is not None and self.sign_off.valid):
            self._rest.start()

    def _ask(self) -> None:
        project = self._decisions.project
        self._workers.drop(self._task)
        self._task = None
        if project is not None:
            self._task = self._workers.start(look, project)
            self._task.done.connect(self._take)

    def _take(self, found: "tuple[Project, SignOff | None]") -> None:
        self._task = None
        project, sign_off = found
        if project is self._decisions.project:
            self._set(sign_off)

    def _set(self, sign_off: "SignOff | None") -> None:
        if sign_off != self.sign_off:
            self.sign_off = sign_off
            self.changed.emit()


def void_sign_off_text(sign_off: "SignOff | None") -> str:
    """Return who signed what was changed since, empty where the sign-off is valid or there is none."""
    if sign_off is None or sign_off.valid:
        return ""
    at = moment(datetime.fromisoformat(sign_off.at), datetime.now().astimezone())
    words = QCoreApplication.translate("signed", "Void: signed by {who}, {at}, and changed since.")
    return words.format(who=sign_off.who, at=at)


def look(_: Job, project: "Project") -> "tuple[Project, SignOff | None]":
    """Return how a project's sign-off stands."""
    from engine.exchange.report.project_context import standing

    return project, standing(project)
