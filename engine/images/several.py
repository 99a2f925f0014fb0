"""Several folders as one source: the images of more than one laboratory, learned from together."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from engine.images.record import BadFile, ImageRecord, Picture, Pixels
from engine.images.source import Source
from engine.jobs import Job


class Several:
    """Sources under names of their own: the path of a record is the source's name, then its path there.

    Names are those of the folders, numbered where two are called alike.
    """

    def __init__(self, sources: Sequence[Source]) -> None:
        self._sources: dict[str, Source] = {}
        for source in sources:
            name = base = source.root.resolve().name or "images"
            number = 1
            while name in self._sources:
                number += 1
                name = f"{base}-{number}"
            self._sources[name] = source

    @property
    def root(self) -> Path:
        """The first folder."""
        return next(iter(self._sources.values())).root

    @property
    def roots(self) -> dict[str, Path]:
        """The folders by their names."""
        return {name: source.root for name, source in self._sources.items()}

    def scan(self, job: Job) -> Iterator[ImageRecord | BadFile]:
        """Yield what there is, folder by folder."""
        for name, source in self._sources.items():
            for found in source.scan(job):
                yield replace(found, path=f"{name}/{found.path}")

    def load(self, record: ImageRecord) -> Picture:
        """Decode and hash one image; raises `Problem` (`image.*`)."""
        source, own = self._own(record)
        return source.load(own)

    def digest(self, record: ImageRecord) -> str:
        """Return the hash that `load` gives, without decoding; raises `Problem` (`image.*`)."""
        source, own = self._own(record)
        return source.digest(own)

    def preview(self, record: ImageRecord, edge: int) -> Pixels:
        """Decode one image, smaller where that is quicker; raises `Problem` (`image.*`)."""
        source, own = self._own(record)
        return source.preview(own, edge)

    def _own(self, record: ImageRecord) -> tuple[Source, ImageRecord]:
        name, _, path = record.path.partition("/")
        return self._sources[name], replace(record, path=path)
