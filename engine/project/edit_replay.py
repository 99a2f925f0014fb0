"""Replay of the edits of a damaged project file that can still be read, on a copy of its backup."""

import contextlib
import sqlite3
from pathlib import Path
from typing import Any

from engine.damaged_data import DamagedData, decoding
from engine.project.connection import connect

Row = tuple[Any, ...]

_EDIT = "INSERT INTO edit (id, at, who, action, reason, model, undoes, redoes) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
_CHANGE = "INSERT INTO change (edit, image, field, old, new) VALUES (?, ?, ?, ?, ?)"
_IMAGE = (
    "INSERT INTO image (id, path, content, size, mtime_ns, present) VALUES (?1, ?2, ?3, ?4, ?5, "
    "?6 AND NOT EXISTS (SELECT 1 FROM image WHERE path = ?2 AND present))"
)


def replay_edits(damaged: Path, copy: Path) -> tuple[int, int | None]:
    """Append the edits of a damaged file that follow those of a copy, in order up to the first unreadable.

    Returns their number and that of the unreadable ones, if known. An edit keeps its number, so that
    none can be replayed twice.
    """
    with (
        contextlib.closing(connect(copy, "mode=rw")) as target,
        contextlib.closing(_open_damaged(damaged)) as source,
    ):
        target.execute("PRAGMA journal_mode = DELETE")
        last = target.execute("SELECT id, at FROM edit ORDER BY id DESC LIMIT 1").fetchone()
        first = last[0] if last else 0
        # A file that continues other edits is not the one that was backed up.
        if last and _read(source, "SELECT at FROM edit WHERE id = ?", first) not in (
            [],
            [last[1:]],
        ):
            return 0, None
        replayed = 0
        while edit := _next_edit(source, target, first + replayed):
            if not _append(target, *edit):
                break
            replayed += 1
        total = _read(source, "SELECT max(id) FROM edit")
    if not total or type(total[0][0]) is not int:
        return replayed, None
    return replayed, max(0, total[0][0] - first - replayed)


def _append(target: sqlite3.Connection, header: Row, images: list[Row], changes: list[Row]) -> bool:
    target.execute("BEGIN")
    try:
        with decoding():
            target.executemany(_IMAGE, images)
            target.execute(_EDIT, header)
            target.executemany(_CHANGE, changes)
            _apply(target, changes)
        target.execute("COMMIT")
    except (sqlite3.Error, DamagedData):
        target.execute("ROLLBACK")
        return False
    return True


def _open_damaged(file: Path) -> sqlite3.Connection:
    try:
        return connect(file, "mode=ro")
    except sqlite3.Error:
        return sqlite3.connect(":memory:")


def _next_edit(
    source: sqlite3.Connection, target: sqlite3.Connection, last: int
) -> tuple[Row, list[Row], list[Row]] | None:
    headers = _read(source, "SELECT * FROM edit WHERE id = ?", last + 1)
    changes = _read(source, "SELECT * FROM change WHERE edit = ?", last + 1)
    if not headers or not changes:
        return None
    images: list[Row] = []
    for image in dict.fromkeys(change[1] for change in changes):
        if not target.execute("SELECT 1 FROM image WHERE id = ?", (image,)).fetchone():
            columns = "id, path, content, size, mtime_ns, present"
            rows = _read(source, f"SELECT {columns} FROM image WHERE id = ?", image)
            if not rows:
                return None
            images += rows
    return headers[0], images, changes


def _read(database: sqlite3.Connection, query: str, *params: object) -> list[Row]:
    try:
        return database.execute(query, params).fetchall()
    except (sqlite3.Error, UnicodeError):
        return []


def _apply(target: sqlite3.Connection, changes: list[Row]) -> None:
    for _, image, field, old, new in changes:
        key = (image, field)
        state = target.execute("SELECT value FROM state WHERE image = ? AND field = ?", key)
        if (state.fetchone() or (None,))[0] != old:
            raise ValueError("the edit does not follow the state")
        target.execute("DELETE FROM state WHERE image = ? AND field = ?", key)
        if new is not None:
            target.execute("INSERT INTO state VALUES (?, ?, ?)", (*key, new))
