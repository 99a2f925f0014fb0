"""Renaming that never takes another file's place, decided by the operating system at the instant it is done."""

import ctypes
import errno
import os
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

_HERE = -100  # AT_FDCWD: paths are as they are
_ONLY_NEW = {"linux": 1, "darwin": 4}  # RENAME_NOREPLACE, RENAME_EXCL
_CANNOT = (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP)
_NO_LINKS = (errno.EPERM, errno.ENOTSUP, errno.EMLINK, errno.ENOSYS)


def rename_new(old: Path, new: Path) -> None:
    """Rename a file to a name that is free; raises `FileExistsError` if it is not, and `OSError`.

    A disk that knows neither such renaming nor links has the name taken by an empty file first, over which
    the file is renamed.
    """
    system = _system()
    if system is not None:
        error = system(os.fsencode(old), os.fsencode(new))
        if not error:
            return
        if error not in _CANNOT:
            raise OSError(error, os.strerror(error), os.fspath(old), None, os.fspath(new))
    elif os.name == "nt":  # where renaming never replaces
        old.rename(new)
        return
    try:
        os.link(old, new, follow_symlinks=False)
    except OSError as problem:
        if problem.errno not in _NO_LINKS:
            raise
        _claim(old, new)
        return
    old.unlink()


def _claim(old: Path, new: Path) -> None:
    old.lstat()  # raises before the name is taken
    new.touch(exist_ok=False)
    try:
        old.replace(new)
    except OSError:
        new.unlink()
        raise


@cache
def _system() -> Callable[[bytes, bytes], int] | None:
    """The system's own call, which gives the number of the error or 0; None where there is none."""
    flag = _ONLY_NEW.get(sys.platform)
    if flag is None:
        return None
    library = ctypes.CDLL(None, use_errno=True)
    name = "renameat2" if sys.platform == "linux" else "renamex_np"
    call = getattr(library, name, None)
    if call is None:
        return None

    def rename(old: bytes, new: bytes) -> int:
        arguments = (_HERE, old, _HERE, new, flag) if sys.platform == "linux" else (old, new, flag)
        return ctypes.get_errno() if call(*arguments) else 0

    return rename
