"""From image records to readings: decode ahead, infer in batches, hand out what is ready."""

import os
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import closing
from dataclasses import dataclass, replace

import numpy as np

from engine.classify.activation_maps import self_check
from engine.classify.architectures import ARCHITECTURES
from engine.classify.reading_cache import ReadingCache
from engine.classify.card import Card
from engine.classify.reading import Float16, Float32, Outputs, Reading
from engine.classify.runtime import Runtime
from engine.images.record import ImageRecord, Pixels
from engine.images.resize import square
from engine.images.source import Source
from engine.jobs import Job
from engine.messages import Message, Problem

_EMIT_SECONDS = 0.05
_POLL_SECONDS = 0.02
_HALF_MAX = float(np.finfo(np.float16).max)

Result = tuple[ImageRecord, Reading | Message]


class ReadOrder:
    """The records that are still to be read, and which of them a person waits for; thread-safe."""

    def __init__(self, records: Iterable[ImageRecord] = ()) -> None:
        self._lock = threading.Lock()
        self._waiting: dict[str, ImageRecord] = {}
        self._natural: deque[str] = deque()
        self._first: deque[str] = deque()
        self.extend(records)

    def extend(self, records: Iterable[ImageRecord]) -> None:
        """Add records at the end."""
        with self._lock:
            for record in records:
                if record.path not in self._waiting:
                    self._natural.append(record.path)
                self._waiting[record.path] = record

    def prioritise(self, paths: Iterable[str]) -> None:
        """Have these images read next, in this order; replaces what was asked for before."""
        with self._lock:
            self._first = deque(paths)

    def take(self) -> ImageRecord | None:
        """Remove and return the next record; None when none is left."""
        with self._lock:
            for queue in (self._first, self._natural):
                while queue:
                    if record := self._waiting.pop(queue.popleft(), None):
                        return record
            return None

    def __len__(self) -> int:
        return len(self._waiting)


@dataclass(frozen=True, slots=True)
class ReadSummary:
    """How many images were `read` by the network, `cached`, the `same` as another one, or `bad`.

    Where `maps_agree` is false, the maps of the network do not add up to its logits, and heat maps
    of it show something else than what decided.
    """

    read: int
    cached: int
    same: int
    bad: int
    seconds: float
    maps_agree: bool

    @property
    def total(self) -> int:
        """All images that were handed out."""
        return self.read + self.cached + self.same + self.bad

    @property
    def images_per_second(self) -> float:
        """How fast the run was, cached images included."""
        return self.total / self.seconds if self.seconds else 0.0


def read(
    job: Job,
    source: Source,
    records: Iterable[ImageRecord],
    runtime: Runtime,
    card: Card,
    cache: ReadingCache | None = None,
    order: ReadOrder | None = None,
) -> ReadSummary:
    """Read images and hand out `job.partial([(record, Reading | Message), ...])` as they get ready.

    A file that cannot be read gives a `Message` and stops nothing. `order` may be kept by the caller
    to have images read earlier. What is in `cache` is not read again; it is the caller's to close.
    Raises `Cancelled`, and `Problem` when the network itself fails.
    """
    order = ReadOrder() if order is None else order
    order.extend(records)
    run = _Run(job, source, runtime, card, cache, order)
    try:
        return run.run()
    finally:
        run.close()


@dataclass(frozen=True, slots=True)
class _Decoded:
    """One image on its way into a batch; `result` where there is nothing left to infer."""

    record: ImageRecord
    content: str = ""
    pixels: Pixels | None = None
    notes: tuple[Message, ...] = ()
    result: Reading | Message | None = None


