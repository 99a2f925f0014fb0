"""Merge conflicts: different decisions of two project files on one image, until a person settles them.

The project's own decision holds meanwhile; the others are a field of the image, so that they are
journalled, undone and merged like any decision.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from engine.damaged_data import decoding
from engine.project.decisions import (
    CONFLICT_PREFIX,
    SETTLE_ACTION,
    Edit,
    decode_path,
    decode_value,
    encode_value,
)
from engine.project.project import Project


@dataclass(frozen=True, slots=True)
class OtherDecision:
    """Another person's value of a field (None: no decision), with who decided it and when (ISO 8601)."""

    value: Any
    who: str
    at: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """One field of one image with different decisions: its present value, and the others."""

    path: str
    field: str
    value: Any
    others: tuple[OtherDecision, ...]


def read_conflicts(project: Project) -> list[Conflict]:
    """Return the conflicts on present images that are not settled, in the order of their paths."""
    with project.snapshot() as database:
        rows = database.execute(
            "SELECT path, substr(other.field, ?), own.value, other.value FROM state AS other "
            "JOIN image ON image.id = other.image LEFT JOIN state AS own ON own.image = other.image "
            "AND own.field = substr(other.field, ?) "
            "WHERE present AND substr(other.field, 1, ?) = ? ORDER BY path, other.field",
            (len(CONFLICT_PREFIX) + 1,) * 2 + (len(CONFLICT_PREFIX), CONFLICT_PREFIX),
        ).fetchall()
    conflicts = []
    for path, field, own, stored in rows:
        value = decode_value(own)
        # Whoever decides the same meanwhile has settled it.
        if others := tuple(other for other in decode_others(stored) if other.value != value):
            conflicts.append(Conflict(decode_path(path), field, value, others))
    return conflicts


def settle(
    project: Project, conflict: Conflict, value: Any, who: str, reason: str = ""
) -> Edit | None:
    """Settle a conflict with one of its values as one edit; None if it is settled already."""
    changes = [
        (conflict.path, conflict.field, value),
        (conflict.path, f"{CONFLICT_PREFIX}{conflict.field}", None),
    ]
    return project.apply(SETTLE_ACTION, changes, who=who, reason=reason)


def decode_others(stored: str | None) -> tuple[OtherDecision, ...]:
    """Return stored decisions; raises `DamagedData`."""
    with decoding():
        return tuple(
            OtherDecision(other["value"], str(other["who"]), str(other["at"]))
            for other in decode_value(stored) or ()
        )


def encode_others(others: Iterable[OtherDecision], present: Any) -> str | None:
    """Return decisions as stored, each different one once (the first), without the present value."""
    distinct: dict[str, OtherDecision] = {}
    for other in sorted(others, key=lambda other: (other.at, other.who)):
        if other.value != present:
            distinct.setdefault(json.dumps(other.value, sort_keys=True), other)
    plain = [{"value": o.value, "who": o.who, "at": o.at} for o in distinct.values()]
    return encode_value(sorted(plain, key=lambda other: json.dumps(other["value"])) or None)
