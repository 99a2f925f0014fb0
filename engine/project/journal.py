"""The journal: edits are appended with the state they make, undone by their inverse, never altered."""

import sqlite3
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from engine.project.values import STAYS, Change, Edit, from_json, to_bytes, to_json, to_path
from engine.stored import decoding

_HEAD = "edit.id, at, who, action, reason, model, undoes, redoes"

Stamp = tuple[int, int]
"""Size in bytes and time in nanoseconds of a file; both 0: unknown."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What an edit says beside its changes."""

    action: str
    who: str
    reason: str = ""
    model: str | None = None
    undoes: int | None = None
    redoes: int | None = None


@dataclass(slots=True)
class Stack:
    """Which edits can be undone and redone, the next one last: a function of the journal alone."""

    undo: list[int] = field(default_factory=list)
    redo: list[int] = field(default_factory=list)

    def push(self, edit: int, undoes: int | None, redoes: int | None) -> None:
        """Follow one edit more."""
        if undoes is not None:
            self.undo.pop()
            self.redo.append(undoes)
        elif redoes is not None:
            self.redo.pop()
            self.undo.append(redoes)
        else:
            self.undo.append(edit)
            self.redo.clear()


def read_stack(database: sqlite3.Connection) -> Stack:
    """Return the stack as the journal left it."""
    stack = Stack()
    for action, *row in database.execute("SELECT action, id, undoes, redoes FROM edit ORDER BY id"):
        if action not in STAYS:
            stack.push(*row)
    return stack


def append(
    database: sqlite3.Connection,
    entry: Entry,
    changes: Iterable[tuple[str | None, str, Any]],
    stamp: Callable[[str], Stamp],
) -> Edit | None:
    """Write an edit and the state it makes; None if it changes nothing.

    Of two values for one field the later counts. An image that the file does not know yet gets its
    row here, with what `stamp` tells of its file. Needs a transaction.
    """
    wanted = {
        (path, name): to_json(None if name == "note" and value == "" else value)
        for path, name, value in changes
    }
    _clear(database)
    database.executemany(
        "INSERT INTO temp.wanted (path, image, field, new) VALUES (?, ?, ?, ?)",
        (
            (None, 0, name, new) if path is None else (to_bytes(path), None, name, new)
            for (path, name), new in wanted.items()
        ),
    )
    unknown = database.execute(
        "SELECT DISTINCT path FROM temp.wanted WHERE image IS NULL AND new IS NOT NULL AND NOT EXISTS "
        "(SELECT 1 FROM image WHERE image.path = wanted.path AND present)"
    ).fetchall()
    database.executemany(
        "INSERT INTO image (path, size, mtime_ns, present) VALUES (?, ?, ?, 1)",
        ((path, *stamp(to_path(path))) for (path,) in unknown),
    )
    database.execute(
        "UPDATE temp.wanted SET image = "
        "(SELECT id FROM image WHERE image.path = wanted.path AND present) WHERE image IS NULL"
    )
    database.execute(
        "DELETE FROM temp.wanted WHERE image IS NULL OR new IS "
        "(SELECT value FROM state WHERE state.image = wanted.image AND state.field = wanted.field)"
    )
    if not database.execute("SELECT EXISTS (SELECT 1 FROM temp.wanted)").fetchone()[0]:
        return None
    return _write(database, entry)


def append_inverse(database: sqlite3.Connection, entry: Entry) -> Edit:
    """Write the edit that takes back `entry.undoes`, or makes `entry.redoes` again."""
    _clear(database)
    side = "new" if entry.undoes is None else "old"
    database.execute(
        "INSERT INTO temp.wanted (image, field, new) "
        f"SELECT image, field, {side} FROM change WHERE edit = ?",
        (entry.undoes or entry.redoes,),
    )
    return _write(database, entry)


def head(database: sqlite3.Connection, edit: int) -> Edit:
    """Return an edit without its changes."""
    row = database.execute(f"SELECT {_HEAD} FROM edit WHERE id = ?", (edit,)).fetchone()
    return _edit(row, ())


def history(database: sqlite3.Connection, image: int, path: str | None) -> list[Edit]:
    """Return the edits of one image (0: of the project), newest first, each with its changes alone."""
    found: dict[int, tuple[tuple[Any, ...], list[Change]]] = {}
    for *row, name, old, new in database.execute(
        f"SELECT {_HEAD}, field, old, new FROM change JOIN edit ON edit.id = change.edit "
        "WHERE image = ? ORDER BY edit.id DESC, field",
        (image,),
    ):
        _, changes = found.setdefault(row[0], (tuple(row), []))
        changes.append(Change(path, name, from_json(old), from_json(new)))
    return [_edit(row, tuple(changes)) for row, changes in found.values()]


def replay(database: sqlite3.Connection) -> Mapping[tuple[int, str], str]:
    """Return the state that the journal makes from nothing: what `state` has to hold."""
    made: dict[tuple[int, str], str] = {}
    for image, name, new in database.execute(
        "SELECT image, field, new FROM change ORDER BY edit, image, field"
    ):
        made[image, name] = new
    return {key: value for key, value in made.items() if value is not None}


def _clear(database: sqlite3.Connection) -> None:
    database.execute(
        "CREATE TEMP TABLE IF NOT EXISTS wanted (path BLOB, image INTEGER, field TEXT, new TEXT)"
    )
    database.execute("DELETE FROM temp.wanted")


def _write(database: sqlite3.Connection, entry: Entry) -> Edit:
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
        "(SELECT value FROM state WHERE state.image = wanted.image AND state.field = wanted.field), "
        "new FROM temp.wanted",
        (edit,),
    )
    database.execute(
        "DELETE FROM state WHERE (image, field) IN "
        "(SELECT image, field FROM temp.wanted WHERE new IS NULL)"
    )
    database.execute(
        "INSERT INTO state (image, field, value) "
        "SELECT image, field, new FROM temp.wanted WHERE new IS NOT NULL "
        "ON CONFLICT (image, field) DO UPDATE SET value = excluded.value"
    )
    changes = database.execute(
        "SELECT image, path, field, old, new FROM change JOIN image ON image.id = change.image "
        "WHERE edit = ? AND (present OR image.id = 0)",
        (edit,),
    )
    found = tuple(
        Change(to_path(path) if image else None, name, from_json(old), from_json(new))
        for image, path, name, old, new in changes
    )
    return replace(head(database, edit), changes=found)


def _edit(row: tuple[Any, ...], changes: tuple[Change, ...]) -> Edit:
    number, at, who, action, reason, model, undoes, redoes = row
    with decoding():
        when = datetime.fromisoformat(at)
        if when.tzinfo is None or not all(isinstance(text, str) for text in (who, action, reason)):
            raise TypeError("no entry of a journal")
    return Edit(number, when, who, action, reason, model, undoes, redoes, changes)
