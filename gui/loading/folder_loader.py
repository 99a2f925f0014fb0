"""Folder loader: loads the model, scans a source, finds its project and reads its images.

The commands of a person arrive here, the work runs on worker threads, results go to the session.
"""

import enum
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QObject, Signal

from engine.paths import cache_dir
from gui import settings
from gui.jobs import garbage_collection
from gui.jobs.activities import Activities
from gui.jobs.error_reporter import ErrorReporter
from gui.jobs.workers import Workers
from gui.loading import model_tasks, project_tasks, scan_tasks
from gui.loading.load_progress import LoadProgress, LoadStage
from gui.loading.load_steps import LoadStep, LoadSteps
from gui.loading.model_loader import ModelLoader
from gui.loading.project_attacher import ProjectAttacher
from gui.state.decisions import Decisions
from gui.state.session import Session

if TYPE_CHECKING:
    from engine.classify.read_queue import ReadQueue
    from engine.fields.field_source import FieldSource


class LoadState(enum.Enum):
    """The state of the loader as far as a person waits for it."""

    IDLE = enum.auto()
    SCANNING = enum.auto()
    """Images are being listed, or the sample is being drawn."""
    WAITING = enum.auto()
    """Images are to be read as soon as the model and the project are there."""
    READING = enum.auto()


