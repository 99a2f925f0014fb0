"""Folder loader: loads the model, scans a source, finds its project and reads its images.

The commands of a person arrive here, the work runs on worker threads, results go to the session.
"""

import enum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from engine.messages import Message
from engine.paths import cache_dir
from gui import settings
from gui.jobs import garbage_collection
from gui.jobs.activities import Activities, Activity
from gui.jobs.error_reporter import ErrorReporter
from gui.jobs.workers import Task, Workers
from gui.loading import tasks
from gui.state.active_model import ModelSession
from gui.state.decisions import Decisions
from gui.state.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.classify.pipeline import ReadQueue


class LoadStage(enum.Enum):
    """A stage of the work, as it is announced to the person who waits for it."""

    SCAN = enum.auto()
    FIND = enum.auto()
    SAMPLE = enum.auto()
    PREPARE = enum.auto()
    MAKE = enum.auto()
    READ = enum.auto()


class LoadState(enum.Enum):
    """The state of the loader as far as a person waits for it."""

    IDLE = enum.auto()
    SCANNING = enum.auto()
    """Images are being listed, or the sample is being drawn."""
    WAITING = enum.auto()
    """Images are to be read as soon as the model and the project are there."""
    READING = enum.auto()


class _Step(enum.Enum):
    # At most one task of each step runs.
    MODEL = enum.auto()
    SCAN = enum.auto()
    ATTACH = enum.auto()
    READ = enum.auto()
    CONFIRM = enum.auto()


