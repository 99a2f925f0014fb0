"""Sources of results: which images the results in a folder are of, noted in a hidden file beside them."""

import contextlib
import os
from collections.abc import Iterable
from pathlib import Path

import msgspec

from engine.damaged_data import DamagedData, decoding
from engine.messages import Problem
from engine.outputs import Output, read_earlier_result

_NOTE_NAME = ".bloodbench-source"


class ResultSource(msgspec.Struct, frozen=True):
    """The folder or archive that results are of: its inode number, and its name (empty if omitted).

    A folder whose images change is the same source; another one of this name is not.
    """

    id: int
    name: str = ""

    @classmethod
    def of(cls, images: Path, *, named: bool = True) -> "ResultSource":
        """Return the source at a path; `named` is False where no folder name may appear."""
        real = Path(os.path.realpath(images))
        return cls(real.stat().st_ino, real.name if named else "")


class _Note(msgspec.Struct):
    """Content of the hidden file: the source of each result by its file name."""

    sources: dict[str, ResultSource] = {}


def check_source(folder: Path, names: Iterable[str], source: ResultSource) -> None:
    """Raise `Problem` if a result with one of the names is of another source.

    Results of versions that noted no source are taken to be of this one.
    """
    noted = _read(folder).sources
    for name in names:
        other = noted.get(name, source)
        if other.id != source.id and os.path.lexists(folder / name):
            raise other_source_problem(folder, other.name)


def other_source_problem(folder: Path, name: str) -> Problem:
    """Return the problem that the results in a folder are of images with another name (empty: unknown)."""
    if name:
        return Problem("write.other_source", path=str(folder), name=name)
    return Problem("write.other_images", path=str(folder))


def note_source(folder: Path, names: Iterable[str], source: ResultSource) -> None:
    """Note the source of results with these names; raises `Problem` and `OSError`."""
    note = _read(folder)
    note.sources.update(dict.fromkeys(names, source))
    output = Output(folder / _NOTE_NAME, lambda data: data.startswith(b'{"sources":'))
    output.write(msgspec.json.encode(note))


def _read(folder: Path) -> _Note:
    with contextlib.suppress(OSError, DamagedData), decoding():
        return msgspec.json.decode(read_earlier_result(folder / _NOTE_NAME), type=_Note)
    return _Note()
