"""Unknown score: how little an image resembles any of a model's classes ("none of these").

One minus the cosine between an image's embedding and the nearest class mean, both from the overall mean. Unlike
the embedding distance it looks at the direction alone: another laboratory's stain moves all its cells far
away, but hardly turns them away from their class. Alternatives that were measured are in
docs/decisions/0015-none-of-these.md.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Self

import numpy as np

from engine.classify.prediction_sets import conformal_rank
from engine.classify.reading import Float16, Float32, Reading

if TYPE_CHECKING:
    from engine.classify.bundle import Bundle
    from engine.classify.embedding_statistics import EmbeddingStatistics

FLAGGED_SHARES = (0.005, 0.01, 0.02, 0.05, 0.1)
"""Shares of usual cells flagged, for which a card holds a limit."""
USUAL_SHARE = 0.02
"""The share that is used unless a person chooses another one."""
FINDING_SHARE = 0.005
"""The share for findings of a scan, which a person answers one by one."""

_CHUNK_ROWS = 4096
_EPSILON = 1e-6


class UnknownScore:
    """Scores of one model; a cell over `limit` is none of its classes."""

    def __init__(
        self, statistics: "EmbeddingStatistics", limits: Mapping[float, float] | None = None
    ) -> None:
        self._mean = statistics.mean
        self._components = statistics.components.astype(np.float32)
        lengths = np.linalg.norm(statistics.class_means, axis=1, keepdims=True)
        self._directions = (statistics.class_means / np.maximum(lengths, _EPSILON)).T
        self._limits = dict(limits or {})

    @classmethod
    def of_bundle(cls, bundle: "Bundle") -> Self | None:
        """Read what a bundle needs for it, None where an older one has no limits.

        Raises `Problem` if its statistics are damaged.
        """
        from engine.classify.embedding_statistics import load_statistics

        limits = bundle.card.unknown_limits
        statistics = load_statistics(bundle) if USUAL_SHARE in limits else None
        return cls(statistics, limits) if statistics else None

    @property
    def shares(self) -> tuple[float, ...]:
        """The shares of usual cells for which there is a limit, ascending."""
        return tuple(sorted(self._limits))

    def limit(self, share: float = USUAL_SHARE) -> float:
        """Return the limit that flags this share of usual cells; the usual one for an unknown share."""
        return self._limits.get(share, self._limits[USUAL_SHARE])

    def measure(self, embeddings: Float16 | Float32) -> Float32:
        """Return the score of each embedding, (n,) for (n, d), from 0 (a typical cell of a class) to 2."""
        scores = np.empty(len(embeddings), np.float32)
        for start in range(0, len(embeddings), _CHUNK_ROWS):
            part = slice(start, start + _CHUNK_ROWS)
            centred = embeddings[part].astype(np.float32) - self._mean
            lengths = np.maximum(np.linalg.norm(centred, axis=1), _EPSILON)
            cosines = (centred @ self._components) @ self._directions / lengths[:, None]
            scores[part] = 1 - cosines.max(axis=1)
        return scores

    def measure_ratios(self, embeddings: Float16 | Float32, share: float = USUAL_SHARE) -> Float32:
        """Return the unknown ratios (n,), scores by the limit for `share`: over 1 is none of the classes."""
        ratios: Float32 = self.measure(embeddings) / np.float32(self.limit(share))
        return ratios

    def ratio_of(self, reading: Reading) -> float:
        """Return the unknown ratio of a reading."""
        return float(self.measure_ratios(reading.embedding[None])[0])


def find_limits(scores: Float32) -> dict[float, float]:
    """Return the limits for a card, from the scores (n,) of usual cells that were not trained on.

    A limit is the score below which another such cell lies with the probability 1 - share, whatever their
    distribution (`conformal_rank`). Shares that take more cells are
    left out; empty with fewer than 49.
    """
    count, ordered = len(scores), np.sort(scores.astype(np.float64))
    ranks = {share: conformal_rank(count, 1 - share) for share in FLAGGED_SHARES}
    if ranks[USUAL_SHARE] > count:
        return {}
    # Not zero, so that scores can be given as multiples of it.
    return {
        share: round(max(float(ordered[rank - 1]), _EPSILON), 6)
        for share, rank in ranks.items()
        if rank <= count
    }
