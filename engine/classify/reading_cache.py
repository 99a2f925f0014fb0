"""Cache of readings, keyed by image content and network.

It may be deleted while the program is closed. If it cannot be used, the program runs without it.
"""

import hashlib
import threading
import time
from pathlib import Path

from engine.cache_entries import seal, unseal
from engine.classify.cache_database import CacheDatabase
from engine.classify.card import Card
from engine.classify.reading import Reading
from engine.classify.reading_bytes import pack_reading, unpack_reading
from engine.closing import Closing
from engine.images.decoder import DECODER_VERSION as DECODING
from engine.images.record import ImageRecord
from engine.messages import Message
from engine.paths import cache_dir

MAX_BYTES = 2 << 30
"""Size limit: about 350,000 readings of an EfficientNetB4 at 380 pixels."""

_FLUSH_ENTRIES = 256
_FLUSH_SECONDS = 2.0
_MAX_PENDING = 4096
_MIN_FILE_AGE_NS = 2_000_000_000


class ReadingCache(Closing):
    """The readings of one network, in a database shared by all networks and processes; thread-safe."""

    def __init__(
        self,
        card: Card,
        file: Path | None = None,
        limit: int = MAX_BYTES,
    ) -> None:
        self._database = CacheDatabase(
            file or cache_dir() / "readings.sqlite", limit, self._forget_pending
        )
        self._shape = (len(card.classes), card.embedding_size, *card.map_size)
        preprocessing = card.preprocessing
        views = preprocessing.views
        views_key = f" {views} views" if views > 1 else ""
        versions = f"{preprocessing.version}.{DECODING}"
        self._network = f"{card.model_id} {preprocessing.size} {versions}{views_key}".encode()
        self._writing = threading.Lock()
        self._readings: dict[bytes, Reading] = {}
        self._files: dict[bytes, bytes] = {}
        self._flushed_at = time.monotonic()

    @property
    def note(self) -> Message | None:
        """The reason why nothing is cached, once that is known."""
        return self._database.note

    def get(self, content: str) -> Reading | None:
        """Return the reading of the image with this SHA-256, or None."""
        return self._get(self._key(bytes.fromhex(content)))

    def put(self, content: str, reading: Reading) -> None:
        """Store a reading; it is written to disk later, with others."""
        if self.note:
            return
        self._readings[self._key(bytes.fromhex(content))] = reading
        pending = len(self._readings)
        is_late = time.monotonic() - self._flushed_at > _FLUSH_SECONDS
        if pending % _FLUSH_ENTRIES == 0 or is_late:
            self.flush()

    def get_by_file(self, root: Path, record: ImageRecord) -> Reading | None:
        """Return the reading of a file unchanged since `remember_file`, without opening it, or None.

        `root` is absolute.
        """
        if self.note or not record.mtime_ns:
            return None
        key = _file_key(root, record)
        content = self._files.get(key)
        if content is None and (sealed := self._database.content(key)):
            content = unseal(key, sealed)
        return self._get(self._key(content)) if content else None

    def remember_file(self, root: Path, record: ImageRecord, content: str) -> None:
        """Store the content hash of a file for `get_by_file`."""
        # A file written just now may be written again with the same time stamp; members of an
        # archive have no time stamp.
        if self.note or not 0 < record.mtime_ns < time.time_ns() - _MIN_FILE_AGE_NS:
            return
        self._files[_file_key(root, record)] = bytes.fromhex(content)

    def flush(self) -> None:
        """Write pending entries; they stay pending while another process writes."""
        with self._writing:
            self._flushed_at = time.monotonic()
            if not self._database.is_open:
                return
            readings, files = dict(self._readings), dict(self._files)
            is_written = self._database.write(
                {key: pack_reading(key, reading) for key, reading in readings.items()},
                {key: seal(key, content) for key, content in files.items()},
            )
            if not is_written and len(readings) < _MAX_PENDING:
                return
            for key in readings:
                self._readings.pop(key, None)
            for key in files:
                self._files.pop(key, None)

    def close(self) -> None:
        """Write pending entries and close the database."""
        self.flush()
        self._database.close()

    def _get(self, key: bytes) -> Reading | None:
        if pending := self._readings.get(key):
            return pending
        value = self._database.reading(key)
        return unpack_reading(key, value, self._shape) if value else None

    def _forget_pending(self) -> None:
        self._readings.clear()
        self._files.clear()

    def _key(self, content: bytes) -> bytes:
        return hashlib.blake2b(self._network + content, digest_size=16).digest()


def _file_key(root: Path, record: ImageRecord) -> bytes:
    identity = f"{root}\0{record.path}\0{record.stamp}"
    return hashlib.blake2b(identity.encode(errors="surrogatepass"), digest_size=16).digest()
