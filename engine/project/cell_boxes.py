"""Boxes of cells in a project: cells that a person added, and boxes that a person moved or resized.

The field `box` of an image says what a person drew there: the kind of the cell, or that there is no cell
because its box was moved away. A cell is identified by the content of its field and its box, so a moved box
is another image: all decisions move to it, in one edit.
"""

import contextlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, get_args

from engine.damaged_data import decoding
from engine.fields.cell_box import BOX_FLAGS, BoxKind
from engine.fields.cell_path import cell_content_hash, split_cell_path
from engine.fields.decided_cells import DecidedCell, DrawnBox
from engine.messages import Problem
from engine.project.classes import decode_classes, merge_map
from engine.project.connection import open_read_only
from engine.project.decisions import (
    ADD_ACTION,
    BOX_FIELD,
    MOVE_ACTION,
    Edit,
    decode_value,
    encode_path,
    encode_value,
)
from engine.project.image_rows import decision_of, read_rows, read_state, read_states
from engine.project.journal import JournalEntry, StoredChange
from engine.project.library import Library
from engine.project.project import Project
from engine.project.sqlite_errors import sqlite_errors_as_problems


def add_cell(project: Project, path: str, drawn: DrawnBox, who: str) -> Edit | None:
    """Add a cell that a person drew; return None if it is there already. Raises `Problem` (`project.*`)."""

    def changes(database: sqlite3.Connection) -> Iterator[StoredChange]:
        yield _row(database, path, drawn.field), BOX_FIELD, _encode(drawn)

    return project.apply_stored(JournalEntry(ADD_ACTION, who), changes)


def move_box(project: Project, path: str, new_path: str, drawn: DrawnBox, who: str) -> Edit | None:
    """Give a cell another box: what was decided about the cell at `path` holds for that at `new_path`.

    Return None if both are the same. Raises `Problem` (`project.*`).
    """
    if path == new_path:
        return None

    def changes(database: sqlite3.Connection) -> Iterator[StoredChange]:
        row, new_row = (_row(database, name, drawn.field) for name in (path, new_path))
        state = read_state(database, row)
        for field, value in state.items():
            if field != BOX_FIELD:
                yield row, field, None
                yield new_row, field, value
        yield row, BOX_FIELD, _encode(DrawnBox(drawn.field, None))
        yield new_row, BOX_FIELD, _encode(drawn)

    return project.apply_stored(JournalEntry(MOVE_ACTION, who), changes)


def decode_box(value: Any) -> DrawnBox | None:
    """Return a drawn box from its stored value, None for None; raises `DamagedData`."""
    if value is None:
        return None
    with decoding():
        # Boxes of earlier versions have no flags.
        field, kind, flags = value["field"], value["kind"], tuple(value.get("flags", ()))
        if not isinstance(field, str) or kind not in (None, *get_args(BoxKind)):
            raise TypeError("not a drawn box")
        return DrawnBox(field, kind, tuple(flag for flag in BOX_FLAGS if flag in flags))


def read_decided_cells(file: Path) -> list[DecidedCell]:
    """Return the cells of fields with a decision, and the boxes that were drawn; raises `Problem`."""
    with sqlite_errors_as_problems(file), closing(open_read_only(file)[0]) as database:
        states = read_states(database)
        rows = read_rows(database)
        classes = decode_value(read_state(database, 0).get("classes"))
        merged = merge_map(decode_classes(classes)) if classes else {}
        cells = []
        for row in rows:
            if row.id in states and (row.content or row.present) and split_cell_path(row.path):
                state, content = states[row.id], row.content.hex() if row.content else ""
                drawn, decision = decode_box(decode_value(state.get(BOX_FIELD))), decision_of(state)
                label = merged.get(decision.label or "", decision.label)
                removed, noted = decision.removed is not None, bool(decision.note or decision.tags)
                cells.append(DecidedCell(row.path, content, drawn, label, removed, noted))
        return cells


def decided_cells_of(root: Path) -> list[DecidedCell]:
    """Return the decided cells of the project in which a folder was last open as fields."""
    with contextlib.suppress(OSError, Problem):  # Without a readable project there are none.
        root = root.resolve()
        for summary in Library().recent():
            if summary.root == root and summary.fields:
                return read_decided_cells(summary.file)
    return []


def _encode(drawn: DrawnBox) -> str | None:
    value: dict[str, Any] = {"field": drawn.field, "kind": drawn.kind}
    return encode_value(value | {"flags": list(drawn.flags)} if drawn.flags else value)


def _row(database: sqlite3.Connection, path: str, field_hash: str) -> int:
    """Return the row of a cell: that at its path, else an earlier one of this content, else a new one."""
    parts = split_cell_path(path)
    if parts is None:
        raise ValueError(f"not a cell: {path}")
    stored, content = encode_path(path), bytes.fromhex(cell_content_hash(field_hash, parts[1]))
    found = database.execute(
        "SELECT id FROM image WHERE path = ? AND (present OR content = ?) ORDER BY present DESC",
        (stored, content),
    ).fetchone()
    if found:
        # The hash is what the decisions follow when the field is renamed.
        database.execute(
            "UPDATE image SET content = coalesce(content, ?), present = 1 WHERE id = ?",
            (content, found[0]),
        )
        return int(found[0])
    # The size of the record, by which linking finds the cell of a renamed field.
    size = 3 * parts[1].width * parts[1].height
    new = database.execute(
        "INSERT INTO image (path, content, size, mtime_ns, present) VALUES (?, ?, ?, 0, 1)",
        (stored, content, size),
    ).lastrowid
    assert new is not None
    return new


def changed_boxes(edit: Edit) -> list[tuple[str, DrawnBox | None, DrawnBox | None]]:
    """Return the boxes that an edit changed: path of the cell, what was drawn before, what is drawn now."""
    return [
        (change.path, decode_box(change.old), decode_box(change.new))
        for change in edit.changes
        if change.field == BOX_FIELD and change.path is not None
    ]
