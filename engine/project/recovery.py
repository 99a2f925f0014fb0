"""Recovery of a damaged project file: its newest good backup, and later edits that can still be read."""

import contextlib
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from engine.messages import Message, Param, Problem
from engine.paths import data_dir
from engine.project import backups
from engine.project.edit_replay import replay_edits
from engine.project.project import Project
from engine.project.project_title import PROJECTS_DIR, project_title
from engine.project.store import write_problem
from engine.project.writer_lock import WriterLock
from engine.text import display_path

_T = TypeVar("_T")

_DAMAGE = ("project.damaged", "project.not_a_project")
"""Problems of a damaged file; an emptied or overwritten one is no project any more."""

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
            name = "recovered_first" if self.replayed else "recovered_backup"
        elif self.missing:
            name = "recovered_partly" if self.replayed else "recovered_none"
            params |= {"missing": self.missing}
        else:
            name = "recovered_all" if self.replayed else "recovered_same"
        return Message(f"backup.{name}", params)


def opening_recovered(
    file: Path, use: Callable[[Project], _T], *, for_reading: bool = False
) -> tuple[_T, Recovery | None]:
    """Open a project and return what `use` makes of it; recover the file once if it is damaged.

    The project is closed if `use` fails, else `use` is in charge of it. With `for_reading` an undamaged
    project is not locked or changed. Raises `Problem`; on the damage if there is no good backup.
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
            explained = explained_damage(file, problem.message)
            raise Problem(explained.id, **explained.params) from problem
    return _use(opening(file), use), recovery


def explained_damage(file: Path, message: Message) -> Message:
    """Return the message on an unreadable project; without a backup it says what can be done."""
    # Elsewhere a file that is no project may be one of another program.
    is_damaged = message.id == "project.damaged" or (
        message.id in _DAMAGE
        and os.path.realpath(file.parent) == os.path.realpath(data_dir() / PROJECTS_DIR)
    )
    if not is_damaged or backups.newest_good(file) is not None:
        return message
    # The path too, because a person is to put a copy there; the name as it was known when it was read.
    title, path = str(message.params["file"]), display_path(file)
    return Message("project.lost", {"file": title if title == path else f"{title} ({path})"})


def recover(file: Path) -> Recovery | None:
    """Put the newest good backup in the place of a damaged file, with the later edits still readable.

    The damaged file is renamed and kept. Returns None, with nothing changed, if there is no good backup
    or another program is using the file. Raises `Problem`.
    """
    backup = backups.newest_good(file)
    if backup is None:
        return None
    replaced = replace_by_backup(file, backup, replay_edits)
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
