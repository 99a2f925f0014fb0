"""Earlier states of a project: what a backup would change, and restoring it as one undoable edit."""

import sqlite3
from collections import Counter
from dataclasses import dataclass, fields
from pathlib import Path

from engine.messages import Message, Problem
from engine.project import image_rows, metadata
from engine.project.backups import Backup, is_good, open_backup
from engine.project.decisions import (
    ACTIONS_WITHOUT_UNDO,
    BOX_FIELD,
    CONFLICT_PREFIX,
    DISMISSED_PREFIX,
    MERGED_PREFIX,
    MOVED_PREFIX,
    READING_PREFIX,
    ROUND_PREFIX,
    TAG_PREFIX,
    Edit,
    encode_path,
)
from engine.project.image_matching import match_images
from engine.project.image_rows import ImageRow, ImageState
from engine.project.journal import JournalEntry, StoredChange
from engine.project.project import Project
from engine.project.taken_back import RESTORE_ACTION
from engine.text import display_path

_IMAGE_KINDS = {"label": "labels", "removed": "removals", "note": "notes", BOX_FIELD: "boxes"}
_IMAGE_PREFIXES = {TAG_PREFIX: "tags", CONFLICT_PREFIX: "conflicts", READING_PREFIX: "readings"}
_KINDS = {"sign_off": "sign_off", "classes": "classes"}
_PREFIXES = {ROUND_PREFIX: "rounds", DISMISSED_PREFIX: "findings", MERGED_PREFIX: ""}


@dataclass(frozen=True, slots=True)
class StateDifference:
    """Changes that restoring a state would make: images by the kind of decision, fields of the project.

    `tags` counts images whose tags differ, `readings` images of second readings, `rounds` second readings
    that began or ended, `settings` all that has no kind of its own.
    """

    labels: int = 0
    removals: int = 0
    notes: int = 0
    tags: int = 0
    boxes: int = 0
    conflicts: int = 0
    readings: int = 0
    rounds: int = 0
    sign_off: int = 0
    findings: int = 0
    classes: int = 0
    settings: int = 0

    def __bool__(self) -> bool:
        return any(getattr(self, kind.name) for kind in fields(self))

    def parts(self) -> list[Message]:
        """Return what differs, one message for each kind of which there is any."""
        counts = {kind.name: getattr(self, kind.name) for kind in fields(self)}
        return [Message(f"state.{name}", {"n": count}) for name, count in counts.items() if count]


def compare_with_backup(project: Project, backup: Backup) -> StateDifference:
    """Return what restoring a backup would change; raises `Problem`."""
    with open_backup(backup.file) as earlier, project.snapshot() as database:
        _check_origin(earlier, project, backup.file)
        changes, unmatched = _changes(database, earlier)
    places = {(_kind(image, field), image or field) for image, field, _ in changes}
    # An image that is not here any more counts too: its decisions wait for its return.
    places |= {(_kind(row.id, field), -row.id) for row, state in unmatched for field in state}
    counts = Counter(kind for kind, _ in places if kind)
    return StateDifference(**counts)


def _kind(image: int, field: str) -> str:
    """Return the kind of a field, as in `StateDifference`; empty for the count of merged edits."""
    kinds, prefixes = (_IMAGE_KINDS, _IMAGE_PREFIXES) if image else (_KINDS, _PREFIXES)
    prefixed = (kind for prefix, kind in prefixes.items() if field.startswith(prefix))
    return kinds.get(field) or next(prefixed, "settings")


def restore_backup(project: Project, backup: Backup, who: str) -> Edit | None:
    """Restore the decisions of a backup as one edit, after a backup of the present state.

    Return None if nothing changes. Raises `Problem`, after which nothing has changed.
    """
    if not is_good(backup.file):
        raise Problem("backup.damaged", file=display_path(backup.file))
    project.back_up("restore")

    def changes(database: sqlite3.Connection) -> list[StoredChange]:
        _check_origin(earlier, project, backup.file)
        found, unmatched = _changes(database, earlier)
        for row, state in unmatched:
            image = insert_absent(database, row)
            found += [(image, field, value) for field, value in state.items()]
        return found

    with open_backup(backup.file) as earlier:
        entry = JournalEntry(RESTORE_ACTION, who, backup.at.isoformat(timespec="microseconds"))
        return project.apply_stored(entry, changes)


def insert_absent(database: sqlite3.Connection, row: ImageRow) -> int:
    """Insert a row of another file, which linking finds when its image is there; return its id."""
    inserted = database.execute(
        "INSERT INTO image (path, content, size, mtime_ns, present) VALUES (?, ?, ?, ?, 0)",
        (encode_path(row.path), row.content, row.size, row.mtime_ns),
    )
    assert inserted.lastrowid is not None
    return inserted.lastrowid


def fields_without_undo(database: sqlite3.Connection) -> set[str]:
    """Return the fields of the project that no undo changes, and so no restoring or merging either."""
    marks = ", ".join("?" * len(ACTIONS_WITHOUT_UNDO))
    return {
        field
        for (field,) in database.execute(
            "SELECT DISTINCT field FROM change JOIN edit ON edit.id = change.edit "
            f"WHERE image = 0 AND action IN ({marks})",
            tuple(ACTIONS_WITHOUT_UNDO),
        )
    }


def _changes(
    database: sqlite3.Connection, earlier: sqlite3.Connection
) -> tuple[list[StoredChange], list[tuple[ImageRow, ImageState]]]:
    """Return the changes to matched rows, and the rows of the earlier state that match none."""
    rows = {row.id: row for row in image_rows.read_rows(earlier)}
    matches = match_images(image_rows.read_rows(database), rows.values())
    excluded = fields_without_undo(database) | fields_without_undo(earlier)
    now = {0: _project_fields(database, excluded), **image_rows.read_states(database)}
    then = {0: _project_fields(earlier, excluded)}
    unmatched = []
    for image, state in image_rows.read_states(earlier).items():
        if image in matches:
            then[matches[image]] = state
        else:
            unmatched.append((rows[image], state))
    changes: list[StoredChange] = []
    for image in now.keys() | then.keys():
        current, target = now.get(image, {}), then.get(image, {})
        changes += [
            (image, field, target.get(field))
            for field in current.keys() | target.keys()
            if current.get(field) != target.get(field)
        ]
    return changes, unmatched


def _project_fields(database: sqlite3.Connection, excluded: set[str]) -> ImageState:
    # Files that were moved out of the folder are still there: their record stays.
    return {
        field: value
        for field, value in image_rows.read_state(database, 0).items()
        if field not in excluded and not field.startswith(MOVED_PREFIX)
    }


def _check_origin(earlier: sqlite3.Connection, project: Project, file: Path) -> None:
    if metadata.read_entry(earlier, "id") != project.id:
        raise Problem("backup.other_project", file=display_path(file), name=project.name)
