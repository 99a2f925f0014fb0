"""Thumbnail cache: bounded, filled on demand by decoder threads."""

import collections
import os
import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from engine.jobs import Job
from engine.messages import Message, Problem
from gui.jobs.workers import Task, Workers

if TYPE_CHECKING:
    from engine.images.record import ImageRecord, Pixels
    from engine.images.source import Source

ThumbnailRequest = tuple["ImageRecord", int]
"""An image record and the edge of its thumbnail in pixels."""

_DECODER_THREADS = max(1, min(3, (os.cpu_count() or 2) - 1))
_CACHE_BYTES = 192 << 20


def to_qimage(pixels: "Pixels") -> QImage:
    """Return RGB pixels (h, w, 3) as an image that owns its memory, in the format that paints fastest."""
    height, width = pixels.shape[:2]
    borrowed = QImage(pixels.tobytes(), width, height, 3 * width, QImage.Format.Format_RGB888)
    return borrowed.convertToFormat(QImage.Format.Format_RGB32)


class _RequestQueue:
    """Requests for the decoders: visible images in painting order, then prefetched ones."""

    def __init__(self) -> None:
        self._condition = threading.Condition()
        self._visible: dict[str, ThumbnailRequest] = {}
        self._prefetch: dict[str, ThumbnailRequest] = {}
        self._closed = False

    def put(self, request: ThumbnailRequest, *, ahead: bool) -> None:
        path = request[0].path
        with self._condition:
            for queue in (self._visible, self._prefetch):
                queue.pop(path, None)
            (self._prefetch if ahead else self._visible)[path] = request
            self._condition.notify()

    def keep_only(self, paths: set[str]) -> list[str]:
        """Drop all requests but those for `paths`; return the dropped paths."""
        with self._condition:
            dropped = [path for path in (*self._visible, *self._prefetch) if path not in paths]
            for path in dropped:
                self._visible.pop(path, None)
                self._prefetch.pop(path, None)
            return dropped

    def get(self, job: Job) -> ThumbnailRequest | None:
        with self._condition:
            while not (self._visible or self._prefetch or self._closed):
                self._condition.wait(0.5)
                job.check()
            if self._closed:
                return None
            queue = self._visible or self._prefetch
            return queue.pop(next(iter(queue)))

    def close(self) -> None:
        with self._condition:
            self._closed = True
            self._condition.notify_all()


def decode_thumbnails(job: Job, requests: _RequestQueue, source: "Source") -> None:
    """Decode thumbnails until the queue is closed; partial results are (request, image or failure)."""
    from engine.images.thumbnails import make_thumbnail

    while (request := requests.get(job)) is not None:
        record, edge = request
        try:
            result: QImage | Message = to_qimage(make_thumbnail(source, record, edge))
        except Problem as problem:
            result = problem.message
        job.partial((request, result))


class ThumbnailCache(QObject):
    """Thumbnails of the open source, and the decoder threads that fill the cache."""

    ready = Signal(object)
    """The path of an image whose thumbnail was decoded or failed."""

    def __init__(self, workers: Workers) -> None:
        super().__init__(workers)
        self._workers = workers
        self._requests = _RequestQueue()
        self._tasks: list[Task] = []
        self._pending: dict[str, tuple[ThumbnailRequest, bool]] = {}
        self._images: collections.OrderedDict[str, tuple[ThumbnailRequest, QImage]] = (
            collections.OrderedDict()
        )
        self._failures: dict[str, tuple[ImageRecord, Message]] = {}
        self._bytes = 0
        self.edge = 128

    def open(self, source: "Source | None") -> None:
        """Empty the cache and switch to another source."""
        self.close()
        self._images.clear()
        self._failures.clear()
        self._bytes = 0
        if source is None:
            return
        self._requests = _RequestQueue()
        for _ in range(_DECODER_THREADS):
            task = self._workers.start(decode_thumbnails, self._requests, source)
            task.partial.connect(self._store)
            self._tasks.append(task)

    def close(self) -> None:
        """Stop the decoders after their current image."""
        self._requests.close()
        self._pending.clear()
        for task in self._tasks:
            self._workers.drop(task)
        self._tasks.clear()

    def get(self, record: "ImageRecord", *, ahead: bool = False) -> QImage | None:
        """Return the cached thumbnail, possibly of another size, and request it if missing or outdated.

        `ahead` marks a prefetch, decoded after all visible images.
        """
        path, request = record.path, (record, self.edge)
        cached = self._images.get(path)
        if cached is not None:
            self._images.move_to_end(path)
            # A different record under the same path means that the file changed.
            if cached[0] == request:
                return cached[1]
        failed = self._failures.get(path)
        is_pending = self._pending.get(path) in ((request, False), (request, ahead))
        if not is_pending and (failed is None or failed[0] != record):
            self._pending[path] = (request, ahead)
            self._requests.put(request, ahead=ahead)
        return cached[1] if cached else None

    def prefetch(self, records: "Sequence[ImageRecord]") -> None:
        """Request thumbnails that will be needed next, up to half of the cache."""
        limit = _CACHE_BYTES // (8 * self.edge * self.edge)
        for record in records[:limit]:
            self.get(record, ahead=True)

    def peek(self, path: str) -> QImage | None:
        """Return the cached thumbnail without requesting one."""
        cached = self._images.get(path)
        return cached[1] if cached else None

    def reason(self, path: str) -> Message | None:
        """Return why decoding an image failed, None if it did not."""
        failed = self._failures.get(path)
        return failed[1] if failed else None

    def keep_only(self, paths: set[str]) -> None:
        """Drop requests and failures of all other images; failed ones are retried when visible again."""
        for path in self._requests.keep_only(paths):
            self._pending.pop(path, None)
        for path in self._failures.keys() - paths:
            del self._failures[path]

    def _store(self, decoded: "tuple[ThumbnailRequest, QImage | Message]") -> None:
        request, result = decoded
        path = request[0].path
        old = self._images.get(path)
        if self._pending.get(path, (None,))[0] == request:
            del self._pending[path]
        elif old is not None:
            return  # outdated: another size or file was requested since
        if isinstance(result, Message):
            self._failures[path] = (request[0], result)
        else:
            self._images.pop(path, None)
            self._bytes += result.sizeInBytes() - (old[1].sizeInBytes() if old else 0)
            self._images[path] = (request, result)
            while self._bytes > _CACHE_BYTES and len(self._images) > 1:
                _, (_, dropped) = self._images.popitem(last=False)
                self._bytes -= dropped.sizeInBytes()
        self.ready.emit(path)
