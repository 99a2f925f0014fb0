"""Settled conflicts, read from the journal: who settled what, how, when and why."""

import sqlite3
from dataclasses import dataclass
from typing import Any

from engine.damaged_data import decoding
from engine.project.conflicts import decode_others
from engine.project.decisions import (
    CONFLICT_PREFIX,
    READING_PREFIX,
    ROUND_PREFIX,
    SETTLE_ACTION,
    decode_path,
    decode_value,
)
from engine.project.merged_journal import effective_merges
from engine.project.project import Project


@dataclass(frozen=True, slots=True)
class SettledValue:
    """A value that another person had decided: in a merged project, or in the second reading."""

    value: str | None
    who: str


@dataclass(frozen=True, slots=True)
class SettledConflict:
    """One conflict of merged projects or of readers that a person settled, and did not undo.

    `field` is that of the decision; `old` and `new` are its values before and after, equal where the
    decision was kept: None if there was none. `others` are the values that were to choose from besides
    `old`. `at` is ISO 8601 in UTC.
    """

    path: str
    field: str
    old: str | None
    new: str | None
    is_kept: bool
    who: str
    at: str
    reason: str
    others: tuple[SettledValue, ...] = ()


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
    changed: dict[tuple[int, str], dict[str, tuple[str | None, str | None]]] = {}
    found = []
    with decoding():
        for image, path, field, old, new in database.execute(
            f"SELECT image, path, field, old, new FROM {changes} JOIN image ON image.id = image "
            "WHERE edit = ? AND present",
            (edit,),
        ):
            changed.setdefault((image, decode_path(path)), {})[field] = (old, new)
        for (image, path), fields in changed.items():
            conflicts = {
                field: _Conflict.read(database, image, name, old)
                for name, (old, _) in fields.items()
                if (field := _settled_field(name)) is not None
            }
            values = {name: pair for name, pair in fields.items() if _is_decision(name)}
            for field in conflicts.keys() - values.keys():
                value = _value_before(database, changes, image, field, edit, at)
                values[field] = (value, value)
            for field, (old, new) in sorted(values.items()):
                conflict = conflicts.get(field, _Conflict())
                # The first label may be the folder's, which is no decision.
                before, after = _text(old) or conflict.first, _text(new) or conflict.first
                found.append(
                    SettledConflict(
                        path, field, before, after, before == after, who, at, reason,
                        conflict.others,
                    )
                )  # fmt: skip
    return found


@dataclass(frozen=True, slots=True)
class _Conflict:
    """What there was to choose from; `first` is the first reader's label, None for merged projects."""

    others: tuple[SettledValue, ...] = ()
    first: str | None = None

    @classmethod
    def read(
        cls, database: sqlite3.Connection, image: int, name: str, old: str | None
    ) -> "_Conflict":
        """Return the conflict of a field with its value before it was settled."""
        if name.startswith(CONFLICT_PREFIX):
            others = decode_others(old)
            return cls(tuple(SettledValue(_plain(other.value), other.who) for other in others))
        round_id = name.removeprefix(READING_PREFIX).partition(".")[0]
        prefix, details = f"{READING_PREFIX}{round_id}.", f"{ROUND_PREFIX}{round_id}"
        stored = {
            field: decode_value(value)
            for field, value in database.execute(
                "SELECT field, value FROM state "
                "WHERE (image = ? AND field IN (?, ?)) OR (image = 0 AND field = ?)",
                (image, f"{prefix}draw", f"{prefix}label", details),
            )
        }
        label = _plain(stored.get(f"{prefix}label"))
        reader = str((stored.get(details) or {}).get("reader", ""))
        first = (stored.get(f"{prefix}draw") or {}).get("first")
        return cls(() if label is None else (SettledValue(label, reader),), _plain(first))


def _value_before(
    database: sqlite3.Connection, changes: str, image: int, field: str, edit: int, at: str
) -> str | None:
    """Return the value that a field had when an edit left it as it was."""
    sources: list[tuple[str, str, int | str]] = [("change", "edit.id < ?3", edit)]
    if changes != "change":
        # What the other file had decided before, else what both files shared.
        earlier = "edit.id < ?3 AND edit.merge = (SELECT merge FROM merged_edit WHERE id = ?3)"
        sources = [(changes, earlier, edit), ("change", "edit.at <= ?3", at)]
    for table, condition, limit in sources:
        row = database.execute(
            f"SELECT new FROM {table} JOIN {table.replace('change', 'edit')} AS edit "
            f"ON edit.id = edit WHERE image = ?1 AND field = ?2 AND {condition} "
            "ORDER BY edit.id DESC LIMIT 1",
            (image, field, limit),
        ).fetchone()
        if row is not None:
            return str(row[0]) if row[0] is not None else None
    return None


def _is_decision(field: str) -> bool:
    return not field.startswith((CONFLICT_PREFIX, READING_PREFIX))


def _settled_field(name: str) -> str | None:
    """Return the field of the decision whose conflict a field is, None for a decision itself."""
    if name.startswith(CONFLICT_PREFIX):
        return name.removeprefix(CONFLICT_PREFIX)
    return "label" if name.startswith(READING_PREFIX) else None


def _text(stored: str | None) -> str | None:
    return _plain(decode_value(stored))


def _plain(value: Any) -> str | None:
    return None if value is None else str(value)
