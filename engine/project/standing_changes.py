"""Standing changes of classes and removals: what was not undone, also in the journals of merged files.

A merge itself decides nothing: the changes that it brought count, with their person, time and number of
images. So it does not matter which of two files was merged into the other.
"""

import sqlite3
from collections import Counter
from dataclasses import dataclass

from engine.project.merged_journal import MERGE_ACTION, effective_merges
from engine.project.taken_back import RESTORE_ACTION, edits_taken_back

_COLUMNS = "at, who, action, reason, undoes, redoes, image, field, new"


@dataclass(frozen=True, slots=True)
class StandingChange:
    """One change of an image; `images` are those to which its edit gave a value of the field."""

    at: str
    who: str
    action: str
    reason: str
    new: str | None
    images: int


def read_standing_change(
    database: sqlite3.Connection, field: str, without: str = ""
) -> dict[int, StandingChange]:
    """Return, by image id, the change that gave a field its value; those of action `without` do not count.

    An undone change gives back the one before it, with its person and time; so do changes that restoring an
    earlier state took back.
    """
    merges, taken_back = effective_merges(database), edits_taken_back(database)
    rows = _rows(database, field, without, merges)
    images = Counter(edit for edit, *_, new in rows if new is not None)
    standing: dict[int, dict[int, StandingChange]] = {}
    # An undone change may be redone: with the person and time of the change, not of the redo.
    undone: dict[tuple[int, int], StandingChange] = {}
    restored: dict[int, StandingChange] = {}
    for edit, at, who, action, reason, undoes, redoes, image, _, new in rows:
        of_image = standing.setdefault(image, {})
        if action == RESTORE_ACTION and edit > 0:
            if undoes is None:
                made = StandingChange(at, who, action, reason, new, max(1, images[edit]))
                restored[image] = undone.setdefault((image, redoes or edit), made)
            continue
        if edit in taken_back:
            continue
        if undoes is not None:
            change = of_image.pop(undoes, None)
            if change is not None:
                undone[image, undoes] = change
        else:
            made = StandingChange(at, who, action, reason, new, max(1, images[edit]))
            key = redoes or edit
            of_image[key] = undone.get((image, key), made)
    values = dict(database.execute("SELECT image, value FROM state WHERE field = ?", (field,)))
    found = {}
    for image, by_edit in standing.items():
        changes = list(by_edit.values())
        if merges:
            changes.sort(key=lambda change: change.at)
        value = values.get(image)
        matching = [change for change in changes if change.new == value]
        if not matching and image in restored and restored[image].new == value is not None:
            matching = [
                restored[image]
            ]  # The edits before the backup are lost: the project was recovered.
        # Merging classes may have replaced the value since.
        if matching := matching or changes:
            found[image] = matching[-1]
    return found


def _rows(
    database: sqlite3.Connection, field: str, without: str, merges: tuple[int, ...]
) -> list[tuple[int, str, str, str, str, int | None, int | None, int, str, str | None]]:
    condition = "image > 0 AND field = ? AND action NOT IN (?, ?)"
    params = (field, MERGE_ACTION, without)
    rows = database.execute(
        f"SELECT edit.id, {_COLUMNS} FROM change JOIN edit ON edit.id = edit "
        f"WHERE {condition} ORDER BY edit.id",
        params,
    ).fetchall()
    if merges:
        # After the own ones, because merged edits may undo those.
        rows += database.execute(
            f"SELECT -id, {_COLUMNS} FROM merged_change JOIN merged_edit ON id = edit "
            f"WHERE {condition} AND merge IN ({', '.join(map(str, merges))}) ORDER BY id",
            params,
        ).fetchall()
    return rows
