"""What is to be said of images while they are read: which the model was not trained for, one by one and all."""

from collections.abc import Iterable

import numpy as np

from engine.classify.bundle import Bundle
from engine.classify.reading import Reading
from engine.classify.embedding_statistics import load
from engine.explore import ood, multi_cell
from engine.images.record import ImageRecord
from engine.images.source import Source
from engine.messages import Message, Problem

_PICTURES = 24
_EDGE = 320


class Watch:
    """Follows what a model reads, and says what a window would warn of."""

    def __init__(self, model: Bundle) -> None:
        self._statistics = load(model)
        self._distances: list[float] = []
        self._far: list[ImageRecord] = []

    def take(self, results: Iterable[tuple[ImageRecord, Reading | Message]]) -> dict[str, Message]:
        """Take what was read, and return what is to be said of single images, by path."""
        read = [(record, one) for record, one in results if isinstance(one, Reading)]
        if self._statistics is None or not read:
            return {}
        embeddings = np.stack([reading.embedding for _, reading in read])
        distances = ood.distances(embeddings, self._statistics)
        self._distances += distances.tolist()
        limit, said = ood.far_from(self._statistics), {}
        for (record, _), distance in zip(read, distances.tolist(), strict=True):
            if message := ood.of_one(distance / limit):
                said[record.path] = message
                self._far.append(record)
        return said

    def verdict(self, source: Source) -> list[Message]:
        """Return what is to be said of all that was read: that it is unlike, and whole fields."""
        if self._statistics is None:
            return []
        unlike = ood.verdict_of(np.array(self._distances, np.float32), self._statistics)
        if unlike is None:
            return []
        # Fields are always unlike; so other folders need not be looked at again.
        whole = multi_cell.verdict(self._pictures(source))
        return [one for one in (unlike, whole) if one]

    def _pictures(self, source: Source) -> Iterable[np.ndarray]:
        step = max(1, len(self._far) // _PICTURES)
        for record in self._far[::step][:_PICTURES]:
            try:
                yield source.preview(record, _EDGE)
            except Problem:
                continue
