"""Tasks of the image analysis: similar images, the fit of the folder to the model, whole fields."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from engine.jobs import Job
from engine.messages import Message, Problem

if TYPE_CHECKING:
    import numpy as np

    from engine.classify.bundle import Bundle
    from engine.images.record import ImageRecord, Pixels
    from engine.images.source import Source
    from gui.state.image_columns import Mask, Rows

_NEIGHBOURS = 12

FolderAssessment = tuple[Any, Any, Message | None, Message | None]


def find_nearest(
    job: Job, row: int, embeddings: Any, groups: "list[tuple[str, Rows]]"
) -> "list[tuple[str, Rows, np.ndarray]]":
    """Return for each class the rows most similar to `row`, with their cosine similarities."""
    from engine.explore.neighbours import nearest_neighbours

    found = []
    for class_id, rows in groups:
        job.check()
        found.append(
            (class_id, *nearest_neighbours(embeddings[row], embeddings, rows, _NEIGHBOURS))
        )
    return found


def assess_folder(
    job: Job,
    bundle: "Bundle",
    rows: "Rows",
    embeddings: Any,
    confidences: Any,
    find_trained: "Callable[[Job, Rows], Mask] | None" = None,
) -> FolderAssessment | None:
    """Return the rows, their distance to the training images (over 1: far), and two messages on the folder.

    The messages say that it is unlike the training images, and that a low accuracy is to be expected. None
    where the model has no embedding statistics. `find_trained` returns which of some rows are training
    images themselves: they count as not far, whatever their distance.
    """
    from engine.classify.embedding_distance import EmbeddingDistance
    from engine.classify.embedding_statistics import load_statistics
    from engine.evaluate.expected_accuracy import (
        LOW_ACCURACY,
        accuracy_message,
        expected_accuracy,
    )
    from engine.explore import ood

    statistics = load_statistics(bundle)
    if statistics is None or not len(rows):
        return None
    job.check()
    distances = EmbeddingDistance(statistics).measure(embeddings[rows])
    threshold = ood.far_threshold(statistics)
    if find_trained is not None:
        far = ood.is_far(distances, statistics).nonzero()[0]
        distances[far[find_trained(job, rows[far])]] = threshold
    job.check()
    warning = ood.folder_warning_from_distances(distances, statistics)
    expected = expected_accuracy(confidences)
    low = accuracy_message(expected) if expected and expected.value < LOW_ACCURACY else None
    return rows, distances / threshold, warning, low


def check_fields(job: Job, source: "Source", records: "list[ImageRecord]") -> Message | None:
    """Return a message if the images seem to be whole fields of view, else None."""
    from engine.explore import multi_cell

    def images() -> "Iterator[Pixels]":
        for record in records:
            job.check()
            try:
                yield source.load(record).pixels
            except Problem:
                continue

    return multi_cell.field_message(images())
