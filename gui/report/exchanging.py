"""Labels and models out to other programs, and labels in from them, to be run by `Workers.start`."""

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from engine.exchange.formats.plan import Plan, plan
from engine.exchange.formats.read import read
from engine.exchange.formats.reading import shown
from engine.exchange.formats.write import write_dataset
from engine.exchange.gather import Said, digests, finder, known, labelled, with_said
from engine.jobs import Job
from engine.messages import Problem
from gui.report.places import new_place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.exchange.models.export import Exported as ExportedModel
    from engine.images.record import ImageRecord
    from engine.project.classes import ClassEntry
    from gui.report.work import Asked

_SUFFIXES = {"npz": ".npz", "medmnist": ".npz", "csv": ".csv"}


@dataclass(frozen=True, slots=True)
class Export:
    """How a data set is to be written: in a format of `write.FORMATS`, to a new place in `into`.

    `size` is the edge of npz images in pixels; without `names` images are called by their content.
    """

    into: Path
    kind: str
    size: int
    names: bool


@dataclass(frozen=True, slots=True)
class Exported:
    """Where a data set is, how many images it holds, and how many were left out."""

    place: Path
    images: int
    left_out: int


def export(job: Job, asked: "Asked", wish: Export, classes: "Sequence[ClassEntry]") -> Exported:
    """Write the labelled images as a data set for others; raises `Problem` and `Cancelled`."""
    records = _records(asked)
    decisions = asked.project.decisions() if asked.project else {}
    images = labelled(records, digests(job, asked.source, records), decisions, classes)
    if wish.kind == "csv":
        decided = asked.project.last() if asked.project else {}
        images = with_said(images, _said(asked), decided, asked.engine.card.model_id)
    if wish.kind == "csv" and not wish.names:
        images = [(record, replace(row, note="")) for record, row in images]
    order = [one.id for one in classes] or list(asked.engine.class_set.ids)
    name = asked.source.root.stem if wish.names else "images"
    try:
        place = new_place(wish.into, f"{name}-{wish.kind}", _SUFFIXES.get(wish.kind, ""))
        done = write_dataset(
            job, asked.source, images, order, wish.kind, place, size=wish.size, names=wish.names
        )
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise Problem("export.not_written", folder=str(wish.into), reason=reason) from error
    return Exported(place, done.images, len(done.left_out))


def export_model(job: Job, asked: "Asked", kind: str, into: Path) -> "ExportedModel":
    """Write the model in use as `kind` to a new place in `into`; raises `Problem` and `Cancelled`."""
    from engine.exchange.models import export
    from engine.exchange.models.sample import pictures

    bundle = asked.engine.bundle
    images = pictures(job, asked.source, _records(asked), bundle.card.preprocessing.size)
    name = re.sub(r"[^\w.-]+", "-", bundle.card.name).strip("-.") or "model"
    try:
        place = new_place(into, name, f"-{kind}{export.SUFFIXES[kind]}")
        return export.export_model(job, bundle, kind, place, images)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise Problem("model_export.not_written", folder=str(into), reason=reason) from error


def look_at(job: Job, asked: "Asked", labels: Path, classes: "Sequence[ClassEntry]") -> Plan:
    """Say what taking the labels of a file or folder would change; raises `Problem`, `Cancelled`."""
    records = _records(asked)
    claims = read(job, labels, asked.engine.class_set)
    if not claims.claims:
        raise Problem("import.nothing", name=shown(labels))
    hashes = digests(job, asked.source, records)
    decisions = asked.project.decisions() if asked.project else {}
    find = finder(classes, asked.engine.class_set)
    return plan(claims.claims, known(records, hashes, decisions, classes), find)


def _said(asked: "Asked") -> "dict[str, Said]":
    table = asked.table
    rows = table.read.nonzero()[0].tolist()
    codes, sure = table.predicted(), table.column("confidence")
    return {
        table.paths[row]: (str(table.class_id(int(codes[row]))), float(sure[row])) for row in rows
    }


def _records(asked: "Asked") -> "list[ImageRecord]":
    return [record for record in asked.table.records if record is not None]
