"""Field loader: decodes the field of the current cell on a worker thread; the newest request counts."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QObject, Signal

from engine.fields.cell_path import split_cell_path
from engine.jobs import Job
from gui.gallery.thumbnails import to_qimage
from gui.jobs.workers import Task, Workers
from gui.state.cell_boxes import FieldFacts
from gui.state.session import Session

if TYPE_CHECKING:
    from engine.fields.field_source import FieldSource
    from engine.images.record import ImageRecord


@dataclass(frozen=True, slots=True)
class ShownField:
    """A decoded field as a `QImage`, and its content hash."""

    path: str
    image: Any
    content_hash: str

    @property
    def facts(self) -> FieldFacts:
        """The facts on the field that drawn boxes need."""
        return FieldFacts(self.path, self.content_hash, self.image.width(), self.image.height())


def decode_field(job: Job, source: "FieldSource", path: str, record: "ImageRecord") -> ShownField:
    """Decode the field of a cell at full size; raises `Problem`."""
    field = source.load_field(record)
    job.check()
    return ShownField(path, to_qimage(field.image.pixels), field.image.content_hash)


class FieldLoader(QObject):
    """Provides the field of the current cell, or one without a cell; None for others and until decoded."""

    changed = Signal()

    def __init__(self, session: Session, workers: Workers) -> None:
        super().__init__(workers)
        self._session = session
        self._workers = workers
        self._path: str | None = None
        self._task: Task | None = None
        self.field: ShownField | None = None
        session.opened.connect(self._reset)
        session.current_changed.connect(self._load_current)

    def _reset(self) -> None:
        self._workers.drop(self._task)
        self._task = self._path = self.field = None
        self.changed.emit()

    def _load_current(self) -> None:
        item = self._session.current
        parts = split_cell_path(item.path) if item and self._session.holds_fields else None
        path = parts[0] if parts else self._session.empty_field
        if path == self._path:
            return
        self._reset()
        self._path = path
        record = item.record if item is not None else None
        if item is None and path is not None:
            record = cast("FieldSource", self._session.source).field_record(path)
        if record is not None and path is not None:
            task = self._workers.start(decode_field, self._session.source, path, record)
            task.done.connect(self._on_decoded)
            self._task = task

    def _on_decoded(self, field: ShownField) -> None:
        self._task = None
        self.field = field
        self.changed.emit()
