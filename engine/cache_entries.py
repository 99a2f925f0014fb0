"""Checksummed cache entries: an entry whose checksum does not match counts as missing.

A flipped bit, a half-written file or an entry stored under another name is never used; it is computed again.
"""

import contextlib
import hashlib
import os
import shutil
from pathlib import Path

from engine.atomic_files import atomic_write

_CHECKSUM_BYTES = 16  # bytes
_CHECKSUM_FILE = "sums"
_CHUNK_BYTES = 1 << 20


def seal(key: bytes, value: bytes) -> bytes:
    """Return a value preceded by a checksum of the key and the value."""
    return _checksum(key, value) + value


def unseal(key: bytes, sealed: bytes) -> bytes | None:
    """Return the value that was sealed under this key, or None if the checksum does not match."""
    value = sealed[_CHECKSUM_BYTES:]
    return (
        value
        if len(sealed) >= _CHECKSUM_BYTES and _checksum(key, value) == sealed[:_CHECKSUM_BYTES]
        else None
    )


def write_entry(file: Path, data: bytes, newest: int) -> None:
    """Write an entry and keep the `newest` entries of its folder; file errors are ignored."""
    with contextlib.suppress(OSError):
        atomic_write(file, seal(_entry_key(file), data))
        keep_newest(file.parent, newest)


def read_entry(file: Path) -> bytes | None:
    """Return what `write_entry` wrote, or None if the file is missing or damaged."""
    with contextlib.suppress(OSError):
        data = unseal(_entry_key(file), file.read_bytes())
        if data is not None:
            os.utime(file)
        return data
    return None


def keep_newest(folder: Path, count: int) -> None:
    """Delete all but the newest `count` entries of a cache folder; entries in use may stay."""
    with contextlib.suppress(OSError):
        entries = sorted(folder.iterdir(), key=lambda entry: entry.stat().st_mtime, reverse=True)
        for entry in entries[count:]:
            # Rename first: on Windows this fails, leaving the entry whole, while another process reads it.
            removed = entry.rename(entry.with_name(f"{entry.name}.gone"))
            if removed.is_dir():
                shutil.rmtree(removed, ignore_errors=True)
            else:
                removed.unlink()


def open_sealed_folder(folder: Path) -> bool:
    """Prepare a folder that another library writes to; empty it unless it is as `seal_folder` left it.

    Returns False if it cannot be created or emptied; it must not be used then.
    """
    try:
        if not _is_sound(folder):
            shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True, exist_ok=True)
        return _is_sound(folder)
    except OSError:
        return False


def seal_folder(folder: Path) -> None:
    """Store the checksums of all files of a folder if they changed; file errors are ignored."""
    with contextlib.suppress(OSError):
        if not _is_sound(folder):
            atomic_write(
                folder / _CHECKSUM_FILE, seal(_entry_key(folder), _folder_checksums(folder))
            )
        os.utime(folder)


def _is_sound(folder: Path) -> bool:
    """Return whether a folder's files match its stored checksums; an empty folder does."""
    try:
        checksums = _folder_checksums(folder)
        return (
            not checksums
            or unseal(_entry_key(folder), (folder / _CHECKSUM_FILE).read_bytes()) == checksums
        )
    except OSError:
        return False


def _folder_checksums(folder: Path) -> bytes:
    lines = []
    for file in sorted(folder.rglob("*")):
        if file.is_symlink() or (file.is_file() and file.name != _CHECKSUM_FILE):
            digest = hashlib.blake2b(digest_size=_CHECKSUM_BYTES)
            with file.open("rb") as stream:
                while chunk := stream.read(_CHUNK_BYTES):
                    digest.update(chunk)
            name = os.fsencode(file.relative_to(folder))
            lines.append(digest.hexdigest().encode() + b" " + name + b"\n")
    return b"".join(lines)


def _entry_key(file: Path) -> bytes:
    return os.fsencode(file.name)


def _checksum(key: bytes, value: bytes) -> bytes:
    digest = hashlib.blake2b(len(key).to_bytes(4, "little") + key, digest_size=_CHECKSUM_BYTES)
    digest.update(value)
    return digest.digest()