class FolderLoader(QObject):
    """Runs the loading steps of one window, one task a step, in their order."""

    stage_started = Signal(object)
    """The `LoadStage` that a person waits for now."""
    became_idle = Signal()
    """A person waits for nothing any more."""
    project_attached = Signal(object)
    """A `tasks.AttachedProject`: the project of the source is open."""
    project_choice_needed = Signal(object)
    """A `tasks.ProjectChoice`: several projects fit; `choose_project` answers."""
    recent_found = Signal(object)
    """The folders that were opened before, as a list of `RecentFolder`."""
    images_folder_needed = Signal(object)
    """The file of a project whose images were moved; `open` with it answers."""
    models_found = Signal(tuple, str)
    """The available models as (name, title) pairs, and the name of the active one."""

    def __init__(
        self,
        session: Session,
        decisions: Decisions,
        workers: Workers,
        activities: Activities,
        errors: ErrorReporter,
    ) -> None:
        super().__init__(session)
        self._session = session
        self._decisions = decisions
        self._workers = workers
        self._activities = activities
        self._errors = errors
        self._running: dict[_Step, Task] = {}
        self._shown_activities: list[Activity] = []
        self._model_session = ModelSession()
        self._read_order: ReadQueue | None = None
        self._visible_paths: list[str] = []
        self._model_in_preparation = ""  # its title while its network is being made
        self._read_requested = False
        self._confirmed_projects: set[str] = set()
        self._reported_damage: list[Message] = []
        self._project_file: Path | None = None
        self._paths: tuple[Path, ...] = ()
        self._startup_model: str | None = None
        session.cells_redrawn.connect(self.read)
        self._uses_project_model = False

    @property
    def state(self) -> LoadState:
        """The state, derived from the tasks that run."""
        if _Step.SCAN in self._running:
            return LoadState.SCANNING
        if _Step.READ in self._running:
            return LoadState.READING
        if self._read_requested and not self._running.keys().isdisjoint(
            (_Step.MODEL, _Step.ATTACH)
        ):
            return LoadState.WAITING
        return LoadState.IDLE

    @property
    def busy(self) -> bool:
        """True if a person waits for something."""
        return self.state is not LoadState.IDLE

    @property
    def can_read(self) -> bool:
        """True if unread images are left and could be read now."""
        has_model = self._session.active_model is not None
        return has_model and not self.busy and bool(self._session.unread())

    def start(self, model: str | None) -> None:
        """Load the model named on the command line, or the default one."""
        self._startup_model = model
        self.load_model(model)

    def load_model(self, model: str | None = None) -> None:
        """Find and load a model, the default one without a name; then read what is open."""
        self._workers.drop(self._running.get(_Step.MODEL))
        self._model_in_preparation = ""
        self._drop_reading()
        self._read_requested = bool(self._session.total)
        task = self._start(_Step.MODEL, tasks.load_model, self._model_session, model)
        task.partial.connect(self._on_model_found)
        task.done.connect(self._on_model_loaded)
        self._watch(task)
        if self._read_requested:
            self._announce(LoadStage.PREPARE, task)

    def choose_model(self, model: str) -> None:
        """Use the model that a person chose, now and at the next start."""
        settings.save_setting(tasks.MODEL_SETTING, model)
        self.load_model(model)

    def use_project_model(self, model: str) -> None:
        """Use the model that the project adopted, as long as the project is open."""
        self._uses_project_model = True
        self.load_model(model)

    def open(self, path: Path, project: Path | None = None) -> None:
        """Open a folder, an archive or an image, and read it once it is scanned.

        `project` is the file of its project, where that is known.
        """
        self._open(project, path)

    def open_together(self, paths: "tuple[Path, ...]") -> None:
        """Open several images and folders as one source, in their common folder."""
        self._open(None, *paths)

    def find_cells(self) -> None:
        """Open the same images again, as fields: each of their cells is an image then."""
        if self._paths:
            self._open(None, *self._paths, fields=True)

    def show_whole_images(self) -> None:
        """Open the same images again, not as fields."""
        if self._paths:
            self._open(None, *self._paths, fields=False)

    def _open(self, project: Path | None, *paths: Path, fields: bool | None = None) -> None:
        self._drop_all()
        self._project_file, self._paths = project, paths
        task = self._start(_Step.SCAN, tasks.scan_source, paths, project, fields)
        task.partial.connect(self._on_scan_progress)
        task.done.connect(self._on_scanned)
        self._watch(task)
        self._announce(LoadStage.SCAN, task)

    def open_project(self, file: Path) -> None:
        """Open a project's file with its images, or ask where the images are."""
        task = self._workers.start(tasks.adopt_project, file)
        task.done.connect(self._on_adopted)
        self._watch(task)

    def find_recent(self) -> None:
        """Find the folders that were opened before."""
        task = self._workers.start(tasks.find_recent_folders)
        task.done.connect(self.recent_found)
        self._watch(task)

    def open_sample(self) -> None:
        """Draw the sample unless it is there already, and open it."""
        self._drop_all()
        task = self._start(_Step.SCAN, tasks.draw_sample, cache_dir() / "sample")
        task.done.connect(self.open)
        self._watch(task)
        self._announce(LoadStage.SAMPLE, task)

    def choose_project(self, file: Path | None) -> None:
        """Attach the given project to the open folder, or a new one for None."""
        self._workers.drop(self._running.get(_Step.ATTACH))
        source, table = self._session.source, self._session.table
        if source is None or table is None:
            return
        records = [record for record in table.records if record is not None]
        self._attach(source, records, file, file is None)

    def save_copy(self, file: Path) -> None:
        """Save the open project as one file."""
        project = self._decisions.project
        if project is not None:
            self._watch(self._workers.start(tasks.save_project_copy, project, file))

    def read(self) -> None:
        """Read the images that have no reading yet, once the model is loaded."""
        self._read_requested = True
        self._read_if_ready()

    def cancel(self) -> None:
        """Stop the running work and keep what was read.

        A model whose network is still being made is replaced by the fast one.
        """
        if self._model_in_preparation:
            from engine.classify.models import FAST_MODEL

            was_requested = self._read_requested
            self.load_model(FAST_MODEL)
            self._read_requested = was_requested or self._read_requested
            return
        if self._read_requested and _Step.MODEL in self._running:
            self._read_requested = False
            self._become_idle()
        for step in (_Step.SCAN, _Step.READ):
            if step in self._running:
                self._running[step].cancel()

    def prioritise(self, paths: list[str]) -> None:
        """Read the visible images first."""
        self._visible_paths = paths
        if self._read_order is not None:
            self._read_order.prioritise(paths)

    def close(self) -> None:
        """Stop everything and free the model; call it before the window is destroyed."""
        self._workers.close()
        self._decisions.release()
        for step in (_Step.SCAN, _Step.READ, _Step.MODEL):
            self._running.pop(step, None)
        self._model_session.close()
        self._become_idle()

    def _on_model_found(self, models: tasks.AvailableModels) -> None:
        self._model_in_preparation = models.in_preparation
        if models.in_preparation and _Step.MODEL in self._running:
            self._announce(LoadStage.MAKE, self._running[_Step.MODEL])
        if models.notes:
            self._errors.report(*models.notes)
        self._session.set_model(models.active)
        self.models_found.emit(models.choices, models.active.name)

    def _on_model_loaded(self, _: tasks.AvailableModels) -> None:
        self._running.pop(_Step.MODEL, None)
        self._read_if_ready()

    def _on_scan_progress(self, result: Any) -> None:
        # The source first, then lists of its files.
        if isinstance(result, list):
            self._session.add(result)
        else:
            # Not before: if nothing can be opened, the shown folder goes on with its project.
            self._decisions.release()
            self._session.open(result)
            if self._session.holds_fields and _Step.SCAN in self._running:
                self._announce(LoadStage.FIND, self._running[_Step.SCAN])

    def _on_scanned(self) -> None:
        garbage_collection.freeze_if_large(self._session.total)
        self._running.pop(_Step.SCAN, None)
        source, table = self._session.source, self._session.table
        if source is not None and table is not None:
            records = [record for record in table.records if record is not None]
            if records:
                # Reading waits for the project: both at once would slow the window down.
                self._read_requested = True
                self._attach(source, records, self._project_file).finished.connect(self.read)
                return
        self.read()

    def _attach(self, source: Any, records: list[Any], *choice: Any) -> Task:
        task = self._start(_Step.ATTACH, tasks.attach_project, source, records, *choice)
        task.done.connect(self._on_project_found)
        self._watch(task)
        return task

    def _on_adopted(self, adopted: "tasks.AdoptedProject") -> None:
        if adopted.root is None:
            self.images_folder_needed.emit(adopted.file)
        else:
            self.open(adopted.root, adopted.file)

    def _on_project_found(self, result: "tasks.AttachedProject | tasks.ProjectChoice") -> None:
        if isinstance(result, tasks.ProjectChoice):
            self.project_choice_needed.emit(result)
            return
        self._decisions.attach(result.project)
        self._show_state(result)
        self._switch_model(result.model)
        self.project_attached.emit(result)
        for message in result.messages:
            if message not in self._reported_damage:
                self._reported_damage.append(message)
                self._errors.report(message)
        self._confirm_if_idle()

    def _show_state(self, attached: "tasks.AttachedProject") -> None:
        self._session.attach(
            attached.decisions,
            attached.classes,
            attached.dismissed,
            attached.moved,
            attached.folder_names,
        )

    def _switch_model(self, project_model: Path | None) -> None:
        # A model named on the command line overrides the first project's own.
        startup_model, self._startup_model = self._startup_model, None
        active = self._session.active_model
        if project_model is not None and startup_model is None:
            if active is None or active.bundle.folder != project_model:
                self.use_project_model(str(project_model))
        elif self._uses_project_model:
            self._uses_project_model = False
            self.load_model()

    def _confirm_if_idle(self) -> None:
        # Full hashes of images that were linked without; only while nothing else needs the disk.
        project, source = self._decisions.project, self._session.source
        occupied = self.busy or not self._running.keys().isdisjoint((_Step.ATTACH, _Step.CONFIRM))
        if project is None or source is None or occupied or project.id in self._confirmed_projects:
            return
        self._confirmed_projects.add(project.id)
        task = self._start(_Step.CONFIRM, tasks.confirm_links, project, source)
        task.done.connect(self._on_confirmed)
        self._watch(task)

    def _on_confirmed(self, corrected: "tasks.AttachedProject | None") -> None:
        if corrected is not None and corrected.project is self._decisions.project:
            self._show_state(corrected)
            self.project_attached.emit(corrected)

    def _read_if_ready(self) -> None:
        session = self._session
        if not self._read_requested or not self._running.keys().isdisjoint(
            (_Step.SCAN, _Step.ATTACH, _Step.READ)
        ):
            return
        if _Step.MODEL in self._running:
            self._announce(LoadStage.PREPARE, self._running[_Step.MODEL])
            return
        self._read_requested = False
        if not session.active_model:
            return
        records = session.unread()
        if not records:
            return
        from engine.classify.pipeline import ReadQueue

        self._read_order = ReadQueue()
        self._read_order.prioritise(self._visible_paths)
        task = self._start(
            _Step.READ,
            tasks.read_images,
            self._model_session,
            session.active_model,
            session.source,
            records,
            self._read_order,
        )
        task.partial.connect(session.add_readings)
        self._watch(task)
        self._announce(LoadStage.READ, task)

    def _start(self, step: _Step, work: "Callable[..., Any]", *args: Any) -> Task:
        task = self._running[step] = self._workers.start(work, *args)
        return task

    def _announce(self, stage: LoadStage, task: Task) -> None:
        making = self.tr("Preparing {model} (once on this computer)")
        making = making.format(model=self._model_in_preparation)
        text, progress_text = {
            LoadStage.SCAN: (self.tr("Looking for images: {done}"), ""),
            LoadStage.FIND: (
                self.tr("Finding cells"),
                self.tr("Finding cells: field {done} of {total}"),
            ),
            LoadStage.SAMPLE: (self.tr("Drawing the sample"), ""),
            LoadStage.PREPARE: (self.tr("Loading the model"), ""),
            LoadStage.MAKE: (making, ""),
            LoadStage.READ: (self.tr("Reading"), self.tr("Reading {done} of {total}")),
        }[stage]
        # A task that goes on to its next stage is shown once.
        for shown in [shown for shown in self._shown_activities if shown.task is task]:
            self._shown_activities.remove(shown)
            self._activities.withdraw(shown)
        counts_images = stage not in (LoadStage.MAKE, LoadStage.FIND)
        activity = Activity(task, text, progress_text, self.cancel, counts_images=counts_images)
        self._shown_activities.append(activity)
        self._activities.show(activity)
        self.stage_started.emit(stage)

    def _become_idle(self) -> None:
        for activity in self._shown_activities:
            self._activities.withdraw(activity)
        self._shown_activities.clear()
        self.became_idle.emit()

    def _watch(self, task: Task) -> None:
        self._errors.watch(task)
        task.finished.connect(self._on_finished)

    def _on_finished(self) -> None:
        ended = self.sender()
        self._running = {step: task for step, task in self._running.items() if task is not ended}
        if _Step.READ not in self._running:
            self._read_order = None
        if self._read_requested:
            self._read_if_ready()  # Cells were added meanwhile.
        self._become_idle_if_done()

    def _become_idle_if_done(self) -> None:
        if not self.busy:
            self._become_idle()
            self._confirm_if_idle()

    def _drop_reading(self) -> None:
        self._workers.drop(self._running.pop(_Step.READ, None))
        self._read_order = None
        self._become_idle_if_done()

    def _drop_all(self) -> None:
        self._drop_reading()
        self._read_requested = False
        for step in (_Step.SCAN, _Step.ATTACH, _Step.CONFIRM):
            self._workers.drop(self._running.pop(step, None))
        self._confirmed_projects.clear()
        self._visible_paths = []
