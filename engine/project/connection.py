"""Connections to a project's file: to write and to read, wherever it lies."""

import sqlite3
from pathlib import Path

from engine.messages import Problem
from engine.project import schema
from engine.project.failures import code, shown

# A backup program or a virus scanner may hold the file for a moment; people wait no longer.
_BUSY_SECONDS = 2.0


def address(file: Path) -> str:
    """Return a file's address for SQLite, which can say names that are no text."""
    place = file.absolute().as_uri()
    if file.drive.startswith("\\\\"):  # SQLite takes no server's name but as a part of the path.
        place = place.replace("file://", "file:////", 1)
    return place


def connect(file: Path, query: str) -> sqlite3.Connection:
    """Open a file in the way that `query` says (`mode=rw`); raises `sqlite3.Error`."""
    return sqlite3.connect(
        f"{address(file)}?{query}",
        uri=True,
        timeout=_BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=256,
    )


def prepare(database: sqlite3.Connection) -> None:
    """Make a connection ready to write; raises `sqlite3.Error` where that cannot be."""
    try:
        database.execute("PRAGMA journal_mode = WAL")
    except sqlite3.OperationalError as error:
        # Some network disks know no shared memory. (Where they know no locks either, nothing helps.)
        if code(error) not in (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_PROTOCOL):
            raise
        database.execute("PRAGMA journal_mode = DELETE")
    # FULL: every label is on the disk before the next key, power cut or not. Measured on an SSD
    # (ext4, virtio): median 0.3 ms, longest of 500 1.0 ms; NORMAL would save 0.3 ms and lose labels.
    database.execute("PRAGMA synchronous = FULL")
    database.execute("PRAGMA foreign_keys = ON")
    database.execute("PRAGMA recursive_triggers = ON")  # REPLACE must not get round the triggers.
    database.execute("PRAGMA temp_store = MEMORY")
    # Tells at once whether the file can be written.
    database.execute("BEGIN IMMEDIATE")
    database.execute("ROLLBACK")


def open_to_read(file: Path) -> tuple[sqlite3.Connection, str]:
    """Open a file that others may be writing, and say how; needs no right to write anything.

    Raises `Problem` (`project.*`) and `sqlite3.Error`.
    """
    try:
        return _current(file, "mode=ro"), "mode=ro"
    except sqlite3.Error as error:
        # A folder that cannot be written to has no place for the memory that its users share.
        if code(error) not in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN):
            raise
        wal = Path(f"{file}-wal")
        # `immutable` would not see what was not yet put into the file itself.
        if wal.exists() and wal.stat().st_size:
            raise Problem("project.unfinished", file=shown(file)) from error
    return _current(file, "immutable=1"), "immutable=1"


def _current(file: Path, query: str) -> sqlite3.Connection:
    database = connect(file, query)
    try:
        schema.check_current(database, file)
    except BaseException:
        database.close()
        raise
    return database
