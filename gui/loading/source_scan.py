"""Source scan: lists the images of a source, or draws the sample, and fills the session meanwhile."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QObject, Signal

from engine.paths import cache_dir
from gui.jobs import garbage_collection
from gui.loading import scan_tasks
from gui.loading.load_progress import LoadProgress, LoadStage
from gui.loading.load_steps import LoadStep, LoadSteps
from gui.state.decisions import Decisions
from gui.state.session import Session

if TYPE_CHECKING:
    from engine.fields.field_source import FieldSource


class SourceScan(QObject):
    """The scanning step of the folder loader."""

    done = Signal()
    """All images are listed."""
    sample_drawn = Signal(object)
    """The folder of the sample."""

    def __init__(
        self, session: Session, decisions: Decisions, steps: LoadSteps, progress: LoadProgress
    ) -> None:
        super().__init__(session)
        self._session = session
        self._decisions = decisions
        self._steps = steps
        self._progress = progress

    def start(self, paths: tuple[Path, ...], project: Path | None, fields: bool | None) -> None:
        """Scan paths as one source; `fields`: as fields or not, None as it was last open."""
        task = self._steps.start(LoadStep.SCAN, scan_tasks.scan_source, paths, project, fields)
        task.partial.connect(self._on_progress)
        task.done.connect(self._on_done)
        self._progress.announce(LoadStage.SCAN, task)

    def draw_sample(self) -> None:
        """Draw the sample unless it is there already."""
        task = self._steps.start(LoadStep.SCAN, scan_tasks.draw_sample, cache_dir() / "sample")
        task.done.connect(self.sample_drawn)
        self._progress.announce(LoadStage.SAMPLE, task)

    def _on_progress(self, result: Any) -> None:
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

    def _on_done(self) -> None:
        garbage_collection.freeze_if_large(self._session.total)
        self._steps.mark_done(LoadStep.SCAN)
        table, source = self._session.table, self._session.source
        if table is not None and self._session.holds_fields:
            table.fields.add(cast("FieldSource", source).searched_fields)
        self.done.emit()
