"""Decisions and edits, and the encoding of paths and values in a project file."""

import json
import sys
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.damaged_data import decoding

NOT_CLASSED = "not_classed"
"""Label of an image that a person reviewed and assigned to no class."""

DECISION_FIELDS = ("label", "removed", "note")

DRAWING_ACTIONS = ADD_ACTION, MOVE_ACTION = ("add_cell", "move_box")
"""Actions of edits that draw the box of one cell."""

BOX_FIELD = "box"
"""Field of a cell of a field: what a person drew there (`engine.project.cell_boxes`)."""

SETTLED_FIELD = "settled"
"""Field of an image whose earlier decisions were ambiguous, with the value true once a person chose them."""

DISMISSED_PREFIX = "dismissed."
"""Prefix of project fields that hold dismissed findings; a finding's key follows."""

MOVED_PREFIX = "moved."
"""Prefix of project fields that hold moves of removed files to a folder; a move's name follows."""

TAG_PREFIX = "tag."
"""Prefix of image fields that hold tags, with the value true; a tag follows."""

CONFLICT_PREFIX = "conflict."
"""Prefix of image fields that hold the other decisions on a field; its name follows."""

MERGED_PREFIX = "merged."
"""Prefix of project fields that count the edits merged from another project; its id follows."""

ROUND_PREFIX = "second_reading."
"""Prefix of the project fields that hold reading rounds; a round's id follows."""

READING_PREFIX = "second."
"""Prefix of the image fields of second readings; a reading round's id and a name follow."""

SETTLE_ACTION = "settle_conflict"
"""Action of an edit that settles a conflict, of merged projects or of readers; its reason is the person's."""

BULK_REASON = "bulk"
"""Reason of an edit by an action on several images, however many it changed."""

ACTIONS_WITHOUT_UNDO = frozenset({"lock_gate", "adopt_model", "return_model"})
"""Actions that undo skips: they are not decisions on images and are reverted elsewhere."""


@dataclass(frozen=True, slots=True)
class Decision:
    """A person's decision on one image: class id or `NOT_CLASSED`, reason of removal, note, tags."""

    label: str | None = None
    removed: str | None = None
    note: str = ""
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """One value that an edit changed; `path` None is the project itself, a value None is absent."""

    path: str | None
    field: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class Edit:
    """One entry of the journal; `undoes` and `redoes` are the id of the edit it undid or redid.

    `changes` covers the project and present images only.
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


# File names need not be valid UTF-8: other bytes are passed through unchanged.
_NAME_ERRORS = sys.getfilesystemencodeerrors()


def encode_path(path: str) -> bytes:
    """Return a relative path as stored."""
    return path.encode("utf-8", _NAME_ERRORS)


def decode_path(stored: bytes) -> str:
    """Return a stored path as the file system names it."""
    with decoding():
        return stored.decode("utf-8", _NAME_ERRORS)


def encode_value(value: Any) -> str | None:
    """Return a value as stored: canonical JSON, None for None."""
    if value is None:
        return None
    return json.dumps(value, sort_keys=True, separators=(",", ":"), allow_nan=False)


_PROJECT_FIELD_TYPES: dict[str, type] = {
    "name": str,
    "classes": list,
    "model": str,
    "gate": list,
    "session": dict,
    "sign_off": dict,
}
"""Types of the project's own fields, by name; fields of later versions may have any."""

_MOVED_FILES_TYPES = {"folder": str, "files": int, "first": str}


def decode_project_field(field: str, stored: str | None) -> Any:
    """Return the stored value of one of the project's own fields; raises `DamagedData`."""
    value = decode_value(stored)
    if value is None:
        return None
    with decoding():
        if field.startswith(MOVED_PREFIX):
            are_right = all(type(value[name]) is kind for name, kind in _MOVED_FILES_TYPES.items())
        elif field == "gate":
            are_right = type(value) is list and all(type(content) is str for content in value)
        else:
            are_right = type(value) is _PROJECT_FIELD_TYPES.get(field, type(value))
        if not are_right:
            raise TypeError(f"{field} of the project")
    return value


def decode_value(stored: str | None) -> Any:
    """Return a stored value; raises `DamagedData`."""
    with decoding():
        return None if stored is None else json.loads(stored)
