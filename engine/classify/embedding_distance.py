"""Embedding distance: how far an image lies from a model's training images.

The squared Mahalanobis distance per component to the nearest class mean in the space of the principal
components (Lee et al. 2018, "A Simple Unified Framework for Detecting Out-of-Distribution Samples") and the
distance from that space, each relative to its mean over the training images, averaged; then relative to the
median of the nearest class, so that a folder with one class is judged like a folder with all. Alternatives
that were measured: docs/decisions/0007-unlike-training.md.
"""

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from engine.classify.reading import Float16, Float32

if TYPE_CHECKING:
    from engine.classify.embedding_statistics import EmbeddingStatistics

FAR_PERCENTILE = 90
"""Percentile of the distances of validation images beyond which an image is far."""

_CHUNK_ROWS = 4096


class EmbeddingDistance:
    """Distances from the training images that `statistics` describes."""

    def __init__(self, statistics: "EmbeddingStatistics") -> None:
        self._statistics = statistics
        self._components = statistics.components.astype(np.float64)
        # In whitened space, where the covariance is the identity, Mahalanobis distance is Euclidean.
        covariance = statistics.covariance.astype(np.float64)
        self._whitening = np.linalg.inv(np.linalg.cholesky(covariance)).T
        self._means = statistics.class_means @ self._whitening

    @property
    def far_limit(self) -> float:
        """The distance beyond which an image is far."""
        return float(self._statistics.quantiles[FAR_PERCENTILE])

    def measure(self, embeddings: Float16 | Float32) -> Float32:
        """Return the distance of each embedding, (n,) for (n, d); training images are near 1."""
        raw, nearest = self.measure_raw(embeddings)
        return raw / self._statistics.scale[nearest]

    def measure_raw(self, embeddings: Float16 | Float32) -> tuple[Float32, npt.NDArray[np.intp]]:
        """Return distances (n,) before they are scaled by class, and the nearest class (n,)."""
        raw = np.empty(len(embeddings), np.float32)
        nearest = np.empty(len(embeddings), np.intp)
        for start in range(0, len(embeddings), _CHUNK_ROWS):
            part = slice(start, start + _CHUNK_ROWS)
            raw[part], nearest[part] = self._measure_chunk(embeddings[part])
        return raw, nearest

    def _measure_chunk(self, embeddings: Float16 | Float32) -> tuple[Float32, npt.NDArray[np.intp]]:
        # In double precision, so that an image has the same distance alone and among others: the products
        # of one row and of many are rounded differently.
        centred = embeddings.astype(np.float64) - self._statistics.mean
        inside = centred @ self._components
        outside = np.maximum((centred**2).sum(1) - (inside**2).sum(1), 0)
        outside /= self._statistics.residual
        to_class = (((inside @ self._whitening)[:, None] - self._means) ** 2).sum(2)
        raw = (to_class.min(1) / self._components.shape[1] + outside) / 2
        return raw.astype(np.float32), to_class.argmin(1)
