"""The large picture of the image that is looked at, decoded on a worker thread; the newest wish wins."""

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

_KEPT = 12


@dataclass(frozen=True, slots=True)
class DecodedImage:
    """An image decoded to be looked at: its picture (a QImage) and what decoding had to decide."""

    path: str
    image: Any
    notes: tuple[Message, ...]


def decode_image(job: Job, source: "Source", record: "ImageRecord") -> DecodedImage:
    """Decode one image in full; raises `Problem`."""
    picture = source.load(record)
    job.check()
    return DecodedImage(record.path, to_qimage(picture.pixels), picture.notes)


class ImageLoader(QObject):
    """What there is to see of the current image: at once its thumbnail, soon the whole picture."""

    changed = Signal()

    def __init__(self, session: Session, workers: Workers, thumbnails: ThumbnailCache) -> None:
        super().__init__(workers)
        self._session = session
        self._workers = workers
        self._thumbnails = thumbnails
        self._kept: OrderedDict[str, DecodedImage] = OrderedDict()
        self._path: str | None = None
        self._task: Task | None = None
        self.problem: Message | None = None
        """Why the current image cannot be shown, if it cannot."""
        session.opened.connect(self._kept.clear)
        session.current_changed.connect(self._look)

    @property
    def path(self) -> str | None:
        """Which image it is."""
        return self._path

    @property
    def image(self) -> QImage | None:
        """The picture, or its thumbnail until it is there."""
        if self._path is None:
            return None
        whole = self._kept.get(self._path)
        return whole.image if whole else self._thumbnails.peek(self._path)

    @property
    def size(self) -> QSize | None:
        """The size of the whole picture in pixels, once known."""
        whole = self._kept.get(self._path) if self._path else None
        return whole.image.size() if whole else None

    @property
    def notes(self) -> tuple[Message, ...]:
        """What decoding had to decide."""
        whole = self._kept.get(self._path) if self._path else None
        return whole.notes if whole else ()

    def _look(self) -> None:
        item = self._session.current
        path = item.path if item else None
        if path == self._path and path in self._kept:
            return
        if path != self._path or self._task is None:
            self._workers.drop(self._task)
            self._task = None
            self._path = path
            self.problem = item.problem if item else None
            if item and item.record and path not in self._kept:
                self._task = self._workers.start(decode_image, self._session.source, item.record)
                self._task.done.connect(self._take)
                self._task.failed.connect(self._fail)
            self.changed.emit()

    def _take(self, shown: DecodedImage) -> None:
        self._kept[shown.path] = shown
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        self._task = None
        self.changed.emit()

    def _fail(self, reason: Message) -> None:
        self._task = None
        self.problem = reason
        self.changed.emit()
