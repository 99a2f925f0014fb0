"""What a list of projects shows, remembered so that not every project is opened for it.

A cache: whatever is missing, damaged or out of date in it is read from the projects again.
"""

import json
import tempfile
from collections.abc import Iterable, Mapping
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from engine.messages import Message, Problem
from engine.project import about
from engine.project.about import Head
from engine.project.connection import open_to_read
from engine.project.failures import explained
from engine.project.fingerprint import to_plain
from engine.stored import Damaged, decoding

_FORMAT = 1


class Index:
    """The heads of projects, by file; `problems` says which could not be read, and why."""

    def __init__(self, file: Path) -> None:
        self.problems: dict[Path, Message] = {}
        self._file = file

    def heads(self, files: Iterable[Path]) -> list[Head]:
        """Return the heads of the projects that can be read."""
        kept = self._read()
        now: dict[str, Any] = {}
        found: list[Head] = []
        problems: dict[Path, Message] = {}
        for file in files:
            try:
                stamp = _stamp(file)
                old = kept.get(str(file))
                head = _from_plain(file, old, stamp)
                head = head or read_head(file)
            except Problem as problem:
                problems[file] = problem.message
                continue
            except OSError:
                continue  # It went away meanwhile.
            found.append(head)
            now[str(file)] = _to_plain(head) | {"stamp": stamp}
        self.problems = problems
        if now != kept:
            self._write(now)
        return found

    def _read(self) -> Mapping[str, Any]:
        try:
            with decoding():
                plain = json.loads(self._file.read_bytes())
                return dict(plain["projects"]) if plain["format"] == _FORMAT else {}
        except (OSError, Damaged):
            return {}

    def _write(self, projects: Mapping[str, Any]) -> None:
        text = json.dumps({"format": _FORMAT, "projects": projects})
        with suppress(OSError):  # Without it the next time takes a little longer.
            with tempfile.NamedTemporaryFile(
                "w", dir=self._file.parent, prefix=".index-", delete=False, encoding="utf-8"
            ) as new:
                new.write(text)
            Path(new.name).replace(self._file)


def read_head(file: Path) -> Head:
    """Return what a list shows of a project; raises `Problem` (`project.*`)."""
    with explained(file), closing(open_to_read(file)[0]) as database:
        return about.head(database, file)


def _stamp(file: Path) -> list[int]:
    stamp = []
    for path in (file, Path(f"{file}-wal")):
        try:
            status = path.stat()
        except FileNotFoundError:
            if path == file:
                raise
            stamp += [0, 0]
        else:
            stamp += [status.st_size, status.st_mtime_ns]
    return stamp


def _to_plain(head: Head) -> dict[str, Any]:
    return {
        "id": head.id,
        "name": head.name,
        "root": None if head.root is None else str(head.root),
        "opened": head.opened.isoformat(),
        "images": head.images,
        "decided": head.decided,
        "sample": to_plain(head.sample),
    }


def _from_plain(file: Path, kept: Any, stamp: list[int]) -> Head | None:
    try:
        with decoding():
            if kept is None or kept["stamp"] != stamp:
                return None
            names = ("id", "name", "root", "opened", "images", "decided", "sample")
            return about.checked_head(file, *(kept[name] for name in names))
    except Damaged:
        return None
