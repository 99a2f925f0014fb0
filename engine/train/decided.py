"""What a person decided of a folder's images, as something to learn from."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from engine.classify.bundle import Bundle
from engine.classify.cache import ReadingCache
from engine.classify.devices import choose
from engine.classify.pipeline import Result, read
from engine.classify.reading import Float16, Float32, Reading
from engine.classify.runtime import open_runtime
from engine.images.record import BadFile, ImageRecord, Picture, Pixels
from engine.images.source import Source
from engine.jobs import Job
from engine.messages import Problem
from engine.project.classes import ClassEntry, label_that_holds, merged_into
from engine.project.values import Decision

Chosen = tuple[ImageRecord, str]
"""An image and the class it is of."""


@dataclass(frozen=True, slots=True)
class Cells:
    """Images of a known class as one model reads them.

    `hashes` (n, 32) are SHA-256 of content, `embeddings` (n, d), `logits` (n, c) in the order of the
    model's classes.
    """

    paths: tuple[str, ...]
    labels: tuple[str, ...]
    hashes: npt.NDArray[np.uint8]
    embeddings: Float16
    logits: Float32


class Decided:
    """A source as a person decided it: labels theirs, and nothing else than `chosen`."""

    def __init__(self, source: Source, chosen: Iterable[Chosen]) -> None:
        self._source = source
        self._chosen = list(chosen)

    @property
    def root(self) -> Path:
        """Where the images are."""
        return self._source.root

    def scan(self, job: Job) -> Iterator[ImageRecord | BadFile]:
        """Give the chosen images under their labels."""
        for record, label in self._chosen:
            job.check()
            yield replace(record, label=label)

    def load(self, record: ImageRecord) -> Picture:
        """Decode and hash one image; raises `Problem`."""
        return self._source.load(record)

    def digest(self, record: ImageRecord) -> str:
        """Return the hash that `load` gives."""
        return self._source.digest(record)

    def preview(self, record: ImageRecord, edge: int) -> Pixels:
        """Decode one image, smaller where that is quicker."""
        return self._source.preview(record, edge)


def decided(
    records: Iterable[ImageRecord],
    decisions: Mapping[str, Decision],
    classes: Iterable[ClassEntry] = (),
) -> list[Chosen]:
    """Return the images that have a class: by decision, else by their folder's name.

    Removed ones, and those that a person gave no class, are left out. `classes` are the project's own.
    """
    nothing, merged = Decision(), merged_into(classes)
    chosen = []
    for record in records:
        decision = decisions.get(record.path, nothing)
        label = label_that_holds(decision.label, record.label, merged)
        if label and decision.removed is None:
            chosen.append((record, label))
    return chosen


def hashes_of(job: Job, source: Source, records: Sequence[ImageRecord]) -> list[bytes | None]:
    """Return the SHA-256 of each image's content; None where it cannot be read."""

    def one(record: ImageRecord) -> bytes | None:
        job.check()
        try:
            return bytes.fromhex(source.digest(record))
        except Problem:
            return None

    with ThreadPoolExecutor(os.cpu_count() or 2) as pool:
        return list(pool.map(one, records))


def gather(job: Job, source: Source, chosen: Sequence[Chosen], model: Bundle) -> Cells:
    """Read the chosen images with a model, those it read before from the cache; bad files are left out."""
    records = [record for record, _ in chosen]
    found: dict[str, Reading] = {}

    def keep(results: list[Result]) -> None:
        found.update((at.path, said) for at, said in results if isinstance(said, Reading))

    runtime = open_runtime(model, choose("cpu"), job)
    try:
        with ReadingCache(model.card) as cache:
            read(_Within(job, keep), source, records, runtime, model.card, cache)
    finally:
        runtime.close()
    kept = [
        (record.path, label, digest, found[record.path])
        for (record, label), digest in zip(chosen, hashes_of(job, source, records), strict=True)
        if digest is not None and record.path in found
    ]
    if not kept:
        raise Problem("train.no_images")
    return Cells(
        paths=tuple(path for path, *_ in kept),
        labels=tuple(label for _, label, *_ in kept),
        hashes=np.frombuffer(b"".join(digest for *_, digest, _ in kept), np.uint8).reshape(-1, 32),
        embeddings=np.stack([reading.embedding for *_, reading in kept]),
        logits=np.stack([reading.logits for *_, reading in kept]),
    )


class _Within(Job):
    """A job within a job: its partial results stay here, all else is the outer one's."""

    def __init__(self, outer: Job, keep: Callable[[list[Result]], None]) -> None:
        super().__init__(lambda told: outer.progress(told.done, told.total, told.message), keep)
        self._outer = outer

    @property
    def cancelled(self) -> bool:
        """True once cancel of the outer job was asked for."""
        return self._outer.cancelled

    def check(self) -> None:
        """Raise `Cancelled` if cancel of the outer job was asked for."""
        self._outer.check()

    def wait(self, seconds: float) -> None:
        """Sleep, but raise `Cancelled` the moment the outer job is."""
        self._outer.wait(seconds)
