"""Labels that are probably wrong: confident learning on out-of-fold probabilities.

Northcutt, Jiang and Chuang 2021, "Confident Learning: Estimating Uncertainty in Dataset Labels": an image
counts as another class where that class's probability reaches the mean self-confidence of the class.
"""

import numpy as np
import numpy.typing as npt

from engine.classify.reading import Float32

FOLDS = 5
_LEAST = 10  # images a class; fewer cannot be learned from in every fold

Rows = npt.NDArray[np.intp]


def out_of_fold(reduced: Float32, labels: Rows, groups: Rows) -> Float32:
    """Return probabilities (n, c) from a linear head that never saw the image, nor one like it.

    `reduced` (n, k), `labels` (n,) of c classes, `groups` (n,): pictures of one group share a fold.
    """
    from sklearn.linear_model import LogisticRegression

    rng = np.random.default_rng(0)
    names, group = np.unique(groups, return_inverse=True)
    fold = rng.permutation(len(names))[group] % FOLDS
    count = int(labels.max()) + 1
    probabilities = np.zeros((len(labels), count), np.float32)
    for one in range(FOLDS):
        held = fold == one
        head = LogisticRegression(C=0.1, max_iter=60, tol=1e-3)
        head.fit(reduced[~held], labels[~held])
        probabilities[np.ix_(held, head.classes_)] = head.predict_proba(reduced[held])
    return probabilities


def issues(labels: Rows, probabilities: Float32) -> tuple[Float32, Rows]:
    """Return how surely each label is wrong, 0 to 1 (from 0.5 it counts as an issue), and the better one.

    The score is the normalised margin: how far the best other class is above the given one.
    """
    rows = np.arange(len(labels))
    given = probabilities[rows, labels]
    threshold = np.array(
        [
            given[labels == one].mean() if (labels == one).any() else 1.0
            for one in range(probabilities.shape[1])
        ]
    )
    others = probabilities.copy()
    others[rows, labels] = -1
    best = others.argmax(1)
    score = (others[rows, best] - given + 1) / 2
    reached = np.where(probabilities >= threshold, probabilities, -1)
    confident = (reached.max(1) > 0) & (reached.argmax(1) != labels) & (best == reached.argmax(1))
    score = np.where(confident, 0.5 + score / 2, score / 2)
    return score.astype(np.float32), best


def enough(labels: Rows) -> npt.NDArray[np.bool_]:
    """Return which images have a label (not -1) of a class that is large enough to learn."""
    counts = np.bincount(labels[labels >= 0], minlength=1)
    return (labels >= 0) & (counts[np.maximum(labels, 0)] >= _LEAST)
