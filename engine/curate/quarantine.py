"""Quarantine: moves files out of an image folder and back; a crash at any time loses nothing.

The manifest is a log of JSON lines in the quarantine folder. A line records what *will* be moved and is on
disk before the move; where each file is now is read from the disk itself. Within one disk a move is one
rename, so a file is always in exactly one place. No file is ever overwritten.
"""

import contextlib
import errno
import os
import shutil
import stat
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from io import FileIO
from pathlib import Path

from engine.curate.interrupted_moves import (
    heal_interrupted_moves,
    hold_manifest,
    is_moved_copy,
    partial_path,
)
from engine.curate.manifest import (
    MANIFEST_NAME,
    Manifest,
    is_inside,
    leaves_root,
    read_manifest,
    write_header,
    write_line,
)
from engine.curate.move_checks import Evidence, MoveChecker
from engine.jobs import Job
from engine.locks import try_lock
from engine.messages import Message, Problem, render
from engine.renaming import rename_noreplace

__all__ = [
    "MANIFEST_NAME",
    "MoveResult",
    "make_quarantine_folder",
    "move_files",
    "move_files_to",
    "reason_text",
    "restore_files",
]


StayReason = str | Message
"""Why a file was not moved: the system's error text, or a message. Empty where it was moved."""


@dataclass(frozen=True, slots=True)
class MoveResult:
    """Result of a move or a restore: the number of moved files, and the paths not moved with the reasons."""

    manifest: Path
    moved_count: int
    not_moved: tuple[tuple[str, StayReason], ...] = ()


def move_files(
    job: Job,
    root: Path,
    files: Iterable[tuple[str, str]],
    into: Path,
    evidence: Mapping[str, Evidence] | None = None,
) -> MoveResult:
    """Move files (path relative to `root`, reason) to a new folder inside `into`; see `move_files_to`."""
    return move_files_to(job, root, files, make_quarantine_folder(into), evidence)


def move_files_to(
    job: Job,
    root: Path,
    files: Iterable[tuple[str, str]],
    folder: Path,
    evidence: Mapping[str, Evidence] | None = None,
) -> MoveResult:
    """Move files (path relative to `root`, reason) to a folder without other moves; raises `Problem`.

    Raises `Cancelled` between two files; moved files are in the manifest. A file that cannot be moved stays
    in place and is listed in the result. So does a file whose check before the move does not confirm the
    reason (a finding's kind, with its `evidence`): one that is readable after all, one without a remaining
    copy, one whose content changed.
    """
    root = Path(os.path.realpath(root))
    files = list(files)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        folder = Path(os.path.realpath(folder))
        heal_interrupted_moves(root, folder)
        log = (folder / MANIFEST_NAME).open("xb", buffering=0)
        with log:
            try:
                write_header(log, root, folder)
            except OSError:
                (folder / MANIFEST_NAME).unlink()
                raise
            _sync_folder(folder)
            if os.name == "posix":
                try_lock(log.fileno())  # so that no other process heals this move meanwhile
            checker = MoveChecker(root, evidence or {}, [path for path, _ in files])
            moved_count, not_moved = _move_all(job, root, files, folder, log, checker)
    except OSError as error:
        raise Problem(
            "quarantine.no_place", folder=str(folder), reason=_error_text(error)
        ) from error
    return MoveResult(folder / MANIFEST_NAME, moved_count, not_moved)


def _move_all(
    job: Job,
    root: Path,
    files: list[tuple[str, str]],
    folder: Path,
    log: FileIO,
    checker: MoveChecker,
) -> tuple[int, tuple[tuple[str, StayReason], ...]]:
    moved_count, not_moved = 0, list[tuple[str, StayReason]]()
    for index, (path, reason) in enumerate(files):
        job.progress(index, len(files))
        if not is_inside(path):  # such a line would make the whole manifest invalid
            not_moved.append((path, os.strerror(errno.EINVAL)))
            continue
        refusal = _why_not_movable(root, path) or checker.reason_to_stay(path, reason)
        if refusal:
            not_moved.append((path, refusal))
            continue
        try:
            write_line(log, {"path": path, "reason": reason})
        except OSError as error:
            # A file that cannot be recorded is not moved, for instance on a full disk.
            not_moved += [(remaining, _error_text(error)) for remaining, _ in files[index:]]
            break
        failure = _move_one(root, folder, path)
        moved_count += not failure
        not_moved += [(path, failure)] if failure else []
    return moved_count, tuple(not_moved)


def make_quarantine_folder(into: Path) -> Path:
    """Make a new folder inside `into`, so that every move has its own; raises `Problem`."""
    into = into.absolute()
    stamp = time.strftime("%Y%m%d-%H%M%S")
    try:
        into.mkdir(parents=True, exist_ok=True)
        for number in range(1, 10_000):
            with contextlib.suppress(FileExistsError):
                folder = into / (stamp if number == 1 else f"{stamp}-{number}")
                folder.mkdir()
                return folder
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(into))
    except OSError as error:
        raise Problem("quarantine.no_place", folder=str(into), reason=_error_text(error)) from error


