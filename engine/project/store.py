"""Project file as a database: writer lock, transactions, and SQLite errors as problems."""

import contextlib
import errno
import os
import sqlite3
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from engine.jobs import Cancelled
from engine.messages import Message, Problem
from engine.outputs import check_is_free, move_into_place
from engine.project import backups, metadata, schema
from engine.project.connection import connect, open_read_only, prepare_for_writing
from engine.project.project_title import project_title
from engine.project.sqlite_errors import primary_code, sqlite_errors_as_problems
from engine.project.sqlite_uri import sqlite_uri
from engine.project.writer_lock import WriterLock
from engine.temporaries import temporary_folder
from engine.text import display_path


class Store:
    """One open project file; `read_only` says why it cannot be written. Safe from any thread.

    Short operations share one connection and one lock; long reads get their own connection
    (`snapshot`), so that the GUI never waits for them.
    """

    def __init__(self, file: Path, *, for_reading: bool = False) -> None:
        """Open, lock and migrate a file; raises `Problem` (`project.*`).

        With `for_reading` nothing is locked or written, so that others may write it meanwhile.
        """
        self.file = file
        self.read_only: Message | None = None
        self.closed = False
        self._query = "mode=rw"
        self._lock = threading.RLock()
        self._writer = WriterLock(file)
        try:
            file.stat()
        except FileNotFoundError as error:
            raise Problem("project.missing", file=display_path(file)) from error
        except OSError as error:
            why = error.strerror or type(error).__name__
            raise Problem("project.cannot_open", file=display_path(file), reason=why) from error
        try:
            with sqlite_errors_as_problems(file):
                self._database = self._open_to_read() if for_reading else self._open()
        except BaseException:
            self._writer.release()
            raise

    @staticmethod
    def create(file: Path, entries: Mapping[str, Any]) -> "Store":
        """Create a file with these metadata entries and open it; raises `Problem` (`project.*`)."""
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            # Written under a temporary name, so that an incomplete project is never found.
            with _temporary_file_beside(file) as temporary:
                with (
                    sqlite_errors_as_problems(file),
                    contextlib.closing(connect(temporary, "mode=rwc")) as database,
                ):
                    schema.migrate(database, 0)
                    metadata.write_entries(database, entries)
                _sync_and_move(temporary, file)
        except OSError as error:
            raise write_problem(file, error) from error
        return Store(file)

    @contextmanager
    def write_transaction(self) -> Iterator[sqlite3.Connection]:
        """Yield a transaction that is committed to the disk at the end of the block, or rolled back.

        Raises `Problem` (`project.*`), after which the file is unchanged and can still be used.
        """
        with self.read_connection() as database:
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
    def read_connection(self) -> Iterator[sqlite3.Connection]:
        """Yield the connection for a short read; other threads wait meanwhile."""
        with self._lock, sqlite_errors_as_problems(self.file):
            if self.closed:
                raise Cancelled  # A background job outlived its project.
            yield self._database

    def exclusive_lock(self) -> "threading.RLock":
        """Return the lock, for work that belongs to a transaction."""
        return self._lock

    @contextmanager
    def snapshot(self) -> Iterator[sqlite3.Connection]:
        """Yield a separate connection that sees the file as it is now, for a long read."""
        if self.closed:
            raise Cancelled
        with (
            sqlite_errors_as_problems(self.file),
            contextlib.closing(connect(self.file, self._query)) as database,
        ):
            database.execute("PRAGMA query_only = 1")
            database.execute("BEGIN")
            yield database

    def copy_to(self, file: Path) -> None:
        """Write a complete copy, or nothing; raises `Problem` (`project.*`)."""
        try:
            if file.exists() and file.samefile(self.file):
                raise Problem("project.copy_onto_itself", file=display_path(file))
            check_is_free(file)
            with _temporary_file_beside(file) as temporary:
                with (
                    sqlite_errors_as_problems(file),
                    contextlib.closing(self._new_connection()) as database,
                ):
                    _write_copy(database, temporary, file)
                _sync_and_move(temporary, file)
        except OSError as error:
            raise write_problem(file, error) from error

    def close(self) -> None:
        """Close the database; what remains is one plain file."""
        with self._lock:
            if self.closed:
                return
            self.closed = True
            with contextlib.suppress(sqlite3.Error):
                if self.read_only is None:
                    # Without WAL it is one plain file, which can be copied and read from any disk.
                    self._database.execute("PRAGMA busy_timeout = 0")  # Do not wait for readers.
                    self._database.execute("PRAGMA journal_mode = DELETE")
            self._database.close()
            self._writer.release()

    def _new_connection(self) -> sqlite3.Connection:
        return connect(self.file, self._query)

    def _open(self) -> sqlite3.Connection:
        try:
            if not self._writer.acquire():
                self.read_only = Message("project.in_use", {"file": project_title(self.file)})
        except OSError as error:
            self.read_only = _read_only_message(self.file, error)
        if self.read_only is None:
            database = self._new_connection()
            try:
                number = schema.read_version(
                    database, self.file
                )  # Checked before anything is written.
                prepare_for_writing(database)
                self._migrate(database, number)
                return database
            except sqlite3.Error as error:
                database.close()
                if primary_code(error) not in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN):
                    raise
                self.read_only = _read_only_message(self.file, PermissionError())
                self._writer.release()
            except BaseException:
                database.close()
                raise
        database, self._query = open_read_only(self.file)
        return database

    def _open_to_read(self) -> sqlite3.Connection:
        self.read_only = Message("project.read_only", {"file": display_path(self.file)})
        database, self._query = open_read_only(self.file)
        return database

    def _migrate(self, database: sqlite3.Connection, version: int) -> None:
        if version == len(schema.MIGRATIONS):
            return
        with contextlib.suppress(Problem):  # The copy beside the file is the one that counts.
            backups.make_backup(self.file, "migration")
        copy = Path(f"{self.file}.v{version}")
        if not copy.exists():
            self.copy_to(copy)
        schema.migrate(database, version)


def write_problem(file: Path, error: OSError) -> Problem:
    """Return the problem for a file that could not be written."""
    full = error.errno in (errno.ENOSPC, errno.EDQUOT)
    reason = error.strerror or type(error).__name__
    name = "project.no_space" if full else "project.no_place"
    return Problem(name, file=display_path(file), reason=reason)


def _read_only_message(file: Path, error: OSError) -> Message:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return Message("project.read_only_full", {"file": display_path(file)})
    return Message("project.read_only", {"file": display_path(file)})


@contextmanager
def _temporary_file_beside(file: Path) -> Iterator[Path]:
    # In a folder of its own, because SQLite creates files beside the one it writes.
    with temporary_folder(file.name, file.parent) as folder:
        yield folder / "new"


def _write_copy(database: sqlite3.Connection, temporary: Path, file: Path) -> None:
    try:
        database.execute("VACUUM INTO ?", (sqlite_uri(temporary),))
    except sqlite3.Error as error:
        # The copy's disk failed; the project itself is unharmed.
        if primary_code(error) not in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR):
            raise
        full = primary_code(error) == sqlite3.SQLITE_FULL
        name = "project.no_space" if full else "project.no_place"
        raise Problem(name, file=display_path(file), reason=str(error)) from error


def _sync_and_move(temporary: Path, file: Path) -> None:
    with temporary.open("r+b") as written:
        os.fsync(written.fileno())
    move_into_place(temporary, file)
    if os.name == "posix":  # The directory entry has to be on the disk as well.
        folder = os.open(file.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
