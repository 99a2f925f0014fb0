"""Label issues: probably wrong labels, by confident learning on out-of-fold probabilities.

Northcutt, Jiang and Chuang 2021, "Confident Learning: Estimating Uncertainty in Dataset Labels": an image
is counted as another class where that class's probability reaches the mean self-confidence of the class.
"""

import numpy as np
import numpy.typing as npt

from engine.classify.reading import Float32

FOLDS = 5
_MIN_PROBABILITY, _SURPRISE_WEIGHT = 1e-3, 0.3
_CONFIDENT_BONUS = 0.1  # added to the score of confident learning's issues
_MIN_SCORE = 0.6  # before the bonus; above it an image is an issue without confident learning
_SCORE_SCALE = 2 - _SURPRISE_WEIGHT * float(np.log(_MIN_PROBABILITY))
_IMAGES_PER_COMPONENT = 4  # with fewer images per component the linear head fits noise
MIN_CLASS_IMAGES = 10  # with fewer, some folds have too few to learn from

Rows = npt.NDArray[np.intp]


def out_of_fold_probabilities(reduced: Float32, labels: Rows, groups: Rows) -> Float32:
    """Return probabilities (n, c) from linear heads trained without the image and its near-duplicates.

    `reduced` (n, k), whitened, leading components first; `labels` (n,) of c classes; `groups` (n,):
    images of one group share a fold. With few images only the leading components are used.
    """
    from sklearn.linear_model import LogisticRegression
    from threadpoolctl import threadpool_limits

    rng = np.random.default_rng(0)
    reduced = reduced[:, : max(MIN_CLASS_IMAGES, len(labels) // _IMAGES_PER_COMPONENT)]
    names, group = np.unique(groups, return_inverse=True)
    fold = rng.permutation(len(names))[group] % FOLDS
    count = int(labels.max()) + 1
    probabilities = np.zeros((len(labels), count), np.float32)
    # For such small products, synchronising threads costs more than it saves.
    with threadpool_limits(1):
        for number in range(FOLDS):
            is_held_out = fold == number
            head = LogisticRegression(C=0.1, max_iter=60, tol=1e-3)
            head.fit(reduced[~is_held_out], labels[~is_held_out])
            probabilities[np.ix_(is_held_out, head.classes_)] = head.predict_proba(
                reduced[is_held_out]
            )
    return probabilities


def find_label_issues(
    labels: Rows, probabilities: Float32
) -> tuple[Float32, Rows, npt.NDArray[np.bool_]]:
    """Return the score of each label being wrong (0 to 1), the best other label, and which are issues.

    The score combines the margin of the best other class over the given one with the surprise at the
    given one: the margin alone ranks confusable classes best, the surprise alone random mistakes. Issues
    are those of confident learning, which raises their score, and those with a high score without it.
    """
    rows = np.arange(len(labels))
    given_probability = probabilities[rows, labels]
    threshold = np.array(
        [
            given_probability[labels == class_index].mean()
            if (labels == class_index).any()
            else 1.0
            for class_index in range(probabilities.shape[1])
        ]
    )
    other_probabilities = probabilities.copy()
    other_probabilities[rows, labels] = -1
    best = other_probabilities.argmax(1)
    surprise = -np.log(given_probability + _MIN_PROBABILITY)
    score = (
        (other_probabilities[rows, best] - given_probability + _SURPRISE_WEIGHT * surprise + 1)
        / _SCORE_SCALE
    ).clip(0, 1)
    reached = np.where(probabilities >= threshold, probabilities, -1)
    is_confident = (
        (reached.max(1) > 0) & (reached.argmax(1) != labels) & (best == reached.argmax(1))
    )
    ranking = (score + _CONFIDENT_BONUS * is_confident) / (1 + _CONFIDENT_BONUS)
    return ranking.astype(np.float32), best, is_confident | (score >= _MIN_SCORE)


def has_learnable_label(labels: Rows) -> npt.NDArray[np.bool_]:
    """Return which images have a label (not -1) of a class with enough images to learn."""
    counts = np.bincount(labels[labels >= 0], minlength=1)
    return (labels >= 0) & (counts[np.maximum(labels, 0)] >= MIN_CLASS_IMAGES)
