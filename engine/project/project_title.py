"""Title of a project in messages: its name if it is in the data folder, otherwise the path of its file.

The file of a project in the data folder has a name that nobody has seen.
"""

import contextlib
import json
import os
import sqlite3
from pathlib import Path

from engine.damaged_data import DamagedData, decoding
from engine.paths import data_dir
from engine.project import metadata
from engine.project.sqlite_uri import sqlite_uri
from engine.text import display_path, to_printable

PROJECTS_DIR = "projects"
"""Subfolder of the data folder that holds the library."""
INDEX_FILE = "index.json"


def project_title(file: Path) -> str:
    """Return how a message names a project: “name” in the data folder, else the path; never raises."""
    return title_in_library(file) or display_path(file)


def title_in_library(file: Path) -> str | None:
    """Return “name” for a project in the data folder, None for one elsewhere or without a name."""
    with contextlib.suppress(OSError):
        library = data_dir() / PROJECTS_DIR
        if os.path.realpath(file.parent) == os.path.realpath(library):
            name = _stored_name(file) or _listed_name(library / INDEX_FILE, file)
            if name:
                return f"“{to_printable(name)}”"
    return None


def _stored_name(file: Path) -> str:
    with (
        contextlib.suppress(sqlite3.Error, DamagedData, UnicodeError),
        # Without waiting: the file may be what another program holds.
        contextlib.closing(
            sqlite3.connect(f"{sqlite_uri(file)}?mode=ro", uri=True, timeout=0)
        ) as database,
    ):
        return metadata.read_name(database)
    return ""


def _listed_name(index: Path, file: Path) -> str:
    """Return the name that the project list last had, for a file that is damaged."""
    with contextlib.suppress(OSError, DamagedData), decoding():
        return str(json.loads(index.read_bytes())["projects"][str(file)]["name"])
    return ""
