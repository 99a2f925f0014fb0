"""Labels that are probably wrong: confident learning on out-of-fold probabilities.

Northcutt, Jiang and Chuang 2021, "Confident Learning: Estimating Uncertainty in Dataset Labels": an image
counts as another class where that class's probability reaches the mean self-confidence of the class.
"""

import numpy as np
import numpy.typing as npt

from engine.classify.reading import Float32

FOLDS = 5
_FLOOR, _SURPRISE = 1e-3, 0.3
_REACHED = 0.1  # added where the other class's threshold is reached
_SURE = 0.6  # before that: so sure that the threshold is not asked
_SCALE = 2 - _SURPRISE * float(np.log(_FLOOR))
_PER_COMPONENT = 4  # images for each component that a head looks at; with fewer it fits noise
_LEAST = 10  # images a class; fewer cannot be learned from in every fold

Rows = npt.NDArray[np.intp]


def out_of_fold(reduced: Float32, labels: Rows, groups: Rows) -> Float32:
    """Return probabilities (n, c) from a linear head that never saw the image, nor one like it.

    `reduced` (n, k), leading components first and all of one variance, `labels` (n,) of c classes, `groups`
    (n,): pictures of one group share a fold. Of few images only the leading components are looked at.
    """
    from sklearn.linear_model import LogisticRegression
    from threadpoolctl import threadpool_limits

    rng = np.random.default_rng(0)
    reduced = reduced[:, : max(_LEAST, len(labels) // _PER_COMPONENT)]
    names, group = np.unique(groups, return_inverse=True)
    fold = rng.permutation(len(names))[group] % FOLDS
    count = int(labels.max()) + 1
    probabilities = np.zeros((len(labels), count), np.float32)
    # Products so small cost many threads more in waiting for each other than they save.
    with threadpool_limits(1):
        for one in range(FOLDS):
            held = fold == one
            head = LogisticRegression(C=0.1, max_iter=60, tol=1e-3)
            head.fit(reduced[~held], labels[~held])
            probabilities[np.ix_(held, head.classes_)] = head.predict_proba(reduced[held])
    return probabilities


def issues(labels: Rows, probabilities: Float32) -> tuple[Float32, Rows, npt.NDArray[np.bool_]]:
    """Return how surely each label is wrong, 0 to 1, the best other label, and which are issues.

    The score is the margin of the best other class over the given one, plus the given one's surprise: the
    margin alone ranks look-alike classes best, the surprise alone random mistakes. An issue is what
    confident learning finds, which puts it higher, or what scores high without it.
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
    surprise = -np.log(given + _FLOOR)
    score = ((others[rows, best] - given + _SURPRISE * surprise + 1) / _SCALE).clip(0, 1)
    reached = np.where(probabilities >= threshold, probabilities, -1)
    confident = (reached.max(1) > 0) & (reached.argmax(1) != labels) & (best == reached.argmax(1))
    ranked = (score + _REACHED * confident) / (1 + _REACHED)
    return ranked.astype(np.float32), best, confident | (score >= _SURE)


def enough(labels: Rows) -> npt.NDArray[np.bool_]:
    """Return which images have a label (not -1) of a class that is large enough to learn."""
    counts = np.bincount(labels[labels >= 0], minlength=1)
    return (labels >= 0) & (counts[np.maximum(labels, 0)] >= _LEAST)
