"""What a project speaks of: decisions, edits, and how paths and values are written in its file."""

import json
import sys
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.stored import decoding

NOT_CLASSED = "not_classed"
"""The label of an image that a person looked at and gave no class."""

DECISION_FIELDS = ("label", "removed", "note")

DISMISSED = "dismissed."
"""Before a finding's key it is a field of the project: a person said that nothing is wrong."""

MOVED = "moved."
"""Before the name of a move it is a field of the project: removed files were moved to a folder."""

STAYS = frozenset({"lock_gate", "adopt_model", "return_model"})
"""Actions that undo passes over: they are no decisions on images, and have a way back of their own."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided of one image: class id or `NOT_CLASSED`, reason of removal, note."""

    label: str | None = None
    removed: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """One value that an edit changed; `path` None is the project itself, a value None is none."""

    path: str | None
    field: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class Edit:
    """One entry of the journal; `undoes` and `redoes` name the edit that it took back or renewed.

    `changes` are those of the project and of images that are there: what changed for a view.
    """

    id: int
    at: datetime
    who: str
    action: str
    reason: str
    model: str | None
    undoes: int | None
    redoes: int | None
    changes: tuple[Change, ...]


# Names of files need not be text: what is not UTF-8 goes through as the bytes it is.
_NAME_ERRORS = sys.getfilesystemencodeerrors()


def to_bytes(path: str) -> bytes:
    """Return a relative path as it is kept."""
    return path.encode("utf-8", _NAME_ERRORS)


def to_path(kept: bytes) -> str:
    """Return a kept path as the file system calls it."""
    with decoding():
        return kept.decode("utf-8", _NAME_ERRORS)


def to_json(value: Any) -> str | None:
    """Return a value as it is kept: one text for equal values, and nothing for None."""
    if value is None:
        return None
    return json.dumps(value, sort_keys=True, separators=(",", ":"), allow_nan=False)


def from_json(kept: str | None) -> Any:
    """Return a kept value."""
    with decoding():
        return None if kept is None else json.loads(kept)
