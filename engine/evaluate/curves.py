"""Curves of an evaluation: what every threshold would have given."""

from typing import Any

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from engine.classify.reading import Float32
from engine.evaluate.intervals import wilson

Labels = npt.NDArray[np.intp]
_BINS = 15


class Curve(Struct, frozen=True):
    """One class's curve: x and y, both 0..1 and of equal length, and the area under it.

    `x` and `y` are false and true positive rate (ROC), or recall and precision. `threshold` has the
    probability from which on an image counts as of the class; None stands for "no image does".
    """

    x: tuple[float, ...]
    y: tuple[float, ...]
    threshold: tuple[float | None, ...]
    area: float


class Bin(Struct, frozen=True):
    """One bin of a reliability diagram: n images, their mean confidence and accuracy (95% Wilson)."""

    low: float
    high: float
    n: int
    confidence: float | None
    accuracy: float | None
    interval: tuple[float, float]


class Acceptance(Struct, frozen=True):
    """Accuracy of what is accepted unseen: all images at least so confident.

    `share[i]` (0..1, ascending) of the n images are accepted at `confidence[i]` and above, with
    `accuracy[i]`.
    """

    n: int
    share: tuple[float, ...]
    accuracy: tuple[float, ...]
    confidence: tuple[float, ...]

    def needs(self, accuracy: float) -> "Needs":
        """Return how few images a person must look at for an accuracy of what is accepted unseen."""
        best = max(
            (index for index, reached in enumerate(self.accuracy) if reached >= accuracy - 1e-12),
            default=None,
        )
        if best is None:
            return Needs(accuracy, self.n, 1.0 if self.n else 0.0, None)
        accepted = round(self.share[best] * self.n)
        return Needs(accuracy, self.n - accepted, 1 - self.share[best], self.confidence[best])


class Needs(Struct, frozen=True):
    """For `accuracy`, a person looks at `look_at` images (`share` of all): those below `confidence`."""

    accuracy: float
    look_at: int
    share: float
    confidence: float | None


def roc(labels: Labels, probabilities: Float32, classes: tuple[str, ...]) -> dict[str, Curve]:
    """Return the ROC curve of each class against the rest, of classes with images of both kinds."""
    from sklearn.metrics import auc, roc_curve

    curves = {}
    for index, name in enumerate(classes):
        positive = labels == index
        if positive.any() and not positive.all():
            x, y, threshold = roc_curve(positive, probabilities[:, index])
            curves[name] = _curve(x, y, threshold, float(auc(x, y)))
    return curves


def precision_recall(
    labels: Labels, probabilities: Float32, classes: tuple[str, ...]
) -> dict[str, Curve]:
    """Return precision over recall of each class that has images; the area is average precision."""
    from sklearn.metrics import average_precision_score, precision_recall_curve

    curves = {}
    for index, name in enumerate(classes):
        positive = labels == index
        if positive.any():
            score = probabilities[:, index]
            precision, recall, threshold = precision_recall_curve(
                positive, score, drop_intermediate=True
            )
            area = float(average_precision_score(positive, score))
            curves[name] = _curve(recall, precision, np.append(threshold, np.inf), area)
    return curves


def reliability(labels: Labels, probabilities: Float32, bins: int = _BINS) -> tuple[Bin, ...]:
    """Return the reliability diagram of the likeliest class, over bins of equal width.

    The bins are those of `expected_calibration_error`: open below and closed above.
    """
    confidence = probabilities.max(axis=1).astype(np.float64)
    right = probabilities.argmax(axis=1) == labels
    number = np.clip(np.ceil(confidence * bins).astype(np.intp) - 1, 0, bins - 1)
    found = []
    for index in range(bins):
        inside = number == index
        n, hits = int(inside.sum()), int(right[inside].sum())
        mean = float(confidence[inside].mean()) if n else None
        low, high = index / bins, (index + 1) / bins
        found.append(Bin(low, high, n, mean, hits / n if n else None, wilson(hits, n)))
    return tuple(found)


def acceptance(labels: Labels, probabilities: Float32) -> Acceptance:
    """Return accuracy against the share accepted unseen, most confident first.

    Images of equal confidence are accepted together: no threshold could part them.
    """
    n = len(labels)
    confidence = probabilities.max(axis=1).astype(np.float64)
    right = probabilities.argmax(axis=1) == labels
    order = np.argsort(-confidence, kind="stable")
    sorted_confidence = confidence[order]
    hits = np.cumsum(right[order])
    # Each image whose successor is less confident closes a group of equals.
    accepted = np.flatnonzero(np.diff(sorted_confidence, append=-1.0)) + 1
    return Acceptance(
        n,
        tuple((accepted / max(n, 1)).tolist()),
        tuple((hits[accepted - 1] / accepted).tolist()),
        tuple(sorted_confidence[accepted - 1].tolist()),
    )


def worst_mistakes(labels: Labels, probabilities: Float32, limit: int = 24) -> list[int]:
    """Return the indices of the mistakes the model was surest of, surest first.

    The order is by how much likelier the wrong class was than the label; the first of equals first.
    """
    predicted = probabilities.argmax(axis=1)
    every = np.arange(len(labels))
    gap = probabilities[every, predicted] - probabilities[every, labels]
    wrong = np.flatnonzero(predicted != labels)
    order = wrong[np.argsort(-gap[wrong], kind="stable")]
    return [int(index) for index in order[:limit]]


def _curve(x: Any, y: Any, threshold: Any, area: float) -> Curve:
    values = tuple(float(value) if np.isfinite(value) else None for value in threshold)
    return Curve(tuple(map(float, x)), tuple(map(float, y)), values, area)
