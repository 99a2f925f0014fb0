"""Image loader: decodes the current image on a worker thread; only the newest request counts."""

from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtGui import QImage

from engine.jobs import Job
from engine.messages import Message
from gui.gallery.thumbnails import ThumbnailCache, to_qimage
from gui.jobs.workers import Task, Workers
from gui.state.session import Session

if TYPE_CHECKING:
    from engine.images.record import ImageRecord
    from engine.images.source import Source

_MAX_CACHED_IMAGES = 12


@dataclass(frozen=True, slots=True)
class DecodedImage:
    """A decoded image as a `QImage`, with notes on the decoding."""

    path: str
    image: Any
    notes: tuple[Message, ...]


def decode_image(
    job: Job, source: "Source", record: "ImageRecord", model_size: int = 0
) -> DecodedImage:
    """Decode one image at full size; raises `Problem`.

    With the input size of a model that fills in deposits, its note on them is added.
    """
    from engine.images.stain_deposits import DEPOSITS_FILLED, has_deposits

    image = source.load(record)
    job.check()
    notes = image.notes
    if model_size and has_deposits(image.pixels, model_size):
        notes = (*notes, DEPOSITS_FILLED)
    return DecodedImage(record.path, to_qimage(image.pixels), notes)


class ImageLoader(QObject):
    """Provides the current image: its thumbnail at once, the decoded image soon after."""

    changed = Signal()

    def __init__(self, session: Session, workers: Workers, thumbnails: ThumbnailCache) -> None:
        super().__init__(workers)
        self._session = session
        self._workers = workers
        self._thumbnails = thumbnails
        self._decoded: OrderedDict[str, DecodedImage] = OrderedDict()
        self._path: str | None = None
        self._task: Task | None = None
        self.problem: Message | None = None
        """The reason why the current image cannot be shown, if it cannot."""
        session.opened.connect(self._decoded.clear)
        session.current_changed.connect(self._load_current)
        session.model_changed.connect(self._reload)

    @property
    def path(self) -> str | None:
        """The path of the current image."""
        return self._path

    @property
    def image(self) -> QImage | None:
        """The decoded image, or its thumbnail until then."""
        if self._path is None:
            return None
        decoded = self._decoded.get(self._path)
        return decoded.image if decoded else self._thumbnails.peek(self._path)

    @property
    def size(self) -> QSize | None:
        """The size of the decoded image in pixels, None until it is known."""
        decoded = self._decoded.get(self._path) if self._path else None
        return decoded.image.size() if decoded else None

    def shows(self, path: str) -> bool:
        """Return whether an image is the current one and decoded, so that a person can see it."""
        return path == self._path and path in self._decoded and self.problem is None

    @property
    def notes(self) -> tuple[Message, ...]:
        """Notes on the decoding, and on what the model in use read instead."""
        decoded = self._decoded.get(self._path) if self._path else None
        return decoded.notes if decoded else ()

    @property
    def _model_size(self) -> int:
        model = self._session.active_model
        if model is None or not model.card.preprocessing.fills_deposits:
            return 0
        return model.card.preprocessing.size

    def _reload(self) -> None:
        """Decode again for another model, whose notes may differ."""
        self._decoded.clear()
        self._path = None
        self._load_current()

    def _load_current(self) -> None:
        item = self._session.current
        path = item.path if item else None
        if path == self._path and path in self._decoded:
            return
        if path != self._path or self._task is None:
            self._workers.drop(self._task)
            self._task = None
            self._path = path
            self.problem = item.problem if item else None
            if item and item.record and path not in self._decoded:
                self._task = self._workers.start(
                    decode_image, self._session.source, item.record, self._model_size
                )
                self._task.done.connect(self._on_decoded)
                self._task.failed.connect(self._on_failed)
            self.changed.emit()

    def _on_decoded(self, decoded: DecodedImage) -> None:
        self._decoded[decoded.path] = decoded
        while len(self._decoded) > _MAX_CACHED_IMAGES:
            self._decoded.popitem(last=False)
        self._task = None
        self.changed.emit()

    def _on_failed(self, reason: Message) -> None:
        self._task = None
        self.problem = reason
        self.changed.emit()
