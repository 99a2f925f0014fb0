"""Fetching a public data set: one at a time, in sight in the job strip, gone on with after a cut."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from engine.jobs import Job
from engine.messages import Problem
from gui.activities import Activity
from gui.desk import Desk
from gui.flow import Flow
from gui.hints import Hints
from gui.theme import Theme
from gui.workers import Task

if TYPE_CHECKING:
    from engine.exchange.public import Fetched
    from gui.fetch_dialog import FetchDialog

_HINT = "fetched"


def fetch_public(job: Job, name: str, variant: str, folder: Path) -> "Fetched":
    """Fetch a data set into `folder`; raises `Problem` and `Cancelled`, and what came is kept."""
    from engine.exchange.public import find_variant, get

    try:
        return get(job, *find_variant(name, variant), folder)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise Problem("fetch.not_written", folder=str(folder), reason=reason) from error


class Fetching(QObject):
    """What is being fetched, and what becomes of it."""

    open_asked = Signal(object)
    """The path of images that shall be opened."""

    def __init__(self, desk: Desk, flow: Flow, hints: Hints) -> None:
        super().__init__(desk)
        self._desk, self._flow, self._hints = desk, flow, hints
        self.task: Task | None = None

    def dialog(self, theme: Theme, parent: QWidget) -> "FetchDialog":
        """Return the question which data set, its answer connected."""
        from gui.fetch_dialog import FetchDialog

        words = self.tr("One is being fetched now; the foot of the window says how far it is.")
        made = FetchDialog(theme, parent, busy=words if self.task else "")
        made.asked.connect(self.start)
        return made

    def start(self, name: str, variant: str, folder: Path) -> None:
        """Begin, or go on where the last one ended; nothing happens while another one runs."""
        if self.task is not None:
            return
        self._hints.withdraw(_HINT)
        desk = self._desk
        self.task = task = desk.watch(desk.workers.start(fetch_public, name, variant, folder))
        task.done.connect(self._offer)
        task.stopped.connect(lambda: self._stopped(name, variant, folder))
        task.finished.connect(self._end)
        words = self.tr("Fetching a data set")
        counted = self.tr("Fetching a data set: {done} of {total}")
        desk.activities.show(Activity(task, words, counted, images=False, in_bytes=True))

    def _offer(self, found: "Fetched") -> None:
        if self._desk.session.root is None and not self._flow.busy:
            self.open_asked.emit(found.images)
            return
        # Whoever works on another folder is not taken away from it.
        words = self.tr("The data set is in {folder}.").format(folder=str(found.images))
        action = (self.tr("Open it"), lambda: self.open_asked.emit(found.images))
        self._hints.tell(_HINT, words, action)

    def _stopped(self, name: str, variant: str, folder: Path) -> None:
        words = self.tr("Fetching was stopped; what came is kept.")
        go_on = (self.tr("Go on"), lambda: self.start(name, variant, folder))
        self._hints.tell(_HINT, words, go_on)

    def _end(self) -> None:
        self.task = None
