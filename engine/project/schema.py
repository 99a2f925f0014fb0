"""Database schema of a project file, and its migrations.

- `image`: every content ever seen at a path. Row 0 is the project itself. Rows are never deleted;
  `present` marks those in the folder last opened, at most one a path. `content` is the SHA-256, NULL
  while unknown; size and time are both 0 if unknown. `unsettled` marks an ambiguous image for which
  the person has not yet chosen a candidate.
- `state`: the current decisions; no row means no decision.
- `edit`, `change`: the journal; triggers reject any update or deletion.
- `about`: metadata of the file (id, name, last root, sample of contents).
"""

import sqlite3
from pathlib import Path

from engine.messages import Problem
from engine.project.project_title import project_title
from engine.text import display_path

APPLICATION_ID = 0x424C4442  # "BLDB"

_INITIAL_SCHEMA = """
CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE image (
    id INTEGER PRIMARY KEY,
    path BLOB NOT NULL,
    content BLOB CHECK (length(content) = 32),
    size INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL,
    present INTEGER NOT NULL,
    unsettled INTEGER NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX image_path ON image (path) WHERE present;
INSERT INTO image (id, path, size, mtime_ns, present) VALUES (0, X'', 0, 0, 0);
CREATE TABLE state (
    image INTEGER NOT NULL REFERENCES image,
    field TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (image, field)
) WITHOUT ROWID;
CREATE TABLE edit (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    who TEXT NOT NULL,
    action TEXT NOT NULL,
    reason TEXT NOT NULL,
    model TEXT,
    undoes INTEGER REFERENCES edit,
    redoes INTEGER REFERENCES edit
);
CREATE TABLE change (
    edit INTEGER NOT NULL REFERENCES edit,
    image INTEGER NOT NULL REFERENCES image,
    field TEXT NOT NULL,
    old TEXT,
    new TEXT,
    PRIMARY KEY (edit, image, field)
) WITHOUT ROWID;
CREATE INDEX change_image ON change (image);
CREATE TRIGGER edit_kept BEFORE UPDATE ON edit BEGIN SELECT RAISE(ABORT, 'the journal is kept'); END;
CREATE TRIGGER edit_stays BEFORE DELETE ON edit BEGIN SELECT RAISE(ABORT, 'the journal is kept'); END;
CREATE TRIGGER change_kept BEFORE UPDATE ON change
BEGIN SELECT RAISE(ABORT, 'the journal is kept'); END;
CREATE TRIGGER change_stays BEFORE DELETE ON change
BEGIN SELECT RAISE(ABORT, 'the journal is kept'); END;
CREATE TRIGGER image_stays BEFORE DELETE ON image
BEGIN SELECT RAISE(ABORT, 'images are kept'); END;
"""

MIGRATIONS: tuple[str, ...] = (_INITIAL_SCHEMA,)
"""Migration n brings a file from version n to n + 1; released migrations never change."""


def read_version(database: sqlite3.Connection, file: Path) -> int:
    """Return the schema version of a project file.

    Raises `Problem`: `project.not_a_project`, or `project.newer` than this program.
    """
    application = database.execute("PRAGMA application_id").fetchone()[0]
    number = int(database.execute("PRAGMA user_version").fetchone()[0])
    if application != APPLICATION_ID or number < 1:
        raise Problem("project.not_a_project", file=display_path(file))
    if number > len(MIGRATIONS):
        raise Problem(
            "project.newer", file=project_title(file), version=number, known=len(MIGRATIONS)
        )
    return number


def check_current(database: sqlite3.Connection, file: Path) -> None:
    """Raise `Problem` unless the file has the current version (`project.older`, else as `read_version`)."""
    if read_version(database, file) < len(MIGRATIONS):
        raise Problem("project.older", file=display_path(file))


def migrate(database: sqlite3.Connection, number: int) -> None:
    """Migrate a file from version `number` (0: empty) to the current one, or leave it unchanged."""
    scripts = "".join(MIGRATIONS[number:])
    try:
        database.executescript(
            f"BEGIN IMMEDIATE; {scripts} PRAGMA application_id = {APPLICATION_ID}; "
            f"PRAGMA user_version = {len(MIGRATIONS)}; COMMIT;"
        )
    except BaseException:
        if database.in_transaction:
            database.execute("ROLLBACK")
        raise
