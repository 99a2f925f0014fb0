"""Edits of second readings: start, end and resume a round, record what its reader says, settle a conflict."""

import secrets
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from engine.project.decisions import READING_PREFIX, ROUND_PREFIX, SETTLE_ACTION, Edit
from engine.project.project import Project
from engine.project.reading_draw import DrawCandidate, DrawMethod
from engine.project.second_reading import ReadingRound, encode_round

START_ACTION = "start_second_reading"
READ_ACTION = "second_reading"
END_ACTION = "end_second_reading"
RESUME_ACTION = "resume_second_reading"


def start_round(
    project: Project,
    drawn: Sequence[DrawCandidate],
    *,
    reader: str,
    method: DrawMethod,
    seed: int,
    who: str,
) -> Edit | None:
    """Start a second reading of drawn images, in this order, as one edit; raises `Problem`."""
    # Random, so that rounds started in two copies of a project stay apart when these are merged.
    round_id = secrets.token_hex(4)
    details = {
        "reader": reader,
        "method": method,
        "count": len(drawn),
        "seed": seed,
        "started": _now(),
    }
    changes: list[tuple[str | None, str, Any]] = [(None, f"{ROUND_PREFIX}{round_id}", details)]
    # Stored, because settling a conflict makes another person the author of the label.
    authors = project.label_authors()
    changes += [
        (
            candidate.path,
            _field(round_id, "draw"),
            {
                "place": place,
                "first": candidate.label,
                "by": authors.get(candidate.path, ("", ""))[0],
            },
        )
        for place, candidate in enumerate(drawn)
    ]
    return project.apply(START_ACTION, changes, who=who)


def end_round(project: Project, reading: ReadingRound, *, who: str) -> Edit | None:
    """End a second reading, after which its conflicts are shown; raises `Problem`."""
    details = encode_round(reading) | {"ended": _now()}
    return project.apply(END_ACTION, [(None, f"{ROUND_PREFIX}{reading.id}", details)], who=who)


def resume_round(project: Project, reading: ReadingRound, *, who: str) -> Edit | None:
    """Continue an ended second reading, for the images that were not read; raises `Problem`.

    How far the readers agree may have been seen, so images that were read are not to be read again.
    """
    details = encode_round(reading) | {"resumed": reading.resumed + 1}
    return project.apply(RESUME_ACTION, [(None, f"{ROUND_PREFIX}{reading.id}", details)], who=who)


def record_label(
    project: Project, reading: ReadingRound, path: str, label: str | None
) -> Edit | None:
    """Record the second reader's label (a class, `NOT_CLASSED`, or None to clear it)."""
    changes = [(path, _field(reading.id, "label"), label)]
    return project.apply(READ_ACTION, changes, who=reading.reader)


def record_note(project: Project, reading: ReadingRound, path: str, text: str) -> Edit | None:
    """Record the second reader's note on an image; an empty text deletes it."""
    changes = [(path, _field(reading.id, "note"), text or None)]
    return project.apply(READ_ACTION, changes, who=reading.reader)


def settle(
    project: Project, reading: ReadingRound, path: str, label: str, *, who: str, reason: str = ""
) -> Edit | None:
    """Settle a conflict: the class becomes the image's label, as one edit with who and why."""
    changes = [(path, "label", label), (path, _field(reading.id, "settled"), label)]
    return project.apply(SETTLE_ACTION, changes, who=who, reason=reason)


def undo_reading(project: Project, reading: ReadingRound, *, redo: bool = False) -> Edit | None:
    """Undo (or redo) the reader's last edit of a round; return None if another edit is the last one.

    A blind reading must not reach the decisions of the first reader.
    """
    last = project.next_redo() if redo else project.next_undo()
    if last is None or last.action != READ_ACTION or last.who != reading.reader:
        return None
    return project.redo(reading.reader) if redo else project.undo(reading.reader)


def _field(round_id: str, name: str) -> str:
    return f"{READING_PREFIX}{round_id}.{name}"


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
