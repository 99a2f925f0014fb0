"""What follows what: prepare the model, open a source, scan it, read it; and what went wrong.

Commands of the person come in here, work goes to the worker threads, results go to the session.
"""

import enum
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from engine.messages import Message
from engine.paths import cache_dir
from gui import work
from gui.session import Session
from gui.words import say
from gui.workers import Task, Workers

if TYPE_CHECKING:
    from engine.classify.pipeline import ReadOrder


class Kind(enum.Enum):
    """What a piece of work a person waits for is about."""

    SCAN = enum.auto()
    SAMPLE = enum.auto()
    PREPARE = enum.auto()
    READ = enum.auto()


@dataclass(frozen=True, slots=True)
class Activity:
    """A piece of work that a person may watch and cancel."""

    kind: Kind
    task: Task


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that went wrong, as a sentence; `details` may be copied for a report."""

    text: str
    details: str = ""


class Flow(QObject):
    """The commands of one window and the work they set going."""

    began = Signal(object)
    """An `Activity`; its task says the rest."""
    rested = Signal()
    """Nothing runs any more that a person waits for."""
    troubled = Signal(object)
    """A `Trouble`."""
    models_known = Signal(tuple, str)
    """The models that can be chosen, each a name and its title, and the chosen one's name."""

    def __init__(self, session: Session, workers: Workers) -> None:
        super().__init__(session)
        self._session = session
        self._workers = workers
        self._room = work.EngineRoom()
        self._order: ReadOrder | None = None
        self._visible: list[str] = []
        self._scanning: Task | None = None
        self._reading: Task | None = None
        self._preparing: Task | None = None
        self._wants_reading = False

    @property
    def busy(self) -> bool:
        """Whether something runs that a person waits for."""
        waits = self._wants_reading and self._preparing is not None
        return waits or self._scanning is not None or self._reading is not None

    @property
    def can_read(self) -> bool:
        """Whether there is something left to read and nothing in the way."""
        ready = self._session.engine is not None and not self.busy
        return ready and bool(self._session.unread())

    def prepare(self, model: str | None = None) -> None:
        """Find and load a model, the default one without a name; then read what is open."""
        self._workers.drop(self._preparing)
        self._drop_reading()
        self._wants_reading = bool(self._session.total)
        self._preparing = task = self._workers.start(work.prepare, self._room, model)
        task.partial.connect(self._take_engine)
        task.done.connect(self._engine_ready)
        self._watch(task)
        if self._wants_reading:
            self.began.emit(Activity(Kind.PREPARE, task))

    def open(self, path: Path) -> None:
        """Open a folder, an archive or an image, and read it as soon as it is scanned."""
        self._drop_all()
        self._scanning = task = self._workers.start(work.scan, path)
        task.partial.connect(self._take_found)
        task.done.connect(self._scanned)
        self._watch(task)
        self.began.emit(Activity(Kind.SCAN, task))

    def open_sample(self) -> None:
        """Draw the sample, if that was not done before, and open it."""
        self._drop_all()
        self._scanning = task = self._workers.start(work.draw_sample, cache_dir() / "sample")
        task.done.connect(self.open)
        self._watch(task)
        self.began.emit(Activity(Kind.SAMPLE, task))

    def read(self) -> None:
        """Read what was not read yet; waits for the model if need be."""
        self._wants_reading = True
        self._read_if_ready()

    def cancel(self) -> None:
        """Stop what runs; what was read is kept."""
        if self._wants_reading and self._preparing:
            self._wants_reading = False
            self.rested.emit()
        for task in (self._scanning, self._reading):
            if task:
                task.cancel()

    def prioritise(self, paths: list[str]) -> None:
        """Have the images in sight read first."""
        self._visible = paths
        if self._order is not None:
            self._order.prioritise(paths)

    def close(self) -> None:
        """Stop everything and free the model; call it before the window goes."""
        self._workers.close()
        self._scanning = self._reading = self._preparing = None
        self._room.close()
        self.rested.emit()

    def _take_engine(self, installed: work.Installed) -> None:
        self._session.set_engine(installed.engine)
        self.models_known.emit(installed.models, installed.engine.name)

    def _engine_ready(self, _: work.Installed) -> None:
        self._preparing = None
        self._read_if_ready()

    def _take_found(self, found: Any) -> None:
        if isinstance(found, list):
            self._session.add(found)
        else:
            self._session.open(found)

    def _scanned(self) -> None:
        self._scanning = None
        self.read()

    def _read_if_ready(self) -> None:
        session = self._session
        if not self._wants_reading or self._scanning or self._reading:
            return
        if self._preparing:
            self.began.emit(Activity(Kind.PREPARE, self._preparing))
            return
        self._wants_reading = False
        if not session.engine:
            return
        records = session.unread()
        if not records:
            return
        from engine.classify.pipeline import ReadOrder

        self._order = ReadOrder()
        self._order.prioritise(self._visible)
        self._reading = task = self._workers.start(
            work.read, self._room, session.engine, session.source, records, self._order
        )
        task.partial.connect(session.take)
        self._watch(task)
        self.began.emit(Activity(Kind.READ, task))

    def _watch(self, task: Task) -> None:
        task.failed.connect(self._tell)
        task.broke.connect(self._tell_bug)
        task.finished.connect(self._finish)

    def _finish(self) -> None:
        task = self.sender()
        for name in ("_scanning", "_reading", "_preparing"):
            if getattr(self, name) is task:
                setattr(self, name, None)
        if self._reading is None:
            self._order = None
        if not self.busy:
            self.rested.emit()

    def _drop_reading(self) -> None:
        self._workers.drop(self._reading)
        self._reading = self._order = None
        if not self.busy:
            self.rested.emit()

    def _drop_all(self) -> None:
        self._drop_reading()
        self._wants_reading = False
        self._workers.drop(self._scanning)
        self._scanning = None
        self._visible = []

    def _tell(self, message: Message) -> None:
        self.troubled.emit(Trouble(say(message)))

    def _tell_bug(self, details: str) -> None:
        text = self.tr(
            "An error in the program stopped this work. What was finished before is kept; "
            "please report the details, and try again."
        )
        self.troubled.emit(Trouble(text, details))
