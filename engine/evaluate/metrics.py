"""Classification metrics, defined also where classes are absent."""

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from engine.classify.calibration import expected_calibration_error
from engine.classify.reading import Float32
from engine.evaluate.intervals import wilson_interval
from engine.messages import Problem


class ClassMetrics(Struct, frozen=True):
    """One class's figures, all 0..1; None where undefined.

    `n` is the number of images of this class. `recall`, `f1` and `auc` need images of the class,
    `precision` needs predictions of it, `auc` also needs images of other classes.
    """

    n: int
    precision: float | None
    recall: float | None
    f1: float | None
    auc: float | None


class Metrics(Struct, frozen=True):
    """All figures of one evaluation; shares are 0..1.

    The macro averages (`balanced_accuracy`, `f1_macro`, `roc_auc`) cover the classes that have images.
    `roc_auc` is None if all images are of one class. `accuracy_interval` is the 95% Wilson interval.
    `confusion[i][j]` counts images of class i predicted as class j.
    """

    n: int
    accuracy: float
    accuracy_interval: tuple[float, float]
    balanced_accuracy: float
    precision_weighted: float
    recall_weighted: float
    f1_macro: float
    roc_auc: float | None
    ece: float
    per_class: dict[str, ClassMetrics]
    confusion: tuple[tuple[int, ...], ...]
    classes: tuple[str, ...]

    def summary(self) -> dict[str, float]:
        """Return the scalar figures by name, without undefined ones."""
        figures = ("n", "accuracy", "balanced_accuracy", "precision_weighted", "recall_weighted")
        values = {name: getattr(self, name) for name in (*figures, "f1_macro", "roc_auc", "ece")}
        return {name: float(value) for name, value in values.items() if value is not None}


def compute_metrics(
    labels: npt.NDArray[np.intp], probabilities: Float32, classes: tuple[str, ...]
) -> Metrics:
    """Compute the metrics of n images.

    `labels` (n,) are indices into `classes`; `probabilities` (n, c) are calibrated and sum to 1. Ties
    predict the first class. Raises `Problem` if there are no images, `ValueError` if the shapes do not
    match.
    """
    from sklearn.metrics import precision_recall_fscore_support

    n, c = len(labels), len(classes)
    if n == 0:
        raise Problem("evaluate.nothing")
    if probabilities.shape != (n, c) or labels.min() < 0 or labels.max() >= c:
        raise ValueError(f"{n} labels, probabilities {probabilities.shape}, {c} classes")
    predicted = probabilities.argmax(axis=1)
    class_indices = np.arange(c)
    confusion = np.bincount(labels * c + predicted, minlength=c * c).reshape(c, c)
    precision, recall, f1, support = precision_recall_fscore_support(
        labels, predicted, labels=class_indices, zero_division=0
    )
    has_images = support > 0
    predicted_counts = confusion.sum(axis=0)
    aucs = [_auc(labels == index, probabilities[:, index]) for index in class_indices]
    correct = int(np.trace(confusion))
    return Metrics(
        n=n,
        accuracy=correct / n,
        accuracy_interval=wilson_interval(correct, n),
        balanced_accuracy=float(recall[has_images].mean()),
        precision_weighted=float(np.average(precision, weights=support)),
        recall_weighted=float(np.average(recall, weights=support)),
        f1_macro=float(f1[has_images].mean()),
        roc_auc=_mean([auc for auc in aucs if auc is not None]),
        ece=float(expected_calibration_error(probabilities, labels)),
        per_class={
            name: ClassMetrics(
                n=int(support[index]),
                precision=float(precision[index]) if predicted_counts[index] else None,
                recall=float(recall[index]) if has_images[index] else None,
                f1=float(f1[index]) if has_images[index] else None,
                auc=aucs[index],
            )
            for index, name in enumerate(classes)
        },
        confusion=tuple(tuple(int(count) for count in row) for row in confusion),
        classes=classes,
    )


def _auc(positive: npt.NDArray[np.bool_], score: Float32) -> float | None:
    from sklearn.metrics import roc_auc_score

    if positive.all() or not positive.any():
        return None
    return float(roc_auc_score(positive, score))


def _mean(values: list[float]) -> float | None:
    return sum(values) / len(values) if values else None
