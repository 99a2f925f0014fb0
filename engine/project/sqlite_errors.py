"""SQLite errors translated to problems that a person can understand."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from engine.damaged_data import DamagedData
from engine.messages import Problem
from engine.project.project_title import project_title
from engine.text import display_path

_PROBLEM_IDS = {
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
    # No such table or column: our statements match the schema, so the file is damaged.
    sqlite3.SQLITE_ERROR: "project.damaged",
    sqlite3.SQLITE_CANTOPEN: "project.cannot_open",
}

_PROBLEMS_OF_CONTENT = ("project.busy", "project.damaged")
"""Problems of a project, not of the place of its file."""


def primary_code(error: BaseException) -> int | None:
    """Return an error's primary SQLite result code, None where it has none."""
    number = getattr(error, "sqlite_errorcode", None)
    return None if number is None else int(number) & 0xFF


@contextmanager
def sqlite_errors_as_problems(file: Path) -> Iterator[None]:
    """Turn SQLite errors about a project file into `Problem` (`project.*`)."""
    try:
        yield
    except sqlite3.Error as error:
        problem_id = _PROBLEM_IDS.get(primary_code(error) or 0)
        if primary_code(error) is None and isinstance(error, sqlite3.OperationalError):
            problem_id = "project.damaged"  # text that is not UTF-8
        if problem_id is None:
            raise
        name = project_title if problem_id in _PROBLEMS_OF_CONTENT else display_path
        raise Problem(problem_id, file=name(file), reason=str(error)) from error
    except DamagedData as error:
        reason = str(error.message.params["reason"])
        raise Problem("project.damaged", file=project_title(file), reason=reason) from error
    except UnicodeError as error:  # SQLite's message about a damaged file may not be valid text.
        raise Problem("project.damaged", file=project_title(file), reason=str(error)) from error
