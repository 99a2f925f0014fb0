"""Small images for the gallery: asked for when a tile is painted, decoded on worker threads, bounded."""

import collections
import os
import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from engine.jobs import Job
from engine.messages import Message, Problem
from gui.workers import Task, Workers

if TYPE_CHECKING:
    from engine.images.record import ImageRecord, Pixels
    from engine.images.source import Source

_DECODERS = max(1, min(3, (os.cpu_count() or 2) - 1))
_CACHE_BYTES = 192 << 20


def to_image(pixels: "Pixels") -> QImage:
    """Return RGB pixels as an image of its own memory, in the format that paints fastest."""
    height, width = pixels.shape[:2]
    borrowed = QImage(pixels.tobytes(), width, height, 3 * width, QImage.Format.Format_RGB888)
    return borrowed.convertToFormat(QImage.Format.Format_RGB32)


class _Requests:
    """What the decoders shall do next: the newest wish first, and only what is still in sight."""

    def __init__(self) -> None:
        self._condition = threading.Condition()
        self._wanted: dict[str, tuple[ImageRecord, int]] = {}
        self._closed = False

    def ask(self, record: "ImageRecord", edge: int) -> None:
        with self._condition:
            self._wanted.pop(record.path, None)
            self._wanted[record.path] = (record, edge)
            self._condition.notify()

    def keep_only(self, paths: set[str]) -> list[str]:
        """Forget every wish but these; return the forgotten."""
        with self._condition:
            gone = [path for path in self._wanted if path not in paths]
            for path in gone:
                del self._wanted[path]
            return gone

    def take(self, job: Job) -> "tuple[ImageRecord, int] | None":
        with self._condition:
            while not self._wanted and not self._closed:
                self._condition.wait(0.5)
                job.check()
            # From the top of the last screen painted: tiles are asked for in the order of painting.
            return None if self._closed else self._wanted.pop(next(iter(self._wanted)))

    def close(self) -> None:
        with self._condition:
            self._closed = True
            self._condition.notify_all()


def decode(job: Job, requests: _Requests, source: "Source") -> None:
    """Make thumbnails until the requests are closed; partial results are (path, edge, image or reason)."""
    from engine.images.thumbnails import thumbnail

    while (wish := requests.take(job)) is not None:
        record, edge = wish
        try:
            result: QImage | Message = to_image(thumbnail(source, record, edge))
        except Problem as problem:
            result = problem.message
        job.partial((record.path, edge, result))


class Thumbnails(QObject):
    """The cache of thumbnails of the open source, and the threads that fill it."""

    ready = Signal(object)
    """The path of an image whose thumbnail, or the reason why there is none, is there."""

    def __init__(self, workers: Workers) -> None:
        super().__init__(workers)
        self._workers = workers
        self._requests = _Requests()
        self._tasks: list[Task] = []
        self._pending: dict[str, int] = {}
        self._images: collections.OrderedDict[str, tuple[int, QImage]] = collections.OrderedDict()
        self._reasons: dict[str, Message] = {}
        self._bytes = 0
        self.edge = 128

    def open(self, source: "Source | None") -> None:
        """Forget everything and serve another source."""
        self.close()
        self._images.clear()
        self._reasons.clear()
        self._bytes = 0
        if source is None:
            return
        self._requests = _Requests()
        for _ in range(_DECODERS):
            task = self._workers.start(decode, self._requests, source)
            task.partial.connect(self._take)
            self._tasks.append(task)

    def close(self) -> None:
        """Let the decoders go; they end with the image they are at."""
        self._requests.close()
        self._pending.clear()
        for task in self._tasks:
            self._workers.drop(task)
        self._tasks.clear()

    def get(self, record: "ImageRecord") -> QImage | None:
        """Return what is there, of another size if need be, and see to it that the right one comes."""
        held = self._images.get(record.path)
        if held is not None:
            self._images.move_to_end(record.path)
            if held[0] == self.edge:
                return held[1]
        if self._pending.get(record.path) != self.edge and record.path not in self._reasons:
            self._pending[record.path] = self.edge
            self._requests.ask(record, self.edge)
        return held[1] if held else None

    def peek(self, path: str) -> QImage | None:
        """Return what is there and ask for nothing."""
        held = self._images.get(path)
        return held[1] if held else None

    def reason(self, path: str) -> Message | None:
        """Return why an image has no thumbnail, if it has none."""
        return self._reasons.get(path)

    def prefetch(self, records: "Sequence[ImageRecord]") -> None:
        """Have images made that will be looked at next, after those that are."""
        for record in records:
            self.get(record)

    def keep_only(self, paths: set[str]) -> None:
        """Forget the wishes for what is no longer in sight."""
        for path in self._requests.keep_only(paths):
            self._pending.pop(path, None)

    def _take(self, made: "tuple[str, int, QImage | Message]") -> None:
        path, edge, result = made
        if self._pending.get(path) == edge:
            del self._pending[path]
        if isinstance(result, Message):
            self._reasons[path] = result
        else:
            old = self._images.pop(path, None)
            self._bytes += result.sizeInBytes() - (old[1].sizeInBytes() if old else 0)
            self._images[path] = (edge, result)
            while self._bytes > _CACHE_BYTES and len(self._images) > 1:
                _, (_, dropped) = self._images.popitem(last=False)
                self._bytes -= dropped.sizeInBytes()
        self.ready.emit(path)
