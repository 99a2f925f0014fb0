"""Background tasks that export labels and models and plan imports, to be run by `Workers.start`."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from engine.exchange.formats.dataset_reader import read_dataset
from engine.exchange.formats.dataset_writer import check_export_place, write_dataset
from engine.exchange.formats.import_plan import ImportPlan, match_claims
from engine.exchange.formats.registry import FORMATS
from engine.exchange.formats.untrusted_files import display_name
from engine.exchange.row_builder import (
    PredictedClass,
    add_predictions,
    hash_contents,
    importable_images,
    label_finder,
    labelled_rows,
)
from engine.jobs import Job
from engine.messages import Problem
from gui.report.output_paths import new_output_path
from gui.state.unknown_limit import unknown_ratios

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.exchange.models.export import ExportedModel
    from engine.images.record import ImageRecord
    from engine.project.classes import ClassEntry
    from gui.report.tasks import ReportRequest


@dataclass(frozen=True, slots=True)
class DatasetRequest:
    """Options of a label export: folder `into`, and a format id `kind`.

    `size` is the edge of npz images in pixels; without `names`, images are named by content.
    """

    into: Path
    kind: str
    size: int
    names: bool


@dataclass(frozen=True, slots=True)
class WrittenDataset:
    """Path of an exported data set, its number of images, and the number of skipped ones."""

    path: Path
    images: int
    left_out: int


def export_dataset(
    job: Job, request: "ReportRequest", options: DatasetRequest, classes: "Sequence[ClassEntry]"
) -> WrittenDataset:
    """Write the labelled images as a data set; raises `Problem` and `Cancelled`."""
    check_export_place(request.source, options.kind, options.into)
    records = _records(request)
    decisions = request.project.decisions() if request.project else {}
    images = labelled_rows(records, hash_contents(job, request.source, records), decisions, classes)
    if options.kind == "csv":
        reviews = request.project.last_reviews() if request.project else {}
        images = add_predictions(
            images, _predictions(request), reviews, request.model.card.model_id
        )
    order = [entry.id for entry in classes] or list(request.model.class_set.ids)
    name = request.source.root.stem if options.names else "images"
    try:
        path = new_output_path(options.into, f"{name}-{options.kind}", FORMATS[options.kind].suffix)
        result = write_dataset(
            job,
            request.source,
            images,
            order,
            options.kind,
            path,
            size=options.size,
            names=options.names,
        )
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise Problem("export.not_written", folder=str(options.into), reason=reason) from error
    return WrittenDataset(path, result.images, len(result.left_out))


def export_model(job: Job, request: "ReportRequest", kind: str, into: Path) -> "ExportedModel":
    """Write the active model in format `kind` to a new path in `into`.

    Raises `Problem` and `Cancelled`.
    """
    from engine.exchange.models import export as model_export
    from engine.exchange.models.comparison_images import load_spread_images

    bundle = request.model.bundle
    images = load_spread_images(
        job, request.source, _records(request), bundle.card.preprocessing.size
    )
    name = re.sub(r"[^\w.-]+", "-", bundle.card.name).strip("-.") or "model"
    try:
        path = new_output_path(into, name, f"-{kind}{model_export.EXPORT_SUFFIXES[kind]}")
        return model_export.export_model(job, bundle, kind, path, images)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise Problem("model_export.not_written", folder=str(into), reason=reason) from error


def plan_import(
    job: Job, request: "ReportRequest", labels: Path, classes: "Sequence[ClassEntry]"
) -> ImportPlan:
    """Plan the import of labels from a file or folder; raises `Problem` and `Cancelled`."""
    records = _records(request)
    claims = read_dataset(job, labels, request.model.class_set)
    if not claims.claims:
        raise Problem("import.nothing", name=display_name(labels))
    hashes = hash_contents(job, request.source, records)
    decisions = request.project.decisions() if request.project else {}
    find = label_finder(classes, request.model.class_set)
    return match_claims(claims.claims, importable_images(records, hashes, decisions, classes), find)


def _predictions(request: "ReportRequest") -> "dict[str, PredictedClass]":
    table = request.table
    rows = table.read.nonzero()[0].tolist()
    codes, confidences = table.predicted_classes(), table.column("confidence")
    ratios = unknown_ratios(table)
    return {
        table.paths[row]: (
            str(table.class_id(int(codes[row]))),
            float(confidences[row]),
            ratios[row],
        )
        for row in rows
    }


def _records(request: "ReportRequest") -> "list[ImageRecord]":
    return [record for record in request.table.records if record is not None]
