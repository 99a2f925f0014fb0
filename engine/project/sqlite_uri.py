"""SQLite URI of a file."""

import os
import sqlite3
import stat
from pathlib import Path

_COMPANIONS = ("", "-wal", "-journal", "-shm")


def sqlite_uri(file: Path) -> str:
    """Return a file's SQLite URI, which can hold names that are not valid UTF-8.

    Raises `sqlite3.Error` for a pipe or device, which SQLite would wait for.
    """
    for companion in _COMPANIONS:
        if _is_special(f"{file}{companion}"):
            error = sqlite3.OperationalError("it is a pipe or a device")
            error.sqlite_errorcode = sqlite3.SQLITE_CANTOPEN
            raise error
    uri = file.absolute().as_uri()
    if file.drive.startswith("\\\\"):  # SQLite accepts a server name only as part of the path.
        uri = uri.replace("file://", "file:////", 1)
    return uri


def _is_special(path: str) -> bool:
    try:
        mode = os.stat(path).st_mode  # noqa: PTH116  (a name may not be valid UTF-8)
    except (OSError, ValueError):
        return False
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))
