"""Scanning the open folder: one scan at a time, its findings handed on as they come."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from gui.activities import Activity
from gui.clean import work
from gui.desk import Desk
from gui.words import number
from gui.workers import Task

if TYPE_CHECKING:
    from engine.curate.kept import Last
    from gui.clean.findings import Queue


class Scanning(QObject):
    """Starts scans, and recalls what the last one found."""

    found = Signal(object)
    """Queues: all findings of some kinds."""
    changed = Signal()
    """A scan began or ended, or has become possible."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._task: Task | None = None
        self._recalling: Task | None = None
        self._recalled = False
        self.news = ""
        """Why another scan may find something else, if it may."""
        desk.session.opened.connect(self._drop)

    @property
    def running(self) -> bool:
        """Whether a scan runs."""
        return self._task is not None

    @property
    def possible(self) -> bool:
        """Whether there is something to scan and a model to scan it with."""
        session = self._desk.session
        return bool(session.total) and session.engine is not None

    def start(self) -> None:
        """Scan the folder, unless a scan runs."""
        session, desk = self._desk.session, self._desk
        if self._task is not None or not self.possible:
            return
        desk.workers.drop(self._recalling)
        self._task = task = desk.watch(
            desk.workers.start(work.look, session.source, session.table, session.engine)
        )
        task.partial.connect(self.found)
        task.finished.connect(self._end)
        words = self.tr("Looking for what does not belong")
        desk.activities.show(Activity(task, words, images=False))
        self._recalled = True
        self.news = ""
        self.changed.emit()

    def recall(self) -> None:
        """Show what the last scan of this folder found, if it was scanned before."""
        session, desk = self._desk.session, self._desk
        if self._recalled or self._task is not None or not self.possible:
            return
        self._recalled = True
        self._recalling = task = desk.watch(
            desk.workers.start(work.recall, session.source, session.table, session.engine)
        )
        task.done.connect(self._take_last)

    def _take_last(self, recalled: "tuple[list[Queue], Last] | None") -> None:
        if recalled is None:
            return
        queues, last = recalled
        if last.unseen:
            words = self.tr(
                "{count} {count:image is|images are} new or changed since the last scan."
            )
            self.news = words.format(count=number(last.unseen))
        elif last.other_model:
            self.news = self.tr("The last scan was done with another model.")
        self.found.emit(queues)

    def _end(self) -> None:
        self._task = None
        self.changed.emit()

    def _drop(self) -> None:
        # Rows of another folder's table must not be shown as this one's.
        self._desk.workers.drop(self._task)
        self._desk.workers.drop(self._recalling)
        self._task = self._recalling = None
        self._recalled = False
        self.news = ""
        self.changed.emit()
