"""Store of image features by content, so that they are measured once. It may be deleted at any time."""

import contextlib
import hashlib
import sqlite3
import threading
import time
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from engine.cache_entries import seal, unseal
from engine.closing import Closing
from engine.curate.image_features import FEATURES_DTYPE, VERSION, ImageFeatures
from engine.images.decoder import DECODER_VERSION as DECODING
from engine.images.record import ImageRecord
from engine.paths import cache_dir

_FLUSH_ENTRIES = 512
_MIN_FILE_AGE_NS = 2_000_000_000

# In a damaged database even the error message may not be valid text.
_DATABASE_ERRORS = (sqlite3.Error, UnicodeError)

_CREATE_TABLES = """
CREATE TABLE IF NOT EXISTS facts (content BLOB PRIMARY KEY, value BLOB) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS qualities (content BLOB PRIMARY KEY, value BLOB) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS files (key BLOB PRIMARY KEY, content BLOB) WITHOUT ROWID;
"""


class FeatureStore(Closing):
    """Features by content and contents by file, in a database shared by all processes; thread-safe.

    If the database is unusable, everything is kept in memory while the store lives.
    """

    def __init__(self, file: Path | None = None) -> None:
        file = file or cache_dir() / f"facts-{VERSION}.{DECODING}.sqlite"
        self._lock = threading.Lock()
        self._unsaved_features: dict[bytes, bytes] = {}
        self._unsaved_files: dict[bytes, bytes] = {}
        self._unsaved_qualities: dict[bytes, bytes] = {}
        # If it is locked or on a full disk, features are measured again.
        self._database = _open_database(file)

    def close(self) -> None:
        """Write what is not saved yet, and close the database."""
        with self._lock:
            self._flush()
            if self._database is not None:
                self._database.close()
                self._database = None

    def known_content(self, root: Path, record: ImageRecord) -> str | None:
        """Return the content hash of a file unchanged since `put`, or None."""
        key = _file_key(root, record)
        with self._lock:
            value = self._unsaved_files.get(key) or self._fetch("files", "key", "content", key)
        return value.hex() if value else None

    def get(self, content: str) -> ImageFeatures | None:
        """Return the features of an image, a record array of length 1, or None if not measured yet."""
        key = bytes.fromhex(content)
        with self._lock:
            value = self._unsaved_features.get(key) or self._fetch("facts", "content", "value", key)
        if value is None or len(value) != FEATURES_DTYPE.itemsize:
            return None
        return np.frombuffer(value, FEATURES_DTYPE)

    def get_jpeg_quality(self, content: str) -> int | None:
        """Return the JPEG quality of an image, 0 for other formats, or None if it is not stored."""
        key = bytes.fromhex(content)
        with self._lock:
            value = self._unsaved_qualities.get(key) or self._fetch(
                "qualities", "content", "value", key
            )
        return value[0] if value and len(value) == 1 else None

    def put(
        self,
        root: Path,
        record: ImageRecord,
        content: str,
        features: ImageFeatures,
        jpeg_quality: int,
    ) -> None:
        """Store the features and the JPEG quality of a file."""
        key = bytes.fromhex(content)
        with self._lock:
            self._unsaved_qualities[key] = bytes([jpeg_quality])
            self._unsaved_features[key] = features.tobytes()
            # A file written just now may be written again with the same time stamp.
            if 0 < record.mtime_ns < time.time_ns() - _MIN_FILE_AGE_NS:
                self._unsaved_files[_file_key(root, record)] = key
            if len(self._unsaved_features) >= _FLUSH_ENTRIES and self._database is not None:
                self._flush()

    def _fetch(self, table: str, key_column: str, value_column: str, key: bytes) -> bytes | None:
        if self._database is None:
            return None
        with contextlib.suppress(sqlite3.Error, UnicodeError, TypeError, ValueError):
            query = f"SELECT {value_column} FROM {table} WHERE {key_column} = ?"
            row = self._database.execute(query, (key,)).fetchone()
            return unseal(key, bytes(row[0])) if row else None
        return None

    def _flush(self) -> None:
        if self._database is None:
            return
        try:
            with self._database:
                self._write("facts", self._unsaved_features.items())
                self._write("qualities", self._unsaved_qualities.items())
                self._write("files", self._unsaved_files.items())
        except _DATABASE_ERRORS:
            return
        self._unsaved_features.clear()
        self._unsaved_qualities.clear()
        self._unsaved_files.clear()

    def _write(self, table: str, rows: Iterable[tuple[bytes, bytes]]) -> None:
        assert self._database is not None
        sealed = [(key, seal(key, value)) for key, value in rows]
        self._database.executemany(f"INSERT OR REPLACE INTO {table} VALUES (?, ?)", sealed)


def _open_database(file: Path) -> sqlite3.Connection | None:
    """Open the database, None where that is impossible; a damaged one is made anew."""
    for is_last_try in (False, True):
        database = None
        try:
            database = sqlite3.connect(file, timeout=0.5, check_same_thread=False)
            database.execute("PRAGMA journal_mode = WAL")
            database.execute("PRAGMA synchronous = OFF")
            database.executescript(_CREATE_TABLES)
            return database
        except (*_DATABASE_ERRORS, OSError) as error:
            if database is not None:
                database.close()
            # The others are operational errors: locked, read-only, a full disk.
            is_damaged = isinstance(error, UnicodeError) or type(error) is sqlite3.DatabaseError
            if is_last_try or not is_damaged:
                return None
            for suffix in ("", "-wal", "-shm"):
                with contextlib.suppress(OSError):
                    Path(f"{file}{suffix}").unlink()
    return None


def _file_key(root: Path, record: ImageRecord) -> bytes:
    identity = f"{root}\0{record.path}\0{record.stamp}"
    return hashlib.blake2b(identity.encode(errors="surrogatepass"), digest_size=16).digest()
