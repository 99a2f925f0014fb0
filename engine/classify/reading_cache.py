"""Cache of readings, keyed by image content and network.

It may be deleted while the program is closed. If it cannot be used, the program runs without it.
"""

import contextlib
import hashlib
import json
import sqlite3
import struct
import threading
import time
import zlib
from pathlib import Path
from types import TracebackType

import numpy as np

from engine.cache_entries import seal, unseal
from engine.classify.card import Card
from engine.classify.reading import Reading
from engine.images.decoder import DECODER_VERSION as DECODING
from engine.images.record import ImageRecord
from engine.messages import Message
from engine.paths import cache_dir

MAX_BYTES = 2 << 30
"""Size limit: about 350,000 readings of an EfficientNetB4 at 380 pixels."""

_SCHEMA = 2
_FLUSH_ENTRIES = 256
_FLUSH_SECONDS = 2.0
_MAX_PENDING = 4096
_BUSY_SECONDS = 0.25
_EVICTED_ROWS = 2 * _FLUSH_ENTRIES
_MIN_FILE_AGE_NS = 2_000_000_000
_HEADER = struct.Struct("<IHIHH")  # CRC-32 of key and payload; classes, embedding size, map size

# In a damaged database even the error message may not be valid text.
_DATABASE_ERRORS = (sqlite3.Error, UnicodeError)

_CREATE_TABLES = """
CREATE TABLE IF NOT EXISTS readings (key BLOB PRIMARY KEY, used INTEGER, value BLOB);
CREATE INDEX IF NOT EXISTS readings_used ON readings (used);
CREATE TABLE IF NOT EXISTS files (key BLOB PRIMARY KEY, used INTEGER, content BLOB) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS files_used ON files (used);
"""


class ReadingCache:
    """The readings of one network, in a database shared by all networks and processes; thread-safe.

    `note` is the reason why nothing is cached, once that is known.
    """

    def __init__(
        self,
        card: Card,
        file: Path | None = None,
        limit: int = MAX_BYTES,
        views: int = 1,
    ) -> None:
        self.note: Message | None = None
        self._file = file or cache_dir() / "readings.sqlite"
        self._limit = limit
        self._shape = (len(card.classes), card.embedding_size, *card.map_size)
        preprocessing = card.preprocessing
        views_key = f" {views} views" if views > 1 else ""
        versions = f"{preprocessing.version}.{DECODING}"
        self._network = f"{card.model_id} {preprocessing.size} {versions}{views_key}".encode()
        self._lock = threading.Lock()
        self._writing = threading.Lock()
        self._reader: sqlite3.Connection | None = None
        self._writer: sqlite3.Connection | None = None
        self._readings: dict[bytes, Reading] = {}
        self._files: dict[bytes, bytes] = {}
        self._used_keys: set[bytes] = set()
        self._flushed_at = time.monotonic()
        self._open()

    def __enter__(self) -> "ReadingCache":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

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
        if content is None and (sealed := self._fetch("files", "content", key)):
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
            if self._writer is None:
                return
            readings, files = dict(self._readings), dict(self._files)
            with self._lock:
                used_keys, self._used_keys = self._used_keys, set()
            try:
                self._write(self._writer, readings, files, used_keys)
            except _DATABASE_ERRORS as error:
                if not _is_busy(error):
                    self._give_up(error)
                if len(readings) < _MAX_PENDING:
                    return
            for key in readings:
                self._readings.pop(key, None)
            for key in files:
                self._files.pop(key, None)

    def close(self) -> None:
        """Write pending entries and close the database."""
        self.flush()
        self._disconnect()

    def _get(self, key: bytes) -> Reading | None:
        if pending := self._readings.get(key):
            return pending
        value = self._fetch("readings", "value", key)
        return _unpack(key, value, self._shape) if value else None

    def _key(self, content: bytes) -> bytes:
        return hashlib.blake2b(self._network + content, digest_size=16).digest()

    def _fetch(self, table: str, column: str, key: bytes) -> bytes | None:
        with self._lock:
            if self._reader is None:
                return None
            try:
                row = self._reader.execute(
                    f"SELECT {column}, used FROM {table} WHERE key = ?", (key,)
                ).fetchone()
            except _DATABASE_ERRORS as error:
                if not _is_busy(error):
                    self._give_up(error)
                return None
            if row is None or not isinstance(row[0], bytes):
                return None
            if row[1] != _current_hour():
                self._used_keys.add(key)
            return row[0]

    def _open(self) -> None:
        for is_last_try in (False, True):
            try:
                self._file.parent.mkdir(parents=True, exist_ok=True)
                self._connect()
                return
            except (*_DATABASE_ERRORS, OSError) as error:
                self._disconnect()
                if is_last_try or not _is_corrupt(error):
                    self.note = _unusable_note(error, self._file)
                    return
                self._delete()

    def _connect(self) -> None:
        self._writer = self._connection()
        self._writer.execute("PRAGMA journal_mode = WAL")
        self._writer.execute("PRAGMA synchronous = NORMAL")
        if self._writer.execute("PRAGMA user_version").fetchone()[0] not in (0, _SCHEMA):
            # Written by another version.
            self._writer.executescript(
                "DROP TABLE IF EXISTS readings; DROP TABLE IF EXISTS files; VACUUM;"
            )
        self._writer.executescript(f"{_CREATE_TABLES} PRAGMA user_version = {_SCHEMA};")
        self._reader = self._connection()
        self._reader.execute("SELECT key FROM readings LIMIT 1").fetchone()

    def _connection(self) -> sqlite3.Connection:
        return sqlite3.connect(
            self._file, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False
        )

    def _write(
        self,
        database: sqlite3.Connection,
        readings: dict[bytes, Reading],
        files: dict[bytes, bytes],
        used_keys: set[bytes],
    ) -> None:
        now = _current_hour()
        database.execute("BEGIN IMMEDIATE")
        try:
            database.executemany(
                "INSERT OR REPLACE INTO readings VALUES (?, ?, ?)",
                [(key, now, _pack(key, reading)) for key, reading in readings.items()],
            )
            database.executemany(
                "INSERT OR REPLACE INTO files VALUES (?, ?, ?)",
                [(key, now, seal(key, content)) for key, content in files.items()],
            )
            for table in ("readings", "files"):
                database.executemany(
                    f"UPDATE {table} SET used = ? WHERE key = ?", [(now, key) for key in used_keys]
                )
            self._evict(database)
            database.execute("COMMIT")
        except BaseException:
            with contextlib.suppress(*_DATABASE_ERRORS):
                database.execute("ROLLBACK")
            raise

    def _evict(self, database: sqlite3.Connection) -> None:
        pages, free, size = (
            database.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("page_count", "freelist_count", "page_size")
        )
        if (pages - free) * size <= self._limit:
            return
        # More rows than a flush adds, so that the size shrinks, but few enough to be quick.
        for table in ("readings", "files"):
            database.execute(
                f"DELETE FROM {table} WHERE key IN (SELECT key FROM {table} ORDER BY used LIMIT ?)",
                (_EVICTED_ROWS,),
            )

    def _give_up(self, error: Exception) -> None:
        self.note = self.note or _unusable_note(error, self._file)
        self._readings.clear()
        self._files.clear()
        if _is_corrupt(error):
            self._delete()

    def _disconnect(self) -> None:
        with self._lock:
            for connection in (self._reader, self._writer):
                if connection:
                    with contextlib.suppress(*_DATABASE_ERRORS):
                        connection.close()
            self._reader = self._writer = None

    def _delete(self) -> None:
        for suffix in ("", "-wal", "-shm"):
            with contextlib.suppress(OSError):
                Path(f"{self._file}{suffix}").unlink()


