"""Move of one file to another folder, never over another file, and why it had to stay."""

import contextlib
import errno
import os
import shutil
import stat
from collections.abc import Callable
from pathlib import Path

from engine.curate.interrupted_moves import is_moved_copy, partial_path
from engine.curate.manifest import leaves_root
from engine.messages import Message, render
from engine.renaming import rename_noreplace

StayReason = str | Message
"""Why a file was not moved: the system's error text, or a message. Empty where it was moved."""


def move_one(source: Path, target: Path, path: str) -> StayReason:
    """Move a file to another folder, never over another file; return why it was not moved, or "".

    Links are not followed: what they point to belongs to another folder.
    """
    old, new = source / path, target / path
    if leaves_root(target, path):
        return Message("quarantine.through_link", {"folder": str(target)})
    if refusal := why_not_movable(source, path):
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
        sync_folder(new.parent)
        sync_folder(old.parent)
    except OSError as error:
        return error_text(error)
    return ""


def why_not_movable(folder: Path, path: str) -> StayReason:
    """Return why a path cannot be moved (not a file, or behind a link), or ""."""
    if leaves_root(folder, path):
        return Message("quarantine.through_link", {"folder": str(folder)})
    try:
        is_file = stat.S_ISREG((folder / path).lstat().st_mode)
    except OSError as error:
        return error_text(error)
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
    sync_folder(new.parent)
    old.unlink()


def sync_folder(folder: Path) -> None:
    """Write the entries of a folder to the disk, where that is possible."""
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


def error_text(error: Exception) -> str:
    """Return the system's text of an error."""
    return getattr(error, "strerror", None) or type(error).__name__
