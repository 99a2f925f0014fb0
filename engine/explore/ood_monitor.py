"""Out-of-distribution monitor: warnings about images and the folder while images are read."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from typing import TypeVar

import numpy as np

from engine.classify.bundle import Bundle
from engine.classify.embedding_distance import EmbeddingDistance
from engine.classify.embedding_statistics import load_statistics
from engine.classify.reading import Reading
from engine.explore import multi_cell, ood
from engine.fields.field_source import holds_fields
from engine.images.record import ImageRecord
from engine.images.source import Source
from engine.messages import Message, Problem

Loaded = TypeVar("Loaded")

_MAX_PREVIEWS = 24
_PREVIEW_EDGE = 320


class OodMonitor:
    """Collects the distances of readings and gives the warnings that the GUI shows."""

    def __init__(self, model: Bundle) -> None:
        self._statistics = statistics = load_statistics(model)
        self._distance = EmbeddingDistance(statistics) if statistics else None
        self._distances: list[float] = []
        self._records: list[ImageRecord] = []
        self._far_records: list[ImageRecord] = []

    def add_results(
        self, results: Iterable[tuple[ImageRecord, Reading | Message]]
    ) -> dict[str, Message]:
        """Add results and return the warnings about single images, by path."""
        readings = [(record, result) for record, result in results if isinstance(result, Reading)]
        if self._statistics is None or self._distance is None or not readings:
            return {}
        embeddings = np.stack([reading.embedding for _, reading in readings])
        distances = self._distance.measure(embeddings)
        self._distances += distances.tolist()
        self._records += [record for record, _ in readings]
        threshold, warnings = ood.far_threshold(self._statistics), {}
        for (record, _), distance in zip(readings, distances.tolist(), strict=True):
            if message := ood.image_warning(distance / threshold):
                warnings[record.path] = message
                self._far_records.append(record)
        return warnings

    def folder_warnings(self, source: Source) -> list[Message]:
        """Return the warnings about all images together: unlike the training data, multi-cell images."""
        if self._statistics is None:
            return []
        ood_warning = ood.folder_warning_from_distances(
            np.array(self._distances, np.float32), self._statistics
        )
        if holds_fields(source):
            return [ood_warning] if ood_warning else []
        fields_warning = None
        if ood_warning:
            # Multi-cell images are always far, so other folders need not be searched for them.
            load_preview = partial(source.preview, edge=_PREVIEW_EDGE)
            previews = list(_load_some(self._far_records, load_preview))
            fields_warning = multi_cell.folder_warning(previews) or (
                multi_cell.placement_warning(previews)
            )
        if fields_warning is None:
            # A field with one white cell may resemble the training images.
            shapes = [loaded.pixels.shape for loaded in _load_some(self._records, source.load)]
            fields_warning = multi_cell.wide_image_warning([shape[:2] for shape in shapes])
        return [warning for warning in (ood_warning, fields_warning) if warning]


def _load_some(
    records: Sequence[ImageRecord], load: Callable[[ImageRecord], Loaded]
) -> Iterator[Loaded]:
    """Load a sample of images; unreadable ones are left out."""
    step = max(1, len(records) // _MAX_PREVIEWS)
    for record in records[::step][:_MAX_PREVIEWS]:
        with suppress(Problem):
            yield load(record)