class FolderLoader(QObject):
    """Runs the loading steps of one window, one task a step, in their order."""

    stage_started = Signal(object)
    """The `LoadStage` that a person waits for now."""
    became_idle = Signal()
    """A person waits for nothing any more."""
    project_attached = Signal(object)
    """A `project_tasks.AttachedProject`: the project of the source is open."""
    project_choice_needed = Signal(object)
    """A `project_tasks.ProjectChoice`: several projects fit; `choose_project` answers."""
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
        self._steps = LoadSteps(workers, errors, self._on_finished)
        self._progress = LoadProgress(activities, self.cancel, self)
        self._progress.stage_started.connect(self.stage_started)
        self._models = ModelLoader(session, self._steps, self._progress, errors)
        self._models.found.connect(self.models_found)
        self._models.loaded.connect(self._read_if_ready)
        self._attacher = ProjectAttacher(session, decisions, self._steps, errors)
        self._attacher.attached.connect(self._on_project_attached)
        self._attacher.corrected.connect(self.project_attached)
        self._attacher.choice_needed.connect(self.project_choice_needed)
        self._read_order: ReadQueue | None = None
        self._visible_paths: list[str] = []
        self._read_requested = False
        self._project_file: Path | None = None
        self._paths: tuple[Path, ...] = ()
        self._startup_model: str | None = None
        self._uses_project_model = False
        session.cells_redrawn.connect(self.read)

    @property
    def state(self) -> LoadState:
        """The state, derived from the tasks that run."""
        if self._steps.are_running(LoadStep.SCAN):
            return LoadState.SCANNING
        if self._steps.are_running(LoadStep.READ):
            return LoadState.READING
        if self._read_requested and self._steps.are_running(LoadStep.MODEL, LoadStep.ATTACH):
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
        self._drop_reading()
        self._read_requested = bool(self._session.total)
        task = self._models.load(model)
        if self._read_requested:
            self._progress.announce(LoadStage.PREPARE, task)

    def choose_model(self, model: str) -> None:
        """Use the model that a person chose, now and at the next start."""
        settings.save_setting(model_tasks.MODEL_SETTING, model)
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
        task = self._steps.start(LoadStep.SCAN, scan_tasks.scan_source, paths, project, fields)
        task.partial.connect(self._on_scan_progress)
        task.done.connect(self._on_scanned)
        self._progress.announce(LoadStage.SCAN, task)

    def open_project(self, file: Path) -> None:
        """Open a project's file with its images, or ask where the images are."""
        task = self._steps.run(project_tasks.register_project, file)
        task.done.connect(self._on_registered)

    def find_recent(self) -> None:
        """Find the folders that were opened before."""
        task = self._steps.run(project_tasks.find_recent_folders)
        task.done.connect(self.recent_found)

    def open_sample(self) -> None:
        """Draw the sample unless it is there already, and open it."""
        self._drop_all()
        task = self._steps.start(LoadStep.SCAN, scan_tasks.draw_sample, cache_dir() / "sample")
        task.done.connect(self.open)
        self._progress.announce(LoadStage.SAMPLE, task)

    def choose_project(self, file: Path | None) -> None:
        """Attach the given project to the open folder, or a new one for None."""
        self._attacher.attach(file, new=file is None)

    def save_copy(self, file: Path) -> None:
        """Save the open project as one file."""
        project = self._decisions.project
        if project is not None:
            self._steps.run(project_tasks.save_project_copy, project, file)

    def read(self) -> None:
        """Read the images that have no reading yet, once the model is loaded."""
        self._read_requested = True
        self._read_if_ready()

    def cancel(self) -> None:
        """Stop the running work and keep what was read.

        A model whose network is still being made is replaced by the fast one.
        """
        if self._models.is_preparing:
            from engine.classify.models import FAST_MODEL

            was_requested = self._read_requested
            self.load_model(FAST_MODEL)
            self._read_requested = was_requested or self._read_requested
            return
        if self._read_requested and self._steps.are_running(LoadStep.MODEL):
            self._read_requested = False
            self._become_idle()
        self._steps.cancel(LoadStep.SCAN, LoadStep.READ)

    def prioritise(self, paths: list[str]) -> None:
        """Read the visible images first."""
        self._visible_paths = paths
        if self._read_order is not None:
            self._read_order.prioritise(paths)

    def close(self) -> None:
        """Stop everything and free the model; call it before the window is destroyed."""
        self._workers.close()
        self._decisions.release()
        self._steps.mark_done(LoadStep.SCAN, LoadStep.READ, LoadStep.MODEL)
        self._models.model_session.close()
        self._become_idle()

    def _on_scan_progress(self, result: Any) -> None:
        # The source first, then lists of its files.
        if isinstance(result, list):
            self._session.add(result)
        else:
            # Not before: if nothing can be opened, the shown folder goes on with its project.
            self._decisions.release()
            self._session.open(result)
            task = self._steps.task(LoadStep.SCAN)
            if self._session.holds_fields and task is not None:
                self._progress.announce(LoadStage.FIND, task)

    def _on_scanned(self) -> None:
        garbage_collection.freeze_if_large(self._session.total)
        self._steps.mark_done(LoadStep.SCAN)
        table, source = self._session.table, self._session.source
        if table is not None and self._session.holds_fields:
            table.fields.add(cast("FieldSource", source).searched_fields)
        # Fields without any cell have a project too: a cell may be added to them.
        if table is None or not (any(table.records) or table.fields.paths):
            self.read()
            return
        task = self._attacher.attach(self._project_file)
        if task is not None:
            # Reading waits for the project: both at once would slow the window down.
            self._read_requested = True
            task.finished.connect(self.read)

    def _on_registered(self, registered: project_tasks.RegisteredProject) -> None:
        if registered.root is None:
            self.images_folder_needed.emit(registered.file)
        else:
            self.open(registered.root, registered.file)

    def _on_project_attached(self, attached: project_tasks.AttachedProject) -> None:
        self._switch_model(attached.model)
        self.project_attached.emit(attached)
        self._confirm_if_idle()

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
        # Only while nothing else needs the disk.
        if not self.busy:
            self._attacher.confirm_links()

    def _read_if_ready(self) -> None:
        session = self._session
        if not self._read_requested or self._steps.are_running(
            LoadStep.SCAN, LoadStep.ATTACH, LoadStep.READ
        ):
            return
        loading = self._steps.task(LoadStep.MODEL)
        if loading is not None:
            self._progress.announce(LoadStage.PREPARE, loading)
            return
        self._read_requested = False
        if not session.active_model:
            return
        records = session.unread()
        if not records:
            return
        from engine.classify.read_queue import ReadQueue

        self._read_order = ReadQueue()
        self._read_order.prioritise(self._visible_paths)
        task = self._steps.start(
            LoadStep.READ,
            model_tasks.read_images,
            self._models.model_session,
            session.active_model,
            session.source,
            records,
            self._read_order,
        )
        task.partial.connect(session.add_readings)
        self._progress.announce(LoadStage.READ, task)

    def _become_idle(self) -> None:
        self._progress.clear()
        self.became_idle.emit()

    def _on_finished(self) -> None:
        if not self._steps.are_running(LoadStep.READ):
            self._read_order = None
        if self._read_requested:
            self._read_if_ready()  # Cells were added meanwhile.
        self._become_idle_if_done()

    def _become_idle_if_done(self) -> None:
        if not self.busy:
            self._become_idle()
            self._confirm_if_idle()

    def _drop_reading(self) -> None:
        self._steps.drop(LoadStep.READ)
        self._read_order = None
        self._become_idle_if_done()

    def _drop_all(self) -> None:
        self._drop_reading()
        self._read_requested = False
        self._steps.drop(LoadStep.SCAN)
        self._attacher.reset()
        self._visible_paths = []
