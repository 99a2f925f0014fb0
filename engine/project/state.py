"""What a person decided, as the journal tells it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

NOT_CLASSED = "not_classed"
"""The label of an image that belongs to no class."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What holds for one image: its class, why it was removed (None if it was not), a note."""

    label: str | None = None
    removed: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """One field's change; `path` None is the project itself."""

    path: str | None
    field: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class Edit:
    """One entry of the journal: what a person did at once, and can be undone at once."""

    id: int
    at: datetime
    who: str
    action: str
    reason: str
    model: str | None
    undoes: int | None
    redoes: int | None
    changes: tuple[Change, ...]
