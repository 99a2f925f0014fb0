"""Temporary files and folders: whatever a killed process left behind is deleted by the next one.

They lie beside what they become, under a hidden name that nothing else has. Their process holds a lock on
them, which the operating system ends with the process; so one without a lock is abandoned.
"""

import contextlib
import errno
import os
import re
import secrets
import shutil
import stat
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

SUFFIX = ".bloodbench-part"
REPLACED = "replaced"
"""Subfolder of a temporary folder for what is being replaced: put back if the process is killed meanwhile."""

_NAME = re.compile(r"\..{1,100}\.[0-9a-f]{8}" + re.escape(SUFFIX))
_UNLOCKED_SECONDS = 24 * 3600
"""Age from which a temporary file or folder counts as abandoned where the system has no locks."""

_checked_folders: set[str] = set()


def is_temporary(name: str) -> bool:
    """Return whether a file name is that of a temporary file or folder."""
    return _NAME.fullmatch(name) is not None


@contextlib.contextmanager
def open_temporary_file(path: Path) -> Iterator[tuple[Path, IO[bytes]]]:
    """Open a new hidden file beside `path`; it is deleted after the block unless it was renamed."""
    delete_abandoned(path.parent)
    while True:
        part = _temporary_path(path)
        try:
            # Locked until after the rename, while the stream itself may be closed before.
            with part.open("xb") as stream, _hold(stream.fileno()) as is_held:
                if is_held:
                    yield part, stream
                    return
        finally:
            part.unlink(missing_ok=True)


@contextlib.contextmanager
def temporary_folder(name: str, parent: Path | None = None) -> Iterator[Path]:
    """Create a hidden folder in `parent` (default: the system's temporary folder), deleted after the block.

    `name` tells a person what it is for.
    """
    # A path such as `folder/../folder` is gone as soon as the empty folder is.
    parent = (parent or Path(tempfile.gettempdir())).resolve()
    delete_abandoned(parent)
    while True:
        folder = _temporary_path(parent / name)
        folder.mkdir(mode=0o700)
        try:
            with _hold_folder(folder) as is_held:
                if is_held:
                    yield folder
                    return
        finally:
            _put_back_replaced(folder)
            shutil.rmtree(folder, ignore_errors=True)


def delete_abandoned(folder: Path) -> None:
    """Delete the temporary files and folders that killed processes left in a folder.

    A folder is searched once per process, since it may hold many files.
    """
    key = os.path.abspath(folder)  # noqa: PTH100  (links are not resolved)
    if key in _checked_folders:
        return
    _checked_folders.add(key)
    with contextlib.suppress(OSError):
        with os.scandir(folder) as entries:
            names = [entry.name for entry in entries if entry.name.endswith(SUFFIX)]
        for name in filter(is_temporary, names):
            with contextlib.suppress(OSError):
                _delete_if_abandoned(folder / name)


def _delete_if_abandoned(path: Path) -> None:
    status = path.lstat()
    is_folder = stat.S_ISDIR(status.st_mode)
    if not (is_folder or stat.S_ISREG(status.st_mode)):
        return
    is_old = time.time() - status.st_mtime > _UNLOCKED_SECONDS
    if sys.platform == "win32":
        if is_old:
            _delete(path, is_folder=is_folder)
        return
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    try:
        is_free = _try_lock(descriptor)
        if is_free or (is_free is None and is_old):
            _delete(path, is_folder=is_folder)
    finally:
        os.close(descriptor)


def _delete(path: Path, *, is_folder: bool) -> None:
    if is_folder:
        _put_back_replaced(path)
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink()


def _put_back_replaced(folder: Path) -> None:
    """Put back what was being replaced, unless its replacement is in place."""
    with contextlib.suppress(OSError):
        for replaced in (folder / REPLACED).iterdir():
            target = folder.parent / replaced.name
            if not os.path.lexists(target):
                replaced.rename(target)


def _temporary_path(path: Path) -> Path:
    return path.with_name(f".{path.name[:80]}.{secrets.token_hex(4)}{SUFFIX}")


@contextlib.contextmanager
def _hold(descriptor: int) -> Iterator[bool]:
    """Hold a lock on an open file; yields False where another process just took it for abandoned."""
    if sys.platform == "win32":
        yield True  # an open file cannot be deleted there
        return
    duplicate = os.dup(descriptor)
    try:
        yield _try_lock(duplicate) is not False and os.fstat(duplicate).st_nlink > 0
    finally:
        os.close(duplicate)


@contextlib.contextmanager
def _hold_folder(folder: Path) -> Iterator[bool]:
    if sys.platform == "win32":
        yield True
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        is_locked = _try_lock(descriptor) is not False
        yield is_locked and folder.is_dir()
    finally:
        os.close(descriptor)


def _try_lock(descriptor: int) -> bool | None:
    """Lock an open file; returns False if another process holds the lock, None on a disk without locks."""
    import fcntl

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return False if error.errno in (errno.EWOULDBLOCK, errno.EACCES) else None
    return True
