"""How a map of embeddings is made: principal components, t-SNE of landmarks, the others beside them.

Runs in a child process: scikit-learn takes long to load. t-SNE: van der Maaten and Hinton 2008,
"Visualizing Data using t-SNE".
"""

import contextlib
import re
from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from engine.classify.reading import Float16, Float32

Tell = Callable[[float], None]
"""Hears how much is done, 0 to 1; raises to stop."""

LANDMARKS = 2500
_COMPONENTS = 50
_FITTED = 12_000
_NEAREST = 5
_CHUNK = 2048
_PERPLEXITY = 30.0
_ITERATIONS = 750


def place(embeddings: Float16, groups: npt.NDArray[np.integer], tell: Tell) -> Float32:
    """Return places in the unit square, float32 (n, 2), for embeddings (n, d) of groups (n,)."""
    if len(embeddings) < 4:
        # Too few for a shape: side by side.
        across = (np.arange(len(embeddings)) + 1) / (len(embeddings) + 1)
        return np.stack([across, np.full(len(embeddings), 0.5)], 1).astype(np.float32)
    rng = np.random.default_rng(0)
    tell(0.0)
    chosen = landmarks(groups, LANDMARKS, rng)
    reduced = _reduce(embeddings, landmarks(groups, _FITTED, rng), tell)
    tell(0.15)
    shaped = _tsne(reduced[chosen], lambda share: tell(0.15 + 0.65 * share))
    tell(0.8)
    placed = _beside(reduced, chosen, shaped, rng, lambda share: tell(0.8 + 0.2 * share))
    return _unit(placed)


def landmarks(
    groups: npt.NDArray[np.integer], count: int, rng: np.random.Generator
) -> npt.NDArray[np.intp]:
    """Return up to `count` rows, sorted: as many of each group as it has, up to an equal share."""
    if len(groups) <= count:
        return np.arange(len(groups))
    names, sizes = np.unique(groups, return_counts=True)
    # Small groups give all they have, and the others share what that leaves.
    share, left = {}, count
    for done, at in enumerate(np.argsort(sizes, kind="stable")):
        share[at] = min(int(sizes[at]), left // (len(names) - done))
        left -= share[at]
    rows = [
        rng.permutation(np.flatnonzero(groups == name))[: share[at]]
        for at, name in enumerate(names)
    ]
    return np.sort(np.concatenate(rows))


def _reduce(embeddings: Float16, fitted: npt.NDArray[np.intp], tell: Tell) -> Float32:
    known = embeddings[fitted].astype(np.float32)
    mean = known.mean(0)
    known -= mean
    size = min(_COMPONENTS, known.shape[1])
    _, vectors = np.linalg.eigh((known.T @ known).astype(np.float64))
    components = vectors[:, ::-1][:, :size].astype(np.float32)
    reduced = np.empty((len(embeddings), size), np.float32)
    for start in range(0, len(embeddings), _CHUNK):
        tell(0.05 + 0.1 * start / len(embeddings))
        part = embeddings[start : start + _CHUNK].astype(np.float32)
        reduced[start : start + _CHUNK] = (part - mean) @ components
    return reduced


def _tsne(points: Float32, tell: Tell) -> Float32:
    from sklearn.manifold import TSNE

    # Images that are all the same would be torn apart for ever.
    jitter = np.random.default_rng(0).normal(0, 1e-4, points.shape).astype(np.float32)
    scaled = points / (float(points.std()) or 1.0) + jitter
    method = TSNE(
        perplexity=min(_PERPLEXITY, (len(points) - 1) / 3),
        init="pca" if points.shape[1] > 1 else "random",
        max_iter=_ITERATIONS,
        random_state=0,
        verbose=2,
    )
    # It tells how far it is by printing alone; that is also where it can be stopped.
    with contextlib.redirect_stdout(_Listener(tell)):
        placed: Float32 = method.fit_transform(scaled).astype(np.float32)
    return placed


class _Listener:
    """A stream that reads the iterations off what is printed."""

    def __init__(self, tell: Tell) -> None:
        self._tell = tell

    def write(self, text: str) -> int:
        """Hear a piece of what is printed."""
        if found := re.search(r"Iteration (\d+)", text):
            self._tell(min(1.0, int(found[1]) / _ITERATIONS))
        return len(text)

    def flush(self) -> None:
        """Nothing waits."""


def _beside(
    points: Float32,
    chosen: npt.NDArray[np.intp],
    shaped: Float32,
    rng: np.random.Generator,
    tell: Tell,
) -> Float32:
    """Return a place for every point: landmarks keep theirs, the others lie among their nearest."""
    known = points[chosen]
    lengths = (known**2).sum(1)
    nearest = min(_NEAREST, len(chosen))
    placed = np.empty((len(points), 2), np.float32)
    jitter = rng.normal(0, 0.3, (len(points), 2)).astype(np.float32)
    for start in range(0, len(points), _CHUNK):
        tell(start / len(points))
        part = points[start : start + _CHUNK]
        squared = lengths - 2 * part @ known.T + (part**2).sum(1)[:, None]
        near = np.argpartition(squared, nearest - 1, axis=1)[:, :nearest]
        weights = 1 / np.maximum(np.take_along_axis(squared, near, 1), 1e-6)
        weights /= weights.sum(1, keepdims=True)
        places = shaped[near]
        first = np.take_along_axis(places, weights.argmax(1)[:, None, None].repeat(2, 2), axis=1)
        # Landmarks that lie together in space may lie apart on the map: stay with the nearest one.
        apart = np.linalg.norm(places - first, axis=2)
        weights *= apart <= np.median(apart, axis=1, keepdims=True)
        weights /= weights.sum(1, keepdims=True)
        placed[start : start + _CHUNK] = (places * weights[..., None]).sum(1)
    # Not all onto one spot, where many look like one landmark.
    span = float(np.ptp(shaped, axis=0).max())
    placed += jitter * span / np.sqrt(len(chosen)) * 0.5
    placed[chosen] = shaped
    return placed


def _unit(placed: Float32) -> Float32:
    low, high = placed.min(0), placed.max(0)
    middle, span = (low + high) / 2, float((high - low).max()) or 1.0
    places: Float32 = ((placed - middle) / span + 0.5).clip(0, 1).astype(np.float32)
    return places
