"""Own laboratory: what a person's confirmed cells say about the model on the images at hand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from engine.classify.merged_classes import merge_matrix
from engine.classify.prediction_sets import COVERAGE, conformal_threshold
from engine.classify.reading import Float32
from engine.evaluate.intervals import wilson_interval
from engine.messages import Message

MIN_MEASURED = 50
"""Confirmed cells from which their accuracy is worth a figure."""


@dataclass(frozen=True, slots=True)
class OwnLaboratory:
    """Measured accuracy on `count` confirmed cells, with its 95% interval, and the threshold of the sets.

    `threshold` is that of `prediction_sets`, recalibrated where there are enough cells.
    """

    count: int
    accuracy: float
    interval: tuple[float, float]
    threshold: float

    @property
    def is_recalibrated(self) -> bool:
        """True if the prediction sets rest on these cells."""
        return self.threshold != COVERAGE


def measure_own_laboratory(
    labels: Sequence[str],
    probabilities: Float32,
    classes: Sequence[str],
    merged: Mapping[str, str] | None = None,
) -> OwnLaboratory | None:
    """Measure n confirmed cells: `labels` (n,) by a person, `probabilities` (n, c) in the order of `classes`.

    `merged` maps classes of the model to those they were merged into. Cells of a class that the model does
    not have count as errors. None for fewer than `MIN_MEASURED`.
    """
    count = len(labels)
    if count < MIN_MEASURED:
        return None
    outputs, matrix = merge_matrix(classes, merged)
    sums = probabilities @ matrix
    predicted = [outputs[index] for index in sums.argmax(axis=1)]
    correct = sum(label == prediction for label, prediction in zip(labels, predicted, strict=True))
    # No set can hold a class that the model does not have.
    rows = np.array([row for row, label in enumerate(labels) if label in outputs], np.intp)
    truth = np.array([outputs.index(labels[row]) for row in rows], np.intp)
    return OwnLaboratory(
        count,
        correct / count,
        wilson_interval(correct, count),
        conformal_threshold(sums[rows], truth),
    )


def measured_message(own: OwnLaboratory) -> Message:
    """Return the measured accuracy as a message."""
    low, high = own.interval
    shares = {"percent": own.accuracy, "low": low, "high": high}
    params = {key: 100 * share for key, share in shares.items()}
    name = "measured_sets" if own.is_recalibrated else "measured"
    return Message(f"classify.{name}", {"count": own.count, **params})
