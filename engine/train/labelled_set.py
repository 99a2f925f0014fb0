"""Labelled set: the labelled images of a folder, as a source and with a model's outputs."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from engine.classify.bundle import Bundle
from engine.classify.devices import choose_device
from engine.classify.pipeline import ReadResult, read_images
from engine.classify.reading import Float16, Float32, Reading
from engine.classify.reading_cache import ReadingCache
from engine.classify.runtime import open_runtime
from engine.images.budget import stopped_by
from engine.images.record import BadFile, ImageRecord
from engine.images.source import Source
from engine.images.wrapped_source import WrappedSource
from engine.jobs import Job, NestedJob
from engine.messages import Problem
from engine.project.classes import ClassEntry, effective_label, merge_map
from engine.project.decisions import Decision

LabelledImage = tuple[ImageRecord, str]
"""An image and its effective label."""


@dataclass(frozen=True, slots=True)
class LabelledReadings:
    """One model's outputs for labelled images.

    `hashes` (n, 32) are SHA-256 of the files' content, `embeddings` (n, d), `logits` (n, c) in the order
    of the model's classes.
    """

    paths: tuple[str, ...]
    labels: tuple[str, ...]
    hashes: npt.NDArray[np.uint8]
    embeddings: Float16
    logits: Float32


class LabelledSource(WrappedSource):
    """A source limited to labelled images, with their effective labels."""

    def __init__(self, source: Source, images: Iterable[LabelledImage]) -> None:
        super().__init__(source)
        self._images = list(images)

    def scan(self, job: Job) -> Iterator[ImageRecord | BadFile]:
        """Yield the images with their labels."""
        for record, label in self._images:
            job.check()
            yield replace(record, label=label)


def select_labelled(
    records: Iterable[ImageRecord],
    decisions: Mapping[str, Decision],
    classes: Iterable[ClassEntry] = (),
) -> list[LabelledImage]:
    """Return the images with an effective label: the reviewer's, else that of the folder.

    Removed images and those marked as "no class" are left out. `classes` are the project's own.
    """
    undecided, merged = Decision(), merge_map(classes)
    labelled = []
    for record in records:
        decision = decisions.get(record.path, undecided)
        label = effective_label(decision.label, record.label, merged)
        if label and decision.removed is None:
            labelled.append((record, label))
    return labelled


def hash_images(job: Job, source: Source, records: Sequence[ImageRecord]) -> list[bytes | None]:
    """Return the SHA-256 of each file's content; None where it cannot be read."""

    def digest_of(record: ImageRecord) -> bytes | None:
        job.check()
        try:
            with stopped_by(job):
                return bytes.fromhex(source.digest(record))
        except Problem:
            return None

    with ThreadPoolExecutor(os.cpu_count() or 2) as pool:
        try:
            return list(pool.map(digest_of, records))
        finally:
            pool.shutdown(wait=not job.cancelled, cancel_futures=True)


def read_cached(
    job: Job, source: Source, records: Sequence[ImageRecord], model: Bundle
) -> dict[str, Reading]:
    """Run a model on images, through the cache; return the readings by path, without unreadable files."""
    readings: dict[str, Reading] = {}

    def keep(results: list[ReadResult]) -> None:
        readings.update(
            (image.path, result) for image, result in results if isinstance(result, Reading)
        )

    runtime = open_runtime(model, choose_device("cpu"), job)
    try:
        with ReadingCache(model.card) as cache:
            read_images(NestedJob(job, keep), source, records, runtime, model.card, cache)
    finally:
        runtime.close()
    return readings


def read_labelled(
    job: Job, source: Source, images: Sequence[LabelledImage], model: Bundle
) -> LabelledReadings:
    """Run a model on labelled images, through the cache; unreadable files are left out.

    Raises `Problem` (`train.no_images`) if none can be read.
    """
    records = [record for record, _ in images]
    readings = read_cached(job, source, records, model)
    rows = [
        (record.path, label, digest, readings[record.path])
        for (record, label), digest in zip(images, hash_images(job, source, records), strict=True)
        if digest is not None and record.path in readings
    ]
    if not rows:
        raise Problem("train.no_images")
    return LabelledReadings(
        paths=tuple(path for path, *_ in rows),
        labels=tuple(label for _, label, *_ in rows),
        hashes=np.frombuffer(b"".join(digest for *_, digest, _ in rows), np.uint8).reshape(-1, 32),
        embeddings=np.stack([reading.embedding for *_, reading in rows]),
        logits=np.stack([reading.logits for *_, reading in rows]),
    )
