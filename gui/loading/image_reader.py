"""Image reader: reads the images without a reading, visible ones first."""

from typing import TYPE_CHECKING

from gui.loading import model_tasks
from gui.loading.load_progress import LoadProgress, LoadStage
from gui.loading.load_steps import LoadStep, LoadSteps
from gui.state.active_model import ModelSession
from gui.state.session import Session

if TYPE_CHECKING:
    from engine.classify.read_queue import ReadQueue


class ImageReader:
    """The reading step of the folder loader."""

    def __init__(
        self,
        session: Session,
        steps: LoadSteps,
        progress: LoadProgress,
        model_session: ModelSession,
    ) -> None:
        self._session = session
        self._steps = steps
        self._progress = progress
        self._model_session = model_session
        self._order: ReadQueue | None = None
        self._visible_paths: list[str] = []

    def start(self) -> None:
        """Read what is unread, with the active model."""
        session = self._session
        records = session.unread() if session.active_model else []
        if not records:
            return
        from engine.classify.read_queue import ReadQueue

        self._order = ReadQueue()
        self._order.prioritise(self._visible_paths)
        task = self._steps.start(
            LoadStep.READ,
            model_tasks.read_images,
            self._model_session,
            session.active_model,
            session.source,
            records,
            self._order,
        )
        task.partial.connect(session.add_readings)
        self._progress.announce(LoadStage.READ, task)

    def prioritise(self, paths: list[str]) -> None:
        """Read these images first, now and when reading starts."""
        self._visible_paths = paths
        if self._order is not None:
            self._order.prioritise(paths)

    def drop(self) -> None:
        """Stop reading and discard what is still reported."""
        self._steps.drop(LoadStep.READ)
        self._order = None

    def forget_if_done(self) -> None:
        """Forget the order once the reading has ended."""
        if not self._steps.are_running(LoadStep.READ):
            self._order = None
