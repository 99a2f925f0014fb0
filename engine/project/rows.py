"""The images that a project's file knows: reading them, and writing what linking found."""

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeVar

from engine.project.store import Store
from engine.project.values import DECISION_FIELDS, Decision, from_json, to_bytes, to_path
from engine.stored import decoding

_T = TypeVar("_T")

_CHUNK = 2000
"""Rows a transaction: about 10 ms, for which a label given meanwhile may have to wait."""

State = dict[str, str]
"""What is decided of one image: field to kept value."""


class Row(NamedTuple):
    """One image as it was last seen; size and time both 0: unknown."""

    id: int
    path: str
    content: bytes | None
    size: int
    mtime_ns: int
    present: bool
    unsettled: bool


class Seen(NamedTuple):
    """An image at a path; `row` None: one that the file does not know yet."""

    row: int | None
    path: str
    content: bytes | None
    size: int
    mtime_ns: int
    unsettled: bool = False


@dataclass(slots=True)
class Placing:
    """What linking found and has to be written: rows that are nowhere, and where images are."""

    gone: list[int] = field(default_factory=list)
    seen: list[Seen] = field(default_factory=list)


def read_rows(database: sqlite3.Connection) -> list[Row]:
    """Return all images of the file."""
    rows = database.execute(
        "SELECT id, path, content, size, mtime_ns, present, unsettled FROM image WHERE id > 0"
    )
    with decoding():
        found = [Row(number, to_path(path), *rest) for number, path, *rest in rows]
        for row in found:
            if type(row.size) is not int or type(row.mtime_ns) is not int or "\0" in row.path:
                raise ValueError("no file's size, time or name")
        return found


def read_states(database: sqlite3.Connection) -> dict[int, State]:
    """Return what is decided of every image of which something is decided."""
    states: dict[int, State] = {}
    for image, name, value in database.execute(
        "SELECT image, field, value FROM state WHERE image > 0"
    ):
        states.setdefault(image, {})[name] = value
    return states


def read_state(database: sqlite3.Connection, image: int) -> State:
    """Return what is decided of one image."""
    return dict(
        database.execute("SELECT field, value FROM state WHERE image = ?", (image,)).fetchall()
    )


def decision(state: State) -> Decision:
    """Return the decision in a state."""
    with decoding():
        values = {name: from_json(state[name]) for name in DECISION_FIELDS if name in state}
        if not all(isinstance(value, str) for value in values.values()):
            raise TypeError("no decision")
        return Decision(**values)


def write(store: Store, placing: Placing) -> None:
    """Write what linking found, in short transactions that each leave a sound file.

    Rows go first, because a path holds one image; a row that is nowhere for a moment is found again
    by the next linking, should the program be killed in between. Raises `Problem` (`project.*`).
    """
    for ids in _chunks(placing.gone):
        with store.writing() as database:
            database.executemany("UPDATE image SET present = 0 WHERE id = ?", ((n,) for n in ids))
    for seen in _chunks(placing.seen):
        with store.writing() as database:
            _place(database, seen)


def write_at_once(database: sqlite3.Connection, placing: Placing) -> None:
    """Write what was found of a few images, inside a transaction."""
    database.executemany("UPDATE image SET present = 0 WHERE id = ?", ((n,) for n in placing.gone))
    _place(database, placing.seen)


def _place(database: sqlite3.Connection, seen: Sequence[Seen]) -> None:
    # IGNORE: a label given meanwhile to the image at this path has made a row, and stands.
    database.executemany(
        "UPDATE OR IGNORE image SET path = ?, content = coalesce(?, content), size = ?, mtime_ns = ?, "
        "present = 1 WHERE id = ?",
        (
            (to_bytes(one.path), one.content, one.size, one.mtime_ns, one.row)
            for one in seen
            if one.row is not None
        ),
    )
    database.executemany(
        "INSERT INTO image (path, content, size, mtime_ns, present, unsettled) "
        "VALUES (?, ?, ?, ?, 1, ?) ON CONFLICT (path) WHERE present "
        "DO UPDATE SET content = excluded.content, size = excluded.size, mtime_ns = excluded.mtime_ns",
        (
            (to_bytes(one.path), one.content, one.size, one.mtime_ns, one.unsettled)
            for one in seen
            if one.row is None
        ),
    )


def _chunks(items: Sequence[_T]) -> Iterator[Sequence[_T]]:
    for start in range(0, len(items), _CHUNK):
        yield items[start : start + _CHUNK]
