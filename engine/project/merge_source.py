"""Content of the other project file of a merge, read as a whole before this project is touched.

Damage that shows while both files are open could not be distinguished from damage of the open project.
"""

import sqlite3
from dataclasses import dataclass

from engine.damaged_data import DamagedData
from engine.project import image_rows
from engine.project.classes import decode_classes
from engine.project.conflicts import decode_others
from engine.project.decisions import CONFLICT_PREFIX, decode_value
from engine.project.earlier_state import fields_without_undo
from engine.project.image_rows import ImageRow
from engine.project.merged_journal import JournalEdit, read_journal
from engine.project.metadata import read_entry
from engine.project.taken_back import edits_taken_back


@dataclass(frozen=True, slots=True)
class MergeSource:
    """Decisions, images and journal of the other file.

    `excluded` are its fields without undo, `taken_back` its edits that restoring took back.
    """

    id: str
    rows: dict[int, ImageRow]
    state: dict[tuple[int, str], str]
    edits: list[JournalEdit]
    excluded: frozenset[str]
    taken_back: frozenset[int]


def read_source(database: sqlite3.Connection) -> MergeSource:
    """Read and check the other file; raises `sqlite3.Error` and `DamagedData`."""
    rows = {row.id: row for row in image_rows.read_rows(database)}
    source = MergeSource(
        str(read_entry(database, "id")),
        rows,
        read_state(database),
        read_journal(database),
        frozenset(fields_without_undo(database)),
        edits_taken_back(database),
    )
    images = {image for image, _ in source.state}
    images |= {change.image for edit in source.edits for change in edit.changes}
    if unlisted := images - rows.keys() - {0}:
        raise DamagedData(f"decisions on unlisted images: {len(unlisted)}")
    for (_, name), value in source.state.items():
        if name.startswith(CONFLICT_PREFIX):
            decode_others(value)
        elif name == "classes":
            decode_classes(decode_value(value))
        else:
            decode_value(value)
    return source


def read_state(database: sqlite3.Connection) -> dict[tuple[int, str], str]:
    """Return the stored values by image row and field."""
    return {
        (image, name): value
        for image, name, value in database.execute("SELECT image, field, value FROM state")
    }
