"""Training overlap: labelled images of a report that the model was trained on."""

from collections.abc import Mapping, MutableMapping, Sequence
from dataclasses import replace

from engine.classify.bundle import Bundle
from engine.classify.training_images import TrainingImages
from engine.exchange.report.context import ReportImage
from engine.images.perceptual_hash import compute_hashes
from engine.images.record import ImageRecord
from engine.images.source import Source
from engine.jobs import Job
from engine.project.classes import effective_label


def mark_seen(
    job: Job,
    source: Source,
    records: Mapping[str, ImageRecord],
    images: Sequence[ReportImage],
    model: Bundle,
    keys: MutableMapping[str, int | None],
) -> list[ReportImage]:
    """Return the images with `seen` set for labelled ones; raises `Problem` and `Cancelled`.

    `keys` caches perceptual hashes by path, and gets those that are missing.
    """
    training_images = TrainingImages.from_bundle(model)
    labelled = [
        image.path
        for image in images
        if image.path in records
        and image.decision.removed is None
        and effective_label(image.decision.label, image.label, {}) is not None
    ]
    if len(training_images.keys):
        unhashed = [records[path] for path in labelled if path not in keys]
        keys.update(
            zip(
                [record.path for record in unhashed],
                compute_hashes(job, source, unhashed),
                strict=True,
            )
        )
    was_seen = training_images.is_training_image([keys.get(path) for path in labelled])
    seen_by_path = dict(zip(labelled, was_seen, strict=True))
    return [replace(image, seen=seen_by_path.get(image.path)) for image in images]
