"""Base of sources that wrap another source and change a part of it."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from engine.images.record import BadFile, ImageRecord, LoadedImage, Pixels
from engine.images.source import Source
from engine.jobs import Job


class WrappedSource:
    """A source that forwards everything to `source`; subclasses override what differs."""

    def __init__(self, source: Source) -> None:
        self._source = source

    @property
    def root(self) -> Path:
        """Root of the wrapped source."""
        return self._source.root

    @property
    def folders(self) -> Sequence[Path]:
        """Folders of the wrapped source."""
        return self._source.folders

    def scan(self, job: Job) -> Iterator[ImageRecord | BadFile]:
        """Scan the wrapped source."""
        return self._source.scan(job)

    def load(self, record: ImageRecord) -> LoadedImage:
        """Decode and hash an image of the wrapped source; raises `Problem`."""
        return self._source.load(record)

    def digest(self, record: ImageRecord) -> str:
        """Hash a file of the wrapped source; raises `Problem`."""
        return self._source.digest(record)

    def preview(self, record: ImageRecord, edge: int) -> Pixels:
        """Decode a preview of an image of the wrapped source; raises `Problem`."""
        return self._source.preview(record, edge)
