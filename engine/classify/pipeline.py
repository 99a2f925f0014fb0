"""Inference pipeline: decodes images ahead, infers in batches, and reports readings as they are ready."""

import os
import time
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import closing
from dataclasses import dataclass, replace

import numpy as np

from engine.classify.activation_maps import maps_match_logits
from engine.classify.architectures import ARCHITECTURES
from engine.classify.card import Card
from engine.classify.read_queue import ReadQueue
from engine.classify.reading import Float16, Float32, NetworkOutputs, Reading
from engine.classify.reading_cache import ReadingCache
from engine.classify.runtime_protocol import Runtime
from engine.images.budget import stopped_by
from engine.images.record import ImageRecord, Pixels
from engine.images.resize import resize_to_square
from engine.images.source import Source
from engine.images.stain_deposits import DEPOSITS_FILLED, find_deposits
from engine.jobs import Cancelled, Job
from engine.messages import Message, Problem

_EMIT_SECONDS = 0.05
_POLL_SECONDS = 0.02
_GRACE_SECONDS = 0.3
_FLOAT16_MAX = float(np.finfo(np.float16).max)

ReadResult = tuple[ImageRecord, Reading | Message]


@dataclass(frozen=True, slots=True)
class ReadSummary:
    """Numbers of images `read` by the network, `cached`, `duplicates` of another one, and `bad`.

    If `maps_agree` is false, the network's activation maps do not add up to its logits, so its heat
    maps do not explain its predictions.
    """

    read: int
    cached: int
    duplicates: int
    bad: int
    seconds: float
    maps_agree: bool

    @property
    def total(self) -> int:
        """The number of all images."""
        return self.read + self.cached + self.duplicates + self.bad

    @property
    def images_per_second(self) -> float:
        """Images per second, cached ones included."""
        return self.total / self.seconds if self.seconds else 0.0


def read_images(
    job: Job,
    source: Source,
    records: Iterable[ImageRecord],
    runtime: Runtime,
    card: Card,
    cache: ReadingCache | None = None,
    queue: ReadQueue | None = None,
) -> ReadSummary:
    """Read images; report `job.partial([(record, Reading | Message), ...])` as they are ready.

    An unreadable file gives a `Message`, and reading continues. The caller may keep `queue` to have
    images read earlier. Cached images are not read again; the caller closes `cache`. Raises
    `Cancelled`, and `Problem` when the network itself fails.
    """
    queue = ReadQueue() if queue is None else queue
    queue.extend(records)
    run = _ReadRun(job, source, runtime, card, cache, queue)
    try:
        return run.run()
    finally:
        run.close()


@dataclass(frozen=True, slots=True)
class _DecodedImage:
    """An image on its way into a batch; `result` is set where no inference is needed."""

    record: ImageRecord
    content: str = ""
    pixels: Pixels | None = None
    notes: tuple[Message, ...] = ()
    result: Reading | Message | None = None


