"""File samples: a checksum of parts of a file, where the system does not show that its content changed."""

import os
import zlib

from engine.images.image_files import open_regular

SHOWS_CHANGES = os.name != "nt"
"""True where `st_ctime` is the time of the last change; on Windows it is that of the creation."""

_PART_BYTES = 4096
_PARTS = 3


FileState = tuple[int, int, int, int, int]
"""Size, time of change, inode, `st_ctime` and sample of a file; one of them differs after it was changed."""


def read_file_state(path: str) -> FileState | None:
    """Return what shows whether a file was changed or replaced; None where it cannot be looked at."""
    try:
        status = os.stat(path)  # noqa: PTH116
    except (OSError, ValueError):
        return None
    sample = sample_checksum(path, status.st_size)
    return status.st_size, status.st_mtime_ns, status.st_ino, status.st_ctime_ns, sample


def sample_checksum(path: str, size: int) -> int:
    """Return a checksum of the start, the middle and the end of a file; 0 where it cannot be read.

    A rewritten image of the same size differs at least in its compressed data. 0 as well on systems that
    show changes otherwise, so that listing a folder opens no file there.
    """
    if SHOWS_CHANGES or not size:
        return 0
    checksum = 0
    try:
        descriptor = open_regular(path)
    except OSError:
        return 0
    try:
        for part in range(_PARTS):
            start = max(0, size - _PART_BYTES) * part // (_PARTS - 1)
            os.lseek(descriptor, start, os.SEEK_SET)
            checksum = zlib.crc32(os.read(descriptor, _PART_BYTES), checksum)
    except OSError:
        return 0
    finally:
        os.close(descriptor)
    return checksum or 1
