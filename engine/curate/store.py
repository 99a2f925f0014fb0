"""Facts that were measured before, by the image's content; safe to delete, never a reason to stop."""

import contextlib
import hashlib
import sqlite3
import threading
import time
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType

import numpy as np

from engine.cached import seal, unseal
from engine.curate.facts import FACTS, VERSION, Facts
from engine.images.decode import VERSION as DECODING
from engine.images.record import ImageRecord
from engine.paths import cache_dir

_FLUSH = 512
_SETTLED_NS = 2_000_000_000

_CREATE = """
CREATE TABLE IF NOT EXISTS facts (content BLOB PRIMARY KEY, value BLOB) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS files (key BLOB PRIMARY KEY, content BLOB) WITHOUT ROWID;
"""


class FactStore:
    """Facts by content and contents by file, in one database that all programs share; thread-safe.

    Where the database is of no use, everything is kept in memory for as long as the store lives.
    """

    def __init__(self, file: Path | None = None) -> None:
        file = file or cache_dir() / f"facts-{VERSION}.{DECODING}.sqlite"
        self._lock = threading.Lock()
        self._new: dict[bytes, bytes] = {}
        self._files: dict[bytes, bytes] = {}
        self._database: sqlite3.Connection | None = None
        # Damaged, locked or on a full disk: measured again, no more.
        with contextlib.suppress(sqlite3.Error, OSError):
            database = sqlite3.connect(file, timeout=0.5, check_same_thread=False)
            database.execute("PRAGMA journal_mode = WAL")
            database.execute("PRAGMA synchronous = OFF")
            database.executescript(_CREATE)
            self._database = database

    def __enter__(self) -> "FactStore":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with self._lock:
            self._flush()
            if self._database is not None:
                self._database.close()
                self._database = None

    def content_of(self, root: Path, record: ImageRecord) -> str | None:
        """Return the content hash of a file that has not changed since `remember`; None if unknown."""
        key = _file_key(root, record)
        with self._lock:
            value = self._files.get(key) or self._fetch("files", "key", "content", key)
        return value.hex() if value else None

    def get(self, content: str) -> Facts | None:
        """Return the facts of an image, a record array of one; None if it was never measured."""
        key = bytes.fromhex(content)
        with self._lock:
            value = self._new.get(key) or self._fetch("facts", "content", "value", key)
        if value is None or len(value) != FACTS.itemsize:
            return None
        return np.frombuffer(value, FACTS)

    def put(self, root: Path, record: ImageRecord, content: str, facts: Facts) -> None:
        """Keep what was measured of a file."""
        key = bytes.fromhex(content)
        with self._lock:
            self._new[key] = facts.tobytes()
            # A file written just now may be written again within the same tick of its clock.
            if 0 < record.mtime_ns < time.time_ns() - _SETTLED_NS:
                self._files[_file_key(root, record)] = key
            if len(self._new) >= _FLUSH and self._database is not None:
                self._flush()

    def _fetch(self, table: str, name: str, value: str, key: bytes) -> bytes | None:
        if self._database is None:
            return None
        with contextlib.suppress(sqlite3.Error, UnicodeError, TypeError, ValueError):
            query = f"SELECT {value} FROM {table} WHERE {name} = ?"
            found = self._database.execute(query, (key,)).fetchone()
            return unseal(key, bytes(found[0])) if found else None
        return None

    def _flush(self) -> None:
        if self._database is None:
            return
        try:
            with self._database:
                self._write("facts", self._new.items())
                self._write("files", self._files.items())
        except sqlite3.Error:
            return
        self._new.clear()
        self._files.clear()

    def _write(self, table: str, rows: Iterable[tuple[bytes, bytes]]) -> None:
        assert self._database is not None
        sealed = [(key, seal(key, value)) for key, value in rows]
        self._database.executemany(f"INSERT OR REPLACE INTO {table} VALUES (?, ?)", sealed)


def _file_key(root: Path, record: ImageRecord) -> bytes:
    place = f"{root}\0{record.path}\0{record.stamp}"
    return hashlib.blake2b(place.encode(errors="surrogatepass"), digest_size=16).digest()
