"""Label propagation: what the unlabelled images of a folder say about each other's classes.

Each image passes its class probabilities on to its most similar ones (Zhou et al. 2004, "Learning with Local
and Global Consistency"). Cells are similar by the direction of their embedding, once it is whitened by what
changes within the classes. Without whitening, similar stains count as much as similar cells, and labels
spread to wrong classes.
"""

import numpy as np
import numpy.typing as npt

from engine.classify.reading import Float32

_NEIGHBOURS = 10
_SHARPNESS = 3  # power of the cosine
_PASSED_ON = 0.8  # share of the neighbours in an image's probabilities


def propagate_labels(
    labelled: Float32, labels: npt.NDArray[np.intp], unlabelled: Float32, shares: Float32
) -> Float32:
    """Return the class probabilities (m, c) of unlabelled images after those of similar ones were added.

    `labelled` (n, k) and `unlabelled` (m, k) are whitened embeddings, `labels` (n,) are below c, and `shares`
    (m, c) the probabilities of the unlabelled images so far.
    """
    similarity = _similarities(np.concatenate([labelled, unlabelled]))
    known = np.eye(shares.shape[1])[labels]
    system = np.eye(len(similarity)) - _PASSED_ON * similarity
    spread = np.linalg.solve(system, np.concatenate([known, shares]))[len(labels) :]
    found: Float32 = (spread / spread.sum(axis=1, keepdims=True)).astype(np.float32)
    return found


def _similarities(embeddings: Float32) -> npt.NDArray[np.float64]:
    """Return the symmetrically normalised weights (n, n) of each image's nearest neighbours."""
    lengths = np.linalg.norm(embeddings, axis=1, keepdims=True)
    directions = embeddings / np.maximum(lengths, 1e-6)
    cosines = np.maximum(directions @ directions.T, 0).astype(np.float64)
    np.fill_diagonal(cosines, 0)
    count = min(_NEIGHBOURS, len(cosines) - 1)
    least = np.partition(cosines, -count, axis=1)[:, -count, None]
    weights = np.where(cosines >= least, cosines, 0) ** _SHARPNESS
    weights += weights.T
    degrees = np.sqrt(np.maximum(weights.sum(axis=1), 1e-9))
    return np.asarray(weights / degrees[:, None] / degrees)
