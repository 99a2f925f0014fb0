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

Wish = tuple["ImageRecord", int]
"""An image and the edge of its thumbnail in pixels."""

_DECODERS = max(1, min(3, (os.cpu_count() or 2) - 1))
_CACHE_BYTES = 192 << 20


def to_image(pixels: "Pixels") -> QImage:
    """Return RGB pixels as an image of its own memory, in the format that paints fastest."""
    height, width = pixels.shape[:2]
    borrowed = QImage(pixels.tobytes(), width, height, 3 * width, QImage.Format.Format_RGB888)
    return borrowed.convertToFormat(QImage.Format.Format_RGB32)


class _Requests:
    """What the decoders shall do next: what is in sight in the order of painting, then what is ahead."""

    def __init__(self) -> None:
        self._condition = threading.Condition()
        self._seen: dict[str, Wish] = {}
        self._ahead: dict[str, Wish] = {}
        self._closed = False

    def ask(self, wish: Wish, *, ahead: bool) -> None:
        path = wish[0].path
        with self._condition:
            for queue in (self._seen, self._ahead):
                queue.pop(path, None)
            (self._ahead if ahead else self._seen)[path] = wish
            self._condition.notify()

    def keep_only(self, paths: set[str]) -> list[str]:
        """Forget every wish but these; return the forgotten."""
        with self._condition:
            gone = [path for path in (*self._seen, *self._ahead) if path not in paths]
            for path in gone:
                self._seen.pop(path, None)
                self._ahead.pop(path, None)
            return gone

    def take(self, job: Job) -> Wish | None:
        with self._condition:
            while not (self._seen or self._ahead or self._closed):
                self._condition.wait(0.5)
                job.check()
            if self._closed:
                return None
            queue = self._seen or self._ahead
            return queue.pop(next(iter(queue)))

    def close(self) -> None:
        with self._condition:
            self._closed = True
            self._condition.notify_all()


def decode(job: Job, requests: _Requests, source: "Source") -> None:
    """Make thumbnails until the requests are closed; partial results are (wish, image or reason)."""
    from engine.images.thumbnails import thumbnail

    while (wish := requests.take(job)) is not None:
        record, edge = wish
        try:
            result: QImage | Message = to_image(thumbnail(source, record, edge))
        except Problem as problem:
            result = problem.message
        job.partial((wish, result))


class Thumbnails(QObject):
    """The cache of thumbnails of the open source, and the threads that fill it."""

    ready = Signal(object)
    """The path of an image whose thumbnail, or the reason why there is none, is there."""

    def __init__(self, workers: Workers) -> None:
        super().__init__(workers)
        self._workers = workers
        self._requests = _Requests()
        self._tasks: list[Task] = []
        self._pending: dict[str, tuple[Wish, bool]] = {}
        self._images: collections.OrderedDict[str, tuple[Wish, QImage]] = collections.OrderedDict()
        self._reasons: dict[str, tuple[ImageRecord, Message]] = {}
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

    def get(self, record: "ImageRecord", *, ahead: bool = False) -> QImage | None:
        """Return what is there, of another size if need be, and see to it that the right one comes.

        `ahead`: it is not in sight yet, and comes after all that is.
        """
        path, wish = record.path, (record, self.edge)
        held = self._images.get(path)
        if held is not None:
            self._images.move_to_end(path)
            # A record of the same path that is another one means that the file is.
            if held[0] == wish:
                return held[1]
        failed = self._reasons.get(path)
        asked = self._pending.get(path) in ((wish, False), (wish, ahead))
        if not asked and (failed is None or failed[0] != record):
            self._pending[path] = (wish, ahead)
            self._requests.ask(wish, ahead=ahead)
        return held[1] if held else None

    def prefetch(self, records: "Sequence[ImageRecord]") -> None:
        """Have images made that will be looked at next, as far as they do not push out what is in sight."""
        most = _CACHE_BYTES // (8 * self.edge * self.edge)
        for record in records[:most]:
            self.get(record, ahead=True)

    def peek(self, path: str) -> QImage | None:
        """Return what is there and ask for nothing."""
        held = self._images.get(path)
        return held[1] if held else None

    def reason(self, path: str) -> Message | None:
        """Return why an image has no thumbnail, if it has none."""
        failed = self._reasons.get(path)
        return failed[1] if failed else None

    def keep_only(self, paths: set[str]) -> None:
        """Forget the wishes for what is no longer in sight, and what failed there: it may come back."""
        for path in self._requests.keep_only(paths):
            self._pending.pop(path, None)
        for path in self._reasons.keys() - paths:
            del self._reasons[path]

    def _take(self, made: "tuple[Wish, QImage | Message]") -> None:
        wish, result = made
        path = wish[0].path
        old = self._images.get(path)
        if self._pending.get(path, (None,))[0] == wish:
            del self._pending[path]
        elif old is not None:
            return  # another size or file was asked for since, and may be there already
        if isinstance(result, Message):
            self._reasons[path] = (wish[0], result)
        else:
            self._images.pop(path, None)
            self._bytes += result.sizeInBytes() - (old[1].sizeInBytes() if old else 0)
            self._images[path] = (wish, result)
            while self._bytes > _CACHE_BYTES and len(self._images) > 1:
                _, (_, dropped) = self._images.popitem(last=False)
                self._bytes -= dropped.sizeInBytes()
        self.ready.emit(path)
