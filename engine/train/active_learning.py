"""Active learning: choice of the images to label next."""

import numpy as np
import numpy.typing as npt

from engine.classify.reading import Float16, Float32

DEFAULT_COUNT = 40
_MIN_LABELS_PER_CLASS = 20
_MAX_NEIGHBOURS = 20
_MAX_SAMPLED = 4000


def select_for_labelling(
    embeddings: Float16 | Float32,
    probabilities: Float32,
    labelled: npt.NDArray[np.bool_],
    count: int = DEFAULT_COUNT,
    *,
    seed: int = 0,
) -> npt.NDArray[np.intp]:
    """Return up to `count` unlabelled rows of `embeddings` (n, d), the most informative first.

    Below 20 labels per class on average: typical rows (many near neighbours) far from labelled and already
    selected ones, after TypiClust (Hacohen et al. 2022). Above: the same among the third of the rows with
    the smallest margin between the two most probable classes of `probabilities` (n, c).
    """
    unlabelled = np.flatnonzero(~labelled)
    rng = np.random.default_rng(seed)
    rows = rng.permutation(unlabelled)[:_MAX_SAMPLED]
    if not len(rows):
        return rows
    if int(labelled.sum()) >= _MIN_LABELS_PER_CLASS * probabilities.shape[1]:
        ranked = np.sort(probabilities[rows], axis=1)
        margin = ranked[:, -1] - ranked[:, -2]
        rows = rows[np.argsort(margin, kind="stable")[: max(count, len(rows) // 3)]]
    points = _normalise_rows(embeddings[rows])
    neighbours = min(_MAX_NEIGHBOURS, len(rows))
    cosine = points @ points.T
    typicality = np.partition(cosine, -neighbours, axis=1)[:, -neighbours:].mean(1)
    labelled_rows = rng.permutation(np.flatnonzero(labelled))[:_MAX_SAMPLED]
    distance = np.ones(len(rows), np.float32)
    if len(labelled_rows):
        distance = 1 - (points @ _normalise_rows(embeddings[labelled_rows]).T).max(1)
    selected: list[int] = []
    for _ in range(min(count, len(rows))):
        score = np.maximum(distance, 0) * np.maximum(typicality, 1e-6) ** 2
        score[selected] = -1
        best = int(score.argmax())
        selected.append(best)
        distance = np.minimum(distance, 1 - cosine[best])
    return rows[selected]


def _normalise_rows(points: Float16 | Float32) -> Float32:
    values = points.astype(np.float32)
    lengths = np.linalg.norm(values, axis=1, keepdims=True)
    unit: Float32 = values / np.maximum(lengths, 1e-9)
    return unit
