"""Model loader: loads the network of a model, and hands the model to the session."""

from PySide6.QtCore import QObject, Signal

from gui.jobs.error_reporter import ErrorReporter
from gui.jobs.workers import Task
from gui.loading import model_tasks
from gui.loading.load_progress import LoadProgress, LoadStage
from gui.loading.load_steps import LoadStep, LoadSteps
from gui.state.active_model import ModelSession
from gui.state.session import Session


class ModelLoader(QObject):
    """Loads one model at a time; its `model_session` has the network."""

    found = Signal(tuple, str)
    """The available models as (name, title) pairs, and the name of the active one."""
    loaded = Signal()
    """The network is ready."""

    def __init__(
        self, session: Session, steps: LoadSteps, progress: LoadProgress, errors: ErrorReporter
    ) -> None:
        super().__init__(session)
        self._session = session
        self._steps = steps
        self._progress = progress
        self._errors = errors
        self.model_session = ModelSession()
        self.is_preparing = False
        """True while a network is being made (once per computer)."""

    def load(self, name: str | None) -> Task:
        """Find and load a model, the default one without a name."""
        self.is_preparing = False
        task = self._steps.start(LoadStep.MODEL, model_tasks.load_model, self.model_session, name)
        task.partial.connect(self._on_found)
        task.done.connect(self._on_loaded)
        return task

    def _on_found(self, models: model_tasks.AvailableModels) -> None:
        self.is_preparing = bool(models.in_preparation)
        task = self._steps.task(LoadStep.MODEL)
        if models.in_preparation and task is not None:
            self._progress.announce(LoadStage.MAKE, task, models.in_preparation)
        if models.notes:
            self._errors.report(*models.notes)
        self._session.set_model(models.active)
        self.found.emit(models.choices, models.active.name)

    def _on_loaded(self, _: model_tasks.AvailableModels) -> None:
        self._steps.mark_done(LoadStep.MODEL)
        self.loaded.emit()