class _Run:
    """The state of one `read`; all but `_decode` runs on the job's thread."""

    def __init__(
        self,
        job: Job,
        source: Source,
        runtime: Runtime,
        card: Card,
        cache: ReadingCache | None,
        order: ReadOrder,
    ) -> None:
        self._job = job
        self._source = source
        self._runtime = runtime
        self._card = card
        self._root = source.root.absolute()
        self._cache = cache
        self._order = order
        self._began = self._emitted = time.monotonic()
        self._total = len(order)
        self._done = 0
        self._ready: list[Result] = []
        self._counts = {"read": 0, "cached": 0, "same": 0, "bad": 0}
        self._maps_agree = True
        kind = ARCHITECTURES.get(self._card.architecture)
        self._exact = kind is None or kind.head == "pooled"
        self._twins: dict[str, list[ImageRecord]] = {}
        workers = min(8, os.cpu_count() or 2)
        self._ahead: deque[Future[_Decoded]] = deque()
        self._limit = 2 * (workers + runtime.batch_size)
        self._pool = ThreadPoolExecutor(workers, "decode")

    def run(self) -> ReadSummary:
        with closing(self._runtime.stream(self._batches(), self._job)) as stream:
            for batch, outputs in stream:
                if self._exact:
                    self._maps_agree &= self_check(outputs, self._card.bias)
                for image, result in zip(batch, _readings(outputs), strict=True):
                    self._finish(image, result)
                self._emit()
        self._emit(force=True)
        seconds = time.monotonic() - self._began
        return ReadSummary(**self._counts, seconds=seconds, maps_agree=self._maps_agree)

    def close(self) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)
        if self._cache:
            self._cache.flush()

    def _batches(self) -> Iterator[tuple[list[_Decoded], Pixels]]:
        batch: list[_Decoded] = []
        # Small batches at first: the first result need not wait for images after it.
        full = 1
        while True:
            self._look_ahead()
            if not self._ahead:
                break
            image = self._await(self._ahead.popleft())
            if image.result is not None:
                self._add(image.record, image.result, "cached")
            elif image.content in self._twins:
                self._twins[image.content].append(image.record)
            else:
                self._twins[image.content] = []
                batch.append(image)
            if len(batch) == full:
                yield batch, _stack(batch)
                batch = []
                full = min(2 * full, self._runtime.batch_size)
        if batch:
            yield batch, _stack(batch)

    def _look_ahead(self) -> None:
        """Have images decoded ahead of their turn; those known by their file are done at once."""
        while len(self._ahead) < self._limit and (record := self._order.take()):
            known = self._cache.recall(self._root, record) if self._cache else None
            if known is None:
                self._ahead.append(self._pool.submit(self._decode, record))
            else:
                self._add(record, known, "cached")
                self._emit()

    def _decode(self, record: ImageRecord) -> _Decoded:
        try:
            picture = self._source.load(record)
            known = None
            if self._cache:
                self._cache.remember(self._root, record, picture.content_hash)
                known = self._cache.get(picture.content_hash)
            pixels = None if known else square(picture.pixels, self._card.preprocessing.size)
            return _Decoded(record, picture.content_hash, pixels, picture.notes, known)
        except Problem as problem:
            return _Decoded(record, result=problem.message)
        except Exception as error:  # decoders fail in ways of their own, and one file stops nothing
            reason = f"{type(error).__name__}: {error}"[:200]
            return _Decoded(record, result=Message("read.failed", {"reason": reason}))

    def _await(self, coming: Future[_Decoded]) -> _Decoded:
        while not coming.done():
            wait([coming], _POLL_SECONDS)
            self._emit()
        self._emit()
        return coming.result()

    def _finish(self, image: _Decoded, result: Reading | Message) -> None:
        if isinstance(result, Reading):
            result = replace(result, notes=image.notes) if image.notes else result
            if self._cache:
                self._cache.put(image.content, result)
        self._add(image.record, result, "read")
        for record in self._twins.pop(image.content):
            self._add(record, result, "same")

    def _add(self, record: ImageRecord, result: Reading | Message, how: str) -> None:
        self._counts["bad" if isinstance(result, Message) else how] += 1
        self._ready.append((record, result))

    def _emit(self, force: bool = False) -> None:
        """Hand out what is ready, at most twenty times a second but the first at once."""
        self._job.check()
        now = time.monotonic()
        if not self._ready or (self._done and now - self._emitted < _EMIT_SECONDS and not force):
            return
        ready, self._ready = self._ready, []
        self._emitted = now
        self._done += len(ready)
        self._job.partial(ready)
        speed = self._done / max(now - self._began, 1e-3)
        self._job.progress(self._done, self._total, Message("read.progress", {"speed": speed}))


def _stack(batch: list[_Decoded]) -> Pixels:
    return np.stack([image.pixels for image in batch if image.pixels is not None])


def _readings(outputs: Outputs) -> list[Reading | Message]:
    embeddings, maps = _half(outputs.embedding), _half(outputs.maps)
    return [
        Reading(logits, embedding, class_maps)
        if np.isfinite(logits).all()
        else Message("read.not_finite")
        for logits, embedding, class_maps in zip(outputs.logits, embeddings, maps, strict=True)
    ]


def _half(values: Float32) -> Float16:
    return values.clip(-_HALF_MAX, _HALF_MAX).astype(np.float16)
