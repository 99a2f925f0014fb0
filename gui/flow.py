"""What follows what: prepare the model, open a source, scan it, find its project, read it; and what went
wrong.

Commands of the person come in here, work goes to the worker threads, results go to the session.
"""

import enum
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from engine.messages import Message
from engine.paths import cache_dir
from gui import garbage, settings, work
from gui.activities import Activities, Activity
from gui.decisions import Decisions
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
    MAKE = enum.auto()
    READ = enum.auto()


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that went wrong, as a sentence; `details` may be copied for a report."""

    text: str
    details: str = ""


class Flow(QObject):
    """The commands of one window and the work they set going."""

    began = Signal(object)
    """The `Kind` of work that a person waits for now."""
    rested = Signal()
    """Nothing runs any more that a person waits for."""
    troubled = Signal(object)
    """A `Trouble`."""
    attached = Signal(object)
    """The project is open: a `work.Attached`."""
    asked = Signal(object)
    """Several projects may be the folder's: a `work.Question`; `choose_project` answers it."""
    recent_known = Signal(object)
    """The folders that were open before, as a list of `Recent`."""
    images_wanted = Signal(object)
    """A project's file whose images are not where they were; `open` with it answers."""
    models_known = Signal(tuple, str)
    """The models that can be chosen, each a name and its title, and the chosen one's name."""

    def __init__(
        self, session: Session, decisions: Decisions, workers: Workers, activities: Activities
    ) -> None:
        super().__init__(session)
        self._session = session
        self._decisions = decisions
        self._workers = workers
        self._activities = activities
        self._told: list[Activity] = []
        self._room = work.EngineRoom()
        self._order: ReadOrder | None = None
        self._visible: list[str] = []
        self._scanning: Task | None = None
        self._reading: Task | None = None
        self._preparing: Task | None = None
        self._making = ""
        self._attaching: Task | None = None
        self._confirming: Task | None = None
        self._wants_reading = False
        self._confirmed: set[str] = set()
        self._damage_named: list[Message] = []  # which damaged projects were named
        self._project_file: Path | None = None
        self._given: str | None = None
        self._own = False

    @property
    def busy(self) -> bool:
        """Whether something runs that a person waits for."""
        waits = self._wants_reading and bool(self._preparing or self._attaching)
        return waits or self._scanning is not None or self._reading is not None

    @property
    def can_read(self) -> bool:
        """Whether there is something left to read and nothing in the way."""
        ready = self._session.engine is not None and not self.busy
        return ready and bool(self._session.unread())

    def begin(self, model: str | None) -> None:
        """Load the model that the program was started with, or the default one."""
        self._given = model
        self.prepare(model)

    def prepare(self, model: str | None = None) -> None:
        """Find and load a model, the default one without a name; then read what is open."""
        self._workers.drop(self._preparing)
        self._making = ""
        self._drop_reading()
        self._wants_reading = bool(self._session.total)
        self._preparing = task = self._workers.start(work.prepare, self._room, model)
        task.partial.connect(self._take_engine)
        task.done.connect(self._engine_ready)
        self._watch(task)
        if self._wants_reading:
            self._begin(Kind.PREPARE, task)

    def choose(self, model: str) -> None:
        """Take the model that a person chose, now and at the next start."""
        settings.keep(work.MODEL, model)
        self.prepare(model)

    def use(self, model: str) -> None:
        """Take the model that the open project has, for as long as it is open."""
        self._own = True
        self.prepare(model)

    def open(self, path: Path, project: Path | None = None) -> None:
        """Open a folder, an archive or an image, and read it as soon as it is scanned.

        `project` is the file of its project where that is known.
        """
        self._open(project, path)

    def open_together(self, paths: "tuple[Path, ...]") -> None:
        """Open several images and folders as one, in the folder that holds them all."""
        self._open(None, *paths)

    def _open(self, project: Path | None, *paths: Path) -> None:
        self._drop_all()
        self._project_file = project
        self._scanning = task = self._workers.start(work.scan, *paths)
        task.partial.connect(self._take_found)
        task.done.connect(self._scanned)
        self._watch(task)
        self._begin(Kind.SCAN, task)

    def open_project(self, file: Path) -> None:
        """Open a project's file with its images, or ask where they are."""
        task = self._workers.start(work.adopt, file)
        task.done.connect(self._take_adopted)
        self._watch(task)

    def find_recent(self) -> None:
        """Find which folders were open before."""
        task = self._workers.start(work.recent)
        task.done.connect(self.recent_known)
        self._watch(task)

    def open_sample(self) -> None:
        """Draw the sample, if that was not done before, and open it."""
        self._drop_all()
        self._scanning = task = self._workers.start(work.draw_sample, cache_dir() / "sample")
        task.done.connect(self.open)
        self._watch(task)
        self._begin(Kind.SAMPLE, task)

    def choose_project(self, file: Path | None) -> None:
        """Connect the open folder to this project, or to a new one of its own."""
        self._workers.drop(self._attaching)
        source, table = self._session.source, self._session.table
        if source is None or table is None:
            return
        records = [record for record in table.records if record is not None]
        self._attach(source, records, file, file is None)

    def save_copy(self, file: Path) -> None:
        """Save the open project as one file."""
        if self._decisions.project is not None:
            self._watch(self._workers.start(work.save_copy, self._decisions.project, file))

    def read(self) -> None:
        """Read what was not read yet; waits for the model if need be."""
        self._wants_reading = True
        self._read_if_ready()

    def cancel(self) -> None:
        """Stop what runs; what was read is kept. A model that is being made gives way to the fast one."""
        if self._making:
            wanted = self._wants_reading
            from engine.classify.models import FAST

            self.prepare(FAST)
            self._wants_reading = wanted or self._wants_reading
            return
        if self._wants_reading and self._preparing:
            self._wants_reading = False
            self._rest()
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
        self._decisions.release()
        self._scanning = self._reading = self._preparing = None
        self._room.close()
        self._rest()

    def _take_engine(self, installed: work.Installed) -> None:
        self._making = installed.making
        if installed.making and self._preparing is not None:
            self._begin(Kind.MAKE, self._preparing)
        if installed.notes:
            self.troubled.emit(Trouble(" ".join(map(say, installed.notes))))
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
        garbage.set_aside(self._session.total)
        self._scanning = None
        source, table = self._session.source, self._session.table
        if source is not None and table is not None:
            records = [record for record in table.records if record is not None]
            if records:
                # One after the other: both at once would hold up the window.
                self._wants_reading = True
                self._attach(source, records, self._project_file)
                self._attaching.finished.connect(self.read)
                return
        self.read()

    def _attach(self, source: Any, records: list[Any], *settled: Any) -> None:
        self._attaching = task = self._workers.start(work.attach, source, records, *settled)
        task.done.connect(self._take_project)
        self._watch(task)

    def _take_adopted(self, found: "work.Adopted") -> None:
        if found.root is None:
            self.images_wanted.emit(found.file)
        else:
            self.open(found.root, found.file)

    def _take_project(self, found: "work.Attached | work.Question") -> None:
        if isinstance(found, work.Question):
            self.asked.emit(found)
            return
        self._decisions.attach(found.project)
        self._session.attach(found.decisions, found.classes, found.dismissed, found.moved)
        self._use_own(found.model)
        self.attached.emit(found)
        for message in found.damaged:
            if message not in self._damage_named:
                self._damage_named.append(message)
                self.troubled.emit(Trouble(say(message)))
        self._confirm_if_idle()

    def _use_own(self, model: Path | None) -> None:
        # A model that was named at the start holds for what is opened first.
        given, self._given = self._given, None
        engine = self._session.engine
        if model is not None and given is None:
            if engine is None or engine.bundle.folder != model:
                self.use(str(model))
        elif self._own:
            self._own = False
            self.prepare()

    def _confirm_if_idle(self) -> None:
        # Full hashes of what was not hashed yet: when nothing else wants the disk.
        project, source = self._decisions.project, self._session.source
        waits = self.busy or self._attaching is not None or self._confirming is not None
        if project is None or source is None or waits or project.id in self._confirmed:
            return
        self._confirmed.add(project.id)
        self._confirming = task = self._workers.start(work.confirm, project, source)
        task.done.connect(self._take_confirmed)
        self._watch(task)

    def _take_confirmed(self, found: "work.Attached | None") -> None:
        if found is not None and found.project is self._decisions.project:
            self._session.attach(found.decisions, found.classes, found.dismissed, found.moved)
            self.attached.emit(found)

    def _read_if_ready(self) -> None:
        session = self._session
        if not self._wants_reading or self._scanning or self._attaching or self._reading:
            return
        if self._preparing:
            self._begin(Kind.PREPARE, self._preparing)
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
        self._begin(Kind.READ, task)

    def _begin(self, kind: Kind, task: Task) -> None:
        making = self.tr("Making {model} ready, once on this computer")
        making = making.format(model=self._making)
        words, counted = {
            Kind.SCAN: (self.tr("Looking for images: {done}"), ""),
            Kind.SAMPLE: (self.tr("Drawing the sample"), ""),
            Kind.PREPARE: (self.tr("Loading the model"), ""),
            Kind.MAKE: (making, ""),
            Kind.READ: (self.tr("Reading"), self.tr("Reading {done} of {total}")),
        }[kind]
        activity = Activity(task, words, counted, self.cancel, images=kind is not Kind.MAKE)
        self._told.append(activity)
        self._activities.show(activity)
        self.began.emit(kind)

    def _rest(self) -> None:
        for activity in self._told:
            self._activities.withdraw(activity)
        self._told.clear()
        self.rested.emit()

    def _watch(self, task: Task) -> None:
        task.failed.connect(self._tell)
        task.broke.connect(self._tell_bug)
        task.finished.connect(self._finish)

    def _finish(self) -> None:
        task = self.sender()
        for name in ("_scanning", "_reading", "_preparing", "_attaching", "_confirming"):
            if getattr(self, name) is task:
                setattr(self, name, None)
        if self._reading is None:
            self._order = None
        if not self.busy:
            self._rest()
            self._confirm_if_idle()

    def _drop_reading(self) -> None:
        self._workers.drop(self._reading)
        self._reading = self._order = None
        if not self.busy:
            self._rest()
            self._confirm_if_idle()

    def _drop_all(self) -> None:
        self._drop_reading()
        self._wants_reading = False
        for task in (self._scanning, self._attaching, self._confirming):
            self._workers.drop(task)
        self._scanning = self._attaching = self._confirming = None
        self._confirmed.clear()
        self._decisions.release()
        self._visible = []

    def _tell(self, message: Message) -> None:
        self.troubled.emit(Trouble(say(message)))

    def _tell_bug(self, details: str) -> None:
        text = self.tr(
            "An error in the program stopped this work. What was finished before is kept; "
            "please report the details, and try again."
        )
        self.troubled.emit(Trouble(text, details))
