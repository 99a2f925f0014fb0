"""Atomic file writing: a file is either written whole or not changed."""

import contextlib
import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from engine.temporaries import SUFFIX, open_temporary_file


@contextlib.contextmanager
def atomic_open(path: Path) -> Iterator[IO[bytes]]:
    """Open one of the program's own files for writing; it appears only if the block ends without an error.

    The data go to a hidden file beside `path`, which then replaces `path`; a block that is cancelled or
    fails changes nothing. Missing folders are created. Files that a user asked for are written by
    `engine.outputs`, which never replaces a file it does not recognise. A pipe or a device is never
    replaced. Raises `OSError`.
    """
    with name_target_in_errors(path):
        check_is_regular(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        with open_temporary_file(path) as (part, stream):
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
            stream.close()
            part.replace(path)


def check_is_regular(path: Path) -> None:
    """Raise `OSError` if `path` is a pipe, a socket or a device, which a rename would replace."""
    with contextlib.suppress(FileNotFoundError):
        mode = path.lstat().st_mode
        if not (stat.S_ISREG(mode) or stat.S_ISLNK(mode) or stat.S_ISDIR(mode)):
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), str(path))


@contextlib.contextmanager
def name_target_in_errors(path: Path | str) -> Iterator[None]:
    """Name the target file in the `OSError` that the block raises.

    The error of a full disk names no file, and other errors name the hidden temporary file.
    """
    try:
        yield
    except OSError as error:
        is_disk_full = error.filename is None and error.errno in (
            errno.ENOSPC,
            errno.EDQUOT,
            errno.EFBIG,
        )
        if is_disk_full or str(error.filename or "").endswith(SUFFIX):
            error.filename = str(path)
        raise


def atomic_write(path: Path, data: bytes) -> None:
    """Write a whole file, or change nothing."""
    with atomic_open(path) as stream:
        stream.write(data)
