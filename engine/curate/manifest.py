"""Manifest of a quarantine: JSON lines that record which files were moved, and from where."""

import contextlib
import json
import os
import stat
from collections.abc import Callable
from dataclasses import dataclass
from io import FileIO
from pathlib import Path
from typing import Any

from engine.damaged_data import DamagedData, decoding
from engine.messages import Problem
from engine.outputs import NO_FOLLOW_FLAGS

MANIFEST_NAME = "manifest.jsonl"
_FORMAT = 2
_MAX_BYTES = 1 << 30


@dataclass(frozen=True, slots=True)
class Manifest:
    """A manifest that was read and verified: `root` exists and is the original folder.

    `paths` are relative to `root`, and to the folder of the manifest's `file`. `is_complete` is False where
    a line was damaged.
    """

    file: Path
    root: Path
    paths: tuple[str, ...]
    is_complete: bool

    @property
    def folder(self) -> Path:
        """The quarantine folder."""
        return self.file.parent

    @property
    def remaining_count(self) -> int:
        """The number of files still in quarantine."""
        return sum(os.path.lexists(self.folder / path) for path in self.paths)


def write_header(log: FileIO, root: Path, folder: Path) -> None:
    """Write the first line: the origin of the files and the ids of both folders; raises `OSError`."""
    ids = {"root_id": folder_id(root), "folder_id": folder_id(folder)}
    write_line(log, {"format": _FORMAT, "root": os.fspath(root), **ids})


def folder_id(folder: Path) -> int:
    """Return the inode number, which tells a folder from a replacement at the same path."""
    return folder.lstat().st_ino


def read_manifest(file: Path, to: Path | None = None) -> Manifest:
    """Read a manifest and check that its files may be moved back; raises `Problem` (`quarantine.*`).

    It is only valid in the quarantine folder and for the root folder it was written for: both must exist
    and be the same folders as at the move. `to`, given by the user, replaces the root.

    Damaged lines are skipped; a last line that a crash cut off names a file that was not moved yet. The
    first line is required.
    """
    if file.is_dir():
        file = file / MANIFEST_NAME
    file = Path(os.path.realpath(file.parent)) / file.name
    try:
        with open(os.open(file, os.O_RDONLY | NO_FOLLOW_FLAGS), "rb") as stream:  # noqa: PTH123
            if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
                raise Problem("quarantine.no_manifest", path=str(file))
            text = stream.read(_MAX_BYTES + 1).decode("ascii", "replace")
    except OSError as error:
        error_text = error.strerror or type(error).__name__
        raise Problem("quarantine.unreadable", path=str(file), reason=error_text) from error
    header, *lines = [_parse_line(line) for line in text.removesuffix("\n").split("\n")]
    is_known_format = header is not None and header.get("format") in (1, _FORMAT)
    root = header.get("root") if header is not None and is_known_format else None
    paths = [line.get("path") for line in lines if line is not None]
    is_valid_root = isinstance(root, str) and Path(root).is_absolute() and "\0" not in root
    if (
        header is None
        or not is_valid_root
        or len(text) > _MAX_BYTES
        or not all(map(is_inside, paths))
    ):
        raise Problem("quarantine.no_manifest", path=str(file))
    target = Path(os.path.realpath(to)) if to is not None else Path(str(root))
    if not _is_plain_folder(target):
        raise Problem("quarantine.no_root", path=str(file), root=str(target))
    recorded_ids = header.get("root_id"), header.get("folder_id")
    if to is None and recorded_ids != (folder_id(target), folder_id(file.parent)):
        raise Problem("quarantine.not_bound", path=str(file), root=str(target))
    return Manifest(file, target, tuple(dict.fromkeys(map(str, paths))), None not in lines)


def leaves_root(root: Path, path: str) -> bool:
    """Return whether the way from `root` to a file below it leads through a link or anything but a folder."""
    folder = root
    for part in Path(path).parts[:-1]:
        folder /= part
        if not os.path.lexists(folder):
            return False
        if not _is_plain_folder(folder):
            return True
    return False


def _is_plain_folder(folder: Path) -> bool:
    is_junction: Callable[[Path], bool] = getattr(os.path, "isjunction", lambda _: False)
    try:
        return stat.S_ISDIR(folder.lstat().st_mode) and not is_junction(folder)
    except (OSError, ValueError):  # also for names that are invalid on this system
        return False


def _parse_line(line: str) -> dict[str, Any] | None:
    with contextlib.suppress(DamagedData), decoding():
        value = json.loads(line)
        return value if isinstance(value, dict) else None
    return None


def is_inside(path: Any) -> bool:
    """Return whether a path stays inside the folder it is relative to."""
    if not isinstance(path, str):
        return False
    # By the rules of this system: on Windows "..\\x" and "C:x" lead outside too.
    parsed = Path(path)
    return (
        bool(parsed.parts) and not parsed.anchor and ".." not in parsed.parts and "\0" not in path
    )


def write_line(log: FileIO, line: dict[str, Any]) -> None:
    """Write a line completely and flush it to disk, or write nothing; raises `OSError`."""
    start = log.tell()
    data = memoryview(json.dumps(line).encode("ascii") + b"\n")
    try:
        while data:
            data = data[log.write(data) :]
        os.fsync(log.fileno())
    except OSError:
        log.seek(start)
        log.truncate()
        raise
