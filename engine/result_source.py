"""Sources of results: which images the results in a folder are of, noted in the user's data folder.

The results themselves stay free of it, because people hand them on.
"""

import contextlib
import hashlib
import os
from collections.abc import Iterable
from pathlib import Path

import msgspec

from engine.atomic_files import atomic_write
from engine.damaged_data import DamagedData, decoding
from engine.messages import Problem
from engine.paths import data_dir


class ResultSource(msgspec.Struct, frozen=True):
    """The folder or archive that results are of: its inode number and its path.

    A folder whose images change is the same source, and so is one that was renamed or made anew in its place.
    """

    inode: int
    path: str

    @classmethod
    def of(cls, images: Path) -> "ResultSource":
        """Return the source at a path."""
        real = os.path.realpath(images)
        return cls(Path(real).stat().st_ino, real)

    @property
    def name(self) -> str:
        """The name without the folders above it."""
        return Path(self.path).name

    def is_same(self, other: "ResultSource") -> bool:
        """Return whether both are of the same folder or archive."""
        return self.inode == other.inode or self.path == other.path


class _Note(msgspec.Struct):
    """Content of a note: the source of each result in a folder by its file name."""

    sources: dict[str, ResultSource] = {}


def check_source(folder: Path, names: Iterable[str], source: ResultSource) -> None:
    """Raise `Problem` if a result with one of the names is of another source.

    Results without a note are taken to be of this one.
    """
    noted = _read(folder).sources
    for name in names:
        other = noted.get(name, source)
        if not other.is_same(source) and os.path.lexists(folder / name):
            raise Problem("write.other_source", path=str(folder), name=other.name)


def has_source_note(folder: Path) -> bool:
    """Return whether the source of a result in this folder is noted."""
    return bool(_read(folder).sources)


def note_source(folder: Path, names: Iterable[str], source: ResultSource) -> None:
    """Note the source of results with these names; a failure to write the note is ignored."""
    note = _read(folder)
    note.sources.update(dict.fromkeys(names, source))
    for file in _note_files(folder):
        with contextlib.suppress(OSError):
            file.parent.mkdir(parents=True, exist_ok=True)
            atomic_write(file, msgspec.json.encode(note))


def _read(folder: Path) -> _Note:
    for file in _note_files(folder):
        with contextlib.suppress(OSError, DamagedData), decoding():
            return msgspec.json.decode(file.read_bytes(), type=_Note)
    return _Note()


def _note_files(folder: Path) -> list[Path]:
    """Return where the note of a results folder lies: by its path, and by its identity where it was renamed."""
    place = os.path.normcase(os.path.realpath(folder)).encode("utf-8", "surrogateescape")
    keys = [hashlib.sha256(place).hexdigest()[:32]]
    with contextlib.suppress(OSError):
        stat = folder.stat()
        keys.append(f"{stat.st_dev:x}-{stat.st_ino:x}")
    return [data_dir() / "results" / f"{key}.json" for key in keys]
