"""Recovery of a damaged project file: its newest good backup, and later edits that can still be read."""

import contextlib
import os
import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from engine.damaged_data import DamagedData, decoding
from engine.messages import Message, Param, Problem
from engine.project import backups
from engine.project.connection import connect
from engine.project.project import Project
from engine.project.project_title import project_title
from engine.project.store import write_problem
from engine.project.writer_lock import WriterLock
from engine.text import display_path

_T = TypeVar("_T")
Row = tuple[Any, ...]

_DAMAGE = ("project.damaged", "project.not_a_project")
"""Problems of a damaged file; an emptied or overwritten one is no project any more."""

_EDIT = "INSERT INTO edit (id, at, who, action, reason, model, undoes, redoes) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
_CHANGE = "INSERT INTO change (edit, image, field, old, new) VALUES (?, ?, ?, ?, ?)"
_IMAGE = (
    "INSERT INTO image (id, path, content, size, mtime_ns, present) VALUES (?1, ?2, ?3, ?4, ?5, "
    "?6 AND NOT EXISTS (SELECT 1 FROM image WHERE path = ?2 AND present))"
)
_READY = ".recovered"
"""Ending of a complete recovered file that has not taken its place yet."""


@dataclass(frozen=True, slots=True)
class Recovery:
    """Outcome of the recovery of a damaged project.

    `backup` took its place, `replayed` later edits were read from the damaged file, which is now
    `damaged`. `missing` edits could not be read, None if nobody can tell how many.
    """

    file: Path
    damaged: Path
    backup: backups.Backup
    replayed: int
    missing: int | None

    @property
    def message(self) -> Message:
        """The sentence for a person: what happened, what is missing and where the damaged file is."""
        at = self.backup.at.astimezone()
        params: dict[str, Param] = {
            "name": project_title(self.file),
            "when": f"{at:%Y-%m-%d %H:%M}",
            "replayed": self.replayed,
            "damaged": display_path(self.damaged),
        }
        if self.missing is None:
            return Message("backup.recovered_unknown", params)
        if self.missing:
            return Message("backup.recovered_partly", params | {"missing": self.missing})
        return Message("backup.recovered", params)


def opening_recovered(
    file: Path, use: Callable[[Project], _T], *, for_reading: bool = False
) -> tuple[_T, Recovery | None]:
    """Open a project and return what `use` makes of it; recover the file once if it is damaged.

    The project is closed if `use` fails, else `use` is in charge of it. With `for_reading` an undamaged
    project is not locked or changed. Raises `Problem`; that of the damage if there is no good backup.
    """
    finish_interrupted(file)
    opening = _open_to_read if for_reading else Project.open
    try:
        return _use(opening(file), use), None
    except Problem as problem:
        if problem.message.id not in _DAMAGE:
            raise
        recovery = recover(file)
        if recovery is None:
            raise
    return _use(opening(file), use), recovery


def recover(file: Path) -> Recovery | None:
    """Put the newest good backup in the place of a damaged file, with the later edits still readable.

    The damaged file is renamed and kept. Returns None, with nothing changed, if there is no good backup
    or another program is using the file. Raises `Problem`.
    """
    backup = backups.newest_good(file)
    if backup is None:
        return None
    replaced = replace_by_backup(file, backup, _replay)
    if replaced is None:
        return None
    damaged, (replayed, missing) = replaced
    return Recovery(file, damaged, backup, replayed, missing)


def replace_by_backup(
    file: Path, backup: backups.Backup, add_later: Callable[[Path, Path], _T]
) -> tuple[Path, _T] | None:
    """Put a backup in the place of a damaged database, and rename and keep the damaged file.

    `add_later(damaged, copy)` adds what the damaged file still has to the copy of the backup. Returns the
    new path of the damaged file and the result of `add_later`; None, with nothing changed, if another program
    is using the file. Raises `Problem`.
    """
    lock = WriterLock(file)
    try:
        if not lock.acquire():
            return None
        part = file.with_name(f".{file.name}.recovering")
        try:
            shutil.copyfile(backup.file, part)
            added = add_later(file, part)
            with part.open("r+b") as copy:
                os.fsync(copy.fileno())
            # Complete from here on: whatever happens, the next opening finishes the exchange.
            part.replace(_ready_file(file))
        finally:
            part.unlink(missing_ok=True)
        return exchange(file), added
    except OSError as error:
        raise write_problem(file, error) from error
    finally:
        lock.release()


def _open_to_read(file: Path) -> Project:
    try:
        return Project.open_to_read(file)
    except Problem as problem:
        if problem.message.id != "project.older":
            raise
    return Project.open(file)  # which migrates it


