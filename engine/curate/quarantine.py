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
import stat
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from io import FileIO
from pathlib import Path

from engine.curate.manifest import MANIFEST, Manifest, begin, is_inside, leads_out, read, write_line
from engine.curate.second_look import Evidence, SecondLook
from engine.jobs import Job
from engine.messages import Message, Problem, render
from engine.renaming import rename_new

__all__ = ["MANIFEST", "Moved", "move", "move_to", "new_folder", "reason", "restore"]


Why = str | Message
"""Why a file stayed: what the system says, or a message. Empty where it moved."""


@dataclass(frozen=True, slots=True)
class Moved:
    """What a move or a restore did: how many files moved, and the paths that stayed and why."""

    manifest: Path
    done: int
    stayed: tuple[tuple[str, Why], ...] = ()


def move(
    job: Job,
    root: Path,
    chosen: Iterable[tuple[str, str]],
    into: Path,
    evidence: Mapping[str, Evidence] | None = None,
) -> Moved:
    """Move files (path relative to `root`, reason) to a new folder inside `into`, as `move_to` does."""
    return move_to(job, root, chosen, new_folder(into), evidence)


def move_to(
    job: Job,
    root: Path,
    chosen: Iterable[tuple[str, str]],
    folder: Path,
    evidence: Mapping[str, Evidence] | None = None,
) -> Moved:
    """Move files (path relative to `root`, reason) to a folder that holds no other move; raises `Problem`.

    Raises `Cancelled` between two files; what was moved is in the manifest. A file that cannot be moved
    stays where it is and is named in the result. So does one of which a second look at the file itself does
    not find what the reason says (a finding's kind, with its `evidence`): one that can be read after all, a
    copy of which nothing else stays, content that changed.
    """
    root = Path(os.path.realpath(root))
    chosen = list(chosen)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        folder = Path(os.path.realpath(folder))
        log = (folder / MANIFEST).open("xb", buffering=0)
        with log:
            try:
                begin(log, root, folder)
            except OSError:
                (folder / MANIFEST).unlink()
                raise
            _sync_folder(folder)
            look = SecondLook(root, evidence or {}, [path for path, _ in chosen])
            done, stayed = _move_all(job, root, chosen, folder, log, look)
    except OSError as error:
        raise Problem("quarantine.no_place", folder=str(folder), reason=_why(error)) from error
    return Moved(folder / MANIFEST, done, stayed)


def _move_all(
    job: Job, root: Path, chosen: list[tuple[str, str]], folder: Path, log: FileIO, look: SecondLook
) -> tuple[int, tuple[tuple[str, Why], ...]]:
    done, stayed = 0, list[tuple[str, Why]]()
    for number, (path, reason) in enumerate(chosen):
        job.progress(number, len(chosen))
        if not is_inside(path):  # such a line would make the whole manifest one that is refused
            stayed.append((path, os.strerror(errno.EINVAL)))
            continue
        unfit = _unfit(root, path) or look.why_not(path, reason)
        if unfit:
            stayed.append((path, unfit))
            continue
        try:
            write_line(log, {"path": path, "reason": reason})
        except OSError as error:
            # What cannot be written down is not moved: a full disk ends it here.
            stayed += [(left, _why(error)) for left, _ in chosen[number:]]
            break
        why = _move_one(root, folder, path)
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


def restore(job: Job, manifest: Path, to: Path | None = None) -> Moved:
    """Move back every file of a manifest that is still in quarantine; raises `Problem`, `Cancelled`.

    They go to the folder they came from, which must still be that folder (`manifest.read`), or to the one that
    a person names with `to`.
    A file whose old place is taken by now stays in quarantine and is named in the result; so does one of
    which a damaged manifest does not say where it belongs. When nothing is left the manifest and its empty
    folder go.
    """
    found = read(manifest, to)
    done, stayed = 0, list[tuple[str, Why]]()
    for number, path in enumerate(found.paths):
        job.progress(number, len(found.paths))
        if not os.path.lexists(found.folder / path):
            continue  # it never left, or is back already
        why = _move_one(found.folder, found.root, path)
        done += not why
        stayed += [(path, why)] if why else []
    if not found.whole:
        stayed += [(one, os.strerror(errno.EILSEQ)) for one in _unnamed(found)]
    if not stayed:
        _tidy(found)
    return Moved(found.file, done, tuple(stayed))


def _unnamed(found: Manifest) -> list[str]:
    """Return the files in quarantine that no line of the manifest names."""
    folder, named = found.folder, found.paths
    known = {MANIFEST, *named, *(_part(Path(path)).as_posix() for path in named)}
    files = (one for one in folder.rglob("*") if one.is_symlink() or one.is_file())
    return sorted({one.relative_to(folder).as_posix() for one in files} - known)


def _move_one(source: Path, target: Path, path: str) -> Why:
    """Move a file from one folder to another, never over another file; returns why it stayed, or nothing.

    No link is followed: what lies behind one belongs to another folder.
    """
    old, new = source / path, target / path
    if leads_out(target, path):
        return Message("quarantine.through_link", {"folder": str(target)})
    if unfit := _unfit(source, path):
        return unfit
    try:
        if os.path.lexists(new) and _is_copy(old, new):
            old.unlink()  # killed between copy and end of the old, from one disk to another
            return ""
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


def _unfit(folder: Path, path: str) -> Why:
    """Return why what lies at a path is nothing that may be moved: no file, or behind a link."""
    if leads_out(folder, path):
        return Message("quarantine.through_link", {"folder": str(folder)})
    try:
        plain = stat.S_ISREG((folder / path).lstat().st_mode)
    except OSError as error:
        return _why(error)
    return "" if plain else Message("quarantine.no_file")


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


def _tidy(found: Manifest) -> None:
    plain = [path for path in found.paths if not leads_out(found.folder, path)]
    folders = {parent for path in plain for parent in (found.folder / path).parents}
    inside = [one for one in folders if one.is_relative_to(found.folder)]
    for file in (found.file, *(_part(found.folder / path) for path in plain)):
        with contextlib.suppress(OSError):
            file.unlink(missing_ok=True)
    for folder in sorted({*inside, found.folder}, key=lambda one: -len(one.parts)):
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


def reason(why: Why, words: Callable[[Message], str] = render) -> str:
    """Return the words for why a file stayed."""
    return why if isinstance(why, str) else words(why)


def _why(error: Exception) -> str:
    return getattr(error, "strerror", None) or type(error).__name__
