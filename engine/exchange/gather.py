"""What goes out of a folder or a project: its images, what they hold, and what is decided of them."""

from collections.abc import Mapping, Sequence

from engine.exchange.formats.plan import Known
from engine.exchange.rows import Row, Status
from engine.images.record import ImageRecord
from engine.images.source import Source
from engine.jobs import Job
from engine.messages import Message, Problem
from engine.project.values import NOT_CLASSED, Decision


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
    records: Sequence[ImageRecord], hashes: Mapping[str, str], decisions: Mapping[str, Decision]
) -> list[tuple[ImageRecord, Row]]:
    """Return the images with their labels as they stand: a person's, else the folder's."""
    return [
        (
            record,
            _row(record, hashes.get(record.path, ""), decisions.get(record.path) or Decision()),
        )
        for record in records
    ]


def known(
    records: Sequence[ImageRecord], hashes: Mapping[str, str], decisions: Mapping[str, Decision]
) -> list[Known]:
    """Return the images as an import matches them."""
    return [
        Known(one.path, hashes.get(one.path, ""), one.label, decisions.get(one.path) or Decision())
        for one in records
    ]


def _row(record: ImageRecord, digest: str, decision: Decision) -> Row:
    own = None if decision.label == NOT_CLASSED else decision.label
    label = None if decision.label == NOT_CLASSED else own or record.label
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
    )
