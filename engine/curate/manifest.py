"""The manifest of a quarantine: what was moved, and from where, as JSON lines."""

import contextlib
import json
import os
from io import FileIO
from pathlib import Path
from typing import Any

from engine.messages import Problem

MANIFEST = "manifest.jsonl"
_FORMAT = 1


def begin(log: FileIO, root: Path) -> None:
    """Write the first line, with the folder the files come from; raises `OSError`."""
    write_line(log, {"format": _FORMAT, "root": os.fspath(root)})


def read(manifest: Path) -> tuple[Path, list[str], bool]:
    """Return the folder the files came from, their paths, and whether all lines are whole; raises `Problem`.

    A last line that was cut off by a crash is left out: what it names was not moved yet. So is any other
    damaged line; without the first nothing can be said.
    """
    try:
        text = manifest.read_text(encoding="ascii", errors="replace")
    except OSError as error:
        raise Problem(
            "quarantine.unreadable",
            path=str(manifest),
            reason=error.strerror or type(error).__name__,
        ) from error
    head, *lines = [_parsed(line) for line in text.removesuffix("\n").split("\n")]
    root = head.get("root") if head and head.get("format") == _FORMAT else None
    paths = [line.get("path") for line in lines if line is not None]
    good = isinstance(root, str) and Path(root).is_absolute() and "\0" not in root
    if not good or not all(map(is_inside, paths)):
        raise Problem("quarantine.no_manifest", path=str(manifest))
    return Path(str(root)), list(dict.fromkeys(map(str, paths))), None not in lines


def _parsed(line: str) -> dict[str, Any] | None:
    with contextlib.suppress(ValueError, RecursionError):
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
