"""Renaming without replacing an existing file, as one atomic step of the operating system."""

import ctypes
import errno
import os
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

_AT_FDCWD = -100  # relative paths start at the working directory
_NOREPLACE_FLAGS = {"linux": 1, "darwin": 4}  # RENAME_NOREPLACE, RENAME_EXCL
_UNSUPPORTED_ERRORS = (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP)
_NO_LINK_ERRORS = (errno.EPERM, errno.ENOTSUP, errno.EMLINK, errno.ENOSYS)


def rename_noreplace(old: Path, new: Path) -> None:
    """Rename a file; raises `FileExistsError` if the new name exists, and `OSError`.

    On a disk that supports neither this nor hard links, an empty file reserves the name first and is then
    replaced.
    """
    rename = _system_rename()
    if rename is not None:
        error = rename(os.fsencode(old), os.fsencode(new))
        if not error:
            return
        if error not in _UNSUPPORTED_ERRORS:
            raise OSError(error, os.strerror(error), os.fspath(old), None, os.fspath(new))
    elif os.name == "nt":  # Windows never replaces when renaming
        old.rename(new)
        return
    try:
        os.link(old, new, follow_symlinks=False)
    except OSError as link_error:
        if link_error.errno not in _NO_LINK_ERRORS:
            raise
        _rename_over_placeholder(old, new)
        return
    old.unlink()


def _rename_over_placeholder(old: Path, new: Path) -> None:
    old.lstat()  # raises before the name is reserved
    new.touch(exist_ok=False)
    try:
        old.replace(new)
    except OSError:
        new.unlink()
        raise


@cache
def _system_rename() -> Callable[[bytes, bytes], int] | None:
    """Return the system call, which returns 0 or an errno; None where there is none."""
    flag = _NOREPLACE_FLAGS.get(sys.platform)
    if flag is None:
        return None
    library = ctypes.CDLL(None, use_errno=True)
    name = "renameat2" if sys.platform == "linux" else "renamex_np"
    call = getattr(library, name, None)
    if call is None:
        return None

    def rename(old: bytes, new: bytes) -> int:
        arguments = (
            (_AT_FDCWD, old, _AT_FDCWD, new, flag) if sys.platform == "linux" else (old, new, flag)
        )
        return ctypes.get_errno() if call(*arguments) else 0

    return rename
