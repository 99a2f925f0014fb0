"""Image rows of a project file: reading them, and writing the outcome of linking."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeVar

from engine.damaged_data import decoding
from engine.project.decisions import (
    DECISION_FIELDS,
    Decision,
    decode_path,
    decode_value,
    encode_path,
)
from engine.project.store import Store
from engine.project.tags import tag_field, tags_in

_T = TypeVar("_T")

_NO_DECISION = Decision()

_ROWS_PER_TRANSACTION = 2000
"""Rows written in one transaction: about 10 ms, the longest that a label given meanwhile has to wait."""

ImageState = dict[str, str]
"""Decisions on one image: stored value by field."""


class ImageRow(NamedTuple):
    """One image as last seen; size and time are both 0 if unknown."""

    id: int
    path: str
    content: bytes | None
    size: int
    mtime_ns: int
    present: bool
    is_ambiguous: bool


class LocatedImage(NamedTuple):
    """An image found at a path; `row` is None for a new one."""

    row: int | None
    path: str
    content: bytes | None
    size: int
    mtime_ns: int
    is_ambiguous: bool = False


@dataclass(slots=True)
class LinkChanges:
    """Outcome of linking to be written: ids of rows without a file, and the images found."""

    missing: list[int] = field(default_factory=list)
    located: list[LocatedImage] = field(default_factory=list)


def read_rows(database: sqlite3.Connection) -> list[ImageRow]:
    """Return all image rows of a project file."""
    rows = database.execute(
        "SELECT id, path, content, size, mtime_ns, present, unsettled FROM image WHERE id > 0"
    )
    with decoding():
        image_rows = [
            ImageRow(image_id, decode_path(path), *rest) for image_id, path, *rest in rows
        ]
        for row in image_rows:
            if type(row.size) is not int or type(row.mtime_ns) is not int or "\0" in row.path:
                raise ValueError("not a file's size, time or name")
        return image_rows


def read_states(database: sqlite3.Connection) -> dict[int, ImageState]:
    """Return the state of every image that has one, by id."""
    states: dict[int, ImageState] = {}
    for image, name, value in database.execute(
        "SELECT image, field, value FROM state WHERE image > 0"
    ):
        states.setdefault(image, {})[name] = value
    return states


def read_state(database: sqlite3.Connection, image: int) -> ImageState:
    """Return the state of one image."""
    return dict(
        database.execute("SELECT field, value FROM state WHERE image = ?", (image,)).fetchall()
    )


def decision_of(state: ImageState) -> Decision:
    """Return the decision that a state holds; raises `DamagedData`."""
    with decoding():
        values = {name: decode_value(state[name]) for name in DECISION_FIELDS if name in state}
        if not all(isinstance(value, str) for value in values.values()):
            raise TypeError("not a decision")
        tags = tags_in(state)
        if not all(decode_value(state[tag_field(tag)]) is True for tag in tags):
            raise TypeError("not a tag")
        return Decision(**values, tags=tags)


def read_decisions(database: sqlite3.Connection, paths: Mapping[int, str]) -> dict[str, Decision]:
    """Return the decisions by path; `paths` has the paths of the images by id."""
    # Equal decisions share one object: of a hundred thousand most are equal.
    shared: dict[tuple[tuple[str, str], ...], Decision] = {}
    decisions: dict[str, Decision] = {}
    for image, state in read_states(database).items():
        if image in paths:
            key = tuple(state.items())
            if key not in shared:
                shared[key] = decision_of(state)
            if shared[key] != _NO_DECISION:
                decisions[paths[image]] = shared[key]
    return decisions


def write_links(store: Store, changes: LinkChanges) -> None:
    """Write the outcome of linking in short transactions, each of which leaves a consistent file.

    Missing images are written first, because a path holds one present image. If the process is killed in
    between, the next linking finds their images again. Raises `Problem` (`project.*`).
    """
    for ids in _chunks(changes.missing):
        with store.write_transaction() as database:
            database.executemany("UPDATE image SET present = 0 WHERE id = ?", ((n,) for n in ids))
    for seen in _chunks(changes.located):
        with store.write_transaction() as database:
            _write_located(database, seen)


def write_links_in_transaction(database: sqlite3.Connection, changes: LinkChanges) -> None:
    """Write the outcome of linking a few images, inside a transaction."""
    database.executemany(
        "UPDATE image SET present = 0 WHERE id = ?", ((n,) for n in changes.missing)
    )
    _write_located(database, changes.located)


def _write_located(database: sqlite3.Connection, seen: Sequence[LocatedImage]) -> None:
    # IGNORE: a label given meanwhile to the image at this path has created a row, which stays.
    database.executemany(
        "UPDATE OR IGNORE image SET path = ?, content = coalesce(?, content), size = ?, mtime_ns = ?, "
        "present = 1 WHERE id = ?",
        (
            (encode_path(image.path), image.content, image.size, image.mtime_ns, image.row)
            for image in seen
            if image.row is not None
        ),
    )
    database.executemany(
        "INSERT INTO image (path, content, size, mtime_ns, present, unsettled) "
        "VALUES (?, ?, ?, ?, 1, ?) ON CONFLICT (path) WHERE present "
        "DO UPDATE SET content = excluded.content, size = excluded.size, mtime_ns = excluded.mtime_ns",
        (
            (encode_path(image.path), image.content, image.size, image.mtime_ns, image.is_ambiguous)
            for image in seen
            if image.row is None
        ),
    )


def _chunks(items: Sequence[_T]) -> Iterator[Sequence[_T]]:
    for start in range(0, len(items), _ROWS_PER_TRANSACTION):
        yield items[start : start + _ROWS_PER_TRANSACTION]
