"""Edit journal: edits are appended together with their state, undone by an inverse edit, never altered."""

import sqlite3
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from engine.damaged_data import decoding
from engine.project import merged_journal
from engine.project.decisions import (
    BOX_FIELD,
    Change,
    Edit,
    decode_path,
    decode_value,
    encode_path,
    encode_value,
)

_HEADER_COLUMNS = "edit.id, at, who, action, reason, model, undoes, redoes"

FileStamp = tuple[int, int]
"""Size in bytes and modification time in nanoseconds of a file; both 0 if unknown."""

StoredChange = tuple[int, str, str | None]
"""Image row, field and new value as stored."""


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """Header of a new edit: everything but its changes."""

    action: str
    who: str
    reason: str = ""
    model: str | None = None
    undoes: int | None = None
    redoes: int | None = None


def append(
    database: sqlite3.Connection,
    entry: JournalEntry,
    changes: Iterable[tuple[str | None, str, Any]],
    stamp: Callable[[str], FileStamp],
) -> Edit | None:
    """Write an edit and update the state; return None if nothing changes.

    The last of several values for one field counts. An image without a row gets one, with the size
    and time that `stamp` returns for its path. Call inside a transaction.
    """
    pending = {
        (path, name): encode_value(None if name == "note" and value == "" else value)
        for path, name, value in changes
    }
    _clear(database)
    database.executemany(
        "INSERT INTO temp.pending (path, image, field, new) VALUES (?, ?, ?, ?)",
        (
            (None, 0, name, new) if path is None else (encode_path(path), None, name, new)
            for (path, name), new in pending.items()
        ),
    )
    unknown = database.execute(
        "SELECT DISTINCT path FROM temp.pending WHERE image IS NULL AND new IS NOT NULL AND NOT EXISTS "
        "(SELECT 1 FROM image WHERE image.path = pending.path AND present)"
    ).fetchall()
    database.executemany(
        "INSERT INTO image (path, size, mtime_ns, present) VALUES (?, ?, ?, 1)",
        ((path, *stamp(decode_path(path))) for (path,) in unknown),
    )
    database.execute(
        "UPDATE temp.pending SET image = "
        "(SELECT id FROM image WHERE image.path = pending.path AND present) WHERE image IS NULL"
    )
    return _write_if_changed(database, entry)


def append_stored(
    database: sqlite3.Connection, entry: JournalEntry, changes: Iterable[StoredChange]
) -> Edit | None:
    """Write an edit of rows by their ids, present or not; otherwise like `append`."""
    _clear(database)
    database.executemany("INSERT INTO temp.pending (image, field, new) VALUES (?, ?, ?)", changes)
    return _write_if_changed(database, entry)


def append_inverse(database: sqlite3.Connection, entry: JournalEntry) -> Edit:
    """Write the edit that undoes `entry.undoes` or redoes `entry.redoes`."""
    _clear(database)
    side = "new" if entry.undoes is None else "old"
    database.execute(
        "INSERT INTO temp.pending (image, field, new) "
        f"SELECT image, field, {side} FROM change WHERE edit = ?",
        (entry.undoes or entry.redoes,),
    )
    return _write(database, entry)


def read_edit_header(database: sqlite3.Connection, edit: int) -> Edit:
    """Return an edit without its changes."""
    row = database.execute(f"SELECT {_HEADER_COLUMNS} FROM edit WHERE id = ?", (edit,)).fetchone()
    return _edit(row, ())


