"""Embedding map: principal components, t-SNE of landmarks, and all other images placed among them.

Runs in a child process, since scikit-learn takes long to load. t-SNE: van der Maaten and Hinton 2008,
"Visualizing Data using t-SNE".
"""

import contextlib
import re
from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from engine.classify.reading import Float16, Float32

ProgressCallback = Callable[[float], None]
"""Receives the share that is done, 0 to 1; raises to cancel."""

MAX_LANDMARKS = 2500
_MAX_COMPONENTS = 50
_MAX_FITTED_ROWS = 12_000
_MAX_NEIGHBOURS = 5
_CHUNK_ROWS = 2048
_PERPLEXITY = 30.0
_ITERATIONS = 750


def compute_map(
    embeddings: Float16, groups: npt.NDArray[np.integer], on_progress: ProgressCallback
) -> Float32:
    """Return positions in the unit square, float32 (n, 2), for embeddings (n, d) of groups (n,)."""
    if len(embeddings) < 4:
        # Too few for t-SNE: side by side.
        x = (np.arange(len(embeddings)) + 1) / (len(embeddings) + 1)
        return np.stack([x, np.full(len(embeddings), 0.5)], 1).astype(np.float32)
    rng = np.random.default_rng(0)
    on_progress(0.0)
    landmarks = choose_landmarks(groups, MAX_LANDMARKS, rng)
    reduced = _reduce(embeddings, choose_landmarks(groups, _MAX_FITTED_ROWS, rng), on_progress)
    on_progress(0.15)
    landmark_positions = _tsne(reduced[landmarks], lambda share: on_progress(0.15 + 0.65 * share))
    on_progress(0.8)
    positions = _place_others(
        reduced, landmarks, landmark_positions, rng, lambda share: on_progress(0.8 + 0.2 * share)
    )
    return _to_unit_square(positions)


def choose_landmarks(
    groups: npt.NDArray[np.integer], count: int, rng: np.random.Generator
) -> npt.NDArray[np.intp]:
    """Return up to `count` sorted rows: an equal share of each group, or all of a smaller group."""
    if len(groups) <= count:
        return np.arange(len(groups))
    names, sizes = np.unique(groups, return_counts=True)
    # Small groups contribute all their rows, and the others share the rest.
    shares, remaining = {}, count
    for done, index in enumerate(np.argsort(sizes, kind="stable")):
        shares[index] = min(int(sizes[index]), remaining // (len(names) - done))
        remaining -= shares[index]
    rows = [
        rng.permutation(np.flatnonzero(groups == name))[: shares[index]]
        for index, name in enumerate(names)
    ]
    return np.sort(np.concatenate(rows))


def _reduce(
    embeddings: Float16, fitted_rows: npt.NDArray[np.intp], on_progress: ProgressCallback
) -> Float32:
    sample = embeddings[fitted_rows].astype(np.float32)
    mean = sample.mean(0)
    sample -= mean
    size = min(_MAX_COMPONENTS, sample.shape[1])
    _, vectors = np.linalg.eigh((sample.T @ sample).astype(np.float64))
    components = vectors[:, ::-1][:, :size].astype(np.float32)
    reduced = np.empty((len(embeddings), size), np.float32)
    for start in range(0, len(embeddings), _CHUNK_ROWS):
        on_progress(0.05 + 0.1 * start / len(embeddings))
        chunk = embeddings[start : start + _CHUNK_ROWS].astype(np.float32)
        reduced[start : start + _CHUNK_ROWS] = (chunk - mean) @ components
    return reduced


def _tsne(points: Float32, on_progress: ProgressCallback) -> Float32:
    from sklearn.manifold import TSNE

    # Without jitter t-SNE would not converge for identical images.
    jitter = np.random.default_rng(0).normal(0, 1e-4, points.shape).astype(np.float32)
    scaled = points / (float(points.std()) or 1.0) + jitter
    tsne = TSNE(
        perplexity=min(_PERPLEXITY, (len(points) - 1) / 3),
        init="pca" if points.shape[1] > 1 else "random",
        max_iter=_ITERATIONS,
        random_state=0,
        verbose=2,
    )
    # TSNE reports progress only by printing, which is also the only place to cancel it.
    with contextlib.redirect_stdout(_ProgressStream(on_progress)):
        positions: Float32 = tsne.fit_transform(scaled).astype(np.float32)
    return positions


class _ProgressStream:
    """An output stream that reports progress from the iterations that TSNE prints."""

    def __init__(self, on_progress: ProgressCallback) -> None:
        self._on_progress = on_progress

    def write(self, text: str) -> int:
        """Report the progress in a piece of printed text."""
        if found := re.search(r"Iteration (\d+)", text):
            self._on_progress(min(1.0, int(found[1]) / _ITERATIONS))
        return len(text)

    def flush(self) -> None:
        """Do nothing: there is no buffer."""


def _place_others(
    points: Float32,
    landmarks: npt.NDArray[np.intp],
    landmark_positions: Float32,
    rng: np.random.Generator,
    on_progress: ProgressCallback,
) -> Float32:
    """Return a position for every point: the others are placed among their nearest landmarks."""
    landmark_points = points[landmarks]
    squared_norms = (landmark_points**2).sum(1)
    neighbour_count = min(_MAX_NEIGHBOURS, len(landmarks))
    positions = np.empty((len(points), 2), np.float32)
    jitter = rng.normal(0, 0.3, (len(points), 2)).astype(np.float32)
    for start in range(0, len(points), _CHUNK_ROWS):
        on_progress(start / len(points))
        chunk = points[start : start + _CHUNK_ROWS]
        squared_distances = (
            squared_norms - 2 * chunk @ landmark_points.T + (chunk**2).sum(1)[:, None]
        )
        neighbours = np.argpartition(squared_distances, neighbour_count - 1, axis=1)[
            :, :neighbour_count
        ]
        weights = 1 / np.maximum(np.take_along_axis(squared_distances, neighbours, 1), 1e-6)
        weights /= weights.sum(1, keepdims=True)
        neighbour_positions = landmark_positions[neighbours]
        nearest_position = np.take_along_axis(
            neighbour_positions, weights.argmax(1)[:, None, None].repeat(2, 2), axis=1
        )
        # Close landmarks may be far apart on the map: use those near the position of the nearest one.
        distances = np.linalg.norm(neighbour_positions - nearest_position, axis=2)
        weights *= distances <= np.median(distances, axis=1, keepdims=True)
        weights /= weights.sum(1, keepdims=True)
        positions[start : start + _CHUNK_ROWS] = (neighbour_positions * weights[..., None]).sum(1)
    # Spread images that are all similar to one landmark.
    span = float(np.ptp(landmark_positions, axis=0).max())
    positions += jitter * span / np.sqrt(len(landmarks)) * 0.5
    positions[landmarks] = landmark_positions
    return positions


def _to_unit_square(positions: Float32) -> Float32:
    low, high = positions.min(0), positions.max(0)
    centre, span = (low + high) / 2, float((high - low).max()) or 1.0
    scaled: Float32 = ((positions - centre) / span + 0.5).clip(0, 1).astype(np.float32)
    return scaled
