"""Reference cells: the typical cells of a class, nearest to the mean of its embeddings."""

import numpy as np

from engine.classify.reading import Float16, Float32
from engine.explore.neighbours import Rows, cosine_similarities

_MAX_CANDIDATES = 20_000
"""Most candidates of a class; of a larger one every n-th image, which changes its mean little."""


def typical_rows(embeddings: Float16, rows: Rows, k: int) -> Rows:
    """Return up to `k` of the images `rows` that are nearest to their mean, nearest first.

    Every image counts with its direction only. Of images with the same embedding, which are copies, one is
    returned.
    """
    if len(rows) > _MAX_CANDIDATES:
        rows = rows[:: -(-len(rows) // _MAX_CANDIDATES)]
    if not len(rows):
        return rows
    similarity = cosine_similarities(_mean_direction(embeddings, rows), embeddings, rows)
    # Ties are ordered by row, so that the result is deterministic.
    ordered = rows[np.lexsort((rows, -similarity))]
    typical: list[int] = []
    for row in ordered.tolist():
        if len(typical) == k:
            break
        if not any(np.array_equal(embeddings[row], embeddings[other]) for other in typical):
            typical.append(row)
    return np.array(typical, np.intp)


def _mean_direction(embeddings: Float16, rows: Rows, chunk: int = 2048) -> Float32:
    total = np.zeros(embeddings.shape[1], np.float32)
    for start in range(0, len(rows), chunk):
        part = embeddings[rows[start : start + chunk]].astype(np.float32)
        norms = np.maximum(np.linalg.norm(part, axis=1), 1e-12)
        total += (part / norms[:, None]).sum(0)
    return total
