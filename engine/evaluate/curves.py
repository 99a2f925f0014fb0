"""Evaluation curves: ROC, precision over recall, reliability, acceptance."""

from typing import Any

import numpy as np
import numpy.typing as npt
from msgspec import Struct, field

from engine.classify.reading import Float32
from engine.evaluate.intervals import wilson_interval

Labels = npt.NDArray[np.intp]
_RELIABILITY_BINS = 15


class ClassCurve(Struct, frozen=True):
    """One class's curve: x and y, both 0..1 and of equal length, and the area under it.

    `x` and `y` are false and true positive rate (ROC), or recall and precision. `threshold` is the
    probability from which an image counts as of the class; None where no image does.
    """

    x: tuple[float, ...]
    y: tuple[float, ...]
    threshold: tuple[float | None, ...]
    area: float


class ReliabilityBin(Struct, frozen=True):
    """One bin of a reliability diagram: n images, their mean confidence and accuracy (95% Wilson)."""

    low: float
    high: float
    n: int
    confidence: float | None
    accuracy: float | None
    interval: tuple[float, float]


class AcceptanceCurve(Struct, frozen=True):
    """Accuracy of predictions accepted without review, by confidence threshold.

    `share[i]` (0..1, ascending) of the n images are accepted at `confidence[i]` and above, with
    `accuracy[i]`.
    """

    n: int
    share: tuple[float, ...]
    accuracy: tuple[float, ...]
    confidence: tuple[float, ...]

    def effort_for(self, accuracy: float) -> "ReviewEffort":
        """Return the least review effort at which accepted predictions reach `accuracy` (0..1)."""
        best = max(
            (index for index, reached in enumerate(self.accuracy) if reached >= accuracy - 1e-12),
            default=None,
        )
        if best is None:
            return ReviewEffort(accuracy, self.n, 1.0 if self.n else 0.0, None)
        accepted = round(self.share[best] * self.n)
        return ReviewEffort(
            accuracy, self.n - accepted, 1 - self.share[best], self.confidence[best]
        )


class ReviewEffort(Struct, frozen=True):
    """Review effort for an accuracy: `images_to_review` (`share` of all), those below `confidence`.

    In the JSON file of a report the field is called `look_at`, as in earlier versions.
    """

    accuracy: float
    images_to_review: int = field(name="look_at")
    share: float
    confidence: float | None


def roc_curves(
    labels: Labels, probabilities: Float32, classes: tuple[str, ...]
) -> dict[str, ClassCurve]:
    """Return the one-vs-rest ROC curve of each class that has positive and negative images."""
    from sklearn.metrics import auc, roc_curve

    curves = {}
    for index, name in enumerate(classes):
        positive = labels == index
        if positive.any() and not positive.all():
            x, y, threshold = roc_curve(positive, probabilities[:, index])
            curves[name] = _curve(x, y, threshold, float(auc(x, y)))
    return curves


def precision_recall_curves(
    labels: Labels, probabilities: Float32, classes: tuple[str, ...]
) -> dict[str, ClassCurve]:
    """Return the precision-recall curve of each class with images; the area is average precision."""
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


def reliability_bins(
    labels: Labels, probabilities: Float32, bins: int = _RELIABILITY_BINS
) -> tuple[ReliabilityBin, ...]:
    """Return the reliability diagram of the predicted class, in bins of equal width.

    The bins are those of `expected_calibration_error`: open below, closed above.
    """
    confidence = probabilities.max(axis=1).astype(np.float64)
    is_correct = probabilities.argmax(axis=1) == labels
    bin_of_image = np.clip(np.ceil(confidence * bins).astype(np.intp) - 1, 0, bins - 1)
    diagram = []
    for index in range(bins):
        inside = bin_of_image == index
        n, hits = int(inside.sum()), int(is_correct[inside].sum())
        mean = float(confidence[inside].mean()) if n else None
        low, high = index / bins, (index + 1) / bins
        diagram.append(
            ReliabilityBin(low, high, n, mean, hits / n if n else None, wilson_interval(hits, n))
        )
    return tuple(diagram)


def acceptance_curve(labels: Labels, probabilities: Float32) -> AcceptanceCurve:
    """Return accuracy over the share accepted without review, most confident first.

    Images of equal confidence are accepted together, because no threshold separates them.
    """
    n = len(labels)
    confidence = probabilities.max(axis=1).astype(np.float64)
    is_correct = probabilities.argmax(axis=1) == labels
    order = np.argsort(-confidence, kind="stable")
    sorted_confidence = confidence[order]
    hits = np.cumsum(is_correct[order])
    # An image whose successor is less confident ends a group of equal confidence.
    accepted = np.flatnonzero(np.diff(sorted_confidence, append=-1.0)) + 1
    return AcceptanceCurve(
        n,
        tuple((accepted / max(n, 1)).tolist()),
        tuple((hits[accepted - 1] / accepted).tolist()),
        tuple(sorted_confidence[accepted - 1].tolist()),
    )


def worst_mistakes(labels: Labels, probabilities: Float32, limit: int = 24) -> list[int]:
    """Return the indices of up to `limit` mistakes, most confident first.

    Sorted by how much more probable the predicted class was than the label; ties keep their order.
    """
    predicted = probabilities.argmax(axis=1)
    rows = np.arange(len(labels))
    gap = probabilities[rows, predicted] - probabilities[rows, labels]
    wrong = np.flatnonzero(predicted != labels)
    order = wrong[np.argsort(-gap[wrong], kind="stable")]
    return [int(index) for index in order[:limit]]


def _curve(x: Any, y: Any, threshold: Any, area: float) -> ClassCurve:
    values = tuple(float(value) if np.isfinite(value) else None for value in threshold)
    return ClassCurve(tuple(map(float, x)), tuple(map(float, y)), values, area)
