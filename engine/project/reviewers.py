"""Who decided what in a project, and how much, from its journal."""

import sqlite3
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Share:
    """What one person did: images touched, edits made (undone ones too), first and last time (ISO 8601)."""

    who: str
    images: int
    edits: int
    first: str
    last: str


def read_shares(database: sqlite3.Connection) -> list[Share]:
    """Return what each person did to the images that are there, who did most first."""
    rows = database.execute(
        "SELECT who, count(DISTINCT change.image), count(DISTINCT edit.id), min(at), max(at) "
        "FROM edit JOIN change ON change.edit = edit.id JOIN image ON image.id = change.image "
        "WHERE image.id > 0 AND present GROUP BY who ORDER BY 2 DESC, who"
    )
    return [Share(*row) for row in rows]


def read_last(database: sqlite3.Connection) -> dict[int, tuple[str, str]]:
    """Return, by image, who changed its class or removal last, and when (ISO 8601)."""
    # With max() SQLite takes the other columns from the row that has it.
    rows = database.execute(
        "SELECT image, who, at, max(edit.id) FROM change JOIN edit ON edit.id = change.edit "
        "WHERE image > 0 AND field IN ('label', 'removed') GROUP BY image"
    )
    return {image: (who, at) for image, who, at, _ in rows}
