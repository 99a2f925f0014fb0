"""Image sets: the features and readings of all images of a folder, before any detector runs."""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from engine.classify.card import Card
from engine.classify.pipeline import read_images
from engine.classify.reading import Float16, Float32, Reading
from engine.classify.reading_cache import ReadingCache
from engine.classify.runtime_protocol import Runtime
from engine.curate.feature_store import FeatureStore
from engine.curate.image_features import FEATURES_DTYPE, ImageFeatures, measure_features
from engine.images.record import BadFile, ImageRecord, LoadedImage
from engine.images.source import Source
from engine.images.wrapped_source import WrappedSource
from engine.jobs import Job, NestedJob
from engine.messages import Message, Problem

Rows = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class ImageSet:
    """n readable images in the order of the source, with m different contents.

    `content_rows[i]` is the row of image i in the arrays over contents: `features` (m,), `embeddings`
    (m, d) and `logits` (m, c); `hashes` (m) are SHA-256. `first_images` (m,) is the first image of each
    content.
    """

    records: list[ImageRecord]
    bad_files: list[BadFile]
    content_rows: Rows
    hashes: list[str]
    features: ImageFeatures
    embeddings: Float16
    logits: Float32
    classes: tuple[str, ...]
    first_images: Rows = field(init=False)

    def __post_init__(self) -> None:
        first = np.full(len(self.hashes), -1, np.intp)
        first[self.content_rows[::-1]] = np.arange(len(self.records))[::-1]
        object.__setattr__(self, "first_images", first)

    def first_path(self, row: int) -> str:
        """Return the path of the first image with content `row`."""
        return self.records[int(self.first_images[row])].path


def build_image_set(
    job: Job,
    source: Source,
    files: Sequence[ImageRecord | BadFile],
    runtime: Runtime,
    card: Card,
    cache: ReadingCache | None,
    store: FeatureStore,
) -> ImageSet:
    """Read and measure the images that are not cached yet; each image is decoded at most once.

    Raises `Cancelled` (finished work stays in `cache` and `store`) and `Problem` when the network fails.
    """
    records = [file for file in files if isinstance(file, ImageRecord)]
    measuring = _MeasuringSource(source, store)
    readings: dict[str, Reading | Message] = {}

    def add_results(results: list[tuple[ImageRecord, Reading | Message]]) -> None:
        job.check()
        for record, result in results:
            # Without the activation maps, which need most of the memory and are not used here.
            readings[record.path] = (
                result
                if isinstance(result, Message)
                else Reading(result.logits.copy(), result.embedding.copy(), _NO_MAPS)
            )

    read_images(NestedJob(job, add_results), measuring, records, runtime, card, cache)
    measuring.measure_rest(job, records)
    return _assemble(files, records, readings, measuring, card)


def _without_linked_names(records: list[ImageRecord]) -> list[ImageRecord]:
    """Return the records with one name for each file: links to a listed file are no copies of it.

    Of several names the first that is not a link is kept.
    """
    record_by_file: dict[tuple[int, int], ImageRecord] = {}
    for record in records:
        if record.identity is not None and (
            record.identity not in record_by_file or not record.is_link
        ):
            previous = record_by_file.setdefault(record.identity, record)
            if previous.is_link:
                record_by_file[record.identity] = record
    return [
        record
        for record in records
        if record.identity is None or record_by_file[record.identity] is record
    ]


_NO_MAPS = np.empty((0, 0, 0), np.float16)


class _MeasuringSource(WrappedSource):
    """A source that measures every image it loads."""

    def __init__(self, source: Source, store: FeatureStore) -> None:
        super().__init__(source)
        self._store = store
        self._root = source.root.absolute()
        self.contents: dict[str, str] = {}
        self.features: dict[str, ImageFeatures] = {}
        self.bad: dict[str, Message] = {}

    def load(self, record: ImageRecord) -> LoadedImage:
        """Decode an image and measure its features."""
        image = self._source.load(record)
        content = image.cache_key
        features = self.features.get(content)
        if features is None:
            features = self._store.get(content)
        if features is None:
            features = measure_features(image.pixels, image.dropped_hash)
        self._store.put(self._root, record, content, features, image.jpeg_quality)
        self.features[content] = features
        self.contents[record.path] = content
        return image

    def measure_rest(self, job: Job, records: list[ImageRecord]) -> None:
        """Measure the images whose readings were cached, so that they were not loaded."""
        unmeasured = []
        for record in records:
            if record.path in self.contents:
                continue
            content = self._store.known_content(self._root, record)
            features = self._store.get(content) if content else None
            if content is None or features is None:
                unmeasured.append(record)
            else:
                self.contents[record.path] = content
                self.features.setdefault(content, features)
        job.check()
        with ThreadPoolExecutor(min(8, os.cpu_count() or 2), "measure") as pool:
            try:
                for done, _ in enumerate(pool.map(self._try_load, unmeasured)):
                    if done % 64 == 0:
                        job.progress(done, len(unmeasured), Message("scan.measuring"))
            finally:
                pool.shutdown(wait=not job.cancelled, cancel_futures=True)

    def _try_load(self, record: ImageRecord) -> None:
        try:
            self.load(record)
        except Problem as problem:
            self.bad[record.path] = problem.message
        except (
            Exception
        ) as error:  # decoders raise all kinds of errors; one file must not stop the rest
            reason = f"{type(error).__name__}: {error}"[:200]
            self.bad[record.path] = Message("read.failed", {"reason": reason})


def _assemble(
    files: Sequence[ImageRecord | BadFile],
    records: list[ImageRecord],
    readings: dict[str, Reading | Message],
    measuring: _MeasuringSource,
    card: Card,
) -> ImageSet:
    reasons = {
        file.path: file.reason for file in files if isinstance(file, BadFile)
    } | measuring.bad
    for path, reading in readings.items():
        if isinstance(reading, Message):
            reasons[path] = reading
    readable = [
        record
        for record in records
        if record.path not in reasons and record.path in measuring.contents
    ]
    unlinked = _without_linked_names(readable)
    hashes = list(dict.fromkeys(measuring.contents[record.path] for record in unlinked))
    row_of = {content_hash: index for index, content_hash in enumerate(hashes)}
    content_rows = np.array(
        [row_of[measuring.contents[record.path]] for record in unlinked], np.intp
    )
    embeddings = np.zeros((len(hashes), card.embedding_size), np.float16)
    logits = np.zeros((len(hashes), len(card.classes)), np.float32)
    for record, content_row in zip(unlinked, content_rows, strict=True):
        reading = readings[record.path]
        assert isinstance(reading, Reading)
        embeddings[content_row], logits[content_row] = reading.embedding, reading.logits
    features = (
        np.concatenate([measuring.features[content_hash] for content_hash in hashes])
        if hashes
        else np.empty(0, FEATURES_DTYPE)
    )
    bad_files = [BadFile(path, reason) for path, reason in reasons.items()]
    return ImageSet(
        unlinked, bad_files, content_rows, hashes, features, embeddings, logits, card.classes
    )
