"""What the program notes of a project itself, beside what people decide."""

import json
import os
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from engine.project.fingerprint import Mark, from_plain, to_plain
from engine.stored import decoding


def get(database: sqlite3.Connection, key: str, default: Any = None) -> Any:
    """Return a note."""
    row = database.execute("SELECT value FROM about WHERE key = ?", (key,)).fetchone()
    with decoding():
        return json.loads(row[0]) if row else default


def put(database: sqlite3.Connection, notes: Mapping[str, Any]) -> None:
    """Write notes over what was there."""
    database.executemany(
        "INSERT INTO about (key, value) VALUES (?, ?) "
        "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        ((key, json.dumps(value)) for key, value in notes.items()),
    )


def opened(root: Path, sample: Sequence[Mark]) -> dict[str, Any]:
    """Return what is noted when a folder is linked."""
    return {
        "root": os.path.realpath(root),
        "opened": datetime.now(UTC).isoformat(),
        "sample": to_plain(sample),
    }


@dataclass(frozen=True, slots=True)
class Head:
    """A project as a list of projects shows it, without opening it.

    `root` is the folder it was linked to last, None if to none. `images` are those of that folder,
    `decided` those of them with something decided.
    """

    file: Path
    id: str
    name: str
    root: Path | None
    opened: datetime
    images: int
    decided: int
    sample: tuple[Mark, ...]


def name(database: sqlite3.Connection) -> str:
    """Return what the project is called: as a person renamed it, or as it was made."""
    row = database.execute("SELECT value FROM state WHERE image = 0 AND field = 'name'").fetchone()
    with decoding():
        return str(json.loads(row[0]) if row else get(database, "name", ""))


def sample(database: sqlite3.Connection) -> tuple[Mark, ...]:
    """Return the sample of the folder that was linked last."""
    with decoding():
        return from_plain(get(database, "sample"))


def head(database: sqlite3.Connection, file: Path) -> Head:
    """Return what a list of projects shows."""
    root = get(database, "root")
    images = database.execute("SELECT count(*) FROM image WHERE present").fetchone()[0]
    decided = database.execute(
        "SELECT count(*) FROM image WHERE present AND EXISTS "
        "(SELECT 1 FROM state WHERE state.image = image.id)"
    ).fetchone()[0]
    when = get(database, "opened") or get(database, "created")
    return checked_head(
        file,
        get(database, "id"),
        name(database),
        root,
        when,
        images,
        decided,
        get(database, "sample"),
    )


def checked_head(
    file: Path,
    number: Any,
    called: Any,
    root: Any,
    when: Any,
    images: Any,
    decided: Any,
    marks: Any,
) -> Head:
    """Return a head of plain values, which are all that a head may hold; raises `Damaged`."""
    with decoding():
        opened_at = datetime.fromisoformat(when)
        texts = isinstance(number, str) and isinstance(called, str)
        counts = type(images) is int and type(decided) is int
        place = root is None or (isinstance(root, str) and "\0" not in root)
        if not (texts and counts and place) or opened_at.tzinfo is None:
            raise ValueError("not what a project notes of itself")
        folder = Path(root) if root else None
        return Head(file, number, called, folder, opened_at, images, decided, from_plain(marks))
