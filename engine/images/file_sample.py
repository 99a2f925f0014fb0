"""File samples: a checksum of parts of a file, where the system does not show that its content changed."""

import os
import zlib

from engine.images.image_files import open_regular

SHOWS_CHANGES = os.name != "nt"
"""True where `st_ctime` is the time of the last change; on Windows it is that of the creation."""

_PART_BYTES = 256
_PARTS = 3


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
