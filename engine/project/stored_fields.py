"""Stored fields: values of the project itself and of its images, as a project file holds them."""

import sqlite3
from collections.abc import Mapping
from typing import Any

from engine.project.decisions import decode_project_field


def read_field(database: sqlite3.Connection, field: str, default: Any = None) -> Any:
    """Return a field of the project itself, `default` where it is not set.

    Raises `DamagedData` where a value has a type that this program never stores.
    """
    row = database.execute(
        "SELECT value FROM state WHERE image = 0 AND field = ?", (field,)
    ).fetchone()
    return decode_project_field(field, row[0]) if row else default


def read_fields(database: sqlite3.Connection, prefix: str) -> dict[str, Any]:
    """Return the project's fields whose names begin with a prefix, by name without the prefix."""
    fields = database.execute(
        "SELECT field, value FROM state WHERE image = 0 AND substr(field, 1, ?) = ?",
        (len(prefix), prefix),
    ).fetchall()
    return {
        field.removeprefix(prefix): decode_project_field(field, value) for field, value in fields
    }


def read_image_fields(
    database: sqlite3.Connection, prefix: str, paths: Mapping[int, str]
) -> dict[str, dict[str, str]]:
    """Return the fields of images whose names begin with a prefix, as stored, by path.

    Names are without the prefix; `paths` has the paths of the images by id.
    """
    found: dict[str, dict[str, str]] = {}
    for image, field, value in database.execute(
        "SELECT image, field, value FROM state WHERE image > 0 AND substr(field, 1, ?) = ?",
        (len(prefix), prefix),
    ):
        if image in paths:
            found.setdefault(paths[image], {})[field.removeprefix(prefix)] = value
    return found