def _use(project: Project, use: Callable[[Project], _T]) -> _T:
    try:
        return use(project)
    except BaseException:
        project.close()
        raise


def _replay(damaged: Path, copy: Path) -> tuple[int, int | None]:
    """Append the edits of a damaged file that follow those of a copy, in order up to the first unreadable.

    Returns their number and that of the unreadable ones, if known. An edit keeps its number, so that
    none can be replayed twice.
    """
    with (
        contextlib.closing(connect(copy, "mode=rw")) as target,
        contextlib.closing(_open_damaged(damaged)) as source,
    ):
        target.execute("PRAGMA journal_mode = DELETE")
        last = target.execute("SELECT id, at FROM edit ORDER BY id DESC LIMIT 1").fetchone()
        first = last[0] if last else 0
        # A file that continues other edits is not the one that was backed up.
        if last and _read(source, "SELECT at FROM edit WHERE id = ?", first) not in (
            [],
            [last[1:]],
        ):
            return 0, None
        replayed = 0
        while edit := _next_edit(source, target, first + replayed):
            if not _append(target, *edit):
                break
            replayed += 1
        total = _read(source, "SELECT max(id) FROM edit")
    if not total or type(total[0][0]) is not int:
        return replayed, None
    return replayed, max(0, total[0][0] - first - replayed)


def _append(target: sqlite3.Connection, header: Row, images: list[Row], changes: list[Row]) -> bool:
    target.execute("BEGIN")
    try:
        with decoding():
            target.executemany(_IMAGE, images)
            target.execute(_EDIT, header)
            target.executemany(_CHANGE, changes)
            _apply(target, changes)
        target.execute("COMMIT")
    except (sqlite3.Error, DamagedData):
        target.execute("ROLLBACK")
        return False
    return True


def _open_damaged(file: Path) -> sqlite3.Connection:
    try:
        return connect(file, "mode=ro")
    except sqlite3.Error:
        return sqlite3.connect(":memory:")


def _next_edit(
    source: sqlite3.Connection, target: sqlite3.Connection, last: int
) -> tuple[Row, list[Row], list[Row]] | None:
    headers = _read(source, "SELECT * FROM edit WHERE id = ?", last + 1)
    changes = _read(source, "SELECT * FROM change WHERE edit = ?", last + 1)
    if not headers or not changes:
        return None
    images: list[Row] = []
    for image in dict.fromkeys(change[1] for change in changes):
        if not target.execute("SELECT 1 FROM image WHERE id = ?", (image,)).fetchone():
            columns = "id, path, content, size, mtime_ns, present"
            rows = _read(source, f"SELECT {columns} FROM image WHERE id = ?", image)
            if not rows:
                return None
            images += rows
    return headers[0], images, changes


def _read(database: sqlite3.Connection, query: str, *params: object) -> list[Row]:
    try:
        return database.execute(query, params).fetchall()
    except (sqlite3.Error, UnicodeError):
        return []


def _apply(target: sqlite3.Connection, changes: list[Row]) -> None:
    for _, image, field, old, new in changes:
        key = (image, field)
        state = target.execute("SELECT value FROM state WHERE image = ? AND field = ?", key)
        if (state.fetchone() or (None,))[0] != old:
            raise ValueError("the edit does not follow the state")
        target.execute("DELETE FROM state WHERE image = ? AND field = ?", key)
        if new is not None:
            target.execute("INSERT INTO state VALUES (?, ?, ?)", (*key, new))


def finish_interrupted(file: Path) -> None:
    """Finish an exchange in which the program was killed; raises `Problem`."""
    if _ready_file(file).exists():
        lock = WriterLock(file)
        try:
            if lock.acquire():
                exchange(file)
        except OSError as error:
            raise write_problem(file, error) from error
        finally:
            lock.release()


def exchange(file: Path) -> Path:
    """Put the recovered file in the place of the damaged one; return where that is now."""
    stamp = f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}"
    damaged = file.with_name(f"{file.name}.damaged-{stamp}")
    with contextlib.suppress(OSError):  # What cannot even be read is not worth keeping.
        shutil.copyfile(file, damaged)
    # Away before the exchange: SQLite would apply the log to the recovered file.
    for ending in ("-wal", "-shm", "-journal"):
        with contextlib.suppress(FileNotFoundError):
            file.with_name(f"{file.name}{ending}").replace(f"{damaged}{ending}")
    _ready_file(file).replace(file)
    return damaged


def _ready_file(file: Path) -> Path:
    """Return where a complete recovered file waits until it takes its place."""
    return file.with_name(f"{file.name}{_READY}")
