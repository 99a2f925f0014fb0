"""What SQLite's errors mean for a person."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from engine.messages import Problem
from engine.stored import Damaged

_MEANING = {
    sqlite3.SQLITE_FULL: "project.disk_full",
    sqlite3.SQLITE_IOERR: "project.disk_error",
    sqlite3.SQLITE_READONLY: "project.write_refused",
    sqlite3.SQLITE_PERM: "project.write_refused",
    sqlite3.SQLITE_BUSY: "project.busy",
    sqlite3.SQLITE_LOCKED: "project.busy",
    sqlite3.SQLITE_PROTOCOL: "project.busy",
    sqlite3.SQLITE_CORRUPT: "project.damaged",
    sqlite3.SQLITE_NOTADB: "project.damaged",
    sqlite3.SQLITE_MISMATCH: "project.damaged",
    sqlite3.SQLITE_TOOBIG: "project.damaged",
    # No such table, or column: our statements fit what our files hold.
    sqlite3.SQLITE_ERROR: "project.damaged",
    sqlite3.SQLITE_CANTOPEN: "project.cannot_open",
}


def code(error: BaseException) -> int | None:
    """Return SQLite's primary code of an error, where it has one."""
    number = getattr(error, "sqlite_errorcode", None)
    return None if number is None else int(number) & 0xFF


def shown(file: Path) -> str:
    """Return a path that can be shown and written: a name's bytes that are no text are replaced."""
    return str(file).encode("utf-8", "surrogateescape").decode("utf-8", "replace")


@contextmanager
def explained(file: Path) -> Iterator[None]:
    """Turn what SQLite cannot do with a project's file into a `Problem` (`project.*`)."""
    try:
        yield
    except sqlite3.Error as error:
        meaning = _MEANING.get(code(error) or 0)
        if code(error) is None and isinstance(error, sqlite3.OperationalError):
            meaning = "project.damaged"  # text that is none
        if meaning is None:
            raise
        raise Problem(meaning, file=shown(file), reason=str(error)) from error
    except Damaged as error:
        reason = str(error.message.params["reason"])
        raise Problem("project.damaged", file=shown(file), reason=reason) from error
    except UnicodeError as error:  # Of a damaged file even the error's message may be no text.
        raise Problem("project.damaged", file=shown(file), reason=str(error)) from error
