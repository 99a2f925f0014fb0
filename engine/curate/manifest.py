"""The manifest of a quarantine: what was moved, and from where, as JSON lines."""

import contextlib
import json
import os
import stat
from collections.abc import Callable
from dataclasses import dataclass
from io import FileIO
from pathlib import Path
from typing import Any

from engine.messages import Problem
from engine.outputs import NO_FOLLOW
from engine.stored import Damaged, decoding

MANIFEST = "manifest.jsonl"
_FORMAT = 2
_MAX_BYTES = 1 << 30


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a manifest says, and that it may be followed: `root` is there and is the folder that was meant.

    `paths` are relative to `root`, and to the folder of the manifest's `file`. `whole` is False where a line
    was damaged.
    """

    file: Path
    root: Path
    paths: tuple[str, ...]
    whole: bool

    @property
    def folder(self) -> Path:
        """The quarantine folder."""
        return self.file.parent

    @property
    def waiting(self) -> int:
        """How many of the files are still in quarantine."""
        return sum(os.path.lexists(self.folder / path) for path in self.paths)


def begin(log: FileIO, root: Path, folder: Path) -> None:
    """Write the first line: where the files come from, and which two folders are meant; raises `OSError`."""
    ids = {"root_id": identity(root), "folder_id": identity(folder)}
    write_line(log, {"format": _FORMAT, "root": os.fspath(root), **ids})


def identity(folder: Path) -> int:
    """Return what tells a folder from another that is put in its place: its number on its disk."""
    return folder.lstat().st_ino


def read(file: Path, to: Path | None = None) -> Manifest:
    """Read a manifest and see that its files may go back; raises `Problem` (`quarantine.*`).

    It is followed only in the quarantine folder and to the folder that it was written for: both are there,
    and are the same folders as at the move. `to` is said by a person, and stands in for what it says.

    A last line that was cut off by a crash is left out: what it names was not moved yet. So is any other
    damaged line; without the first nothing can be said.
    """
    if file.is_dir():
        file = file / MANIFEST
    file = Path(os.path.realpath(file.parent)) / file.name
    try:
        with open(os.open(file, os.O_RDONLY | NO_FOLLOW), "rb") as stream:  # noqa: PTH123
            if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
                raise Problem("quarantine.no_manifest", path=str(file))
            text = stream.read(_MAX_BYTES + 1).decode("ascii", "replace")
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise Problem("quarantine.unreadable", path=str(file), reason=why) from error
    head, *lines = [_parsed(line) for line in text.removesuffix("\n").split("\n")]
    known = head is not None and head.get("format") in (1, _FORMAT)
    root = head.get("root") if head is not None and known else None
    paths = [line.get("path") for line in lines if line is not None]
    good = isinstance(root, str) and Path(root).is_absolute() and "\0" not in root
    if head is None or not good or len(text) > _MAX_BYTES or not all(map(is_inside, paths)):
        raise Problem("quarantine.no_manifest", path=str(file))
    place = Path(os.path.realpath(to)) if to is not None else Path(str(root))
    if not _is_plain_folder(place):
        raise Problem("quarantine.no_root", path=str(file), root=str(place))
    same = head.get("root_id"), head.get("folder_id")
    if to is None and same != (identity(place), identity(file.parent)):
        raise Problem("quarantine.not_bound", path=str(file), root=str(place))
    return Manifest(file, place, tuple(dict.fromkeys(map(str, paths))), None not in lines)


def leads_out(root: Path, path: str) -> bool:
    """Say whether a link, or anything that is no folder, lies on the way from `root` to a file below it."""
    place = root
    for part in Path(path).parts[:-1]:
        place /= part
        if not os.path.lexists(place):
            return False
        if not _is_plain_folder(place):
            return True
    return False


def _is_plain_folder(place: Path) -> bool:
    junction: Callable[[Path], bool] = getattr(os.path, "isjunction", lambda _: False)
    try:
        return stat.S_ISDIR(place.lstat().st_mode) and not junction(place)
    except (OSError, ValueError):  # also a name that this system cannot even look for
        return False


def _parsed(line: str) -> dict[str, Any] | None:
    with contextlib.suppress(Damaged), decoding():
        value = json.loads(line)
        return value if isinstance(value, dict) else None
    return None


def is_inside(path: Any) -> bool:
    """Say whether a path leads nowhere but into the folder it is relative to."""
    if not isinstance(path, str):
        return False
    # By this system's own rules: on Windows "..\\x" and "C:x" lead out as well.
    place = Path(path)
    return bool(place.parts) and not place.anchor and ".." not in place.parts and "\0" not in path


def write_line(log: FileIO, line: dict[str, Any]) -> None:
    """Write a line whole and to the disk, or not at all; raises OSError."""
    begin = log.tell()
    data = memoryview(json.dumps(line).encode("ascii") + b"\n")
    try:
        while data:
            data = data[log.write(data) :]
        os.fsync(log.fileno())
    except OSError:
        log.seek(begin)
        log.truncate()
        raise
