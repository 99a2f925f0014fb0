"""Entries of the cache: each carries a checksum, and what does not fit counts as not there.

A flipped bit, a half-written file or an entry under another's name is never believed; it is made anew.
"""

import contextlib
import hashlib
import os
import shutil
from pathlib import Path

from engine.writing import write_whole

_SUM = 16  # bytes
_SUMS = "sums"
_CHUNK = 1 << 20


def seal(key: bytes, value: bytes) -> bytes:
    """Return a value with a checksum of it and of the key that it is kept under."""
    return _sum(key, value) + value


def unseal(key: bytes, sealed: bytes) -> bytes | None:
    """Return the value that was sealed under a key; None for anything else."""
    value = sealed[_SUM:]
    return value if len(sealed) >= _SUM and _sum(key, value) == sealed[:_SUM] else None


def keep(file: Path, data: bytes, newest: int) -> None:
    """Write an entry beside the `newest` others of its folder; where that fails nothing happens."""
    with contextlib.suppress(OSError):
        write_whole(file, seal(_key(file), data))
        keep_newest(file.parent, newest)


def load(file: Path) -> bytes | None:
    """Return what `keep` wrote; None where there is nothing or it is damaged."""
    with contextlib.suppress(OSError):
        data = unseal(_key(file), file.read_bytes())
        if data is not None:
            os.utime(file)
        return data
    return None


def keep_newest(folder: Path, count: int) -> None:
    """Delete all but the newest entries of a folder of the cache; what is in use may stay."""
    with contextlib.suppress(OSError):
        entries = sorted(folder.iterdir(), key=lambda entry: entry.stat().st_mtime, reverse=True)
        for entry in entries[count:]:
            # First away from its name: on Windows that fails, whole, while someone reads it.
            gone = entry.rename(entry.with_name(f"{entry.name}.gone"))
            if gone.is_dir():
                shutil.rmtree(gone, ignore_errors=True)
            else:
                gone.unlink()


def open_folder(folder: Path) -> bool:
    """Make a folder that another library fills, empty unless all in it is as `close_folder` left it.

    Returns False where it cannot be made or emptied; then it must not be used.
    """
    try:
        if not _is_sound(folder):
            shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True, exist_ok=True)
        return _is_sound(folder)
    except OSError:
        return False


def close_folder(folder: Path) -> None:
    """Note the checksums of all files of a folder, if they are others; where that fails nothing happens."""
    with contextlib.suppress(OSError):
        if not _is_sound(folder):
            write_whole(folder / _SUMS, seal(_key(folder), _sums(folder)))
        os.utime(folder)


def _is_sound(folder: Path) -> bool:
    """Say whether the files of a folder are those whose checksums are noted in it; no files need no note."""
    try:
        found = _sums(folder)
        return not found or unseal(_key(folder), (folder / _SUMS).read_bytes()) == found
    except OSError:
        return False


def _sums(folder: Path) -> bytes:
    lines = []
    for file in sorted(folder.rglob("*")):
        if file.is_symlink() or (file.is_file() and file.name != _SUMS):
            digest = hashlib.blake2b(digest_size=_SUM)
            with file.open("rb") as stream:
                while chunk := stream.read(_CHUNK):
                    digest.update(chunk)
            name = os.fsencode(file.relative_to(folder))
            lines.append(digest.hexdigest().encode() + b" " + name + b"\n")
    return b"".join(lines)


def _key(file: Path) -> bytes:
    return os.fsencode(file.name)


def _sum(key: bytes, value: bytes) -> bytes:
    digest = hashlib.blake2b(len(key).to_bytes(4, "little") + key, digest_size=_SUM)
    digest.update(value)
    return digest.digest()
