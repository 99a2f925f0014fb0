"""Expected accuracy of a folder without labels, from calibrated confidences.

The mean calibrated confidence estimates the accuracy (Guillory et al. 2021, "Predicting
with Confidence on Unseen Distributions"). It holds as far as the calibration holds, and that fails in one
direction: where classes look different, a model is surer than it should be. The interval says so.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from engine.messages import Message

LOW_ACCURACY = 0.9
"""Expected accuracy below which a person is offered to label cells of their own first."""

_DEVIATIONS = 1.96  # of a 95% interval
# Shares of the expected errors by which the estimate was off at most on laboratories left out of training.
_TOO_HIGH, _TOO_LOW = 1.2, 0.4


@dataclass(frozen=True, slots=True)
class ExpectedAccuracy:
    """Accuracy to expect, 0..1, with an interval, over `count` images."""

    value: float
    low: float
    high: float
    count: int


def expected_accuracy(confidences: npt.ArrayLike) -> ExpectedAccuracy | None:
    """Return the accuracy to expect on images with these calibrated confidences (n,); None for no image."""
    confidence = np.asarray(confidences, np.float64)
    count = len(confidence)
    if not count:
        return None
    value = float(confidence.mean())
    # Each image is classified correctly with the probability of its confidence.
    deviation = float(np.sqrt((confidence * (1 - confidence)).sum()) / count)
    low = value - _DEVIATIONS * deviation - _TOO_HIGH * (1 - value)
    high = value + _DEVIATIONS * deviation + _TOO_LOW * (1 - value)
    return ExpectedAccuracy(value, max(0.0, low), min(1.0, high), count)


def accuracy_message(expected: ExpectedAccuracy) -> Message:
    """Return the expected accuracy as a message, with the advice to label images first where it is low."""
    name = "expected_low" if expected.value < LOW_ACCURACY else "expected"
    shares = {"percent": expected.value, "low": expected.low, "high": expected.high}
    return Message(f"classify.{name}", {key: 100 * share for key, share in shares.items()})