def _pack(key: bytes, reading: Reading) -> bytes:
    height, width, classes = reading.maps.shape
    payload = (
        reading.logits.astype("<f4").tobytes()
        + reading.embedding.astype("<f2").tobytes()
        + reading.maps.astype("<f2").tobytes()
        + (
            json.dumps([[note.id, note.params] for note in reading.notes]).encode()
            if reading.notes
            else b""
        )
    )
    return (
        _HEADER.pack(zlib.crc32(key + payload), classes, len(reading.embedding), height, width)
        + payload
    )


def _unpack(key: bytes, value: bytes, shape: tuple[int, ...]) -> Reading | None:
    """Return the reading, or None where the bytes were not stored under this key."""
    if len(value) < _HEADER.size:
        return None
    checksum, *stored = _HEADER.unpack_from(value)
    payload = value[_HEADER.size :]
    if tuple(stored) != shape or zlib.crc32(key + payload) != checksum:
        return None
    classes, depth, height, width = shape
    half_count = depth + height * width * classes
    end = 4 * classes + 2 * half_count
    if len(payload) < end:
        return None
    halves = np.frombuffer(payload, "<f2", half_count, offset=4 * classes)
    return Reading(
        logits=np.frombuffer(payload, "<f4", classes),
        embedding=halves[:depth],
        maps=halves[depth:].reshape(height, width, classes),
        notes=tuple(Message(*note) for note in json.loads(payload[end:])) if payload[end:] else (),
    )


def _file_key(root: Path, record: ImageRecord) -> bytes:
    identity = f"{root}\0{record.path}\0{record.stamp}"
    return hashlib.blake2b(identity.encode(errors="surrogatepass"), digest_size=16).digest()


def _current_hour() -> int:
    # Precise enough for eviction, and reading a folder repeatedly writes nothing.
    return int(time.time() // 3600)


def _is_busy(error: Exception) -> bool:
    code = getattr(error, "sqlite_errorcode", None)
    return code is not None and code & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def _is_corrupt(error: Exception) -> bool:
    code = getattr(error, "sqlite_errorcode", None)
    damaged = code is not None and code & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
    return damaged or isinstance(error, UnicodeError)


def _unusable_note(error: Exception, file: Path) -> Message:
    reason = getattr(error, "strerror", None) or str(error)
    return Message("cache.useless", {"reason": reason, "folder": str(file.parent)})
