"""Backups of project files: verified copies in the data folder, thinned to daily, weekly and monthly ones.

Each project file has a folder of its own in `backups`; the name of a backup tells when and why it was
made and the last edit it contains. A backup is itself a project file. Other databases of the data folder
are backed up in the same way (`DatabaseKind`).
"""

import contextlib
import hashlib
import os
import re
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from engine.messages import Problem
from engine.paths import data_dir
from engine.project import schema
from engine.project.backup_thinning import thin
from engine.project.connection import IMMUTABLE, connect
from engine.project.decisions import encode_path
from engine.project.project_title import PROJECTS_DIR, project_title
from engine.project.sqlite_errors import sqlite_errors_as_problems
from engine.project.sqlite_uri import sqlite_uri
from engine.temporaries import temporary_folder
from engine.text import display_path

BULK_EDIT_SIZE = 1_000
"""An edit of more images than this is preceded by a backup."""

INTERVAL = timedelta(minutes=30)
"""The longest time that an edit made in the window is in no backup."""

BUDGET_BYTES = 1 << 30
"""The size that the backups of one project may take together; the newest is kept in any case."""

_WRITE_PROBLEMS = ("project.disk_full", "project.disk_error", "project.write_refused",
                   "project.busy", "project.cannot_open")  # fmt: skip

_TIME_FORMAT = "%Y%m%dT%H%M%S%f"
_NAME = re.compile(r"(\d{8}T\d{12})Z-(\d+)-([a-z_]+)\.(?:bloodbench|sqlite)")


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup: when and why it was made, its size, and the number of the last edit in it.

    `reason` is `regular`, `bulk_edit`, `merge`, `migration`, `restore` or `damage`.
    """

    file: Path
    at: datetime
    reason: str
    last_edit: int
    size: int


@dataclass(frozen=True, slots=True)
class DatabaseKind:
    """Kind of database that is backed up: how its files are recognised and compared.

    `check` raises `Problem` for another file, `last_edit` returns a number for the backup's name, and
    `is_same` whether a backup has the same content as an open file.
    """

    suffix: str
    check: Callable[[sqlite3.Connection, Path], object]
    last_edit: Callable[[sqlite3.Connection], int]
    is_same: Callable[["Backup", sqlite3.Connection], bool]


def list_backups(project_file: Path) -> list[Backup]:
    """Return the backups of a project file, newest first; an unreadable folder counts as empty."""
    backups = []
    with contextlib.suppress(OSError):
        for file in backup_dir(project_file).iterdir():
            if match := _NAME.fullmatch(file.name):
                at = datetime.strptime(match[1], _TIME_FORMAT).replace(tzinfo=UTC)
                with contextlib.suppress(OSError):  # Another process may thin them meanwhile.
                    size = file.stat().st_size
                    backups.append(Backup(file, at, match[3], int(match[2]), size))
    return sorted(backups, key=lambda backup: backup.at, reverse=True)


def make_backup(project_file: Path, reason: str) -> Backup:
    """Back up a project file that others may be using, verify the copy and thin the older backups.

    If the newest backup has the same edits, it is returned instead. Raises `Problem` (`backup.failed`,
    `project.damaged`); the project is never changed.
    """
    return back_up_database(project_file, reason, _PROJECT)


def back_up_database(project_file: Path, reason: str, kind: DatabaseKind) -> Backup:
    """Back up a database of any kind; otherwise like `make_backup`."""
    existing = list_backups(project_file)
    folder = backup_dir(project_file)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        # In a folder of its own, because SQLite creates files beside the one it writes.
        with temporary_folder("backup", folder) as temporary:
            part = temporary / "new"
            with (
                sqlite_errors_as_problems(project_file),
                contextlib.closing(connect(project_file, "mode=ro")) as database,
            ):
                kind.check(database, project_file)
                if existing and kind.is_same(existing[0], database):
                    return existing[0]
                last_edit = _copy(database, part, kind)
            with part.open("r+b") as copy:
                os.fsync(copy.fileno())
            at = datetime.now(UTC)
            file = folder / f"{at.strftime(_TIME_FORMAT)}Z-{last_edit}-{reason}{kind.suffix}"
            part.replace(file)
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise Problem("backup.failed", file=project_title(project_file), reason=why) from error
    except Problem as problem:
        if problem.message.id not in _WRITE_PROBLEMS:
            raise
        why = str(problem.message.params.get("reason", ""))
        raise Problem("backup.failed", file=project_title(project_file), reason=why) from problem
    backup = Backup(file, at, reason, last_edit, file.stat().st_size)
    keep = set(thin([backup, *existing], at, BUDGET_BYTES))
    _remove(*(old.file for old in existing if old not in keep))
    return backup


def newest_good(project_file: Path) -> Backup | None:
    """Return the newest backup that is verified as undamaged once more; None if there is none."""
    return newest_good_database(project_file, _PROJECT)


def newest_good_database(file: Path, kind: DatabaseKind) -> Backup | None:
    """Return the newest undamaged backup of a database of any kind; None if there is none."""
    return next((b for b in list_backups(file) if _is_good(b.file, kind)), None)


def is_good(file: Path) -> bool:
    """Return whether a closed project file passes SQLite's integrity check and is one of this program."""
    return _is_good(file, _PROJECT)


