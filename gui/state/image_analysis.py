"""Image analysis in the background: similar images, reasons for review, and the folder's fit to the model."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from engine.jobs import Job
from engine.messages import Message
from gui.jobs.workers import Task, Workers
from gui.state.image_analysis_tasks import (
    FolderAssessment,
    assess_folder,
    check_fields,
)
from gui.state.review_reasons import review_reasons
from gui.state.session import Session
from gui.state.similar_images import SimilarImages
from gui.state.trained_images import TrainedImages

if TYPE_CHECKING:
    from gui.state.active_model import ActiveModel
    from gui.state.image_columns import Mask, Rows
    from gui.state.image_item import ImageItem
    from gui.state.image_table import ImageTable

_IMAGE_DELAY_MS = 120
_FOLDER_DELAY_MS = 1500
_FIELD_SAMPLES = 24
_GROWTH_FACTOR = 4 / 3
"""Growth of the number of images read after which the folder is assessed again."""


class ImageAnalysis(QObject):
    """Follows the session; of each kind only the newest task counts, results are sent by signals."""

    neighbours = Signal(object)
    """A list of (class id, list of (path, cosine similarity)): the predicted class, then the runner-up."""
    reasons = Signal(object)
    """The messages on reasons the current image should be reviewed."""
    folder_assessed = Signal(object, object)
    """The topic (`unlike`, `accuracy` or `fields`) and its message, None for no message."""

    def __init__(self, session: Session, workers: Workers, trained_images: TrainedImages) -> None:
        super().__init__(session)
        self._session = session
        self._trained_images = trained_images
        self._workers = workers
        self._assessed_count = 0
        self._model_id = ""
        self._reason_sources: list[Callable[[ImageItem], list[Message]]] = []
        self._similar = SimilarImages(session, workers, self)
        self._similar.found.connect(self.neighbours)
        self._folder_task: Task | None = None
        self._fields_task: Task | None = None
        self._image_timer = QTimer(self, singleShot=True, interval=_IMAGE_DELAY_MS)
        self._image_timer.timeout.connect(self._analyse_image)
        self._folder_timer = QTimer(self, singleShot=True, interval=_FOLDER_DELAY_MS)
        self._folder_timer.timeout.connect(self._start_folder_task)
        session.opened.connect(self._restart)
        session.current_changed.connect(self._image_timer.start)
        session.findings_changed.connect(self._update_reasons)
        session.assessments_changed.connect(self._update_reasons)
        session.updated.connect(self._schedule_folder)
        session.cells_redrawn.connect(self._schedule_folder)
        session.model_changed.connect(self._on_model_changed)

    def check_for_fields(self) -> None:
        """Check on a sample of the scanned images whether they are fields of many cells."""
        source, table = self._session.source, self._session.table
        if source is None or table is None or self._session.holds_fields:
            return
        records = [record for record in table.records if record is not None]
        sample = records[:: max(1, len(records) // _FIELD_SAMPLES)][:_FIELD_SAMPLES]
        self._workers.drop(self._fields_task)
        self._fields_task = self._workers.start(check_fields, source, sample)
        self._fields_task.done.connect(self._on_fields_checked)

    def add_reason_source(self, reasons: "Callable[[ImageItem], list[Message]]") -> None:
        """Add a function that returns further reasons for an image."""
        self._reason_sources.append(reasons)

    def stop(self) -> None:
        """Start no further tasks."""
        self._image_timer.stop()
        self._folder_timer.stop()

    def _restart(self) -> None:
        self._similar.drop()
        for task in (self._folder_task, self._fields_task):
            self._workers.drop(task)
        self._folder_task = self._fields_task = None
        self._assessed_count = 0
        self.folder_assessed.emit("unlike", None)
        self.folder_assessed.emit("fields", None)
        self.folder_assessed.emit("accuracy", None)

    def _analyse_image(self) -> None:
        item = self._session.current
        self._update_reasons()
        self._similar.drop()
        table, model = self._session.table, self._session.active_model
        if item is None or item.prediction is None or table is None or model is None:
            self.neighbours.emit([])
            return
        self._similar.find(item.path, [*item.prediction.shares][:2])

    def _update_reasons(self) -> None:
        item = self._session.current
        self.reasons.emit(self._reasons(item) if item is not None else [])

    def _reasons(self, item: "ImageItem") -> list[Message]:
        reasons = []
        if item.problem is not None:
            reasons.append(item.problem)
        return (
            reasons
            + review_reasons(self._session, item)
            + [reason for source in self._reason_sources for reason in source(item)]
        )

    def _on_model_changed(self) -> None:
        """Discard the results of another model."""
        active = self._session.active_model
        model_id = active.card.model_id if active else ""
        if model_id == self._model_id:
            return
        self._model_id = model_id
        self._workers.drop(self._folder_task)
        self._folder_task, self._assessed_count = None, 0
        self.folder_assessed.emit("unlike", None)
        self.folder_assessed.emit("accuracy", None)
        self._schedule_folder()

    def _schedule_folder(self) -> None:
        if not self._folder_timer.isActive():
            self._folder_timer.start()

    def _start_folder_task(self) -> None:
        table, model = self._session.table, self._session.active_model
        if table is None or table.readings.embeddings is None or model is None:
            return
        if self._folder_task is not None and self._folder_task.running:
            self._folder_timer.start()
            return
        rows = table.read.nonzero()[0]
        # Again only after a third more images, and at the end.
        if len(rows) < _GROWTH_FACTOR * self._assessed_count and table.has_unread():
            return
        self._assessed_count = len(rows)
        # At the end only: the hashes of training images take time that reading can use.
        find_trained = None if table.has_unread() else self._trained_finder(table, model)
        self._folder_task = self._workers.start(
            assess_folder,
            model.bundle,
            rows,
            table.readings.embeddings,
            table.column("confidence")[rows],
            find_trained,
        )
        self._folder_task.done.connect(self._on_folder_assessed)

    def _trained_finder(
        self, table: "ImageTable", model: "ActiveModel"
    ) -> "Callable[[Job, Rows], Mask] | None":
        """Return a function for worker threads: which of some rows are training images of the model."""
        from gui.state.class_codes import NONE

        source, records = self._session.source, table.records
        # Training images have a label, from a person or their folder.
        is_labelled = table.labelled_classes() != NONE
        if source is None or not is_labelled.any():
            return None

        def find_trained(job: Job, rows: "Rows") -> "Mask":
            found: Mask = is_labelled[rows]
            labelled = [record for row in rows[found].tolist() if (record := records[row])]
            found[found] = self._trained_images.find(job, model.bundle, source, labelled)
            return found

        return find_trained

    def _on_folder_assessed(self, found: FolderAssessment | None) -> None:
        table = self._session.table
        if found is None or table is None:
            self.folder_assessed.emit("unlike", None)
            return
        rows, distances, message, accuracy = found
        table.set_relative_distances(rows, distances)
        self.folder_assessed.emit("unlike", message)
        self.folder_assessed.emit("accuracy", accuracy)
        # Facets count these distances, and the current image may be among the rows.
        self._session.assessments_changed.emit()

    def _on_fields_checked(self, message: Message | None) -> None:
        self.folder_assessed.emit("fields", message)
