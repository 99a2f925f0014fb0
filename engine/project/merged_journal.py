"""Merged journals: the edits of other project files, kept beside a project's own journal.

The tables are made by the first merge, so that files without one stay as they are and every version
that knows the rest of the file can open it. An edit is the same in two files if time, person and action
are the same: times have microseconds.
"""

import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from engine.project.taken_back import edits_taken_back

MERGE_ACTION = "merge"

EditKey = tuple[str, str, str]
"""Time, person and action of an edit: what identifies it in every file."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS merged_edit (
    id INTEGER PRIMARY KEY,
    merge INTEGER NOT NULL REFERENCES edit,
    at TEXT NOT NULL,
    who TEXT NOT NULL,
    action TEXT NOT NULL,
    reason TEXT NOT NULL,
    model TEXT,
    undoes INTEGER,
    redoes INTEGER
);
CREATE TABLE IF NOT EXISTS merged_change (
    edit INTEGER NOT NULL REFERENCES merged_edit,
    image INTEGER NOT NULL REFERENCES image,
    field TEXT NOT NULL,
    old TEXT,
    new TEXT,
    PRIMARY KEY (edit, image, field)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS merged_change_image ON merged_change (image);
CREATE TRIGGER IF NOT EXISTS merged_edit_kept BEFORE UPDATE ON merged_edit
BEGIN SELECT RAISE(ABORT, 'the journal is kept'); END;
CREATE TRIGGER IF NOT EXISTS merged_edit_stays BEFORE DELETE ON merged_edit
BEGIN SELECT RAISE(ABORT, 'the journal is kept'); END;
CREATE TRIGGER IF NOT EXISTS merged_change_kept BEFORE UPDATE ON merged_change
BEGIN SELECT RAISE(ABORT, 'the journal is kept'); END;
CREATE TRIGGER IF NOT EXISTS merged_change_stays BEFORE DELETE ON merged_change
BEGIN SELECT RAISE(ABORT, 'the journal is kept'); END;
"""


class JournalChange(NamedTuple):
    """One change as stored."""

    image: int
    field: str
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class JournalEdit:
    """One edit as stored; the ids of merged edits are negative, so that they differ from own ones."""

    id: int
    at: str
    who: str
    action: str
    reason: str
    model: str | None
    undoes: int | None
    redoes: int | None
    changes: tuple[JournalChange, ...]

    @property
    def key(self) -> EditKey:
        """The identity of the edit in every file."""
        return self.at, self.who, self.action


def read_journal(database: sqlite3.Connection) -> list[JournalEdit]:
    """Return the own edits in their order, after the edits of merges that were not undone."""
    edits = []
    if merges := effective_merges(database):
        marks = ", ".join("?" * len(merges))
        edits += _read(database, "merged_edit", "merged_change", f"merge IN ({marks})", merges)
        # Merged twice, the second time after the first was undone.
        edits = list({edit.key: edit for edit in edits}.values())
    return edits + _read(database, "edit", "change", "1", ())


def effective_merges(database: sqlite3.Connection) -> tuple[int, ...]:
    """Return the ids of the merges that neither undo nor restoring an earlier state took back."""
    effective: dict[int, None] = {}
    for edit, undoes, redoes in database.execute(
        "SELECT id, undoes, redoes FROM edit WHERE action = ? ORDER BY id", (MERGE_ACTION,)
    ):
        if undoes is None:
            effective[redoes or edit] = None
        else:
            effective.pop(undoes, None)
    taken_back = edits_taken_back(database)
    return tuple(edit for edit in effective if edit not in taken_back)


def read_history(database: sqlite3.Connection, image: int) -> list[tuple[Any, ...]]:
    """Return the changes of merged edits to one image, each with the columns of its edit before."""
    merges = effective_merges(database)
    if not merges:
        return []
    marks = ", ".join("?" * len(merges))
    return database.execute(
        "SELECT -id, at, who, action, reason, model, undoes, redoes, field, old, new "
        "FROM merged_change JOIN merged_edit ON id = edit "
        f"WHERE image = ? AND merge IN ({marks}) GROUP BY at, who, action, field ORDER BY id, field",
        (image, *merges),
    ).fetchall()


def deciding_changes(database: sqlite3.Connection) -> str:
    """Return a subquery of changes to images with edit, time and person who decided.

    Where files were merged, these are the merged edits instead of the merges.
    """
    own = (
        "SELECT image, field, edit.id AS edit, at, who FROM change JOIN edit ON edit.id = edit "
        "WHERE image > 0"
    )
    merges = effective_merges(database)
    if not merges:
        return f"({own})"
    return (
        f"({own} AND action != '{MERGE_ACTION}' UNION ALL "
        "SELECT image, field, -id, at, who FROM merged_change JOIN merged_edit ON id = edit "
        f"WHERE image > 0 AND merge IN ({', '.join(map(str, merges))}) "
        f"AND action != '{MERGE_ACTION}')"
    )


def append_journal(
    database: sqlite3.Connection,
    merge: int,
    edits: Iterable[JournalEdit],
    images: Mapping[int, int],
    shared_ids: Mapping[int, int],
) -> None:
    """Store the edits of another file; call inside the transaction of the merge.

    `images` has this file's row of each of its images, `shared_ids` this file's id of each edit that
    both had before.
    """
    for statement in _SCHEMA.split(";\n"):
        database.execute(statement)
    ids = dict(shared_ids)
    for edit in edits:
        inserted = database.execute(
            "INSERT INTO merged_edit (merge, at, who, action, reason, model, undoes, redoes) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (merge, *edit.key, edit.reason, edit.model,
             ids.get(edit.undoes or 0), ids.get(edit.redoes or 0)),
        ).lastrowid  # fmt: skip
        assert inserted is not None
        ids[edit.id] = -inserted
        # Two rows of the other file may be one image here.
        database.executemany(
            "INSERT OR REPLACE INTO merged_change VALUES (?, ?, ?, ?, ?)",
            (
                (inserted, images[change.image], change.field, change.old, change.new)
                for change in edit.changes
            ),
        )


def _read(
    database: sqlite3.Connection, edits: str, changes: str, condition: str, params: Iterable[Any]
) -> list[JournalEdit]:
    by_edit: dict[int, list[JournalChange]] = {}
    for edit, *change in database.execute(
        f"SELECT edit, image, field, old, new FROM {changes} ORDER BY edit"
    ):
        by_edit.setdefault(edit, []).append(JournalChange(*change))
    sign = "" if edits == "edit" else "-"
    rows = database.execute(
        f"SELECT id, {sign}id, at, who, action, reason, model, undoes, redoes FROM {edits} "
        f"WHERE {condition} ORDER BY id",
        tuple(params),
    )
    return [JournalEdit(*(*values, tuple(by_edit.get(edit, ())))) for edit, *values in rows]
