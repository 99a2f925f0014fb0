"""Slices of the evaluated images, measured off the GUI thread."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from engine.curate.image_properties import measure_images
from engine.evaluate.slices import find_spurious, measure_slices
from engine.exchange.report.evaluation import evaluated_images, output_classes
from engine.jobs import Job
from engine.project.folder_names import FOLDER_NAMES_FIELD, decode_folder_names
from engine.train.split_groups import find_slides

if TYPE_CHECKING:
    from gui.report.tasks import ReportRequest

_MAX_SLICES = 8


@dataclass(frozen=True, slots=True)
class SliceRow:
    """A slice that is worse than the whole, with the paths of its images."""

    name: str
    values: str
    accuracy: float
    interval: tuple[float, float]
    paths: list[str]


@dataclass(frozen=True, slots=True)
class SpuriousRow:
    """A property that tells a class by itself, with the paths of the images of the class."""

    name: str
    class_id: str
    auroc: float
    paths: list[str]


@dataclass(frozen=True, slots=True)
class SliceResult:
    """The worst slices first, the spurious correlations, and the accuracy on all images."""

    slices: list[SliceRow]
    spurious: list[SpuriousRow]
    accuracy: float
    count: int


def measure_evaluated(job: Job, request: "ReportRequest") -> SliceResult:
    """Measure the properties of the evaluated images and slice the evaluation by them."""
    from gui.report.tasks import marked_items, report_context

    context = report_context(request)
    counted = evaluated_images(marked_items(job, request), context).counted
    table = request.table
    records, labels, probabilities = [], [], []
    for item, label, values in counted:
        row = table.row(item.path)
        record = table.records[row] if row is not None else None
        if record is not None:
            records.append(record)
            labels.append(label)
            probabilities.append(values)
    if not records:
        return SliceResult([], [], 1.0, 0)
    numbers, groups, is_measured = measure_images(job, request.source, records)
    paths = [records[row].path for row in np.flatnonzero(is_measured).tolist()]
    truth = np.array(labels, np.intp)[is_measured]
    shares = np.stack(probabilities)[is_measured]
    accuracy = float((shares.argmax(axis=1) == truth).mean()) if len(truth) else 1.0
    stored = request.project.get(FOLDER_NAMES_FIELD) if request.project is not None else None
    mapped = [name for name, class_id in decode_folder_names(stored).items() if class_id]
    slides = find_slides(paths, request.model.class_set, mapped)
    slide_groups = {"slide": slides} if any(slides) else {}
    slices = measure_slices(truth, shares, {**groups, **slide_groups, **numbers})
    spurious = find_spurious(truth, output_classes(context), numbers)
    return SliceResult(
        [
            SliceRow(
                part.name,
                part.values,
                part.accuracy,
                part.interval,
                [paths[row] for row in part.rows.tolist()],
            )
            for part in slices
            if part.is_weak(accuracy)
        ][:_MAX_SLICES],
        [
            SpuriousRow(
                found.name, found.class_id, found.auroc, [paths[row] for row in found.rows.tolist()]
            )
            for found in spurious
        ][:_MAX_SLICES],
        accuracy,
        len(truth),
    )
