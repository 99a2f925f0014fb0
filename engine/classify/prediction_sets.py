"""Prediction sets: for each image the classes among which the true class is with a given probability.

Adaptive prediction sets (Romano et al. 2020, "Classification with Valid and Adaptive Coverage") without
randomisation: the likeliest classes until their probabilities reach the coverage. They grow with the distance
from the training images, by the probabilities and by their own threshold (`Calibrator.assess`); split
conformal prediction on a laboratory's own confirmed cells makes the coverage hold there.
"""

import math

import numpy as np
import numpy.typing as npt

from engine.classify.reading import Float32

COVERAGE = 0.95
MIN_CONFIRMED = 100
"""Confirmed cells from which a laboratory's own threshold takes the place of `COVERAGE`."""


def prediction_sets(
    probabilities: Float32, threshold: float | npt.NDArray[np.float64] = COVERAGE
) -> npt.NDArray[np.bool_]:
    """Return which classes are in each image's set, (n, c); the likeliest class always is.

    `threshold` is that of all images or (n,) of each.
    """
    inside = _sum_of_likelier(probabilities) < np.reshape(threshold, (-1, 1))
    inside[np.arange(len(probabilities)), probabilities.argmax(axis=1)] = True
    return inside


def conformal_threshold(
    probabilities: Float32, labels: npt.NDArray[np.intp], coverage: float = COVERAGE
) -> float:
    """Return the threshold with which the sets of exchangeable images hold the true class at `coverage`.

    Probabilities (n, c) and labels (n,) of images that were not trained on. Fewer than `MIN_CONFIRMED`
    images: `coverage` itself.
    """
    count = len(labels)
    if count < MIN_CONFIRMED:
        return coverage
    scores = np.sort(_sum_of_likelier(probabilities)[np.arange(count), labels])
    rank = min(count, conformal_rank(count, coverage))
    return float(np.nextafter(scores[rank - 1], 2.0))


def conformal_rank(count: int, coverage: float) -> int:
    """Return the rank, from 1, of the score below which another one lies at `coverage`; over `count`, none is.

    The finite-sample rank of split conformal prediction (Vovk et al. 2005) among `count` exchangeable scores.
    """
    return math.ceil(round((count + 1) * coverage, 9))


def _sum_of_likelier(probabilities: Float32) -> npt.NDArray[np.float64]:
    """Return for each class the sum of the probabilities of the classes before it, likeliest first."""
    order = np.argsort(-probabilities, axis=1, kind="stable")
    ordered = np.take_along_axis(probabilities.astype(np.float64), order, axis=1)
    before = np.cumsum(ordered, axis=1) - ordered
    sums = np.empty_like(before)
    np.put_along_axis(sums, order, before, axis=1)
    return sums
