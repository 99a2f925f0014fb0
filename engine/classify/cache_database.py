"""Cache database: two tables of bytes, limited in size, shared by processes.

Entries are evicted in the order in which they were last used. If the file cannot be used, `note` says
why, and nothing is found or written any more.
"""

import contextlib
import sqlite3
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from engine.messages import Message

_SCHEMA = 2
_BUSY_SECONDS = 0.25
_EVICTED_ROWS = 512
"""More rows than a flush adds, so that the size shrinks, but few enough to be quick."""

# In a damaged database even the error message may not be valid text.
_DATABASE_ERRORS = (sqlite3.Error, UnicodeError)

_CREATE_TABLES = """
CREATE TABLE IF NOT EXISTS readings (key BLOB PRIMARY KEY, used INTEGER, value BLOB);
CREATE INDEX IF NOT EXISTS readings_used ON readings (used);
CREATE TABLE IF NOT EXISTS files (key BLOB PRIMARY KEY, used INTEGER, content BLOB) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS files_used ON files (used);
"""


class CacheDatabase:
    """The tables `readings` (reading by key) and `files` (content hash by key); thread-safe.

    One thread at a time writes. `on_useless` is called once the file turns out to be unusable.
    """

    def __init__(self, file: Path, limit: int, on_useless: Callable[[], object]) -> None:
        self.note: Message | None = None
        self._file = file
        self._limit = limit
        self._on_useless = on_useless
        self._lock = threading.Lock()
        self._reader: sqlite3.Connection | None = None
        self._writer: sqlite3.Connection | None = None
        self._used_keys: set[bytes] = set()
        self._open()

    @property
    def is_open(self) -> bool:
        """True if entries can be written."""
        return self._writer is not None

    def reading(self, key: bytes) -> bytes | None:
        """Return the stored reading of a key."""
        return self._fetch("readings", "value", key)

    def content(self, key: bytes) -> bytes | None:
        """Return the stored content hash of a file's key."""
        return self._fetch("files", "content", key)

    def write(self, readings: Mapping[bytes, bytes], files: Mapping[bytes, bytes]) -> bool:
        """Write entries; return whether they are written."""
        if self._writer is None:
            return False
        with self._lock:
            used_keys, self._used_keys = self._used_keys, set()
        try:
            self._write(self._writer, readings, files, used_keys)
        except _DATABASE_ERRORS as error:
            if not _is_busy(error):
                self._give_up(error)
            return False
        return True

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            for connection in (self._reader, self._writer):
                if connection:
                    with contextlib.suppress(*_DATABASE_ERRORS):
                        connection.close()
            self._reader = self._writer = None

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
                self.close()
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
        readings: Mapping[bytes, bytes],
        files: Mapping[bytes, bytes],
        used_keys: set[bytes],
    ) -> None:
        now = _current_hour()
        database.execute("BEGIN IMMEDIATE")
        try:
            database.executemany(
                "INSERT OR REPLACE INTO readings VALUES (?, ?, ?)",
                [(key, now, reading) for key, reading in readings.items()],
            )
            database.executemany(
                "INSERT OR REPLACE INTO files VALUES (?, ?, ?)",
                [(key, now, content) for key, content in files.items()],
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
        for table in ("readings", "files"):
            database.execute(
                f"DELETE FROM {table} WHERE key IN (SELECT key FROM {table} ORDER BY used LIMIT ?)",
                (_EVICTED_ROWS,),
            )

    def _give_up(self, error: Exception) -> None:
        self.note = self.note or _unusable_note(error, self._file)
        self._on_useless()
        if _is_corrupt(error):
            self._delete()

    def _delete(self) -> None:
        for suffix in ("", "-wal", "-shm"):
            with contextlib.suppress(OSError):
                Path(f"{self._file}{suffix}").unlink()


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
