"""Combined source: several folders as one, for training on images of several laboratories."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from engine.images.record import BadFile, ImageRecord, LoadedImage, Pixels
from engine.images.source import Source
from engine.jobs import Job


class CombinedSource:
    """Several sources as one; a record's path starts with the name of its source.

    Sources are named after their folders, with a number where two names are equal.
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
    def folders(self) -> Sequence[Path]:
        """The folders of all sources."""
        return [folder for source in self._sources.values() for folder in source.folders]

    @property
    def roots(self) -> dict[str, Path]:
        """The folders by their names."""
        return {name: source.root for name, source in self._sources.items()}

    def scan(self, job: Job) -> Iterator[ImageRecord | BadFile]:
        """Yield images and bad files, source by source."""
        for name, source in self._sources.items():
            for record in source.scan(job):
                yield replace(record, path=f"{name}/{record.path}")

    def load(self, record: ImageRecord) -> LoadedImage:
        """Decode and hash one image; raises `Problem` (`image.*`)."""
        source, inner = self._resolve(record)
        return source.load(inner)

    def digest(self, record: ImageRecord) -> str:
        """Return the content hash as `load` does, without decoding; raises `Problem` (`image.*`)."""
        source, inner = self._resolve(record)
        return source.digest(inner)

    def preview(self, record: ImageRecord, edge: int) -> Pixels:
        """Decode one image, smaller where that is faster; raises `Problem` (`image.*`)."""
        source, inner = self._resolve(record)
        return source.preview(inner, edge)

    def _resolve(self, record: ImageRecord) -> tuple[Source, ImageRecord]:
        name, _, path = record.path.partition("/")
        return self._sources[name], replace(record, path=path)
