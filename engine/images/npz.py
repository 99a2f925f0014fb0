"""NPZ archives: safe reading of untrusted files, without pickle and with checked sizes.

An .npz is a zip of .npy members. A compressed member cannot be read image by image, so it is
unpacked once into the cache folder and memory-mapped from there.
"""

import contextlib
import hashlib
import io
import math
import os
import shutil
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import numpy as np
import numpy.typing as npt

from engine.damaged_data import DamagedData, decoding
from engine.jobs import Job
from engine.messages import Problem
from engine.paths import cache_dir
from engine.temporaries import open_temporary_file
from engine.zip_files import open_zip

MAX_UNPACKED_BYTES = 64 * 1024**3
"""Largest size of a member in bytes."""

MAX_MEMBERS = 1000
"""Most arrays of an archive; data sets have less than twenty."""

CACHE_BYTES = 16 * 1024**3
"""Total size of unpacked members in the cache; the least recently used are deleted first."""

_MAX_READ_BYTES = 256 * 1024**2
_MAX_HEADER_BYTES = 64 * 1024
_SPARE_BYTES = 512 * 1024**2
_CHUNK_BYTES = 4 * 1024**2


@dataclass(frozen=True, slots=True)
class Member:
    """Header of an array: name without `.npy`, zip entry, shape, dtype, bytes, CRC-32."""

    name: str
    entry: str
    shape: tuple[int, ...]
    dtype: np.dtype[Any]
    size: int
    checksum: int


def list_members(path: Path) -> dict[str, Member]:
    """Return the arrays of an archive by name, from their headers.

    Raises `Problem` (`archive.*`) if the file is damaged or an array holds Python objects.
    """
    with _open(path) as archive:
        if len(archive.infolist()) > MAX_MEMBERS:
            raise Problem("archive.damaged", name=path.name)
        return {
            info.filename.removesuffix(".npy"): _member(archive, info)
            for info in archive.infolist()
            if info.filename.endswith(".npy")
        }


def read_member(path: Path, member: Member) -> npt.NDArray[Any]:
    """Read a small member, such as labels, into memory; raises `Problem` (`archive.*`)."""
    if member.size > _MAX_READ_BYTES:
        raise _too_large(member)
    with _open(path) as archive, archive.open(member.entry) as stream:
        values: npt.NDArray[Any] = np.lib.format.read_array(stream, allow_pickle=False)
        return values


def map_member(path: Path, member: Member, job: Job) -> npt.NDArray[Any]:
    """Return a memory-mapped member, unpacked into the cache folder first if necessary.

    Reports progress in bytes; raises `Cancelled` and `Problem` (`archive.*`).
    """
    with _open(path):  # raises `Problem` if it is missing
        status = path.stat()
    name = f"{os.path.realpath(path)}|{status.st_size}|{status.st_mtime_ns}|{member.entry}"
    folder = cache_dir() / "archives"
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{hashlib.sha256(os.fsencode(name)).hexdigest()[:32]}.npy"
    if not _is_sound(target, member, job):
        _make_room(folder, member)
        _unpack(path, member, target, job)
    with contextlib.suppress(OSError):
        os.utime(target)
    array = np.lib.format.open_memmap(target, "r")
    if array.shape != member.shape or array.dtype != member.dtype:
        raise Problem("archive.damaged", name=path.name)  # replaced since it was opened
    return array


def _is_sound(target: Path, member: Member, job: Job) -> bool:
    """Return whether a file holds a member's bytes, by the checksum in the archive."""
    try:
        if target.stat().st_size != member.size:
            return False
        checksum = 0
        with target.open("rb") as stream:
            while part := stream.read(_CHUNK_BYTES):
                job.check()
                checksum = zlib.crc32(part, checksum)
    except OSError:
        return False
    return checksum == member.checksum


@contextmanager
def _open(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        # NumPy and zipfile raise many exceptions on invalid headers.
        with decoding(), open_zip(path) as archive:
            yield archive
    except FileNotFoundError as error:
        raise Problem("source.missing", path=str(path)) from error
    except OSError as error:
        raise Problem("archive.unreadable", name=path.name, reason=error.strerror or "") from error
    except DamagedData as error:
        raise Problem("archive.damaged", name=path.name) from error


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Member:
    name = info.filename.removesuffix(".npy")
    with archive.open(info) as packed:
        # A header may claim to be gigabytes long, which NumPy would read first.
        stream = io.BytesIO(packed.read(_MAX_HEADER_BYTES))
        version = np.lib.format.read_magic(stream)
        header = (
            np.lib.format.read_array_header_1_0
            if version == (1, 0)
            else np.lib.format.read_array_header_2_0
        )
        shape, _, dtype = header(stream)
        start = stream.tell()
    if dtype.hasobject:
        raise Problem("archive.objects", name=name)
    if min(shape, default=0) < 0 or start + math.prod(shape) * dtype.itemsize != info.file_size:
        raise ValueError(f"{name} is not as long as its header says")
    return Member(name, info.filename, shape, dtype, info.file_size, info.CRC)


def _unpack(path: Path, member: Member, target: Path, job: Job) -> None:
    with open_temporary_file(target) as (temporary, out):
        with _open(path) as archive, archive.open(member.entry) as stream:
            _copy(stream, out, member, job)
        out.close()
        temporary.replace(target)


def _copy(stream: IO[bytes], out: IO[bytes], member: Member, job: Job) -> None:
    done = 0
    while part := stream.read(_CHUNK_BYTES):
        done += len(part)
        try:
            out.write(part)
        except OSError as error:
            raise Problem("archive.no_space", folder=str(cache_dir())) from error
        job.progress(done, member.size)
    if done != member.size:
        raise EOFError(f"{member.name} is cut off")


def _make_room(folder: Path, member: Member) -> None:
    if member.size > MAX_UNPACKED_BYTES:
        raise _too_large(member)
    entries = []
    for entry in folder.iterdir():
        with contextlib.suppress(OSError):
            status = entry.stat()
            entries.append((status.st_mtime_ns, status.st_size, entry))
    total = sum(size for _, size, _ in entries)
    for _, size, entry in sorted(entries):
        if total + member.size <= CACHE_BYTES:
            break
        with contextlib.suppress(
            OSError
        ):  # Windows cannot delete a file that a program has mapped.
            entry.unlink()
            total -= size
    if shutil.disk_usage(folder).free < member.size + _SPARE_BYTES:
        raise Problem("archive.no_space", folder=str(cache_dir()))


def _too_large(member: Member) -> Problem:
    return Problem("archive.too_large", name=member.name, size=member.size // 1024**2)
