"""A project's file as a database: who may write, transactions, and what SQLite says in plain words."""

import contextlib
import errno
import os
import shutil
import sqlite3
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from engine.jobs import Cancelled
from engine.messages import Message, Problem
from engine.project import about, schema
from engine.project.failures import code, explained, shown
from engine.project.lock import WriterLock

# A backup program or a virus scanner may hold the file for a moment; people wait no longer.
_BUSY_SECONDS = 2.0


class Store:
    """One open file; `read_only` says why nothing can be written. Safe from any thread.

    What is short goes through one connection and one lock; what reads everything gets a connection
    of its own (`snapshot`), so that no key press ever waits for it.
    """

    def __init__(self, file: Path) -> None:
        """Open a file, bring it up to date, lock it; raises `Problem` (`project.*`)."""
        self.file = file
        self.read_only: Message | None = None
        self.closed = False
        self._query = "mode=rw"
        self._lock = threading.RLock()
        self._writer = WriterLock(file)
        if not file.exists():
            raise Problem("project.missing", file=shown(file))
        try:
            with explained(file):
                self._database = self._open()
        except BaseException:
            self._writer.release()
            raise

    @staticmethod
    def create(file: Path, notes: Mapping[str, Any]) -> "Store":
        """Make an empty file with what is noted of it, and open it; raises `Problem` (`project.*`)."""
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            # Made under another name, so that a half-made project is never found.
            with _beside(file) as new:
                with explained(file), contextlib.closing(_connect(new, "mode=rwc")) as database:
                    schema.bring_up(database, 0)
                    about.put(database, notes)
                _into_place(new, file)
        except OSError as error:
            raise cannot_write(file, error) from error
        return Store(file)

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Give a transaction that is on the disk at the end of the block, whole or not at all.

        Raises `Problem` (`project.*`), after which the file is as it was and can still be used.
        """
        with self.looking() as database:
            if self.read_only:
                raise Problem(self.read_only.id, **self.read_only.params)
            database.execute("BEGIN IMMEDIATE")
            try:
                yield database
                database.execute("COMMIT")
            except BaseException:
                if database.in_transaction:
                    database.execute("ROLLBACK")
                raise

    @contextmanager
    def looking(self) -> Iterator[sqlite3.Connection]:
        """Give the connection for a short look; others wait meanwhile."""
        with self._lock, explained(self.file):
            if self.closed:
                raise Cancelled  # Work in the background outlived its project.
            yield self._database

    def alone(self) -> "threading.RLock":
        """Give the lock, for what has to go with a transaction."""
        return self._lock

    @contextmanager
    def snapshot(self) -> Iterator[sqlite3.Connection]:
        """Give a connection that sees the file as it is now, for a long look that nobody waits for."""
        if self.closed:
            raise Cancelled
        with (
            explained(self.file),
            contextlib.closing(_connect(self.file, self._query)) as database,
        ):
            database.execute("PRAGMA query_only = 1")
            database.execute("BEGIN")
            yield database

    def copy_to(self, file: Path) -> None:
        """Write everything into one file, whole or not at all; raises `Problem` (`project.*`)."""
        try:
            if file.exists() and file.samefile(self.file):
                raise Problem("project.copy_onto_itself", file=shown(file))
            with _beside(file) as new:
                with explained(file), contextlib.closing(self._second()) as database:
                    database.execute("VACUUM INTO ?", (os.fspath(new),))
                _into_place(new, file)
        except OSError as error:
            raise cannot_write(file, error) from error

    def close(self) -> None:
        """Let go of the file; afterwards it is one file again."""
        with self._lock:
            if self.closed:
                return
            self.closed = True
            with contextlib.suppress(sqlite3.Error):
                if self.read_only is None:
                    # At rest it is one plain file, which can be copied and read from any disk.
                    self._database.execute("PRAGMA busy_timeout = 0")  # Who reads may go on.
                    self._database.execute("PRAGMA journal_mode = DELETE")
            self._database.close()
            self._writer.release()

    def _second(self) -> sqlite3.Connection:
        return _connect(self.file, self._query)

    def _open(self) -> sqlite3.Connection:
        try:
            if not self._writer.take():
                self.read_only = Message("project.in_use", {"file": shown(self.file)})
        except OSError as error:
            self.read_only = _refusal(self.file, error)
        if self.read_only is None:
            database = self._second()
            try:
                _prepare(database)
                self._bring_up(database)
                return database
            except sqlite3.Error as error:
                database.close()
                if code(error) not in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN):
                    raise
                self.read_only = _refusal(self.file, PermissionError())
                self._writer.release()
            except BaseException:
                database.close()
                raise
        database, self._query = open_to_read(self.file)
        return database

    def _bring_up(self, database: sqlite3.Connection) -> None:
        number = schema.version(database, self.file)
        if number == len(schema.STEPS):
            return
        before = Path(f"{self.file}.v{number}")
        if not before.exists():
            self.copy_to(before)
        schema.bring_up(database, number)


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
    database = _connect(file, query)
    try:
        schema.check_current(database, file)
    except BaseException:
        database.close()
        raise
    return database


def cannot_write(file: Path, error: OSError) -> Problem:
    """Return what to say where a file could not be written."""
    full = error.errno in (errno.ENOSPC, errno.EDQUOT)
    reason = error.strerror or type(error).__name__
    name = "project.no_space" if full else "project.no_place"
    return Problem(name, file=shown(file), reason=reason)


def _connect(file: Path, query: str) -> sqlite3.Connection:
    address = file.absolute().as_uri()
    if file.drive.startswith("\\\\"):  # SQLite takes no server's name but as a part of the path.
        address = address.replace("file://", "file:////", 1)
    return sqlite3.connect(
        f"{address}?{query}",
        uri=True,
        timeout=_BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=256,
    )


def _prepare(database: sqlite3.Connection) -> None:
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


def _refusal(file: Path, error: OSError) -> Message:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return Message("project.read_only_full", {"file": shown(file)})
    return Message("project.read_only", {"file": shown(file)})


@contextmanager
def _beside(file: Path) -> Iterator[Path]:
    # Its own folder: SQLite lays files of its own beside what it writes.
    folder = Path(tempfile.mkdtemp(prefix=".bloodbench-", dir=file.parent))
    try:
        yield folder / "new"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _into_place(new: Path, file: Path) -> None:
    with new.open("r+b") as written:
        os.fsync(written.fileno())
    new.replace(file)
