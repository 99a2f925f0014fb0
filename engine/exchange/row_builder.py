"""Rows of a folder or project for export and import: images with hashes, labels and decisions."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from engine.exchange.export_row import ExportRow, RowStatus
from engine.exchange.formats.import_plan import KnownImage
from engine.images.class_set import ClassSet
from engine.images.record import ImageRecord
from engine.images.source import Source
from engine.jobs import Job
from engine.messages import Message, Problem
from engine.project.classes import ClassEntry, effective_label, find_class, merge_map
from engine.project.decisions import NOT_CLASSED, Decision


def hash_contents(job: Job, source: Source, records: Sequence[ImageRecord]) -> dict[str, str]:
    """Return the SHA-256 of each image by path, without unreadable images."""
    hashes = {}
    for number, record in enumerate(records):
        job.progress(number, len(records), Message("exchange.hashing"))
        try:
            hashes[record.path] = source.digest(record)
        except Problem:
            continue
    return hashes


def labelled_rows(
    records: Sequence[ImageRecord],
    hashes: Mapping[str, str],
    decisions: Mapping[str, Decision],
    entries: Sequence[ClassEntry],
) -> list[tuple[ImageRecord, ExportRow]]:
    """Return the images with their effective labels; `entries` are the project's classes, if any."""
    merged, no_decision = merge_map(entries), Decision()
    return [
        (
            record,
            _row(
                record, hashes.get(record.path, ""), decisions.get(record.path, no_decision), merged
            ),
        )
        for record in records
    ]


def count_label_conflicts(rows: Iterable[ExportRow]) -> int:
    """Return the number of contents that several images share under different labels."""
    labels: dict[str, set[str]] = {}
    for row in rows:
        if row.sha256 and row.label and row.status not in ("removed", "not_classed", "unread"):
            labels.setdefault(row.sha256, set()).add(row.label)
    return sum(len(names) > 1 for names in labels.values())


PredictedClass = tuple[str, float, float | None]
"""A prediction: class id of the project, confidence (0..1), and unknown score as a multiple of the limit."""


def add_predictions(
    images: Sequence[tuple[ImageRecord, ExportRow]],
    predictions: Mapping[str, PredictedClass],
    reviews: Mapping[str, tuple[str, str]],
    model: str,
) -> list[tuple[ImageRecord, ExportRow]]:
    """Return the images with predictions of the model with id `model`, and with (reviewer, time)."""
    filled = []
    for record, row in images:
        predicted, confidence, unknown_ratio = predictions.get(record.path, (None, None, None))
        reviewer, time = reviews.get(record.path, ("", ""))
        complete = replace(
            row,
            predicted=predicted,
            confidence=confidence,
            unknown_ratio=unknown_ratio,
            reviewer=reviewer,
            time=time,
        )
        filled.append((record, replace(complete, model=model if predicted else "")))
    return filled


def importable_images(
    records: Sequence[ImageRecord],
    hashes: Mapping[str, str],
    decisions: Mapping[str, Decision],
    entries: Sequence[ClassEntry],
) -> list[KnownImage]:
    """Return the images for an import to match; `entries` are the project's classes, if any."""
    merged, no_decision = merge_map(entries), Decision()
    known_images = []
    for record in records:
        decision = decisions.get(record.path, no_decision)
        if decision.label:
            decision = replace(decision, label=merged.get(decision.label, decision.label))
        folder_label = effective_label(None, record.label, merged)
        known_images.append(
            KnownImage(record.path, hashes.get(record.path, ""), folder_label, decision)
        )
    return known_images


def label_finder(entries: Sequence[ClassEntry], classes: ClassSet) -> Callable[[str], str | None]:
    """Return a function from a label as written in a file to a class id, None for an unknown label.

    A project's classes are found by id (merged ones too), by name, and by synonyms of the class set.
    Without project classes, those of the class set are used.
    """
    by_name = {entry.name.casefold(): entry.id for entry in entries}

    def find(label: str) -> str | None:
        if exact := find_class(entries, label):
            return exact.id
        if named := by_name.get(label.casefold()):
            return named
        set_class = classes.find(label)
        if set_class is None or not entries:
            return set_class.id if set_class else None
        project_class = find_class(entries, set_class.id)
        return project_class.id if project_class else None

    return find


def _row(
    record: ImageRecord, digest: str, decision: Decision, merged: Mapping[str, str]
) -> ExportRow:
    label = effective_label(decision.label, record.label, merged)
    is_reviewed = decision.label is not None
    status: RowStatus = "reviewed" if is_reviewed else "labelled" if label else "unlabelled"
    if decision.label == NOT_CLASSED:
        status = "not_classed"
    if decision.removed is not None:
        status = "removed"
    return ExportRow(
        record.path,
        digest,
        label,
        record.label,
        status=status,
        reason=decision.removed or "",
        split=record.split,
        note=decision.note,
        tags=decision.tags,
    )
