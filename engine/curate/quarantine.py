"""Moving files out of a folder of images and back, so that a crash at any instant loses nothing.

The manifest is a log of JSON lines in the quarantine folder. A line says what *will* be moved and is on
the disk before the move; where each file is now is read from the disk itself. On one disk a move is one
rename, so a file is always in exactly one place. Nothing is ever moved over another file.
"""

import contextlib
import errno
import filecmp
import hashlib
import os
import shutil
import time
from collections.abc import Iterable
from dataclasses import dataclass
from io import FileIO
from pathlib import Path

from engine.curate.manifest import MANIFEST, begin, is_inside, read, write_line
from engine.jobs import Job
from engine.messages import Problem
from engine.renaming import rename_new

__all__ = ["MANIFEST", "Moved", "move", "move_to", "new_folder", "restore"]


@dataclass(frozen=True, slots=True)
class Moved:
    """What a move or a restore did: how many files moved, and the paths that stayed and why."""

    manifest: Path
    done: int
    stayed: tuple[tuple[str, str], ...] = ()


def move(job: Job, root: Path, chosen: Iterable[tuple[str, str]], into: Path) -> Moved:
    """Move files (path relative to `root`, reason) to a new folder inside `into`, as `move_to` does."""
    return move_to(job, root, chosen, new_folder(into))


def move_to(job: Job, root: Path, chosen: Iterable[tuple[str, str]], folder: Path) -> Moved:
    """Move files (path relative to `root`, reason) to a folder that holds no other move; raises `Problem`.

    Raises `Cancelled` between two files; what was moved is in the manifest. A file that cannot be moved
    stays where it is and is named in the result.
    """
    root, folder = root.absolute(), folder.absolute()
    chosen = list(chosen)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        log = (folder / MANIFEST).open("xb", buffering=0)
        with log:
            try:
                begin(log, root)
            except OSError:
                (folder / MANIFEST).unlink()
                raise
            _sync_folder(folder)
            done, stayed = _move_all(job, root, chosen, folder, log)
    except OSError as error:
        raise Problem("quarantine.no_place", folder=str(folder), reason=_why(error)) from error
    return Moved(folder / MANIFEST, done, stayed)


def _move_all(
    job: Job, root: Path, chosen: list[tuple[str, str]], folder: Path, log: FileIO
) -> tuple[int, tuple[tuple[str, str], ...]]:
    done, stayed = 0, list[tuple[str, str]]()
    for number, (path, reason) in enumerate(chosen):
        job.progress(number, len(chosen))
        if not is_inside(path):  # such a line would make the whole manifest one that is refused
            stayed.append((path, os.strerror(errno.EINVAL)))
            continue
        try:
            write_line(log, {"path": path, "reason": reason})
        except OSError as error:
            # What cannot be written down is not moved: a full disk ends it here.
            stayed += [(left, _why(error)) for left, _ in chosen[number:]]
            break
        why = _move_one(root / path, folder / path)
        done += not why
        stayed += [(path, why)] if why else []
    return done, tuple(stayed)


def new_folder(into: Path) -> Path:
    """Make a folder inside `into` that was not there, so that two moves never meet; raises `Problem`."""
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
        raise Problem("quarantine.no_place", folder=str(into), reason=_why(error)) from error


def restore(job: Job, manifest: Path) -> Moved:
    """Move back every file of a manifest that is still in quarantine; raises `Problem`, `Cancelled`.

    A file whose old place is taken by now stays in quarantine and is named in the result; so does one of
    which a damaged manifest does not say where it belongs. When nothing is left the manifest and its empty
    folder go.
    """
    if manifest.is_dir():
        manifest = manifest / MANIFEST
    manifest = manifest.absolute()
    root, paths, whole = read(manifest)
    done, stayed = 0, []
    for number, path in enumerate(paths):
        job.progress(number, len(paths))
        here, home = manifest.parent / path, root / path
        if not os.path.lexists(here):
            continue  # it never left, or is back already
        if os.path.lexists(home) and _is_copy(here, home):
            here.unlink()  # killed between copy and end of the old, from one disk to another
            why = ""
        else:
            why = _move_one(here, home)
        done += not why
        stayed += [(path, why)] if why else []
    if not whole:
        stayed += [(one, os.strerror(errno.EILSEQ)) for one in _unnamed(manifest.parent, paths)]
    if not stayed:
        _tidy(manifest, paths)
    return Moved(manifest, done, tuple(stayed))


def _unnamed(folder: Path, named: list[str]) -> list[str]:
    """Return the files in quarantine that no line of the manifest names."""
    known = {MANIFEST, *named, *(_part(Path(path)).as_posix() for path in named)}
    files = (one for one in folder.rglob("*") if one.is_symlink() or one.is_file())
    return sorted({one.relative_to(folder).as_posix() for one in files} - known)


def _move_one(old: Path, new: Path) -> str:
    """Move a file, never over another; returns why it stayed, or nothing."""
    try:
        new.parent.mkdir(parents=True, exist_ok=True)
        try:
            rename_new(old, new)
        except OSError as error:
            if error.errno != errno.EXDEV:
                raise
            _carry(old, new)
        _sync_folder(new.parent)
        _sync_folder(old.parent)
    except OSError as error:
        return _why(error)
    return ""


def _carry(old: Path, new: Path) -> None:
    """Move a file to another disk: whole under a hidden name first."""
    part = _part(new)
    part.unlink(missing_ok=True)  # of a move that was killed
    try:
        shutil.copy2(old, part, follow_symlinks=False)
        if not part.is_symlink():
            with part.open("rb+") as copy:
                os.fsync(copy.fileno())
        rename_new(part, new)
    finally:
        part.unlink(missing_ok=True)
    _sync_folder(new.parent)
    old.unlink()


def _part(new: Path) -> Path:
    """Return the hidden name under which a file arrives, which fits however long its own is."""
    return new.with_name(f".{hashlib.sha256(os.fsencode(new.name)).hexdigest()[:16]}.part")


def _is_copy(one: Path, other: Path) -> bool:
    if one.is_symlink() or other.is_symlink():
        return False
    if one.samefile(other):
        return True  # killed between link and end of the old, where disks rename no other way
    if one.stat().st_dev == other.stat().st_dev:
        return False
    with contextlib.suppress(OSError):
        return filecmp.cmp(one, other, shallow=False)
    return False


def _tidy(manifest: Path, paths: list[str]) -> None:
    folders = {parent for path in paths for parent in (manifest.parent / path).parents}
    inside = [one for one in folders if one.is_relative_to(manifest.parent)]
    for file in (manifest, *(_part(manifest.parent / path) for path in paths)):
        with contextlib.suppress(OSError):
            file.unlink(missing_ok=True)
    for folder in sorted({*inside, manifest.parent}, key=lambda one: -len(one.parts)):
        with contextlib.suppress(OSError):
            folder.rmdir()  # only if it is empty


def _sync_folder(folder: Path) -> None:
    # Windows opens no folders, and some disks cannot be told.
    with contextlib.suppress(OSError):
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)


def _why(error: Exception) -> str:
    return getattr(error, "strerror", None) or type(error).__name__
