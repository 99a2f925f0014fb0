"""Settled conflicts, read from the journal: who settled what, how, when and why."""

import sqlite3
from dataclasses import dataclass

from engine.damaged_data import decoding
from engine.project.decisions import (
    CONFLICT_PREFIX,
    READING_PREFIX,
    SETTLE_ACTION,
    decode_path,
    decode_value,
)
from engine.project.merged_journal import effective_merges
from engine.project.project import Project


@dataclass(frozen=True, slots=True)
class SettledConflict:
    """One conflict of merged projects or of readers that a person settled, and did not undo.

    `field` is that of the decision; `old` and `new` are its values before and after, equal where the
    decision was kept: None if there was none. `at` is ISO 8601 in UTC.
    """

    path: str
    field: str
    old: str | None
    new: str | None
    is_kept: bool
    who: str
    at: str
    reason: str


def read_settled_conflicts(project: Project) -> list[SettledConflict]:
    """Return the settled conflicts of present images in the order of time; raises `Problem`."""
    with project.snapshot() as database:
        found = _read(database, "edit", "change", "1", ())
        if merges := effective_merges(database):
            marks = ", ".join("?" * len(merges))
            merged = _read(database, "merged_edit", "merged_change", f"merge IN ({marks})", merges)
            # An edit is in several merges if it was merged again after undo.
            found = list(dict.fromkeys([*merged, *found]))
    return sorted(found, key=lambda settled: (settled.at, settled.path))


def _read(
    database: sqlite3.Connection, edits: str, changes: str, condition: str, params: tuple[int, ...]
) -> list[SettledConflict]:
    effective: dict[int, tuple[str, str, str]] = {}
    # The ids that merged edits refer to are negative.
    sign = 1 if edits == "edit" else -1
    rows = database.execute(
        f"SELECT id, at, who, reason, undoes, redoes FROM {edits} "
        f"WHERE action = ? AND {condition} ORDER BY id",
        (SETTLE_ACTION, *params),
    ).fetchall()
    headers = {edit: (at, who, reason) for edit, at, who, reason, *_ in rows}
    for edit, _, _, _, undoes, redoes in rows:
        if undoes is not None:
            effective.pop(sign * undoes, None)
        elif redoes is None:
            effective[edit] = headers[edit]
        elif sign * redoes in headers:
            effective[sign * redoes] = headers[sign * redoes]
    found = []
    for edit, header in effective.items():
        found += _of_edit(database, changes, edit, header)
    return found


def _of_edit(
    database: sqlite3.Connection, changes: str, edit: int, header: tuple[str, str, str]
) -> list[SettledConflict]:
    at, who, reason = header
    changed: dict[str, dict[str, tuple[str | None, str | None]]] = {}
    with decoding():
        for path, field, old, new in database.execute(
            f"SELECT path, field, old, new FROM {changes} JOIN image ON image.id = image "
            "WHERE edit = ? AND present",
            (edit,),
        ):
            values = (_text(old), _text(new)) if _is_decision(field) else (None, new)
            changed.setdefault(decode_path(path), {})[field] = values
        found = []
        for path, fields in changed.items():
            for name, (_, stored) in fields.items():
                field = _settled_field(name)
                if field is None or field in fields:
                    continue
                # The decision was kept; the readers' conflict names the class.
                value = _text(stored) if name.startswith(READING_PREFIX) else None
                found.append(SettledConflict(path, field, value, value, True, who, at, reason))
            found += [
                SettledConflict(path, field, *values, False, who, at, reason)
                for field, values in fields.items()
                if _is_decision(field)
            ]
    return found


def _is_decision(field: str) -> bool:
    return not field.startswith((CONFLICT_PREFIX, READING_PREFIX))


def _settled_field(name: str) -> str | None:
    """Return the field of the decision whose conflict a field is, None for a decision itself."""
    if name.startswith(CONFLICT_PREFIX):
        return name.removeprefix(CONFLICT_PREFIX)
    return "label" if name.startswith(READING_PREFIX) else None


def _text(stored: str | None) -> str | None:
    value = decode_value(stored)
    return None if value is None else str(value)
