"""Image files: safe reading of files that may vanish, change, loop or never end."""

import errno
import os
import signal
import stat
import sys
from pathlib import Path

from engine.images.budget import check_budget
from engine.images.decoder import check_format
from engine.images.file_signatures import HEADER_BYTES
from engine.messages import Message, Problem

MAX_BYTES = 512 * 1024 * 1024
"""Largest file that is read; the largest supported image has 384 MB uncompressed at 16 bits."""

_READ_AT_ONCE = 16 * 1024**2

# Opening must neither wait for the writer of a pipe nor take over a terminal.
_OPEN_FLAGS = os.O_RDONLY
for _name in ("O_NONBLOCK", "O_NOCTTY", "O_CLOEXEC", "O_BINARY"):
    _OPEN_FLAGS |= getattr(os, _name, 0)


def read_image_file(path: str | Path) -> bytes:
    """Read an image file; raises `Problem` (`image.*`).

    Never blocks on a pipe, and reads only the first bytes of a file that is not an image.
    """
    for _ in range(2):  # A file that changed meanwhile is read a second time.
        check_budget()
        try:
            data = _read_once(path)
        except OSError as error:
            message = explain_os_error(error)
            raise Problem(message.id, **message.params) from error
        if data is not None:
            return data
    raise Problem("image.changing")


def read_header(path: str | Path) -> bytes:
    """Return the first bytes of a regular file, or b"" if it cannot be read."""
    try:
        descriptor = open_regular(path)
    except OSError:
        return b""
    try:
        return (
            os.read(descriptor, HEADER_BYTES) if stat.S_ISREG(os.fstat(descriptor).st_mode) else b""
        )
    except OSError:
        return b""
    finally:
        os.close(descriptor)


def is_being_written(path: str | Path) -> bool:
    """Return whether a program has the file open for writing; False where the system cannot tell."""
    if sys.platform != "linux":
        return False
    import fcntl

    try:
        descriptor = open_regular(path)
    except OSError:
        return False
    try:
        # A read lease is granted only while nobody has the file open for writing. A writer that opens it
        # during the lease triggers a signal; SIGURG is ignored by default.
        fcntl.fcntl(descriptor, fcntl.F_SETSIG, signal.SIGURG)
        fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_RDLCK)
        fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    except OSError as error:
        return error.errno == errno.EAGAIN
    finally:
        os.close(descriptor)
    return False


def explain_os_error(error: OSError) -> Message:
    """Return the message for a file system error on one image."""
    match error.errno:
        case errno.ENOENT | errno.ENOTDIR | errno.ESTALE:
            return Message("image.gone")
        case errno.EACCES | errno.EPERM:
            return Message("image.denied")
        case errno.ELOOP:
            return Message("image.link_loop")
        case errno.ENAMETOOLONG:
            return Message("image.path_too_long")
        case errno.ENXIO | errno.ENODEV | errno.EOPNOTSUPP | errno.EISDIR:
            return Message("image.special")
    return Message("image.unreadable", {"reason": error.strerror or type(error).__name__})


def open_regular(path: str | Path) -> int:
    """Return a descriptor of a regular file, also behind a link; anything else is not opened.

    The file may be replaced in between, so callers check the descriptor again.
    Opening alone may act on a device (rewind a tape, start a watchdog) or release the writer of a pipe.
    """
    if stat.S_ISREG(os.stat(path).st_mode):  # noqa: PTH116  (Path costs as much as the call)
        return os.open(path, _OPEN_FLAGS)
    raise OSError(errno.ENXIO, os.strerror(errno.ENXIO), str(path))


def _read_once(path: str | Path) -> bytes | None:
    descriptor = open_regular(path)
    with open(descriptor, "rb", buffering=0) as file:  # noqa: PTH123  (not a path)
        before = os.fstat(descriptor)
        if not stat.S_ISREG(before.st_mode):
            raise Problem("image.special")
        if before.st_size > MAX_BYTES:
            raise Problem("image.too_large", limit=MAX_BYTES // 1024**2)
        header = file.read(HEADER_BYTES) or b""
        check_format(header)
        parts = [header]
        remaining = (
            before.st_size - len(header) + 1
        )  # one byte more than expected, to notice growth
        while remaining > 0 and (part := file.read(min(remaining, _READ_AT_ONCE))):
            check_budget()
            parts.append(part)
            remaining -= len(part)
        after = os.fstat(descriptor)
    is_unchanged = (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns)
    return b"".join(parts) if is_unchanged and remaining == 1 else None
