"""Everything that is known of a folder's images before anything is judged: facts and readings."""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt

from engine.classify.cache import ReadingCache
from engine.classify.card import Card
from engine.classify.pipeline import read
from engine.classify.reading import Float16, Float32, Reading
from engine.classify.runtime import Runtime
from engine.curate.facts import FACTS, Facts, measure
from engine.curate.store import FactStore
from engine.images.record import BadFile, ImageRecord, Picture, Pixels
from engine.images.source import Source
from engine.jobs import Job, Progress
from engine.messages import Message, Problem

Rows = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Folder:
    """n readable images in the order of the source, and the m different contents that they have.

    `content[i]` is the row of image i in the arrays of contents: `facts` (m,), `embeddings` (m, d) and
    `logits` (m, c); `hashes` (m) are SHA-256. `first` (m,) is the first image of each content.
    """

    records: list[ImageRecord]
    bad: list[BadFile]
    content: Rows
    hashes: list[str]
    facts: Facts
    embeddings: Float16
    logits: Float32
    classes: tuple[str, ...]
    first: Rows = field(init=False)

    def __post_init__(self) -> None:
        first = np.full(len(self.hashes), -1, np.intp)
        first[self.content[::-1]] = np.arange(len(self.records))[::-1]
        object.__setattr__(self, "first", first)

    def path(self, row: int) -> str:
        """Return the path of the first image with content `row`."""
        return self.records[int(self.first[row])].path


def gather(
    job: Job,
    source: Source,
    found: Sequence[ImageRecord | BadFile],
    runtime: Runtime,
    card: Card,
    cache: ReadingCache | None,
    store: FactStore,
) -> Folder:
    """Read and measure what is not known yet; each image is decoded at most once.

    Raises `Cancelled` (what was done is kept in `cache` and `store`) and `Problem` when the network
    fails.
    """
    records = [one for one in found if isinstance(one, ImageRecord)]
    both = _Measuring(source, store)
    readings: dict[str, Reading | Message] = {}
    # Of a network's maps nothing is needed, and they would be most of the memory.
    inner = Job(on_progress=lambda one: job.progress(one.done, one.total, one.message))

    def take(results: list[tuple[ImageRecord, Reading | Message]]) -> None:
        job.check()
        for record, result in results:
            readings[record.path] = (
                result
                if isinstance(result, Message)
                else Reading(result.logits.copy(), result.embedding.copy(), _NO_MAPS)
            )

    inner = _Linked(job, take)
    read(inner, both, records, runtime, card, cache)
    both.rest(job, records)
    return _put_together(found, records, readings, both, card)


def _one_of_each_file(records: list[ImageRecord]) -> list[ImageRecord]:
    """Return the images without further names of a file that is there: links are no copies of it.

    Of several names the first that is no link stands for the file.
    """
    names: dict[tuple[int, int], ImageRecord] = {}
    for one in records:
        if one.identity is not None and (one.identity not in names or not one.link):
            known = names.setdefault(one.identity, one)
            if known.link:
                names[one.identity] = one
    return [one for one in records if one.identity is None or names[one.identity] is one]


_NO_MAPS = np.empty((0, 0, 0), np.float16)


class _Linked(Job):
    """A job that stops with another one and keeps its own partial results."""

    def __init__(self, outer: Job, take: object) -> None:
        super().__init__(self._tell, take)  # type: ignore[arg-type]
        self._outer = outer

    def _tell(self, progress: Progress) -> None:
        self._outer.progress(progress.done, progress.total, progress.message)

    @property
    def cancelled(self) -> bool:
        """True once cancel of the outer job was asked for."""
        return self._outer.cancelled


class _Measuring:
    """A source that measures every picture that passes through it."""

    def __init__(self, source: Source, store: FactStore) -> None:
        self._source = source
        self._store = store
        self._at = source.root.absolute()
        self.contents: dict[str, str] = {}
        self.facts: dict[str, Facts] = {}
        self.bad: dict[str, Message] = {}

    @property
    def root(self) -> Path:
        """The root of the source that is measured."""
        return self._source.root

    def scan(self, job: Job):  # type: ignore[no-untyped-def]
        """Scan as the source does."""
        return self._source.scan(job)

    def digest(self, record: ImageRecord) -> str:
        """Hash as the source does."""
        return self._source.digest(record)

    def preview(self, record: ImageRecord, edge: int) -> Pixels:
        """Decode as the source does."""
        return self._source.preview(record, edge)

    def load(self, record: ImageRecord) -> Picture:
        """Decode as the source does, and measure."""
        picture = self._source.load(record)
        content = picture.content_hash
        known = self.facts.get(content)
        if known is None:
            known = self._store.get(content)
        if known is None:
            known = measure(picture.pixels, picture.dropped)
        self._store.put(self._at, record, content, known)
        self.facts[content] = known
        self.contents[record.path] = content
        return picture

    def rest(self, job: Job, records: list[ImageRecord]) -> None:
        """Measure the images that were read before and so did not pass."""
        left = []
        for record in records:
            if record.path in self.contents:
                continue
            content = self._store.content_of(self._at, record)
            facts = self._store.get(content) if content else None
            if content is None or facts is None:
                left.append(record)
            else:
                self.contents[record.path] = content
                self.facts.setdefault(content, facts)
        job.check()
        with ThreadPoolExecutor(min(8, os.cpu_count() or 2), "measure") as pool:
            try:
                for done, _ in enumerate(pool.map(self._try, left)):
                    if done % 64 == 0:
                        job.progress(done, len(left), Message("scan.measuring"))
            finally:
                pool.shutdown(wait=True, cancel_futures=True)

    def _try(self, record: ImageRecord) -> None:
        try:
            self.load(record)
        except Problem as problem:
            self.bad[record.path] = problem.message
        except Exception as error:  # decoders fail in ways of their own, and one file stops nothing
            reason = f"{type(error).__name__}: {error}"[:200]
            self.bad[record.path] = Message("read.failed", {"reason": reason})


def _put_together(
    found: Sequence[ImageRecord | BadFile],
    records: list[ImageRecord],
    readings: dict[str, Reading | Message],
    both: _Measuring,
    card: Card,
) -> Folder:
    bad = {one.path: one.reason for one in found if isinstance(one, BadFile)} | both.bad
    for path, reading in readings.items():
        if isinstance(reading, Message):
            bad[path] = reading
    readable = [one for one in records if one.path not in bad and one.path in both.contents]
    good = _one_of_each_file(readable)
    hashes = list(dict.fromkeys(both.contents[one.path] for one in good))
    row = {content: number for number, content in enumerate(hashes)}
    content = np.array([row[both.contents[one.path]] for one in good], np.intp)
    embeddings = np.zeros((len(hashes), card.embedding_size), np.float16)
    logits = np.zeros((len(hashes), len(card.classes)), np.float32)
    for one, at in zip(good, content, strict=True):
        reading = readings[one.path]
        assert isinstance(reading, Reading)
        embeddings[at], logits[at] = reading.embedding, reading.logits
    facts = np.concatenate([both.facts[one] for one in hashes]) if hashes else np.empty(0, FACTS)
    listed = [BadFile(path, reason) for path, reason in bad.items()]
    return Folder(good, listed, content, hashes, facts, embeddings, logits, card.classes)
