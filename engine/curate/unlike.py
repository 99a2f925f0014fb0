"""How unlike the other pictures each is: by what the network sees, by colour and by structure.

Each is a Mahalanobis distance relative to the median; their logarithms are added, so that a picture has to
be far by all three. Bluish slides are far by colour alone, a rare cell by the network alone.
"""

import numpy as np
import numpy.typing as npt

from engine.classify.reading import Float32
from engine.curate.facts import Facts

OFF_TOPIC = 9.0
UNUSUAL = 7.0
"""Scores from which a picture is off-topic, and from which it is unusual."""

_LEAST = 100  # pictures; fewer do not say what is usual
_ROUNDS = 3
_KEPT = 0.9


def unlikeness(facts: Facts, described: Float32, seen: Float32) -> Float32:
    """Return the score (m,): about 0 is usual. `seen` (m,) is the network's distance, 1 the median.

    Below a hundred pictures only `seen` is used.
    """
    score = np.log(np.maximum(seen, 0) + 0.1)
    if len(facts) < _LEAST:
        return np.asarray(2 * score, np.float32)
    score = score + np.log(robust(_colours(facts)) + 0.1) + np.log(robust(described) + 0.1)
    return np.asarray(score, np.float32)


def robust(values: npt.NDArray[np.floating]) -> Float32:
    """Return squared Mahalanobis distances (m,) to the nine tenths that lie together; median 1."""
    centred = values.astype(np.float64)
    centred = (centred - centred.mean(0)) / (centred.std(0) + 1e-6)
    middle = np.median(centred, 0)
    kept = np.ones(len(centred), bool)
    distance = np.zeros(len(centred))
    for _ in range(_ROUNDS):
        away = centred - middle
        covariance = np.cov(away[kept].T) + 1e-3 * np.eye(centred.shape[1])
        distance = np.einsum("ij,ij->i", away @ np.linalg.inv(covariance), away)
        kept = distance <= np.quantile(distance, _KEPT)
        middle = centred[kept].mean(0)
    relative: Float32 = (distance / max(float(np.median(distance)), 1e-9)).astype(np.float32)
    return relative


def _colours(facts: Facts) -> npt.NDArray[np.float64]:
    colours = facts["colour"].reshape(len(facts), -1, 3).astype(np.float32)
    levels = np.concatenate(list(np.percentile(colours, (5, 25, 50, 75, 95), axis=1)), 1)
    green = colours[..., 1]
    more = (
        np.log(facts["sharpness"] + 0.01),
        np.log(facts["contrast"] + 1),
        facts["centre"],
        (colours[..., 0] - green).std(1),
        (colours[..., 2] - green).std(1),
    )
    return np.concatenate([levels, np.stack(more, 1)], 1)
