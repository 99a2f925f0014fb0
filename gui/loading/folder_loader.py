"""Folder loader: loads the model, scans a source, finds its project and reads its images.

The commands of a person arrive here, the work runs on worker threads, results go to the session.
"""

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from gui import settings
from gui.jobs.activities import Activities
from gui.jobs.error_reporter import ErrorReporter
from gui.jobs.workers import Workers
from gui.loading import model_tasks, project_tasks
from gui.loading.image_reader import ImageReader
from gui.loading.load_progress import LoadProgress, LoadStage
from gui.loading.load_steps import LoadStep, LoadSteps
from gui.loading.model_loader import ModelLoader
from gui.loading.project_attacher import ProjectAttacher
from gui.loading.project_files import ProjectFiles
from gui.loading.source_scan import SourceScan
from gui.state.decisions import Decisions
from gui.state.session import Session


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
        self._scan = SourceScan(session, decisions, self._steps, self._progress)
        self._scan.done.connect(self._on_scanned)
        self._scan.sample_drawn.connect(self.open)
        self._reader = ImageReader(session, self._steps, self._progress, self._models.model_session)
        self._files = ProjectFiles(decisions, self._steps, self)
        self._files.recent_found.connect(self.recent_found)
        self._files.images_found.connect(self.open)
        self._files.images_folder_needed.connect(self.images_folder_needed)
        self._attacher = ProjectAttacher(session, decisions, self._steps, errors)
        self._attacher.attached.connect(self._on_project_attached)
        self._attacher.corrected.connect(self.project_attached)
        self._attacher.choice_needed.connect(self.project_choice_needed)
        self._read_requested = False
        self._project_file: Path | None = None
        self._paths: tuple[Path, ...] = ()
        self._startup_model: str | None = None
        self._uses_project_model = False
        session.cells_redrawn.connect(self.read)

    @property
    def busy(self) -> bool:
        """True if a person waits for something."""
        steps = self._steps
        # Reading starts as soon as the model and the project are there.
        is_waiting = self._read_requested and steps.are_running(LoadStep.MODEL, LoadStep.ATTACH)
        return is_waiting or steps.are_running(LoadStep.SCAN, LoadStep.READ)

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
        self._scan.start(paths, project, fields)

    def open_project(self, file: Path) -> None:
        """Open a project's file with its images, or ask where the images are."""
        self._files.open(file)

    def find_recent(self) -> None:
        """Find the folders that were opened before."""
        self._files.find_recent()

    def open_sample(self) -> None:
        """Draw the sample unless it is there already, and open it."""
        self._drop_all()
        self._scan.draw_sample()

    def choose_project(self, file: Path | None) -> None:
        """Attach the given project to the open folder, or a new one for None."""
        self._attacher.attach(file, new=file is None)

    def save_copy(self, file: Path) -> None:
        """Save the open project as one file."""
        self._files.save_copy(file)

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
        self._reader.prioritise(paths)

    def close(self) -> None:
        """Stop everything and free the model; call it before the window is destroyed."""
        self._workers.close()
        self._decisions.release()
        self._steps.mark_done(LoadStep.SCAN, LoadStep.READ, LoadStep.MODEL)
        self._models.model_session.close()
        self._become_idle()

    def _on_scanned(self) -> None:
        table = self._session.table
        if table is None or table.is_empty:
            self.read()
            return
        task = self._attacher.attach(self._project_file)
        if task is not None:
            # Reading waits for the project: both at once would slow the window down.
            self._read_requested = True
            task.finished.connect(self.read)

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
        if not self._read_requested or self._steps.are_running(
            LoadStep.SCAN, LoadStep.ATTACH, LoadStep.READ
        ):
            return
        loading = self._steps.task(LoadStep.MODEL)
        if loading is not None:
            self._progress.announce(LoadStage.PREPARE, loading)
            return
        self._read_requested = False
        self._reader.start()

    def _become_idle(self) -> None:
        self._progress.clear()
        self.became_idle.emit()

    def _on_finished(self) -> None:
        self._reader.forget_if_done()
        if self._read_requested:
            self._read_if_ready()  # Cells were added meanwhile.
        self._become_idle_if_done()

    def _become_idle_if_done(self) -> None:
        if not self.busy:
            self._become_idle()
            self._confirm_if_idle()

    def _drop_reading(self) -> None:
        self._reader.drop()
        self._become_idle_if_done()

    def _drop_all(self) -> None:
        self._drop_reading()
        self._read_requested = False
        self._steps.drop(LoadStep.SCAN)
        self._attacher.reset()
        self._reader.prioritise([])
