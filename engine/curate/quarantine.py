"""Quarantine: a folder for files moved out of an image folder, and their return; a crash loses no file.

The manifest is a log of JSON lines in the quarantine folder. A line records what *will* be moved and is on
disk before the move; where each file is now is read from the disk itself. Within one disk a move is one
rename, so a file is always in exactly one place. No file is ever overwritten.
"""

import contextlib
import errno
import os
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from io import FileIO
from pathlib import Path

from engine.curate.file_move import (
    StayReason,
    error_text,
    move_one,
    reason_text,
    sync_folder,
    why_not_movable,
)
from engine.curate.interrupted_moves import (
    heal_interrupted_moves,
    hold_manifest,
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
from engine.messages import Problem
from engine.output_places import enclosing_folder

__all__ = [
    "MANIFEST_NAME",
    "MoveResult",
    "check_quarantine_outside",
    "make_quarantine_folder",
    "move_files",
    "move_files_to",
    "reason_text",
    "restore_files",
]


@dataclass(frozen=True, slots=True)
class MoveResult:
    """Result of a move or a restore: the number of moved files, and the paths not moved with the reasons."""

    manifest: Path
    moved_count: int
    not_moved: tuple[tuple[str, StayReason], ...] = ()


def check_quarantine_outside(into: Path, folders: Iterable[Path]) -> None:
    """Raise `Problem` if files in quarantine would be read as images of one of the folders later."""
    if enclosing_folder(into, folders):
        raise Problem("quarantine.inside", folder=str(into))


def move_files(
    job: Job,
    root: Path,
    files: Iterable[tuple[str, str]],
    into: Path,
    evidence: Mapping[str, Evidence] | None = None,
) -> MoveResult:
    """Move files (path relative to `root`, reason) to a new folder inside `into`; see `move_files_to`.

    `into` must be outside `root`. If no file is moved, no folder remains.
    """
    check_quarantine_outside(into, [root])
    is_new = not into.exists()
    moved = move_files_to(job, root, files, make_quarantine_folder(into), evidence)
    if not moved.moved_count:
        with contextlib.suppress(Problem, OSError):
            manifest = read_manifest(moved.manifest)
            # A file whose original could not be deleted lies in both places, and needs its manifest.
            if not manifest.remaining_count:
                _delete_empty_folders(manifest)
            if is_new:
                into.rmdir()
    return moved


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
            sync_folder(folder)
            if os.name == "posix":
                try_lock(log.fileno())  # so that no other process heals this move meanwhile
            checker = MoveChecker(root, evidence or {}, [path for path, _ in files])
            moved_count, not_moved = _move_all(job, root, files, folder, log, checker)
    except OSError as error:
        raise Problem(
            "quarantine.no_place", folder=str(folder), reason=error_text(error)
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
        refusal = why_not_movable(root, path) or checker.reason_to_stay(path, reason)
        if refusal:
            not_moved.append((path, refusal))
            continue
        try:
            write_line(log, {"path": path, "reason": reason})
        except OSError as error:
            # A file that cannot be recorded is not moved, for instance on a full disk.
            not_moved += [(remaining, error_text(error)) for remaining, _ in files[index:]]
            break
        failure = move_one(root, folder, path)
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
        raise Problem("quarantine.no_place", folder=str(into), reason=error_text(error)) from error


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
        failure = move_one(verified.folder, verified.root, path)
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
