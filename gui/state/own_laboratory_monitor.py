"""Confirmed cells in the background: measured accuracy, and prediction sets recalibrated on them."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from engine.jobs import Job
from gui.jobs.workers import Task, Workers
from gui.state.session import Session
from gui.state.trained_images import TrainedImages

if TYPE_CHECKING:
    from engine.classify.bundle import Bundle
    from engine.evaluate.own_laboratory import OwnLaboratory
    from engine.images.source import Source
    from engine.project.project import Project
    from gui.state.image_table import ImageTable

_DELAY_MS = 2500


class OwnLaboratoryMonitor(QObject):
    """Measures the confirmed cells again when decisions or the model change; the newest result counts."""

    changed = Signal(object)
    """An `OwnLaboratory`, None while there are too few confirmed cells."""

    def __init__(
        self,
        session: Session,
        workers: Workers,
        trained_images: TrainedImages,
        project: "Callable[[], Project | None]",
    ) -> None:
        super().__init__(session)
        self._session = session
        self._trained_images = trained_images
        self._workers = workers
        self._project = project
        self._task: Task | None = None
        self.current: OwnLaboratory | None = None
        self._timer = QTimer(self, singleShot=True, interval=_DELAY_MS)
        self._timer.timeout.connect(self._start)
        session.opened.connect(self._restart)
        session.model_changed.connect(self._on_model_changed)
        # Only once decisions pause: each measurement reads all of them.
        session.decided.connect(self._timer.start)
        session.updated.connect(self._schedule)

    def stop(self) -> None:
        """Start no further tasks."""
        self._timer.stop()

    def _restart(self) -> None:
        self._workers.drop(self._task)
        self._task = None
        self._set(None)

    def _on_model_changed(self) -> None:
        # The figures of another model are void.
        self._workers.drop(self._task)
        self._task = None
        self._set(None)
        self._schedule()

    def _schedule(self, *_: object) -> None:
        if not self._timer.isActive():
            self._timer.start()

    def _start(self) -> None:
        from engine.evaluate.own_laboratory import MIN_MEASURED

        session, project = self._session, self._project()
        table, model, source = session.table, session.active_model, session.source
        if table is None or model is None or source is None or project is None:
            return
        if int(((table.column("label") >= 0) & table.read).sum()) < MIN_MEASURED:
            self._set(None)
            return
        self._workers.drop(self._task)
        self._task = self._workers.start(
            measure_confirmed, model.bundle, source, table, project, self._trained_images
        )
        self._task.done.connect(self._set)

    def _set(self, own: "OwnLaboratory | None") -> None:
        from engine.classify.prediction_sets import COVERAGE

        if own == self.current:
            return
        self.current = own
        self._session.set_prediction_set_threshold(own.threshold if own else COVERAGE)
        self.changed.emit(own)


def measure_confirmed(
    job: Job,
    bundle: "Bundle",
    source: "Source",
    table: "ImageTable",
    project: "Project",
    trained_images: TrainedImages,
) -> "OwnLaboratory | None":
    """Measure the images that were decided one by one and that the model was not trained on."""
    from engine.evaluate.own_laboratory import measure_own_laboratory
    from engine.project.confirmed_labels import confirmed_labels

    labels = confirmed_labels(project)
    read = table.read
    rows = table.rows(labels)
    rows = rows[read[rows]]
    records = [record for row in rows.tolist() if (record := table.records[row]) is not None]
    unseen = rows[~trained_images.find(job, bundle, source, records)]
    if not len(unseen):
        return None
    return measure_own_laboratory(
        [labels[table.paths[row]] for row in unseen.tolist()],
        table.readings.probabilities(unseen),
        bundle.card.classes,
        table.merged,
    )
