"""Source that hashes each file once, for tasks of several steps that all need the content hashes."""

from engine.images.record import ImageRecord
from engine.images.source import Source
from engine.images.wrapped_source import WrappedSource


class HashOnceSource(WrappedSource):
    """A source that remembers content hashes; use it for one task only, since files may change later."""

    def __init__(self, source: Source) -> None:
        super().__init__(source)
        self._digests: dict[ImageRecord, str] = {}

    def digest(self, record: ImageRecord) -> str:
        """Return the content hash, computed on the first call; raises `Problem`."""
        digest = self._digests.get(record)
        if digest is None:
            digest = self._digests[record] = super().digest(record)
        return digest
