"""What goes out of a folder or a project: its images, what they hold, and what is decided of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from engine.exchange.export_row import Row, Status
from engine.exchange.formats.import_plan import Known
from engine.images.class_set import ClassSet
from engine.images.record import ImageRecord
from engine.images.source import Source
from engine.jobs import Job
from engine.messages import Message, Problem
from engine.project.classes import ClassEntry, effective_label, find_class, merge_map
from engine.project.decisions import NOT_CLASSED, Decision


def digests(job: Job, source: Source, records: Sequence[ImageRecord]) -> dict[str, str]:
    """Return the SHA-256 of each image by path, without those that cannot be read any more."""
    found = {}
    for number, record in enumerate(records):
        job.progress(number, len(records), Message("exchange.hashing"))
        try:
            found[record.path] = source.digest(record)
        except Problem:
            continue
    return found


def labelled(
    records: Sequence[ImageRecord],
    hashes: Mapping[str, str],
    decisions: Mapping[str, Decision],
    entries: Sequence[ClassEntry],
) -> list[tuple[ImageRecord, Row]]:
    """Return the images with the labels that hold; `entries` are the project's own classes, if any."""
    merged, nothing = merge_map(entries), Decision()
    return [
        (
            record,
            _row(record, hashes.get(record.path, ""), decisions.get(record.path, nothing), merged),
        )
        for record in records
    ]


Said = tuple[str, float]
"""What a model says of an image: a class in the project's words, and how sure it is."""


def with_said(
    images: Sequence[tuple[ImageRecord, Row]],
    said: Mapping[str, Said],
    decided: Mapping[str, tuple[str, str]],
    model: str,
) -> list[tuple[ImageRecord, Row]]:
    """Return the images with what a model (by its id) says of them, and who decided on them last and when."""
    filled = []
    for record, row in images:
        predicted, confidence = said.get(record.path, (None, None))
        who, at = decided.get(record.path, ("", ""))
        more = replace(row, predicted=predicted, confidence=confidence, reviewer=who, time=at)
        filled.append((record, replace(more, model=model if predicted else "")))
    return filled


def known(
    records: Sequence[ImageRecord],
    hashes: Mapping[str, str],
    decisions: Mapping[str, Decision],
    entries: Sequence[ClassEntry],
) -> list[Known]:
    """Return the images as an import matches them; `entries` are the project's own classes, if any."""
    merged, nothing = merge_map(entries), Decision()
    found = []
    for record in records:
        decision = decisions.get(record.path, nothing)
        if decision.label:
            decision = replace(decision, label=merged.get(decision.label, decision.label))
        given = effective_label(None, record.label, merged)
        found.append(Known(record.path, hashes.get(record.path, ""), given, decision))
    return found


def finder(entries: Sequence[ClassEntry], classes: ClassSet) -> Callable[[str], str | None]:
    """Return what gives the class id of a label as a file writes it, None where no class is meant.

    A project's own classes go before the class set's: by id (merged ones too), by name, and by what
    the set calls them (synonyms). Without own classes those of the set are meant.
    """
    by_name = {entry.name.casefold(): entry.id for entry in entries}

    def find(label: str) -> str | None:
        if exact := find_class(entries, label):
            return exact.id
        if named := by_name.get(label.casefold()):
            return named
        cell = classes.find(label)
        if cell is None or not entries:
            return cell.id if cell else None
        meant = find_class(entries, cell.id)
        return meant.id if meant else None

    return find


def _row(record: ImageRecord, digest: str, decision: Decision, merged: Mapping[str, str]) -> Row:
    label = effective_label(decision.label, record.label, merged)
    own = decision.label is not None
    status: Status = "reviewed" if own else "labelled" if label else "unlabelled"
    if decision.label == NOT_CLASSED:
        status = "not_classed"
    if decision.removed is not None:
        status = "removed"
    return Row(
        record.path,
        digest,
        label,
        record.label,
        status=status,
        reason=decision.removed or "",
        split=record.split,
        note=decision.note,
    )
