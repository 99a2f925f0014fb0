"""Competency store: all competency tests of this computer with their answers, in one SQLite file.

It lies in the data folder, not in the projects: a person's results over time come from many folders, a
signed project stays as it was signed, and a test keeps its truth when the folder changes. Every answer is on
the disk when `answer` returns. A damaged file is opened from its newest good backup.
"""

import json
import secrets
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, get_args

from engine.closing import Closing
from engine.competency.record import CompetencyTest, DrawnCell, TruthBasis
from engine.competency.store_backups import (
    back_up_store,
    is_damage,
    recover_store,
)
from engine.competency.store_schema import prepare_store
from engine.competency.truth import Truth, TruthCell
from engine.damaged_data import DamagedData, decoding
from engine.messages import Message, Problem
from engine.paths import data_dir
from engine.project.connection import connect
from engine.project.decisions import decode_path, encode_path
from engine.project.recovery import finish_interrupted
from engine.text import display_path

_TEST_COLUMNS = ", ".join(field.name for field in fields(CompetencyTest))


def default_file() -> Path:
    """Return the file of all tests in the data folder."""
    return data_dir() / "competency.sqlite"


class CompetencyStore(Closing):
    """The open store; a context manager, safe from any thread. Methods raise `Problem` (`competency.*`)."""

    def __init__(self, file: Path | None = None) -> None:
        """Open the file, or create it."""
        self.file = file or default_file()
        self.recovery: Message | None = None
        """Sentence on the recovery from a backup, None if the file was not damaged."""
        self._lock = threading.Lock()
        finish_interrupted(self.file)
        try:
            self._database = self._open()
        except Problem as problem:
            if not is_damage(problem.__cause__):
                raise
            self.recovery = recover_store(self.file)
            if self.recovery is None:
                raise
            self._database = self._open()

    def start(
        self,
        truth: Truth,
        drawn: Sequence[TruthCell],
        *,
        person: str,
        folder: str,
        project: str,
        seed: int,
        requested: int,
        limit_s: int | None,
        class_names: Mapping[str, str],
    ) -> CompetencyTest:
        """Store a new test with its drawn cells, all or nothing, and return it."""
        test = CompetencyTest(
            secrets.token_hex(8),
            person,
            folder,
            project,
            truth.basis,
            truth.author,
            truth.signed,
            seed,
            requested,
            limit_s,
            _now(),
            class_names=dict(class_names),
        )
        values = [getattr(test, field.name) for field in fields(test)]
        values[-1] = json.dumps(test.class_names)
        with self._transaction() as database:
            marks = ", ".join("?" * len(values))
            database.execute(f"INSERT INTO test ({_TEST_COLUMNS}) VALUES ({marks})", values)
            database.executemany(
                "INSERT INTO cell (test, place, path, content, truth) VALUES (?, ?, ?, ?, ?)",
                (
                    (test.id, place, encode_path(cell.path), cell.content, cell.label)
                    for place, cell in enumerate(drawn)
                ),
            )
        return test

    def answer(
        self, test: CompetencyTest, place: int, label: str | None, used_s: float
    ) -> DrawnCell:
        """Store the answer to a cell, None to clear it, with the time used so far; return the cell."""
        with self._transaction() as database:
            database.execute(
                "UPDATE cell SET answer = ?, answered = ? WHERE test = ? AND place = ?",
                (label, _now() if label else "", test.id, place),
            )
            self._save_time(database, test, used_s)
            return next(_cells(database, test.id, place))

    def save_time(self, test: CompetencyTest, used_s: float) -> None:
        """Store the time that was used so far."""
        with self._transaction() as database:
            self._save_time(database, test, used_s)

    def end(
        self, test: CompetencyTest, used_s: float, absent: Iterable[int] = ()
    ) -> CompetencyTest:
        """End a test; cells at the places `absent` without an answer are not scored."""
        with self._transaction() as database:
            self._save_time(database, test, used_s)
            database.execute(
                "UPDATE test SET ended = ? WHERE id = ? AND ended = ''", (_now(), test.id)
            )
            database.executemany(
                "UPDATE cell SET is_absent = 1 WHERE test = ? AND place = ? AND answer IS NULL",
                ((test.id, place) for place in absent),
            )
        return next(found for found in self.tests() if found.id == test.id)

    def tests(self, *, person: str = "", project: str = "") -> list[CompetencyTest]:
        """Return the tests, the last one first, optionally of one person or one project."""
        with self._reading() as database:
            rows = database.execute(
                f"SELECT {_TEST_COLUMNS} FROM test WHERE ? IN ('', person) AND ? IN ('', project) "
                "ORDER BY started DESC, rowid DESC",
                (person, project),
            ).fetchall()
            return [_decode_test(row) for row in rows]

    def cells(self, test: CompetencyTest) -> list[DrawnCell]:
        """Return the cells of a test in their order."""
        with self._reading() as database:
            return list(_cells(database, test.id, None))

    def back_up(self) -> None:
        """Back up the file unless its newest backup has the same answers; raises `Problem`."""
        back_up_store(self.file)

    def close(self) -> None:
        """Close the file; everything is saved already."""
        with self._lock:
            self._database.close()

    def _open(self) -> sqlite3.Connection:
        with self._problems("unreadable"):
            is_new = not self.file.exists()
            database = connect(self.file, "mode=rwc")
            try:
                prepare_store(database, self.file, is_new=is_new)
            except BaseException:
                database.close()
                raise
            return database

    def _save_time(self, database: sqlite3.Connection, test: CompetencyTest, used_s: float) -> None:
        # Never less: the same test may be open in two windows.
        database.execute(
            "UPDATE test SET used_s = max(used_s, ?) WHERE id = ?", (float(used_s), test.id)
        )

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        with self._lock, self._problems("unreadable"):
            yield self._database

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._lock, self._problems("not_saved"):
            self._database.execute("BEGIN IMMEDIATE")
            try:
                yield self._database
                self._database.execute("COMMIT")
            except BaseException:
                if self._database.in_transaction:
                    self._database.execute("ROLLBACK")
                raise

    @contextmanager
    def _problems(self, name: str) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, DamagedData, UnicodeError) as error:
            reason = str(error)
            raise Problem(
                f"competency.{name}", file=display_path(self.file), reason=reason
            ) from error


def _cells(database: sqlite3.Connection, test_id: str, place: int | None) -> Iterator[DrawnCell]:
    rows = database.execute(
        "SELECT place, path, content, truth, answer, answered, is_absent FROM cell "
        "WHERE test = ? AND (? IS NULL OR place = ?) ORDER BY place",
        (test_id, place, place),
    )
    for number, path, content, truth, answer, answered, is_absent in rows:
        yield DrawnCell(
            number, decode_path(path), content, truth, answer, answered, bool(is_absent)
        )


def _decode_test(row: Sequence[Any]) -> CompetencyTest:
    with decoding():
        *values, names = row
        class_names = {str(key): str(name) for key, name in json.loads(names).items()}
        test = CompetencyTest(*[*values, class_names])
        for moment in filter(None, (test.started, test.ended, test.signed)):
            datetime.fromisoformat(moment)
        if test.basis not in get_args(TruthBasis):
            raise ValueError("unknown basis")
        return test


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
