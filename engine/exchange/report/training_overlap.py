"""Which of a report's labelled images the model learned from."""

from collections.abc import Mapping, MutableMapping, Sequence
from dataclasses import replace

from engine.classify.bundle import Bundle
from engine.classify.training_images import Learned
from engine.exchange.report.context import Item
from engine.images.perceptual_hash import keys_of
from engine.images.record import ImageRecord
from engine.images.source import Source
from engine.jobs import Job
from engine.project.classes import effective_label


def mark_seen(
    job: Job,
    source: Source,
    records: Mapping[str, ImageRecord],
    items: Sequence[Item],
    model: Bundle,
    keys: MutableMapping[str, int | None],
) -> list[Item]:
    """Return the items, those that have a label with what is known of them; raises `Problem`, `Cancelled`.

    `keys` has what the pictures show, by path, as far as that was looked at before, and gets the rest.
    """
    learned = Learned.of(model)
    labelled = [
        item.path
        for item in items
        if item.path in records
        and item.decision.removed is None
        and effective_label(item.decision.label, item.label, {}) is not None
    ]
    if len(learned.keys):
        left = [records[path] for path in labelled if path not in keys]
        keys.update(zip([one.path for one in left], keys_of(job, source, left), strict=True))
    found = learned.seen([keys.get(path) for path in labelled])
    seen = dict(zip(labelled, found, strict=True))
    return [replace(item, seen=seen.get(item.path)) for item in items]
