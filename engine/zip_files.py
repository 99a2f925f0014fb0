"""Zip archives from elsewhere: opened only if reading a part of them cannot unpack much more than that."""

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from engine.messages import Problem

# Python unpacks other kinds a whole block at a time: 4 kB of bzip2 may become 5 GB of memory.
_BOUNDED_COMPRESSIONS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


@contextmanager
def open_zip(path: Path) -> Iterator[zipfile.ZipFile]:
    """Open a zip archive; raises `Problem` for a compression other than the usual one.

    Raises `OSError` and the exceptions of `zipfile`.
    """
    with zipfile.ZipFile(path) as archive:
        if any(entry.compress_type not in _BOUNDED_COMPRESSIONS for entry in archive.infolist()):
            raise Problem("archive.compression", name=path.name)
        yield archive
