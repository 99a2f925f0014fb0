"""Edits that restoring an earlier state took back: they are in the journal, but not in the present state.

A merge after restoring finds what a merge into the restored backup would have found.
"""

import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta

from engine.damaged_data import decoding

RESTORE_ACTION = "restore_state"
"""Action of an edit that restores an earlier state; its reason is the time of the backup (ISO 8601)."""


@dataclass(frozen=True, slots=True)
class _Head:
    """The last edit of a history, and the history before it; None is the empty one."""

    edit: int
    before: "_Head | None"


def edits_taken_back(database: sqlite3.Connection) -> frozenset[int]:
    """Return the ids of the own edits that a restored state does not contain; raises `DamagedData`."""
    query = "SELECT 1 FROM edit WHERE action = ? LIMIT 1"
    if not database.execute(query, (RESTORE_ACTION,)).fetchone():
        return frozenset()
    heads: list[_Head | None] = [None]  # the first before any edit
    times: list[datetime] = []
    places: dict[int, int] = {}
    for edit, at, action, reason, undoes, redoes in database.execute(
        "SELECT id, at, action, reason, undoes, redoes FROM edit ORDER BY id"
    ):
        before = heads[-1]
        if action == RESTORE_ACTION:
            if undoes is not None:
                before = heads[places.get(undoes, len(heads) - 1)]
            elif redoes is not None and redoes in places:
                restored = heads[places[redoes] + 1]
                before = restored.before if restored else None
            elif (time := _backup_time(reason)) is not None:
                before = heads[_count_until(times, time)]
        places[edit] = len(times)
        times.append(_edit_time(at))
        heads.append(_Head(edit, before))
    present, head = set(), heads[-1]
    while head is not None:
        present.add(head.edit)
        head = head.before
    return frozenset(places.keys() - present)


def _backup_time(reason: str) -> datetime | None:
    """Return the time of the restored backup, None if it was not noted."""
    try:
        time = datetime.fromisoformat(reason)
    except ValueError:
        return None
    if time.tzinfo is None:
        return None
    # Earlier versions noted whole seconds.
    return time if "." in reason else time + timedelta(seconds=1)


def _edit_time(at: str) -> datetime:
    with decoding():
        time = datetime.fromisoformat(at)
        if time.tzinfo is None:
            raise ValueError("not the time of an edit")
        return time


def _count_until(times: list[datetime], time: datetime) -> int:
    """Return the number of edits up to the last one made by a time."""
    return next((n for n in range(len(times), 0, -1) if times[n - 1] <= time), 0)
