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
from engine.outputs import check_free, give_name
from engine.project import about, schema
from engine.project.connection import address, connect, open_to_read, prepare
from engine.project.failures import code, explained, shown
from engine.project.lock import WriterLock


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
        try:
            file.stat()
        except FileNotFoundError as error:
            raise Problem("project.missing", file=shown(file)) from error
        except OSError as error:
            why = error.strerror or type(error).__name__
            raise Problem("project.cannot_open", file=shown(file), reason=why) from error
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
                with explained(file), contextlib.closing(connect(new, "mode=rwc")) as database:
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
            contextlib.closing(connect(self.file, self._query)) as database,
        ):
            database.execute("PRAGMA query_only = 1")
            database.execute("BEGIN")
            yield database

    def copy_to(self, file: Path) -> None:
        """Write everything into one file, whole or not at all; raises `Problem` (`project.*`)."""
        try:
            if file.exists() and file.samefile(self.file):
                raise Problem("project.copy_onto_itself", file=shown(file))
            check_free(file)
            with _beside(file) as new:
                with explained(file), contextlib.closing(self._second()) as database:
                    _write_copy(database, new, file)
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
        return connect(self.file, self._query)

    def _open(self) -> sqlite3.Connection:
        try:
            if not self._writer.take():
                self.read_only = Message("project.in_use", {"file": shown(self.file)})
        except OSError as error:
            self.read_only = _refusal(self.file, error)
        if self.read_only is None:
            database = self._second()
            try:
                number = schema.version(database, self.file)  # A stranger's file is not touched.
                prepare(database)
                self._bring_up(database, number)
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

    def _bring_up(self, database: sqlite3.Connection, number: int) -> None:
        if number == len(schema.STEPS):
            return
        before = Path(f"{self.file}.v{number}")
        if not before.exists():
            self.copy_to(before)
        schema.bring_up(database, number)


def cannot_write(file: Path, error: OSError) -> Problem:
    """Return what to say where a file could not be written."""
    full = error.errno in (errno.ENOSPC, errno.EDQUOT)
    reason = error.strerror or type(error).__name__
    name = "project.no_space" if full else "project.no_place"
    return Problem(name, file=shown(file), reason=reason)


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


def _write_copy(database: sqlite3.Connection, new: Path, file: Path) -> None:
    try:
        database.execute("VACUUM INTO ?", (address(new),))
    except sqlite3.Error as error:
        # It is the copy's disk that failed, and no change was lost.
        if code(error) not in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR):
            raise
        full = code(error) == sqlite3.SQLITE_FULL
        name = "project.no_space" if full else "project.no_place"
        raise Problem(name, file=shown(file), reason=str(error)) from error


def _into_place(new: Path, file: Path) -> None:
    with new.open("r+b") as written:
        os.fsync(written.fileno())
    give_name(new, file)
    if os.name == "posix":  # The name has to be on the disk as well.
        folder = os.open(file.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
