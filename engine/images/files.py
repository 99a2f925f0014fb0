"""Reading files that may vanish, change, loop or never end."""

import errno
import os
import signal
import stat
import sys
from pathlib import Path

from engine.images.decode import check_kind
from engine.images.signatures import HEAD
from engine.messages import Message, Problem

MAX_BYTES = 512 * 1024 * 1024
"""A larger file is refused; the largest picture that is read has 384 MB uncompressed at 16 bits."""

# Opening a pipe must not wait for its writer, nor a terminal become ours.
_FLAGS = os.O_RDONLY
for _name in ("O_NONBLOCK", "O_NOCTTY", "O_CLOEXEC", "O_BINARY"):
    _FLAGS |= getattr(os, _name, 0)


def read_image_file(path: str | Path) -> bytes:
    """Read a file that should be an image; raises `Problem` (`image.*`).

    Never blocks on a pipe, and reads no more of what is no image than its first bytes.
    """
    for _ in range(2):  # A file that changed meanwhile gets a second chance.
        try:
            data = _read_once(path)
        except OSError as error:
            why = reason(error)
            raise Problem(why.id, **why.params) from error
        if data is not None:
            return data
    raise Problem("image.changing")


def read_head(path: str | Path) -> bytes:
    """Return the first bytes of a regular file, or nothing where it cannot be read."""
    try:
        descriptor = os.open(path, _FLAGS)
    except OSError:
        return b""
    try:
        return os.read(descriptor, HEAD) if stat.S_ISREG(os.fstat(descriptor).st_mode) else b""
    except OSError:
        return b""
    finally:
        os.close(descriptor)


def being_written(path: str | Path) -> bool:
    """Say whether a program has the file open to write; False where the system does not tell."""
    if sys.platform != "linux":
        return False
    import fcntl

    try:
        descriptor = os.open(path, _FLAGS)
    except OSError:
        return False
    try:
        # The system grants a lease for reading only while nobody writes. Who begins to write in that instant
        # has us told by a signal, which must be one that ends nothing.
        fcntl.fcntl(descriptor, fcntl.F_SETSIG, signal.SIGURG)
        fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_RDLCK)
        fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    except OSError as error:
        return error.errno == errno.EAGAIN
    finally:
        os.close(descriptor)
    return False


def reason(error: OSError) -> Message:
    """Return what an error of the file system means for one image."""
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


def _read_once(path: str | Path) -> bytes | None:
    descriptor = os.open(path, _FLAGS)
    with open(descriptor, "rb", buffering=0) as file:  # noqa: PTH123  (not a path)
        before = os.fstat(descriptor)
        if not stat.S_ISREG(before.st_mode):
            raise Problem("image.special")
        if before.st_size > MAX_BYTES:
            raise Problem("image.too_large", limit=MAX_BYTES // 1024**2)
        head = file.read(HEAD) or b""
        check_kind(head)
        parts = [head]
        left = before.st_size - len(head) + 1  # One byte too many, to notice growth.
        while left > 0 and (part := file.read(left)):
            parts.append(part)
            left -= len(part)
        after = os.fstat(descriptor)
    same = (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns)
    return b"".join(parts) if same and left == 1 else None
