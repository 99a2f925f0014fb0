"""Source that lists its files once, for commands that need the list several times."""

from collections.abc import Iterator

from engine.images.record import BadFile, ImageRecord
from engine.images.source import Source
from engine.images.wrapped_source import WrappedSource
from engine.jobs import Job


class ListedSource(WrappedSource):
    """A source whose later scans repeat the first complete one."""

    def __init__(self, source: Source) -> None:
        super().__init__(source)
        self._files: list[ImageRecord | BadFile] | None = None

    def scan(self, job: Job) -> Iterator[ImageRecord | BadFile]:
        """Scan the wrapped source, or repeat what was found."""
        if self._files is None:
            self._files = list(super().scan(job))
        return iter(self._files)
