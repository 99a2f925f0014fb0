"""The tables of a project's file, and how an older file becomes one of today.

- `image`: every content that was ever seen at a path. Row 0 is the project itself. Rows are never
  deleted; `present` says which of them the last opened folder holds, at most one a path. `content`
  is the SHA-256 or NULL while unknown; size and time both 0 are unknown. `unsettled` marks an image
  of which a person has still to say whose decisions it gets.
- `state`: what is decided now. No row is no decision.
- `edit`, `change`: the journal, which nothing can alter.
- `about`: what the program notes of the file itself (id, name, last root, sample of contents).
"""

import sqlite3
from pathlib import Path

from engine.messages import Problem
from engine.project.failures import shown

APPLICATION_ID = 0x424C4442  # "BLDB"

_FIRST = """
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

STEPS: tuple[str, ...] = (_FIRST,)
"""Step n brings a file of version n to n + 1; a step that was released is never altered."""


def version(database: sqlite3.Connection, file: Path) -> int:
    """Return the version of a project's file.

    Raises `Problem`: `project.not_a_project`, or `project.newer` than this program.
    """
    application = database.execute("PRAGMA application_id").fetchone()[0]
    number = int(database.execute("PRAGMA user_version").fetchone()[0])
    if application != APPLICATION_ID or number < 1:
        raise Problem("project.not_a_project", file=shown(file))
    if number > len(STEPS):
        raise Problem("project.newer", file=shown(file), version=number, known=len(STEPS))
    return number


def check_current(database: sqlite3.Connection, file: Path) -> None:
    """Raise `Problem` unless the file is of today's version (`project.older`, and as `version`)."""
    if version(database, file) < len(STEPS):
        raise Problem("project.older", file=shown(file))


def bring_up(database: sqlite3.Connection, number: int) -> None:
    """Bring a file of version `number` (0: an empty one) to today's, or leave it as it was."""
    steps = "".join(STEPS[number:])
    try:
        database.executescript(
            f"BEGIN IMMEDIATE; {steps} PRAGMA application_id = {APPLICATION_ID}; "
            f"PRAGMA user_version = {len(STEPS)}; COMMIT;"
        )
    except BaseException:
        if database.in_transaction:
            database.execute("ROLLBACK")
        raise
