"""Safe unpacking of untrusted zip archives: only regular files, inside the folder, bounded in size."""

import re
import shutil
import stat
import unicodedata
import zipfile
from pathlib import Path, PurePosixPath

from engine.damaged_data import DamagedData, decoding
from engine.jobs import Job
from engine.messages import Message, Problem
from engine.zip_files import open_zip

MAX_BYTES = 64 << 30
MAX_ENTRIES = 1_000_000
_SPARE_BYTES = 512 << 20
_UNSAFE_CHARACTERS = re.compile(r'[<>:"|?*\\\x00-\x1f]')


def unzip(job: Job, path: Path, folder: Path) -> Path:
    """Unpack into `folder`, which must not exist; return it, or its only subfolder.

    Rejects (`Problem`, `unzip.*`) paths that lead outside or are not portable, links and devices,
    duplicate names, and more data than the disk holds. Files added by macOS are skipped. After a failure
    nothing is left. Raises `Cancelled`.
    """
    try:
        with decoding(), open_zip(path) as archive:
            entries = _entries(archive, path.name)
            total = sum(entry.file_size for entry in entries)
            folder.parent.mkdir(parents=True, exist_ok=True)
            if total > MAX_BYTES or total + _SPARE_BYTES > shutil.disk_usage(folder.parent).free:
                raise Problem("unzip.too_large", name=path.name, size=total >> 20)
            folder.mkdir()
            try:
                _unpack(job, archive, entries, folder, total)
            except BaseException:
                shutil.rmtree(folder, ignore_errors=True)
                raise
    except DamagedData as error:
        raise Problem("unzip.damaged", name=path.name) from error
    children = list(folder.iterdir())
    return children[0] if len(children) == 1 and children[0].is_dir() else folder


def _entries(archive: zipfile.ZipFile, name: str) -> list[zipfile.ZipInfo]:
    entries = [
        entry
        for entry in archive.infolist()
        if not entry.is_dir()
        and not entry.filename.startswith("__MACOSX/")
        and not entry.filename.endswith(".DS_Store")
    ]
    if len(entries) > MAX_ENTRIES:
        raise Problem("unzip.too_large", name=name, size=0)
    seen = {unicodedata.normalize("NFC", entry.filename).casefold() for entry in entries}
    if len(seen) < len(entries) or any(map(_is_unsafe, entries)):
        raise Problem("unzip.unsafe", name=name)
    return entries


def _is_unsafe(entry: zipfile.ZipInfo) -> bool:
    path = PurePosixPath(entry.filename)
    kind = stat.S_IFMT(entry.external_attr >> 16)
    return (
        path.is_absolute()
        or str(path) != entry.filename
        or any(
            part == ".." or _UNSAFE_CHARACTERS.search(part) or part != part.rstrip(" .")
            for part in path.parts
        )
        or kind not in (0, stat.S_IFREG)
    )


def _unpack(
    job: Job, archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], folder: Path, total: int
) -> None:
    done = 0
    for entry in entries:
        target = folder / entry.filename
        target.parent.mkdir(parents=True, exist_ok=True)
        remaining = entry.file_size
        with archive.open(entry) as packed, target.open("xb") as out:
            # Counted while unpacking, because the size in the header may be wrong.
            while chunk := packed.read(1 << 20):
                remaining -= len(chunk)
                if remaining < 0:
                    raise Problem("unzip.damaged", name=entry.filename)
                out.write(chunk)
                done += len(chunk)
                job.progress(done, total, Message("unzip.unpacking"))
