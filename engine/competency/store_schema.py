"""Schema of the competency store: its tables, and the check of a file that is opened."""

import sqlite3
from pathlib import Path

from engine.messages import Problem
from engine.project.backups import list_backups, passes_check
from engine.project.connection import prepare_for_writing
from engine.text import display_path

_FORMAT_VERSION = 1
_TABLES = """
CREATE TABLE test (
    id TEXT PRIMARY KEY, person TEXT NOT NULL, folder TEXT NOT NULL, project TEXT NOT NULL,
    basis TEXT NOT NULL, author TEXT NOT NULL, signed TEXT NOT NULL, seed INTEGER NOT NULL,
    requested INTEGER NOT NULL, limit_s INTEGER, started TEXT NOT NULL, used_s REAL NOT NULL,
    ended TEXT NOT NULL, class_names TEXT NOT NULL
) STRICT;
CREATE TABLE cell (
    test TEXT NOT NULL REFERENCES test, place INTEGER NOT NULL, path BLOB NOT NULL,
    content TEXT NOT NULL, truth TEXT NOT NULL, answer TEXT, answered TEXT NOT NULL DEFAULT '',
    is_absent INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (test, place)
) STRICT;
"""


def prepare_store(database: sqlite3.Connection, file: Path, *, is_new: bool) -> None:
    """Check an open file and create the tables of a new one; raises `Problem` and `sqlite3.Error`."""
    version = _version(database)
    if version > _FORMAT_VERSION:
        raise Problem("competency.newer", file=display_path(file))
    # An emptied file opens without an error; other damage shows only where it is read.
    if not version and not is_new and list_backups(file):
        raise sqlite3.DatabaseError("empty")
    if version and not passes_check(database):
        raise sqlite3.DatabaseError("integrity_check")
    prepare_for_writing(database)
    if version == 0:
        database.execute("BEGIN IMMEDIATE")
        try:
            # Another window may have created them meanwhile.
            if _version(database) == 0:
                for statement in _TABLES.split(";")[:-1]:
                    database.execute(statement)
                database.execute(f"PRAGMA user_version = {_FORMAT_VERSION}")
            database.execute("COMMIT")
        except BaseException:
            database.execute("ROLLBACK")
            raise


def _version(database: sqlite3.Connection) -> int:
    return int(database.execute("PRAGMA user_version").fetchone()[0])
