"""Mapped folder names of a project: the classes that a person gave to folder names of any language."""

from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from engine.messages import Problem
from engine.project.connection import open_read_only
from engine.project.decisions import decode_value
from engine.project.library import Library
from engine.project.sqlite_errors import sqlite_errors_as_problems

FOLDER_NAMES_FIELD = "folder_names"
"""Field of the project that holds the mapping."""


def decode_folder_names(stored: Any) -> dict[str, str | None]:
    """Return a stored mapping, without entries that are none."""
    if not isinstance(stored, Mapping):
        return {}
    return {
        str(name): class_id
        for name, class_id in stored.items()
        if class_id is None or isinstance(class_id, str)
    }


def folder_names_of(root: Path) -> dict[str, str | None]:
    """Return the mapping of the project last opened for a folder; empty where there is none."""
    try:
        file = Library().last_opened(root)
        if file is None:
            return {}
        with sqlite_errors_as_problems(file), closing(open_read_only(file)[0]) as database:
            row = database.execute(
                "SELECT value FROM state WHERE image = 0 AND field = ?", (FOLDER_NAMES_FIELD,)
            ).fetchone()
            return decode_folder_names(decode_value(row[0])) if row else {}
    except (OSError, Problem):
        # Without a readable project the folder is read as if it had none.
        return {}
