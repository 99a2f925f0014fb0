"""Project metadata: id, name, folder and sample, stored beside the decisions."""

import json
import os
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from engine.damaged_data import decoding
from engine.project.fingerprint import SampledImage, decode_sample, encode_sample


def read_entry(database: sqlite3.Connection, key: str, default: Any = None) -> Any:
    """Return the value of a metadata key, `default` where it is absent."""
    row = database.execute("SELECT value FROM about WHERE key = ?", (key,)).fetchone()
    with decoding():
        return json.loads(row[0]) if row else default


def write_entries(database: sqlite3.Connection, entries: Mapping[str, Any]) -> None:
    """Write metadata entries, replacing existing values."""
    database.executemany(
        "INSERT INTO about (key, value) VALUES (?, ?) "
        "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        ((key, json.dumps(value)) for key, value in entries.items()),
    )


def linked_folder_entries(
    root: Path, sample: Sequence[SampledImage], name: str, *, fields: bool
) -> dict[str, Any]:
    """Return the metadata entries to write when a folder is linked; `fields`: its images are cells.

    `name` is what the project is called from then on.
    """
    return {
        "name": name,
        "folder_name": root.name,
        "fields": fields,
        "root": os.path.realpath(root),
        "opened": datetime.now(UTC).isoformat(),
        "sample": encode_sample(sample),
    }


@dataclass(frozen=True, slots=True)
class ProjectSummary:
    """A project as a project list shows it, without opening it.

    `root` is the folder it was last linked to, None if never linked. `images` counts the images of
    that folder, `decided` those of them with a decision. `fields`: its images are the cells of fields.
    """

    file: Path
    id: str
    name: str
    root: Path | None
    opened: datetime
    images: int
    decided: int
    sample: tuple[SampledImage, ...]
    fields: bool = False


def read_name(database: sqlite3.Connection) -> str:
    """Return the project's name: the one a person gave it, else the one it was created with."""
    row = database.execute("SELECT value FROM state WHERE image = 0 AND field = 'name'").fetchone()
    with decoding():
        return str(json.loads(row[0]) if row else read_entry(database, "name", ""))


def name_after_folder(database: sqlite3.Connection, folder_name: str) -> str:
    """Return the project's name once a folder of this name is linked.

    A project that was named after its folder follows the name of the folder.
    """
    root = read_entry(database, "root")
    earlier = read_entry(database, "folder_name") or (Path(root).name if root else "")
    name = read_name(database)
    return folder_name if folder_name and name == earlier else name


def read_sample(database: sqlite3.Connection) -> tuple[SampledImage, ...]:
    """Return the sample of the folder that was last linked."""
    with decoding():
        return decode_sample(read_entry(database, "sample"))


def read_summary(database: sqlite3.Connection, file: Path) -> ProjectSummary:
    """Return a project's summary."""
    root = read_entry(database, "root")
    images = database.execute("SELECT count(*) FROM image WHERE present").fetchone()[0]
    decided = database.execute(
        "SELECT count(*) FROM image WHERE present AND EXISTS "
        # Images drawn for a second reading are not decided.
        "(SELECT 1 FROM state WHERE state.image = image.id AND substr(field, 1, 7) != 'second.')"
    ).fetchone()[0]
    opened_at = read_entry(database, "opened") or read_entry(database, "created")
    return checked_summary(
        file,
        read_entry(database, "id"),
        read_name(database),
        root,
        opened_at,
        images,
        decided,
        read_entry(database, "sample"),
        read_entry(database, "fields", default=False),
    )


def checked_summary(
    file: Path,
    project_id: Any,
    name: Any,
    root: Any,
    opened_at: Any,
    images: Any,
    decided: Any,
    sample: Any,
    fields: Any,
) -> ProjectSummary:
    """Return a summary built from plain values, after checking their types; raises `DamagedData`."""
    with decoding():
        opened = datetime.fromisoformat(opened_at)
        are_texts = isinstance(project_id, str) and isinstance(name, str)
        are_counts = type(images) is int and type(decided) is int
        is_valid_root = root is None or (isinstance(root, str) and "\0" not in root)
        is_flag = isinstance(fields, bool)
        if not (are_texts and are_counts and is_valid_root and is_flag) or opened.tzinfo is None:
            raise ValueError("invalid project metadata")
        folder = Path(root) if root else None
        return ProjectSummary(
            file, project_id, name, folder, opened, images, decided, decode_sample(sample), fields
        )
