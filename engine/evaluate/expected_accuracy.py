"""Expected accuracy of a folder without labels, from calibrated confidences.

The mean calibrated confidence estimates the accuracy (Guillory et al. 2021, "Predicting
with Confidence on Unseen Distributions"). It holds as far as the calibration holds: the interval says so.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from engine.messages import Message

LOW_ACCURACY = 0.9
"""Expected accuracy below which a person is offered to label cells of their own first."""

_DEVIATIONS = 1.96  # of a 95% interval
_CALIBRATION_DOUBT = 0.4
"""Share of the expected errors by which the estimate was off on laboratories left out of training."""


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
    margin = _DEVIATIONS * deviation + _CALIBRATION_DOUBT * (1 - value)
    return ExpectedAccuracy(value, max(0.0, value - margin), min(1.0, value + margin), count)


def accuracy_message(expected: ExpectedAccuracy) -> Message:
    """Return the expected accuracy as a message, with the advice to label images first where it is low."""
    name = "expected_low" if expected.value < LOW_ACCURACY else "expected"
    shares = {"percent": expected.value, "low": expected.low, "high": expected.high}
    return Message(f"classify.{name}", {key: 100 * share for key, share in shares.items()})
