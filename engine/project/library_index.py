"""Cache of project summaries, so that a project list need not open every project.

Whatever is missing, damaged or out of date is read from the projects again.
"""

import json
from collections.abc import Iterable, Mapping
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from engine.atomic_files import atomic_write
from engine.damaged_data import DamagedData, decoding
from engine.messages import Message, Problem
from engine.project import metadata
from engine.project.backups import list_backups
from engine.project.connection import open_read_only
from engine.project.fingerprint import encode_sample
from engine.project.metadata import ProjectSummary
from engine.project.reviewers import LastEdit, read_last_edit
from engine.project.sqlite_errors import sqlite_errors_as_problems

_FORMAT_VERSION = 2


class LibraryIndex:
    """Project summaries by file; `problems` says which files could not be read, and why."""

    def __init__(self, file: Path) -> None:
        self.problems: dict[Path, Message] = {}
        self._file = file

    def summaries(self, files: Iterable[Path]) -> list[ProjectSummary]:
        """Return the summaries of the projects that can be read."""
        cached = self._read()
        entries: dict[str, Any] = {}
        readable: list[ProjectSummary] = []
        problems: dict[Path, Message] = {}
        for file in files:
            try:
                stamp = _stamp(file)
                entry = cached.get(str(file))
                summary = _decode_summary(file, entry, stamp)
                summary = summary or read_project_summary(file)
            except Problem as problem:
                # Its entry has the name by which messages call it; the file's stamp keeps it from being listed.
                if entry := cached.get(str(file)):
                    entries[str(file)] = entry
                # A damaged project is listed as in its backup, which takes its place when it is opened.
                summary = _summary_of_backup(file)
                if summary is None:
                    problems[file] = problem.message
                else:
                    readable.append(summary)
                continue
            except OSError:
                continue  # It was removed meanwhile.
            readable.append(summary)
            entries[str(file)] = _encode_summary(summary) | {"stamp": stamp}
        self.problems = problems
        if entries != cached:
            self._write(entries)
        return readable

    def _read(self) -> Mapping[str, Any]:
        try:
            with decoding():
                plain = json.loads(self._file.read_bytes())
                return dict(plain["projects"]) if plain["format"] == _FORMAT_VERSION else {}
        except (OSError, DamagedData):
            return {}

    def _write(self, projects: Mapping[str, Any]) -> None:
        text = json.dumps({"format": _FORMAT_VERSION, "projects": projects})
        with suppress(OSError):  # Without it the next time takes a little longer.
            atomic_write(self._file, text.encode())


def read_project_summary(file: Path) -> ProjectSummary:
    """Return a project's summary, read from its file; raises `Problem` (`project.*`)."""
    with sqlite_errors_as_problems(file), closing(open_read_only(file)[0]) as database:
        return metadata.read_summary(database, file)


def read_last_edit_of(file: Path) -> LastEdit | None:
    """Return the last edit of a project, read from its file; raises `Problem` (`project.*`)."""
    with sqlite_errors_as_problems(file), closing(open_read_only(file)[0]) as database:
        return read_last_edit(database)


def _summary_of_backup(file: Path) -> ProjectSummary | None:
    for backup in list_backups(file):
        with suppress(Problem, OSError):
            return replace(read_project_summary(backup.file), file=file)
    return None


def _stamp(file: Path) -> list[int]:
    stamp = []
    for path in (file, Path(f"{file}-wal")):
        try:
            status = path.stat()
        except FileNotFoundError:
            if path == file:
                raise
            stamp += [0, 0, 0, 0]
        else:
            stamp += [status.st_size, status.st_mtime_ns, status.st_ino, status.st_ctime_ns]
    return stamp


def _encode_summary(summary: ProjectSummary) -> dict[str, Any]:
    return {
        "id": summary.id,
        "name": summary.name,
        "root": None if summary.root is None else str(summary.root),
        "opened": summary.opened.isoformat(),
        "images": summary.images,
        "decided": summary.decided,
        "sample": encode_sample(summary.sample),
        "fields": summary.fields,
    }


def _decode_summary(file: Path, entry: Any, stamp: list[int]) -> ProjectSummary | None:
    try:
        with decoding():
            if entry is None or entry["stamp"] != stamp:
                return None
            names = ("id", "name", "root", "opened", "images", "decided", "sample", "fields")
            return metadata.checked_summary(file, *(entry[name] for name in names))
    except DamagedData:
        return None
