"""Which images look like one: by the cosine of their embeddings."""

import os
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import numpy.typing as npt

from engine.classify.reading import Float16, Float32

Rows = npt.NDArray[np.intp]

# What is turned into float32 at once stays in the processor's cache: five times as fast as in memory.
_CHUNK_BYTES = 1 << 20
_SAME = 1 - 1e-5  # the rounding of float32 sums over a thousand numbers


def nearest(
    query: Float16 | Float32, embeddings: Float16, candidates: Rows, k: int
) -> tuple[Rows, Float32]:
    """Return the rows of the `k` candidates nearest to `query` (d,), nearest first, and their cosine.

    `embeddings` is (n, d), `candidates` are rows of it. The image itself and identical copies of it
    are left out, since they show nothing new; fewer than `k` may be left.
    """
    similarity = cosines(query, embeddings, candidates)
    others = np.flatnonzero(similarity < _SAME)
    # Nearly 1 may still be another image: a copy has the very same numbers.
    close = np.flatnonzero(similarity >= _SAME)
    copies = (embeddings[candidates[close]] == query.astype(np.float16)).all(1)
    others = np.concatenate([others, close[~copies]])
    values = similarity[others]
    if len(others) > k:
        best = np.argpartition(-values, k - 1)[:k] if k > 0 else np.empty(0, np.intp)
        others, values = others[best], values[best]
    # Of two that are equally near, the first row: the same answer every time.
    order = np.lexsort((candidates[others], -values))
    return candidates[others[order]], values[order]


def cosines(query: Float16 | Float32, embeddings: Float16, candidates: Rows) -> Float32:
    """Return the cosine of `query` (d,) with each candidate row, (len(candidates),), -1 to 1."""
    wanted = query.astype(np.float32)
    wanted /= max(float(np.linalg.norm(wanted)), 1e-12)
    similarity = np.empty(len(candidates), np.float32)
    rows = max(1, _CHUNK_BYTES // (4 * embeddings.shape[1]))

    def measure(start: int) -> None:
        part = embeddings[candidates[start : start + rows]].astype(np.float32)
        norms = np.sqrt(np.einsum("ij,ij->i", part, part))
        similarity[start : start + rows] = (part @ wanted) / np.maximum(norms, 1e-12)

    starts = range(0, len(candidates), rows)
    if len(starts) < 8:
        for start in starts:
            measure(start)
    else:
        with ThreadPoolExecutor(min(4, os.cpu_count() or 2)) as pool:
            list(pool.map(measure, starts))
    return similarity
