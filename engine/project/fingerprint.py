"""Knowing a folder again by a sample of its images, whatever it is called and wherever it lies.

The sample are the images whose sizes, then names, have the smallest hashes (min-wise sampling,
Broder 1997): the same images are drawn again after files were added, removed or put into other
folders, and the overlap of two samples estimates that of the folders.
"""

import hashlib
import os
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from engine.jobs import Job
from engine.messages import Problem
from engine.stored import decoding

if TYPE_CHECKING:
    from engine.images.record import ImageRecord
    from engine.images.source import Source

COUNT = 32
_TRIED = 2
_GIVEN_UP = 12
"""After so many images of a sample without one that fits, the chance of half of it fitting is 1 in
4,000: what is unlike costs little."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One image of a sample: where it was, its size in bytes, the SHA-256 of its content."""

    path: str
    size: int
    content: str


@dataclass(frozen=True, slots=True)
class Fit:
    """How many of a project's sample are in a folder; `alike`: the estimated overlap, 0 to 1."""

    fits: int
    of: int
    alike: float = 0.0

    @property
    def kept(self) -> bool:
        """True if most of the project's images are in the folder, whatever else is in it."""
        return self.of > 0 and 2 * self.fits >= self.of

    @property
    def sure(self) -> bool:
        """True if it is the same folder by any reckoning, so that a person need not be asked."""
        return self.kept and self.alike >= 1 / 3

    @property
    def possible(self) -> bool:
        """True if enough is the same that a person should be asked."""
        return self.of > 0 and self.fits >= max(1, self.of // 8)


class Sampler:
    """Samples one opened source, and compares the samples of projects with it."""

    def __init__(self, job: Job, source: "Source", records: Sequence["ImageRecord"]) -> None:
        self._job = job
        self._source = source
        self._by_size: dict[int, list[ImageRecord]] = defaultdict(list)
        for record in records:
            self._by_size[record.size].append(record)
        self._contents: dict[str, str | None] = {}
        self._sample: tuple[Mark, ...] | None = None

    def sample(self) -> tuple[Mark, ...]:
        """Return the source's own sample; reads its files. Raises `Cancelled`."""
        if self._sample is None:
            chosen: list[ImageRecord] = []
            for size in sorted(self._by_size, key=_hash):
                chosen += sorted(
                    self._by_size[size], key=lambda one: (_hash(_name(one.path)), one.path)
                )[: COUNT - len(chosen)]
                if len(chosen) == COUNT:
                    break
            self._sample = tuple(
                Mark(one.path, one.size, content)
                for one in chosen
                if (content := self._content(one)) is not None
            )
        return self._sample

    def fit(self, sample: Sequence[Mark]) -> Fit:
        """Return how a project's sample fits; reads the files that may be of it."""
        found = 0
        for tried, mark in enumerate(sample):
            if tried == _GIVEN_UP and not found:
                break
            found += self._holds(mark)
        if not found:
            return Fit(0, len(sample))
        mine = {_key(mark): mark for mark in self.sample()}
        theirs = {_key(mark): mark for mark in sample}
        smallest = sorted(mine.keys() | theirs.keys())[:COUNT]
        both = sum(key in mine and key in theirs for key in smallest)
        return Fit(found, len(sample), both / len(smallest))

    def _holds(self, mark: Mark) -> bool:
        same_size = self._by_size.get(mark.size, [])
        name = _name(mark.path)
        likely = [one for one in same_size if _name(one.path) == name] or same_size
        return any(self._content(one) == mark.content for one in likely[:_TRIED])

    def _content(self, record: "ImageRecord") -> str | None:
        self._job.check()
        if record.path not in self._contents:
            try:
                self._contents[record.path] = self._source.digest(record)
            except Problem:
                self._contents[record.path] = None
        return self._contents[record.path]


def still_at(root: Path, sample: Sequence[Mark]) -> bool:
    """Return whether a project's last folder still holds images of its sample."""
    for mark in sample:
        path = root / mark.path
        try:
            if path.stat().st_size == mark.size:
                return True
        except (OSError, ValueError):
            # In an archive: the archive itself.
            if ".npz/" in mark.path and (root / mark.path.split("/")[0]).is_file():
                return True
    return False


def _key(mark: Mark) -> tuple[bytes, bytes, str]:
    return _hash(mark.size), _hash(_name(mark.path)), mark.content


def _name(path: str) -> str:
    return path.rpartition("/")[2]


def _hash(value: object) -> bytes:
    return hashlib.blake2b(os.fsencode(str(value)), digest_size=8).digest()


def to_plain(sample: Sequence[Mark]) -> list[list[str | int]]:
    """Return a sample as it is kept."""
    return [[mark.path, mark.size, mark.content] for mark in sample]


def from_plain(kept: object) -> tuple[Mark, ...]:
    """Return a kept sample; nothing where it is none."""
    if not isinstance(kept, list):
        return ()
    with decoding():
        marks = tuple(Mark(path, size, content) for path, size, content in kept)
        for one in marks:
            if (type(one.path), type(one.size), type(one.content)) != (str, int, str):
                raise TypeError("no sample of images")
        return marks