def read_history(database: sqlite3.Connection, image: int, path: str | None) -> list[Edit]:
    """Return the edits of one image (0: the project), newest first, each with its changes to it only."""
    edits: dict[int, tuple[tuple[Any, ...], list[Change]]] = {}
    rows = database.execute(
        f"SELECT {_HEADER_COLUMNS}, field, old, new FROM change JOIN edit ON edit.id = change.edit "
        "WHERE image = ? ORDER BY edit.id DESC, field",
        (image,),
    ).fetchall()
    if merged := merged_journal.read_history(database, image):
        rows = sorted(rows + merged, key=lambda row: str(row[1]), reverse=True)
    for *row, name, old, new in rows:
        _, changes = edits.setdefault(row[0], (tuple(row), []))
        changes.append(Change(path, name, decode_value(old), decode_value(new)))
    return [_edit(row, tuple(changes)) for row, changes in edits.values()]


def replay(database: sqlite3.Connection) -> Mapping[tuple[int, str], str]:
    """Return the state computed from the journal alone; the `state` table must equal it."""
    state: dict[tuple[int, str], str] = {}
    for image, name, new in database.execute(
        "SELECT image, field, new FROM change ORDER BY edit, image, field"
    ):
        state[image, name] = new
    return {key: value for key, value in state.items() if value is not None}


def _clear(database: sqlite3.Connection) -> None:
    database.execute(
        "CREATE TEMP TABLE IF NOT EXISTS pending (path BLOB, image INTEGER, field TEXT, new TEXT)"
    )
    database.execute("DELETE FROM temp.pending")


def _write_if_changed(database: sqlite3.Connection, entry: JournalEntry) -> Edit | None:
    database.execute(
        "DELETE FROM temp.pending WHERE image IS NULL OR new IS "
        "(SELECT value FROM state WHERE state.image = pending.image AND state.field = pending.field)"
    )
    if not database.execute("SELECT EXISTS (SELECT 1 FROM temp.pending)").fetchone()[0]:
        return None
    return _write(database, entry)


def _write(database: sqlite3.Connection, entry: JournalEntry) -> Edit:
    edit = database.execute(
        "INSERT INTO edit (at, who, action, reason, model, undoes, redoes) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            datetime.now(UTC).isoformat(timespec="microseconds"),
            entry.who,
            entry.action,
            entry.reason,
            entry.model,
            entry.undoes,
            entry.redoes,
        ),
    ).lastrowid
    assert edit is not None
    database.execute(
        "INSERT INTO change (edit, image, field, old, new) SELECT ?, image, field, "
        "(SELECT value FROM state WHERE state.image = pending.image AND state.field = pending.field), "
        "new FROM temp.pending",
        (edit,),
    )
    database.execute(
        "DELETE FROM state WHERE (image, field) IN "
        "(SELECT image, field FROM temp.pending WHERE new IS NULL)"
    )
    database.execute(
        "INSERT INTO state (image, field, value) "
        "SELECT image, field, new FROM temp.pending WHERE new IS NOT NULL "
        "ON CONFLICT (image, field) DO UPDATE SET value = excluded.value"
    )
    # A box that was moved away is not found in the folder; undo and merging bring its cell back.
    database.execute(
        "UPDATE OR IGNORE image SET present = 1 WHERE NOT present AND id IN "
        "(SELECT image FROM change WHERE edit = ? AND field = ?)",
        (edit, BOX_FIELD),
    )
    changes = database.execute(
        "SELECT image, path, field, old, new FROM change JOIN image ON image.id = change.image "
        "WHERE edit = ? AND (present OR image.id = 0)",
        (edit,),
    )
    edit_changes = tuple(
        Change(decode_path(path) if image else None, name, decode_value(old), decode_value(new))
        for image, path, name, old, new in changes
    )
    return replace(read_edit_header(database, edit), changes=edit_changes)


def _edit(row: tuple[Any, ...], changes: tuple[Change, ...]) -> Edit:
    edit_id, at, who, action, reason, model, undoes, redoes = row
    with decoding():
        time = datetime.fromisoformat(at)
        if time.tzinfo is None or not all(isinstance(text, str) for text in (who, action, reason)):
            raise TypeError("not a journal entry")
    return Edit(edit_id, time, who, action, reason, model, undoes, redoes, changes)
