"""Backups of the competency store, made and thinned like those of projects, and its recovery from them."""

import contextlib
import sqlite3
from pathlib import Path

from engine.messages import Message, Problem
from engine.project import backups
from engine.project.backups import Backup, DatabaseKind
from engine.project.connection import IMMUTABLE, connect
from engine.project.recovery import replace_by_backup
from engine.project.sqlite_errors import primary_code
from engine.text import display_path

_TESTS = "SELECT * FROM test"
_CELLS = "SELECT * FROM cell"


def check_store(database: sqlite3.Connection, file: Path) -> None:
    """Raise `Problem` unless an open file holds competency tests."""
    names = {name for (name,) in database.execute("SELECT name FROM sqlite_schema")}
    if not {"test", "cell"} <= names:
        raise Problem("competency.unreadable", file=display_path(file), reason="no tests")


def count_answers(database: sqlite3.Connection) -> int:
    """Return how many answers an open store holds."""
    return int(database.execute("SELECT count(answer) FROM cell").fetchone()[0])


def _is_same(backup: Backup, database: sqlite3.Connection) -> bool:
    with (
        contextlib.suppress(sqlite3.Error),
        contextlib.closing(connect(backup.file, IMMUTABLE)) as copy,
    ):
        return all(
            copy.execute(query).fetchall() == database.execute(query).fetchall()
            for query in (_TESTS, _CELLS)
        )
    return False


def is_damage(error: BaseException | None) -> bool:
    """Return whether an error says that the file itself is damaged, not that it cannot be reached now."""
    if not isinstance(error, sqlite3.DatabaseError):
        return False
    # The store's own checks raise errors without a code.
    return getattr(error, "sqlite_errorcode", None) is None or primary_code(error) in (
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_NOTADB,
    )


_STORE = DatabaseKind(".sqlite", check_store, count_answers, _is_same)


def back_up_store(file: Path) -> Backup:
    """Back up a store that others may be using; returns the newest backup if that has the same answers.

    Raises `Problem`.
    """
    return backups.back_up_database(file, "regular", _STORE)


def recover_store(file: Path) -> Message | None:
    """Put the newest good backup in the place of a damaged store, with what is readable of later answers.

    The damaged file is kept under another name. Returns the sentence for a person, None if there is no good
    backup or another program is recovering it. Raises `Problem`.
    """
    backup = backups.newest_good_database(file, _STORE)
    if backup is None:
        return None
    replaced = replace_by_backup(file, backup, _add_later_answers)
    if replaced is None:
        return None
    damaged, added = replaced
    when = f"{backup.at.astimezone():%Y-%m-%d %H:%M}"
    return Message(
        "competency.recovered" if added else "competency.recovered_backup",
        {"when": when, "added": added, "damaged": display_path(damaged)},
    )


def _add_later_answers(damaged: Path, copy: Path) -> int:
    """Add the tests and answers that can be read from a damaged store and the copy lacks; return how many."""
    added = 0
    with contextlib.closing(connect(copy, "mode=rw")) as target:
        target.execute("PRAGMA journal_mode = DELETE")
        with contextlib.suppress(sqlite3.Error), contextlib.closing(_open(damaged)) as source:
            cells: dict[str, list[tuple[object, ...]]] = {}
            for cell in _readable(source, "cell"):
                cells.setdefault(str(cell[0]), []).append(cell)
            for test in _readable(source, "test"):
                added += _add_test(target, test, cells.get(str(test[0]), []))
    return added


def _add_test(
    target: sqlite3.Connection, test: tuple[object, ...], cells: list[tuple[object, ...]]
) -> int:
    before = target.total_changes
    target.execute("BEGIN")
    try:
        marks = ", ".join("?" * len(test))
        target.execute(f"INSERT OR IGNORE INTO test VALUES ({marks})", test)
        # Time and end only ever grow.
        target.execute(
            "UPDATE test SET used_s = max(used_s, ?2), ended = max(ended, ?3) "
            "WHERE id = ?1 AND (used_s < ?2 OR ended < ?3)",
            (test[0], test[11], test[12]),
        )
        target.executemany(
            "INSERT INTO cell VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (test, place) DO UPDATE SET "
            "answer = excluded.answer, answered = excluded.answered, is_absent = excluded.is_absent "
            "WHERE excluded.answered > answered",
            cells,
        )
        target.execute("COMMIT")
    except (sqlite3.Error, IndexError):
        # Damaged values; those of the backup hold.
        if target.in_transaction:
            target.execute("ROLLBACK")
        return 0
    return target.total_changes - before


def _open(file: Path) -> sqlite3.Connection:
    database = connect(file, "mode=ro")
    database.execute("PRAGMA cell_size_check = 1")
    return database


def _readable(source: sqlite3.Connection, table: str) -> list[tuple[object, ...]]:
    """Return the rows of a damaged table up to the first that cannot be read."""
    rows: list[tuple[object, ...]] = []
    with contextlib.suppress(sqlite3.Error, UnicodeError):
        for row in source.execute(f"SELECT * FROM {table} ORDER BY rowid"):
            rows.append(row)  # noqa: PERF402  # what was read before an error counts
    return rows
