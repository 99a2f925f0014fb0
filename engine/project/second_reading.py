"""Second readings as a project stores them: rounds, and what a round holds of each image.

A reading round is a field of the project (`second_reading.ID`); what it holds of an image are fields of
that image (`second.ID.draw`, `.label`, `.note`, `.settled`). So readings are journalled, undone, linked to
moved files, backed up and merged like any decision. `reading_edits` changes them, `reader_comparison`
compares the readers.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, get_args

from engine.damaged_data import decoding
from engine.project.decisions import (
    READING_PREFIX,
    ROUND_PREFIX,
    Edit,
    decode_value,
)
from engine.project.project import Project
from engine.project.reading_draw import EARLIER_METHODS, DrawMethod


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

    `first` is the label that held when it was drawn, given by the person `first_reader` (empty: by the
    folder); `label` and `note` are the second reader's. `settled` is the class on which a conflict was
    settled, None while it is not.
    """

    path: str
    place: int
    first: str
    label: str | None = None
    note: str = ""
    settled: str | None = None
    first_reader: str = ""

    @property
    def is_read(self) -> bool:
        """True if the second reader has labelled it."""
        return self.label is not None


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
    drawn = project.image_fields(prefix)
    is_older = any('"by"' not in fields.get("draw", '"by"') for fields in drawn.values())
    authors = _authors_before(project, reading) if is_older else {}
    images = [
        image
        for path, fields in drawn.items()
        if (image := _decode_image(path, fields, authors.get(path, ""))) is not None
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


def encode_round(reading: ReadingRound) -> dict[str, Any]:
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
            EARLIER_METHODS.get(value["method"], value["method"]),
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


def _authors_before(project: Project, reading: ReadingRound) -> dict[str, str]:
    """Return who gave the labels that are older than a round, whose first readers were not stored then."""
    return {
        path: who for path, (who, at) in project.label_authors().items() if at <= reading.started
    }


def _decode_image(path: str, fields: Mapping[str, str], author: str) -> RoundImage | None:
    """Return an image of a round; None if it was never drawn (an undone start, a merged part)."""
    if "draw" not in fields:
        return None
    with decoding():
        draw = decode_value(fields["draw"])
        label = decode_value(fields.get("label"))
        note = decode_value(fields.get("note")) or ""
        settled = decode_value(fields.get("settled"))
        first_reader = draw.get("by", author)
        texts = (draw["first"], label or "", note, settled or "", first_reader)
        if type(draw["place"]) is not int or not all(isinstance(text, str) for text in texts):
            raise TypeError("not a reading")
        return RoundImage(path, draw["place"], draw["first"], label, note, settled, first_reader)
