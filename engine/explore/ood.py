"""Whether images look like what the model was trained on, by their embeddings.

The distance of an image is the Mahalanobis distance to the nearest class mean in the space of the
principal components (Lee et al. 2018, "A Simple Unified Framework for Detecting Out-of-Distribution
Samples"), and how far it lies outside that space, each relative to its mean over training images; then
relative to the median of the class it is nearest to, so that a folder of one class is judged as one of
all. What was tried beside it is in docs/decisions/0007-unlike-training.md.
"""

import math

import numpy as np
import numpy.typing as npt

from engine.classify.reading import Float16, Float32
from engine.classify.embedding_statistics import Statistics
from engine.messages import Message

LEAST = 24
"""Of fewer images only a share of far ones is told that is unusual, though it might be borne."""
VERY_FAR = 2.0
"""Times the distance that counts as far, from which a prediction may mean nothing."""

_PER_CENT = 90  # of the validation images lie below the distance that counts as far
_BEARABLE = 0.30  # share of far images up to which accuracy was seen to hold
_USUAL = 0.10  # share of far images among those like the training images
_DOUBT = 0.001
_CHUNK = 4096


def distances(embeddings: Float16 | Float32, statistics: Statistics) -> Float32:
    """Return how unlike the training images each image is, (n,) for (n, d): about 1 is usual."""
    raw, nearest = raw_distances(embeddings, statistics)
    return raw / statistics.scale[nearest]


def raw_distances(
    embeddings: Float16 | Float32, statistics: Statistics
) -> tuple[Float32, npt.NDArray[np.intp]]:
    """Return the distance before it is scaled by class, (n,), and the nearest class, (n,)."""
    components = statistics.components.astype(np.float32)
    size = components.shape[1]
    # Where the covariance is the unit matrix, the Mahalanobis distance is the plain one.
    whiten = np.linalg.inv(np.linalg.cholesky(statistics.covariance.astype(np.float64))).T
    whiten = whiten.astype(np.float32)
    means = statistics.class_means @ whiten
    raw = np.empty(len(embeddings), np.float32)
    nearest = np.empty(len(embeddings), np.intp)
    for start in range(0, len(embeddings), _CHUNK):
        part = slice(start, start + _CHUNK)
        centred = embeddings[part].astype(np.float32) - statistics.mean
        inside = centred @ components
        outside = np.maximum((centred**2).sum(1) - (inside**2).sum(1), 0) / statistics.residual
        squared = ((inside @ whiten)[:, None] - means) ** 2
        to_class = squared.sum(2)
        nearest[part] = to_class.argmin(1)
        raw[part] = (to_class.min(1) / size + outside) / 2
    return raw, nearest


def far_from(statistics: Statistics) -> float:
    """Return the distance beyond which an image counts as far."""
    return float(statistics.quantiles[_PER_CENT])


def far(unlikeness: Float32, statistics: Statistics) -> npt.NDArray[np.bool_]:
    """Return which distances are larger than those of nine in ten validation images."""
    return np.asarray(unlikeness > far_from(statistics))


def of_one(times: float) -> Message | None:
    """Return what to say of an image this many times as far as what counts as far, None if it is not."""
    if not times > 1:  # also of one that has no distance
        return None
    return Message("review.far" if times > VERY_FAR else "review.unlike", {"times": times})


def verdict(embeddings: Float16 | Float32, statistics: Statistics) -> Message | None:
    """Return what to say of a folder that is unlike the training images, None if it is not."""
    return verdict_of(distances(embeddings, statistics), statistics)


def verdict_of(unlikeness: Float32, statistics: Statistics) -> Message | None:
    """Return what to say of a folder by the distances of its images.

    Said where so many images are far that a share of `_BEARABLE` would hardly (one time in a thousand)
    show as many by chance; of a few images, where their usual share would not.
    """
    count = len(unlikeness)
    found = int(far(unlikeness, statistics).sum())
    if _chance(found, count, _BEARABLE if count >= LEAST else _USUAL) > _DOUBT:
        return None
    expected = 100 - _PER_CENT
    return Message(
        "explore.unlike",
        {"share": round(100 * found / count), "count": count, "expected": expected},
    )


def _chance(found: int, count: int, share: float) -> float:
    """Return the probability of `found` or more of `count`, where each counts with probability `share`."""
    if found <= share * count:
        return 1.0
    logs = [
        math.lgamma(count + 1)
        - math.lgamma(k + 1)
        - math.lgamma(count - k + 1)
        + k * math.log(share)
        + (count - k) * math.log1p(-share)
        for k in range(found, count + 1)
    ]
    return math.fsum(map(math.exp, logs))
