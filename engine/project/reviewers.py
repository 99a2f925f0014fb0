"""Who decided how much in a project, from its journal."""

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
