"""Nearest neighbours of an image, by the cosine similarity of embeddings."""

import os
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import numpy.typing as npt

from engine.classify.reading import Float16, Float32

Rows = npt.NDArray[np.intp]

# Chunks converted to float32 fit the processor's cache: five times as fast as from memory.
_CHUNK_BYTES = 1 << 20
_MIN_COPY_SIMILARITY = 1 - 1e-5  # the rounding of float32 sums over a thousand numbers


def nearest_neighbours(
    query: Float16 | Float32, embeddings: Float16, candidates: Rows, k: int
) -> tuple[Rows, Float32]:
    """Return the rows of the `k` candidates nearest to `query` (d,), nearest first, and their similarities.

    `embeddings` is (n, d), `candidates` are rows of it. The image itself and identical copies are left
    out; fewer than `k` may remain.
    """
    similarity = cosine_similarities(query, embeddings, candidates)
    kept = np.flatnonzero(similarity < _MIN_COPY_SIMILARITY)
    # A similarity near 1 may still be another image; a copy has exactly the same embedding.
    near_one = np.flatnonzero(similarity >= _MIN_COPY_SIMILARITY)
    is_copy = (embeddings[candidates[near_one]] == query.astype(np.float16)).all(1)
    kept = np.concatenate([kept, near_one[~is_copy]])
    values = similarity[kept]
    if len(kept) > k:
        best = np.argpartition(-values, k - 1)[:k] if k > 0 else np.empty(0, np.intp)
        kept, values = kept[best], values[best]
    # Ties are ordered by row, so that the result is deterministic.
    order = np.lexsort((candidates[kept], -values))
    return candidates[kept[order]], values[order]


def cosine_similarities(query: Float16 | Float32, embeddings: Float16, candidates: Rows) -> Float32:
    """Return the cosine similarity (-1 to 1) of `query` (d,) with each candidate, (len(candidates),)."""
    normalised_query = query.astype(np.float32)
    normalised_query /= max(float(np.linalg.norm(normalised_query)), 1e-12)
    similarity = np.empty(len(candidates), np.float32)
    rows = max(1, _CHUNK_BYTES // (4 * embeddings.shape[1]))

    def measure(start: int) -> None:
        chunk = embeddings[candidates[start : start + rows]].astype(np.float32)
        norms = np.sqrt(np.einsum("ij,ij->i", chunk, chunk))
        similarity[start : start + rows] = (chunk @ normalised_query) / np.maximum(norms, 1e-12)

    starts = range(0, len(candidates), rows)
    if len(starts) < 8:
        for start in starts:
            measure(start)
    else:
        with ThreadPoolExecutor(min(4, os.cpu_count() or 2)) as pool:
            list(pool.map(measure, starts))
    return similarity
