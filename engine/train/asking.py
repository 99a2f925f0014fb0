"""Which images to label next: typical and diverse ones first, uncertain ones once there is a start."""

import numpy as np
import numpy.typing as npt

from engine.classify.reading import Float16, Float32

COUNT = 40
_START = 20
_NEAR = 20
_LANDMARKS = 4000


def next_to_label(
    embeddings: Float16 | Float32,
    probabilities: Float32,
    labelled: npt.NDArray[np.bool_],
    count: int = COUNT,
    *,
    seed: int = 0,
) -> npt.NDArray[np.intp]:
    """Return up to `count` unlabelled rows of embeddings (n, d), the most useful first.

    Until there are 20 labels a class, those with many near neighbours (typical) that lie far from what is
    labelled or chosen (diverse), after TypiClust (Hacohen et al. 2022); later the same among the third
    of the smallest margin between the two most probable classes of `probabilities` (n, c).
    """
    open_rows = np.flatnonzero(~labelled)
    rng = np.random.default_rng(seed)
    rows = rng.permutation(open_rows)[:_LANDMARKS]
    if not len(rows):
        return rows
    if int(labelled.sum()) >= _START * probabilities.shape[1]:
        top = np.sort(probabilities[rows], axis=1)
        margin = top[:, -1] - top[:, -2]
        rows = rows[np.argsort(margin, kind="stable")[: max(count, len(rows) // 3)]]
    points = _unit(embeddings[rows])
    near = min(_NEAR, len(rows))
    cosine = points @ points.T
    typical = np.partition(cosine, -near, axis=1)[:, -near:].mean(1)
    known = rng.permutation(np.flatnonzero(labelled))[:_LANDMARKS]
    apart = np.ones(len(rows), np.float32)
    if len(known):
        apart = 1 - (points @ _unit(embeddings[known]).T).max(1)
    chosen: list[int] = []
    for _ in range(min(count, len(rows))):
        score = np.maximum(apart, 0) * np.maximum(typical, 1e-6) ** 2
        score[chosen] = -1
        best = int(score.argmax())
        chosen.append(best)
        apart = np.minimum(apart, 1 - cosine[best])
    return rows[chosen]


def _unit(points: Float16 | Float32) -> Float32:
    whole = points.astype(np.float32)
    lengths = np.linalg.norm(whole, axis=1, keepdims=True)
    unit: Float32 = whole / np.maximum(lengths, 1e-9)
    return unit
