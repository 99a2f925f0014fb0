"""Second readings: a person labels drawn images again, blind; conflicts with the first label are settled.

A reading round is a field of the project (`second_reading.ID`); what it holds of an image are fields of
that image (`second.ID.draw`, `.label`, `.note`, `.settled`). So readings are journalled, undone, linked to
moved files, backed up and merged like any decision. Conflicts are computed, never stored.
"""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, get_args

from engine.damaged_data import decoding
from engine.project.classes import effective_label
from engine.project.decisions import (
    NOT_CLASSED,
    READING_PREFIX,
    ROUND_PREFIX,
    SETTLE_ACTION,
    Edit,
    decode_value,
)
from engine.project.project import Project
from engine.project.reading_draw import DrawCandidate, DrawMethod

START_ACTION = "start_second_reading"
READ_ACTION = "second_reading"
STATE_ACTION = "end_second_reading"
RESUME_ACTION = "resume_second_reading"


@dataclass(frozen=True, slots=True)
class ReadingRound:
    """One second reading: who reads, how the images were drawn, and when it started and ended.

    `resumed` counts how often it was continued after its end.
    """

    id: str
    reader: str
    method: DrawMethod
    count: int
    seed: int
    started: str
    ended: str | None = None
    resumed: int = 0


@dataclass(frozen=True, slots=True)
class RoundImage:
    """One image of a round.

    `first` is the label that held when it was drawn, `label` and `note` are the second reader's.
    `settled` is the class on which a conflict was settled, None while it is not.
    """

    path: str
    place: int
    first: str
    label: str | None = None
    note: str = ""
    settled: str | None = None

    @property
    def is_read(self) -> bool:
        """True if the second reader has labelled it."""
        return self.label is not None


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
    changes += [
        (
            candidate.path,
            _field(round_id, "draw"),
            {"place": place, "first": candidate.label},
        )
        for place, candidate in enumerate(drawn)
    ]
    return project.apply(START_ACTION, changes, who=who)


def end_round(project: Project, reading: ReadingRound, *, who: str) -> Edit | None:
    """End a second reading, after which its conflicts are shown; raises `Problem`."""
    details = _encode_round(reading) | {"ended": _now()}
    return project.apply(STATE_ACTION, [(None, f"{ROUND_PREFIX}{reading.id}", details)], who=who)


def resume_round(project: Project, reading: ReadingRound, *, who: str) -> Edit | None:
    """Continue an ended second reading, for the images that were not read; raises `Problem`.

    How far the readers agree may have been seen, so images that were read are not to be read again.
    """
    details = _encode_round(reading) | {"resumed": reading.resumed + 1}
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


def read_rounds(project: Project) -> list[ReadingRound]:
    """Return the rounds of a project, the last one first; raises `DamagedData`."""
    rounds = [
        _decode_round(round_id, value)
        for round_id, value in project.fields_with_prefix(ROUND_PREFIX).items()
    ]
    return sorted(rounds, key=lambda reading: reading.started, reverse=True)


def read_round_images(project: Project, reading: ReadingRound) -> list[RoundImage]:
    """Return the present images of a round in its order; raises `DamagedData`."""
    prefix = f"{READING_PREFIX}{reading.id}."
    images = [
        image
        for path, fields in project.image_fields(prefix).items()
        if (image := _decode_image(path, fields)) is not None
    ]
    return sorted(images, key=lambda image: (image.place, image.path))


def changed_rounds(edit: Edit) -> set[str]:
    """Return the ids of the rounds that an edit changed."""
    return {
        change.field.removeprefix(
            ROUND_PREFIX if change.path is None else READING_PREFIX
        ).partition(".")[0]
        for change in edit.changes
        if change.field.startswith(ROUND_PREFIX if change.path is None else READING_PREFIX)
    }


def reader_pairs(images: Iterable[RoundImage], merged: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return the labels of both readers for the images that both labelled, merged classes resolved.

    These are the labels before any conflict was settled.
    """
    return [
        (_current(image.first, merged), _current(image.label, merged))
        for image in images
        if image.label is not None
    ]


def conflicts(
    images: Iterable[RoundImage],
    labels: Mapping[str, str | None],
    merged: Mapping[str, str],
) -> list[RoundImage]:
    """Return the images on which the readers disagree and which nobody settled.

    `labels` are the labels that hold now, by path; an image that has got the second reader's label
    since is no conflict any more.
    """
    return [
        image
        for image in images
        if image.label is not None
        and image.settled is None
        and _current(image.label, merged) != _current(image.first, merged)
        and _current(image.label, merged) != labels.get(image.path)
    ]


def first_label(decided: str | None, given: str | None, merged: Mapping[str, str]) -> str | None:
    """Return the label with which a second reading is compared: `NOT_CLASSED` is one as well."""
    return NOT_CLASSED if decided == NOT_CLASSED else effective_label(decided, given, merged)


def _current(label: str, merged: Mapping[str, str]) -> str:
    return merged.get(label, label)


def _field(round_id: str, name: str) -> str:
    return f"{READING_PREFIX}{round_id}.{name}"


def _encode_round(reading: ReadingRound) -> dict[str, Any]:
    """Return the stored details of a round that has not ended."""
    details: dict[str, Any] = {
        "reader": reading.reader,
        "method": reading.method,
        "count": reading.count,
        "seed": reading.seed,
        "started": reading.started,
    }
    return details | {"resumed": reading.resumed} if reading.resumed else details


def _decode_round(round_id: str, value: Any) -> ReadingRound:
    with decoding():
        reading = ReadingRound(
            round_id,
            value["reader"],
            value["method"],
            value["count"],
            value["seed"],
            value["started"],
            value.get("ended"),
            value.get("resumed", 0),
        )
        texts = (reading.reader, reading.started, reading.ended or "")
        datetime.fromisoformat(reading.started)
        if (
            not all(isinstance(text, str) for text in texts)
            or reading.method not in get_args(DrawMethod)
            or type(reading.count) is not int
            or type(reading.seed) is not int
            or type(reading.resumed) is not int
        ):
            raise TypeError("not a reading round")
    return reading


def _decode_image(path: str, fields: Mapping[str, str]) -> RoundImage | None:
    """Return an image of a round; None if it was never drawn (an undone start, a merged part)."""
    if "draw" not in fields:
        return None
    with decoding():
        draw = decode_value(fields["draw"])
        label = decode_value(fields.get("label"))
        note = decode_value(fields.get("note")) or ""
        settled = decode_value(fields.get("settled"))
        if type(draw["place"]) is not int or not all(
            isinstance(text, str) for text in (draw["first"], label or "", note, settled or "")
        ):
            raise TypeError("not a reading")
        return RoundImage(path, draw["place"], draw["first"], label, note, settled)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
