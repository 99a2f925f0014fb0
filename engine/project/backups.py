"""Backups of project files: verified copies in the data folder, thinned to daily, weekly and monthly ones.

Each project file has a folder of its own in `backups`; the name of a backup tells when and why it was
made and the last edit it contains. A backup is itself a project file.
"""

import contextlib
import hashlib
import os
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from engine.messages import Problem
from engine.paths import data_dir
from engine.project import schema
from engine.project.connection import connect, sqlite_uri
from engine.project.decisions import encode_path
from engine.project.sqlite_errors import display_path, sqlite_errors_as_problems
from engine.temporaries import temporary_folder

BULK_EDIT_SIZE = 1_000
"""An edit of more images than this is preceded by a backup."""

INTERVAL = timedelta(minutes=30)
"""The longest time that an edit made in the window is in no backup."""

BUDGET_BYTES = 1 << 30
"""The size that the backups of one project may take together; the newest is kept in any case."""

_ALL_FOR = timedelta(days=2)
_DAYS, _WEEKS, _MONTHS = 12, 10, 9

_WRITE_PROBLEMS = ("project.disk_full", "project.disk_error", "project.write_refused",
                   "project.busy", "project.cannot_open")  # fmt: skip

_SUFFIX = ".bloodbench"
_TIME_FORMAT = "%Y%m%dT%H%M%S%f"
_NAME = re.compile(r"(\d{8}T\d{12})Z-(\d+)-([a-z_]+)\.bloodbench")


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
                schema.read_version(database, project_file)
                if existing and _has_same_edits(existing[0], database):
                    return existing[0]
                last_edit = _copy(database, part)
            with part.open("r+b") as copy:
                os.fsync(copy.fileno())
            at = datetime.now(UTC)
            file = folder / f"{at.strftime(_TIME_FORMAT)}Z-{last_edit}-{reason}{_SUFFIX}"
            part.replace(file)
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise Problem("backup.failed", file=display_path(project_file), reason=why) from error
    except Problem as problem:
        if problem.message.id not in _WRITE_PROBLEMS:
            raise
        why = str(problem.message.params.get("reason", ""))
        raise Problem("backup.failed", file=display_path(project_file), reason=why) from problem
    backup = Backup(file, at, reason, last_edit, file.stat().st_size)
    keep = set(thin([backup, *existing], at, BUDGET_BYTES))
    _remove(*(old.file for old in existing if old not in keep))
    return backup


def thin(backups: Iterable[Backup], now: datetime, budget: int) -> list[Backup]:
    """Return the backups to keep, newest first.

    These are all of the last two days, then the last of each of 12 days, 10 weeks and 9 months. If
    they exceed the budget, the newest is kept, then daily, weekly and monthly ones, then the rest.
    """
    ordered = sorted(backups, key=lambda backup: backup.at, reverse=True)
    candidates = dict.fromkeys(ordered[:1])
    for limit, period in ((_DAYS, _day), (_WEEKS, _week), (_MONTHS, _month)):
        candidates |= dict.fromkeys(_last_of_each(ordered, period)[:limit])
    candidates |= dict.fromkeys(backup for backup in ordered if now - backup.at <= _ALL_FOR)
    selected: list[Backup] = []
    total = 0
    for backup in candidates:
        if not selected or total + backup.size <= budget:
            selected.append(backup)
            total += backup.size
    return sorted(selected, key=lambda backup: backup.at, reverse=True)


def newest_good(project_file: Path) -> Backup | None:
    """Return the newest backup that is verified as undamaged once more; None if there is none."""
    return next((backup for backup in list_backups(project_file) if is_good(backup.file)), None)


def is_good(file: Path) -> bool:
    """Return whether a closed project file passes SQLite's integrity check and is one of this program."""
    try:
        with open_backup(file) as database:
            return _passes_check(database)
    except (Problem, sqlite3.Error):
        return False


@contextlib.contextmanager
def open_backup(file: Path) -> Iterator[sqlite3.Connection]:
    """Open a closed project file that nobody writes, of this or an earlier version; raises `Problem`."""
    # `immutable`: nobody writes a backup, and its folder may be read-only.
    with (
        sqlite_errors_as_problems(file),
        contextlib.closing(connect(file, "immutable=1")) as database,
    ):
        schema.read_version(database, file)
        yield database


def backup_dir(project_file: Path) -> Path:
    """Return the folder of a project file's backups."""
    file = Path(os.path.realpath(project_file))
    # A library may move with the data folder, and its file names are unique.
    if file.parent == Path(os.path.realpath(data_dir() / "projects")):
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
        contextlib.closing(connect(backup.file, "immutable=1")) as copy,
    ):
        return bool(copy.execute(query).fetchone() == database.execute(query).fetchone())
    return False


def _copy(database: sqlite3.Connection, part: Path) -> int:
    """Copy a database and verify the copy; return the number of its last edit."""
    uri = f"{sqlite_uri(part)}?mode=rwc"
    with contextlib.closing(sqlite3.connect(uri, uri=True, isolation_level=None)) as copy:
        # In one step, so that a writer in another process cannot make it start again.
        database.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")  # One plain file, like a closed project.
        if not _passes_check(copy):
            raise Problem(
                "project.damaged", file=display_path(part.parent), reason="integrity_check"
            )
        return _last_edit(copy)


def _passes_check(database: sqlite3.Connection) -> bool:
    return bool(database.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",))


def _last_edit(database: sqlite3.Connection) -> int:
    return int(database.execute("SELECT coalesce(max(id), 0) FROM edit").fetchone()[0])


def _last_of_each(backups: Iterable[Backup], period: Callable[[datetime], object]) -> list[Backup]:
    last: dict[object, Backup] = {}
    for backup in backups:
        last.setdefault(period(backup.at), backup)
    return list(last.values())


def _day(at: datetime) -> object:
    return at.date()


def _week(at: datetime) -> object:
    return at.isocalendar()[:2]


def _month(at: datetime) -> object:
    return at.year, at.month


def _remove(*files: Path) -> None:
    for file in files:
        with contextlib.suppress(OSError):  # A file that stays is thinned the next time.
            file.unlink(missing_ok=True)
