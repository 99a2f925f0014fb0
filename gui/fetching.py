"""Fetching a public data set: one at a time, in sight in the job strip, gone on with after a cut."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from engine.jobs import Job
from engine.messages import Message, Problem
from gui.activities import Activities, Activity
from gui.workers import Task, Workers

if TYPE_CHECKING:
    from engine.exchange.public import Fetched


def fetch_public(job: Job, name: str, variant: str, folder: Path) -> "Fetched":
    """Fetch a data set into `folder`; raises `Problem` and `Cancelled`, and what came is kept."""
    from engine.exchange.public import find_variant, get

    try:
        return get(job, *find_variant(name, variant), folder)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise Problem("fetch.not_written", folder=str(folder), reason=reason) from error


class Fetching(QObject):
    """What is being fetched."""

    fetched = Signal(object)
    """Where the images are now: a `Fetched`."""
    failed = Signal(object)
    """Why it is not there, as a `Message`."""
    broke = Signal(str)
    stopped = Signal(str, str, object)
    """A person stopped it: name, variant and folder to go on with."""

    def __init__(self, workers: Workers, activities: Activities, parent: QObject) -> None:
        super().__init__(parent)
        self._workers, self._activities = workers, activities
        self.task: Task | None = None

    def start(self, name: str, variant: str, folder: Path) -> None:
        """Begin, or go on where the last one ended; nothing happens while another one runs."""
        if self.task is not None:
            return
        self.task = task = self._workers.start(fetch_public, name, variant, folder)
        task.done.connect(self.fetched)
        task.failed.connect(self._fail)
        task.broke.connect(self.broke)
        task.stopped.connect(lambda: self.stopped.emit(name, variant, folder))
        task.finished.connect(self._end)
        words = self.tr("Fetching a data set")
        counted = self.tr("Fetching a data set: {done} of {total}")
        self._activities.show(Activity(task, words, counted, images=False, in_bytes=True))

    def _fail(self, message: Message) -> None:
        self.failed.emit(message)

    def _end(self) -> None:
        self.task = None
