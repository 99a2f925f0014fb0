"""Folder fingerprints: a folder is recognised by a sample of its images, wherever it was moved.

The sample holds the images whose sizes, then names, have the smallest hashes (min-wise sampling,
Broder 1997): the same images are drawn after files were added, removed or moved to other folders,
and the overlap of two samples estimates the overlap of the folders. Of cells, their fields are sampled: the
fields stay the same where a detector finds other cells, or none.
"""

import hashlib
import os
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from engine.damaged_data import decoding
from engine.fields.cell_path import (
    BoxCoordinates,
    cell_content_hash,
    file_path,
    split_cell_path,
)
from engine.jobs import Job
from engine.messages import Problem

if TYPE_CHECKING:
    from engine.images.record import ImageRecord
    from engine.images.source import Source

SAMPLE_SIZE = 32
_MAX_SAME_SIZE_TRIES = 2
_MAX_MISSES = 12
"""Misses in a row after which a folder is given up: then half of the sample matches by 1 chance in 4,000."""


@dataclass(frozen=True, slots=True)
class SampledImage:
    """One image of a sample: relative path, size in bytes, SHA-256 of its content."""

    path: str
    size: int
    content: str


@dataclass(frozen=True, slots=True)
class SampleMatch:
    """Number of a sample's images that a folder holds; `similarity` is the estimated overlap, 0 to 1."""

    found: int
    total: int
    similarity: float = 0.0

    @property
    def has_most_images(self) -> bool:
        """True if the folder holds at least half of the project's sample."""
        return self.total > 0 and 2 * self.found >= self.total

    @property
    def is_certain(self) -> bool:
        """True if this is surely the same folder, so that the person need not be asked."""
        return self.has_most_images and self.similarity >= 1 / 3

    @property
    def is_possible(self) -> bool:
        """True if enough matches that the person should be asked."""
        return self.total > 0 and self.found >= max(1, self.total // 8)


class Sampler:
    """Sampler of one opened source; compares samples of projects with it."""

    def __init__(self, job: Job, source: "Source", records: Sequence["ImageRecord"]) -> None:
        from engine.fields.field_source import field_records_of

        self._job = job
        self._source = source
        self._fields = field_records_of(source)
        self._by_size: dict[int, list[ImageRecord]] = defaultdict(list)
        for record in self._fields or records:
            self._by_size[record.size].append(record)
        self._contents: dict[str, str | None] = {}
        self._sample: tuple[SampledImage, ...] | None = None

    def sample(self) -> tuple[SampledImage, ...]:
        """Return the source's sample, reading the sampled files; raises `Cancelled`."""
        if self._sample is None:
            chosen: list[ImageRecord] = []
            for size in sorted(self._by_size, key=_hash):
                chosen += sorted(
                    self._by_size[size], key=lambda record: (_hash(_name(record.path)), record.path)
                )[: SAMPLE_SIZE - len(chosen)]
                if len(chosen) == SAMPLE_SIZE:
                    break
            self._sample = tuple(
                SampledImage(record.path, record.size, content)
                for record in chosen
                if (content := self._content(record)) is not None
            )
        return self._sample

    def match(self, sample: Sequence[SampledImage]) -> SampleMatch:
        """Compare a project's sample with the source, reading the files that may match."""
        found = 0
        for tried, image in enumerate(sample):
            if tried == _MAX_MISSES and not found:
                break
            found += self._holds(image)
        if not found:
            return SampleMatch(0, len(sample))
        if any(split_cell_path(image.path) for image in sample):
            # The fields that the cells of earlier versions' samples are of; they were sampled by their cells.
            return SampleMatch(found, len(sample), found / len(sample))
        own = {_key(image): image for image in self.sample()}
        other = {_key(image): image for image in sample}
        smallest = sorted(own.keys() | other.keys())[:SAMPLE_SIZE]
        shared = sum(key in own and key in other for key in smallest)
        return SampleMatch(found, len(sample), shared / len(smallest))

    def _holds(self, image: SampledImage) -> bool:
        cell = split_cell_path(image.path)
        if cell is not None and self._fields:
            return self._holds_cell(*cell, image.content)
        same_size = self._by_size.get(image.size, [])
        name = _name(image.path)
        candidates = [record for record in same_size if _name(record.path) == name] or same_size
        return any(
            self._content(record) == image.content for record in candidates[:_MAX_SAME_SIZE_TRIES]
        )

    def _holds_cell(self, field_path: str, box: BoxCoordinates, content: str) -> bool:
        """Return whether a cell of a sample is of one of the fields, whatever is found there now."""
        name = _name(field_path)
        candidates = [field for field in self._fields if _name(field.path) == name] or self._fields
        return any(
            (field_hash := self._content(field)) is not None
            and cell_content_hash(field_hash, box) == content
            for field in candidates[:SAMPLE_SIZE]
        )

    def _content(self, record: "ImageRecord") -> str | None:
        self._job.check()
        if record.path not in self._contents:
            try:
                self._contents[record.path] = self._source.digest(record)
            except Problem:
                self._contents[record.path] = None
        return self._contents[record.path]


def folder_still_has(root: Path, sample: Sequence[SampledImage]) -> bool:
    """Return whether a folder still holds an image of the sample, by path and size."""
    for image in sample:
        path = root / image.path
        try:
            if path.stat().st_size == image.size:
                return True
        except (OSError, ValueError):
            # For an image in an archive, the archive is looked for; for a cell, its field.
            if ".npz/" in image.path and (root / image.path.split("/")[0]).is_file():
                return True
            if split_cell_path(image.path) and (root / file_path(image.path)).is_file():
                return True
    return False


def _key(image: SampledImage) -> tuple[bytes, bytes, str]:
    return _hash(image.size), _hash(_name(image.path)), image.content


def _name(path: str) -> str:
    return path.rpartition("/")[2]


def _hash(value: object) -> bytes:
    return hashlib.blake2b(os.fsencode(str(value)), digest_size=8).digest()


def encode_sample(sample: Sequence[SampledImage]) -> list[list[str | int]]:
    """Return a sample as plain values, as a project stores it."""
    return [[image.path, image.size, image.content] for image in sample]


def decode_sample(stored: object) -> tuple[SampledImage, ...]:
    """Return a stored sample, empty where none is stored; raises `DamagedData`."""
    if not isinstance(stored, list):
        return ()
    with decoding():
        images = tuple(SampledImage(path, size, content) for path, size, content in stored)
        for image in images:
            if (type(image.path), type(image.size), type(image.content)) != (str, int, str):
                raise TypeError("not a sample of images")
        return images