def restore_files(job: Job, manifest: Path, to: Path | None = None) -> MoveResult:
    """Move back all files of a manifest that are still in quarantine; raises `Problem`, `Cancelled`.

    They return to their original folder, which must be unchanged (`read_manifest`), or to the folder `to`
    given by the user. A file whose old path is taken stays in quarantine and is listed in the result; so
    are files that a damaged manifest does not list. Once nothing is left, the manifest and the empty
    folders are deleted.
    """
    verified = read_manifest(manifest, to)
    with contextlib.ExitStack() as stack:
        with contextlib.suppress(OSError):
            stack.enter_context(hold_manifest(verified.file))
        return _restore_all(job, verified)


def _restore_all(job: Job, verified: Manifest) -> MoveResult:
    moved_count, not_moved = 0, list[tuple[str, StayReason]]()
    for index, path in enumerate(verified.paths):
        job.progress(index, len(verified.paths))
        if not os.path.lexists(verified.folder / path):
            continue  # never moved, or already restored
        failure = _move_one(verified.folder, verified.root, path)
        moved_count += not failure
        not_moved += [(path, failure)] if failure else []
    if not verified.is_complete:
        not_moved += [
            (unlisted, os.strerror(errno.EILSEQ)) for unlisted in _unlisted_files(verified)
        ]
    if not not_moved:
        _delete_empty_folders(verified)
    return MoveResult(verified.file, moved_count, tuple(not_moved))


def _unlisted_files(manifest: Manifest) -> list[str]:
    """Return the files in quarantine that the manifest does not list."""
    folder, paths = manifest.folder, manifest.paths
    expected = {MANIFEST_NAME, *paths, *(partial_path(Path(path)).as_posix() for path in paths)}
    files = (file for file in folder.rglob("*") if file.is_symlink() or file.is_file())
    return sorted({file.relative_to(folder).as_posix() for file in files} - expected)


def _move_one(source: Path, target: Path, path: str) -> StayReason:
    """Move a file to another folder, never over another file; return why it was not moved, or "".

    Links are not followed: what they point to belongs to another folder.
    """
    old, new = source / path, target / path
    if leaves_root(target, path):
        return Message("quarantine.through_link", {"folder": str(target)})
    if refusal := _why_not_movable(source, path):
        return refusal
    try:
        if os.path.lexists(new) and is_moved_copy(old, new):
            old.unlink()  # killed after the copy to another disk, before the old file was deleted
            return ""
        new.parent.mkdir(parents=True, exist_ok=True)
        try:
            rename_noreplace(old, new)
        except OSError as error:
            if error.errno != errno.EXDEV:
                raise
            _move_across_disks(old, new)
        _sync_folder(new.parent)
        _sync_folder(old.parent)
    except OSError as error:
        return _error_text(error)
    return ""


def _why_not_movable(folder: Path, path: str) -> StayReason:
    """Return why a path cannot be moved (not a file, or behind a link), or ""."""
    if leaves_root(folder, path):
        return Message("quarantine.through_link", {"folder": str(folder)})
    try:
        is_file = stat.S_ISREG((folder / path).lstat().st_mode)
    except OSError as error:
        return _error_text(error)
    return "" if is_file else Message("quarantine.no_file")


def _move_across_disks(old: Path, new: Path) -> None:
    """Move a file to another disk: copy it completely under a hidden name first."""
    partial = partial_path(new)
    partial.unlink(missing_ok=True)  # left by a move that was killed
    try:
        shutil.copy2(old, partial, follow_symlinks=False)
        if not partial.is_symlink():
            with partial.open("rb+") as copy:
                os.fsync(copy.fileno())
        rename_noreplace(partial, new)
    finally:
        partial.unlink(missing_ok=True)
    _sync_folder(new.parent)
    old.unlink()


def _delete_empty_folders(manifest: Manifest) -> None:
    paths = [path for path in manifest.paths if not leaves_root(manifest.folder, path)]
    folders = {parent for path in paths for parent in (manifest.folder / path).parents}
    inner_folders = [folder for folder in folders if folder.is_relative_to(manifest.folder)]
    for file in (manifest.file, *(partial_path(manifest.folder / path) for path in paths)):
        with contextlib.suppress(OSError):
            file.unlink(missing_ok=True)
    for folder in sorted({*inner_folders, manifest.folder}, key=lambda folder: -len(folder.parts)):
        with contextlib.suppress(OSError):
            folder.rmdir()  # only if it is empty


def _sync_folder(folder: Path) -> None:
    # Windows cannot open folders, and some disks do not support it.
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def reason_text(reason: StayReason, to_text: Callable[[Message], str] = render) -> str:
    """Return the text of the reason why a file was not moved."""
    return reason if isinstance(reason, str) else to_text(reason)


def _error_text(error: Exception) -> str:
    return getattr(error, "strerror", None) or type(error).__name__