class _ReadRun:
    """State of one `read_images` call; all methods but `_decode` run on the job's thread."""

    def __init__(
        self,
        job: Job,
        source: Source,
        runtime: Runtime,
        card: Card,
        cache: ReadingCache | None,
        queue: ReadQueue,
    ) -> None:
        self._job = job
        self._source = source
        self._runtime = runtime
        self._card = card
        self._root = source.root.absolute()
        self._cache = cache
        self._queue = queue
        self._started_at = self._emitted_at = time.monotonic()
        self._total = len(queue)
        self._done = 0
        self._ready: list[ReadResult] = []
        self._counts = {"read": 0, "cached": 0, "duplicates": 0, "bad": 0}
        self._maps_agree = True
        kind = ARCHITECTURES.get(self._card.architecture)
        self._checks_maps = kind is None or kind.head == "pooled"
        self._duplicates: dict[str, list[ImageRecord]] = {}
        workers = min(8, os.cpu_count() or 2)
        self._decoding: deque[Future[_DecodedImage]] = deque()
        self._max_decoding = 2 * (workers + runtime.batch_size)
        self._pool = ThreadPoolExecutor(workers, "decode")

    def run(self) -> ReadSummary:
        with closing(self._runtime.stream(self._batches(), self._job)) as stream:
            for batch, outputs in stream:
                if self._checks_maps:
                    self._maps_agree &= maps_match_logits(outputs, self._card.bias)
                for image, result in zip(batch, _to_readings(outputs), strict=True):
                    self._add_inferred(image, result)
                self._emit()
        self._emit(force=True)
        seconds = time.monotonic() - self._started_at
        return ReadSummary(**self._counts, seconds=seconds, maps_agree=self._maps_agree)

    def close(self) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)
        # A thread that decodes a huge image cannot be interrupted at once; a cancelled run leaves it behind.
        seconds = _GRACE_SECONDS if self._job.cancelled else None
        running = [future for future in self._decoding if not future.cancelled()]
        if not wait(running, seconds).not_done:
            self._pool.shutdown(wait=True)
        if self._cache:
            self._cache.flush()

    def _batches(self) -> Iterator[tuple[list[_DecodedImage], Pixels]]:
        batch: list[_DecodedImage] = []
        # Batches start small, so that the first result comes soon.
        batch_size = 1
        while True:
            self._decode_ahead()
            if not self._decoding:
                break
            image = self._wait_for(self._decoding[0])
            self._decoding.popleft()
            if image.result is not None:
                self._add_result(image.record, image.result, "cached")
            elif image.content in self._duplicates:
                self._duplicates[image.content].append(image.record)
            else:
                self._duplicates[image.content] = []
                batch.append(image)
            if len(batch) == batch_size:
                yield batch, _stack_pixels(batch)
                batch = []
                batch_size = min(2 * batch_size, self._runtime.batch_size)
        if batch:
            yield batch, _stack_pixels(batch)

    def _decode_ahead(self) -> None:
        """Submit images for decoding; those cached by file are reported at once."""
        while len(self._decoding) < self._max_decoding and (record := self._queue.take()):
            cached = self._cache.get_by_file(self._root, record) if self._cache else None
            if cached is None:
                self._decoding.append(self._pool.submit(self._decode, record))
            else:
                self._add_result(record, cached, "cached")
                self._emit()

    def _decode(self, record: ImageRecord) -> _DecodedImage:
        try:
            with stopped_by(self._job):
                image = self._source.load(record)
            content, cached = image.cache_key, None
            if self._cache:
                self._cache.remember_file(self._root, record, content)
                cached = self._cache.get(content)
            if cached:
                return _DecodedImage(record, content, notes=image.notes, result=cached)
            preprocessing, notes = self._card.preprocessing, image.notes
            pixels = resize_to_square(image.pixels, preprocessing.size)
            if preprocessing.fills_deposits and find_deposits(pixels) is not None:
                notes = (*notes, DEPOSITS_FILLED)
            return _DecodedImage(record, content, pixels, notes)
        except Problem as problem:
            return _DecodedImage(record, result=problem.message)
        except Cancelled:
            raise
        except (
            Exception
        ) as error:  # decoders raise all kinds of errors; one file must not stop the rest
            reason = f"{type(error).__name__}: {error}"[:200]
            return _DecodedImage(record, result=Message("read.failed", {"reason": reason}))

    def _wait_for(self, future: Future[_DecodedImage]) -> _DecodedImage:
        while not future.done():
            wait([future], _POLL_SECONDS)
            self._emit()
        self._emit()
        return future.result()

    def _add_inferred(self, image: _DecodedImage, result: Reading | Message) -> None:
        if isinstance(result, Reading):
            result = replace(result, notes=image.notes) if image.notes else result
            if self._cache:
                self._cache.put(image.content, result)
        self._add_result(image.record, result, "read")
        for record in self._duplicates.pop(image.content):
            self._add_result(record, result, "duplicates")

    def _add_result(self, record: ImageRecord, result: Reading | Message, source: str) -> None:
        self._counts["bad" if isinstance(result, Message) else source] += 1
        self._ready.append((record, result))

    def _emit(self, force: bool = False) -> None:
        """Report finished results: the first at once, then at most twenty times a second."""
        self._job.check()
        now = time.monotonic()
        if not self._ready or (self._done and now - self._emitted_at < _EMIT_SECONDS and not force):
            return
        ready, self._ready = self._ready, []
        self._emitted_at = now
        self._done += len(ready)
        self._job.partial(ready)
        speed = self._done / max(now - self._started_at, 1e-3)
        self._job.progress(self._done, self._total, Message("read.progress", {"speed": speed}))


def _stack_pixels(batch: list[_DecodedImage]) -> Pixels:
    return np.stack([image.pixels for image in batch if image.pixels is not None])


def _to_readings(outputs: NetworkOutputs) -> list[Reading | Message]:
    embeddings, maps = _to_half(outputs.embedding), _to_half(outputs.maps)
    return [
        Reading(logits, embedding, class_maps)
        if np.isfinite(logits).all()
        else Message("read.not_finite")
        for logits, embedding, class_maps in zip(outputs.logits, embeddings, maps, strict=True)
    ]


def _to_half(values: Float32) -> Float16:
    return values.clip(-_FLOAT16_MAX, _FLOAT16_MAX).astype(np.float16)