def passes_check(database: sqlite3.Connection) -> bool:
    """Return whether an open file passes SQLite's integrity check; raises `sqlite3.Error`."""
    return bool(database.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",))


@contextlib.contextmanager
def open_backup(file: Path) -> Iterator[sqlite3.Connection]:
    """Open a closed project file that nobody writes, of this or an earlier version; raises `Problem`."""
    # `immutable`: nobody writes a backup, and its folder may be read-only.
    with (
        sqlite_errors_as_problems(file),
        contextlib.closing(connect(file, IMMUTABLE)) as database,
    ):
        schema.read_version(database, file)
        yield database


def backup_dir(project_file: Path) -> Path:
    """Return the folder of a project file's backups."""
    file = Path(os.path.realpath(project_file))
    # A library may move with the data folder, and its file names are unique.
    folders = (Path(os.path.realpath(folder)) for folder in (data_dir() / PROJECTS_DIR, data_dir()))
    if file.parent in folders:
        name = file.stem
    else:
        name = hashlib.blake2b(encode_path(os.fspath(file)), digest_size=16).hexdigest()
    return data_dir() / "backups" / name


def _has_same_edits(backup: Backup, database: sqlite3.Connection) -> bool:
    if backup.last_edit != _last_edit(database):
        return False
    # Edit numbers begin again where a project was replaced, or recovered from an earlier state.
    query = "SELECT at, who FROM edit ORDER BY id DESC LIMIT 1"
    with (
        contextlib.suppress(sqlite3.Error),
        contextlib.closing(connect(backup.file, IMMUTABLE)) as copy,
    ):
        return bool(copy.execute(query).fetchone() == database.execute(query).fetchone())
    return False


def _last_edit(database: sqlite3.Connection) -> int:
    return int(database.execute("SELECT coalesce(max(id), 0) FROM edit").fetchone()[0])


_PROJECT = DatabaseKind(".bloodbench", schema.read_version, _last_edit, _has_same_edits)


def _is_good(file: Path, kind: DatabaseKind) -> bool:
    try:
        with (
            sqlite_errors_as_problems(file),
            contextlib.closing(connect(file, IMMUTABLE)) as database,
        ):
            kind.check(database, file)
            return passes_check(database)
    except (Problem, sqlite3.Error):
        return False


def _copy(database: sqlite3.Connection, part: Path, kind: DatabaseKind) -> int:
    """Copy a database and verify the copy; return the number of its last edit."""
    uri = f"{sqlite_uri(part)}?mode=rwc"
    with contextlib.closing(sqlite3.connect(uri, uri=True, isolation_level=None)) as copy:
        # In one step, so that a writer in another process cannot make it start again.
        database.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")  # One plain file, like a closed project.
        if not passes_check(copy):
            raise Problem(
                "project.damaged", file=display_path(part.parent), reason="integrity_check"
            )
        return kind.last_edit(copy)


def _remove(*files: Path) -> None:
    for file in files:
        with contextlib.suppress(OSError):  # A file that stays is thinned the next time.
            file.unlink(missing_ok=True)
