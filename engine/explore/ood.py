"""Out-of-distribution detection: images unlike the training data, by their embeddings.

The distance is that of `engine.classify.embedding_distance`.
"""

import numpy as np
import numpy.typing as npt

from engine.classify.embedding_distance import FAR_PERCENTILE, EmbeddingDistance
from engine.classify.embedding_statistics import EmbeddingStatistics
from engine.classify.reading import Float16, Float32
from engine.messages import Message

MIN_IMAGES = 24
"""Number of images below which the warning uses the usual share of far images, not the tolerable one."""
JUST_UNLIKE_RATIO = 1.1
"""Multiple of the far threshold up to which the ratio itself says nothing to a person."""
VERY_FAR_RATIO = 2.0
"""Multiple of the far threshold beyond which a prediction may be meaningless."""

_TOLERABLE_SHARE = 0.30  # share of far images up to which accuracy was found to hold
_USUAL_SHARE = 0.10  # share of far images in data like the training data
_MAX_PROBABILITY = 0.001


def far_threshold(statistics: EmbeddingStatistics) -> float:
    """Return the distance beyond which an image is far."""
    return float(statistics.quantiles[FAR_PERCENTILE])


def is_far(distances: Float32, statistics: EmbeddingStatistics) -> npt.NDArray[np.bool_]:
    """Return which distances are far: larger than those of 90% of the validation images."""
    return np.asarray(distances > far_threshold(statistics))


def image_warning(times: float) -> Message | None:
    """Return the warning for an image at `times` the far threshold, or None if it is not far."""
    if not times > 1:  # also for NaN
        return None
    if times < JUST_UNLIKE_RATIO:
        return Message("review.just_unlike")
    return Message("review.far" if times > VERY_FAR_RATIO else "review.unlike", {"times": times})


def folder_warning(
    embeddings: Float16 | Float32, statistics: EmbeddingStatistics
) -> Message | None:
    """Return the warning for a folder of images unlike the training data, or None."""
    distances = EmbeddingDistance(statistics).measure(embeddings)
    return folder_warning_from_distances(distances, statistics)


def folder_warning_from_distances(
    distances: Float32, statistics: EmbeddingStatistics
) -> Message | None:
    """Return the warning for a folder by the distances (n,) of its images, or None.

    Warns if a share of `_TOLERABLE_SHARE` far images would give as many with a probability of one in a
    thousand at most; with few images, if the usual share would.
    """
    count = len(distances)
    far_count = int(is_far(distances, statistics).sum())
    if (
        _binomial_tail(far_count, count, _TOLERABLE_SHARE if count >= MIN_IMAGES else _USUAL_SHARE)
        > _MAX_PROBABILITY
    ):
        return None
    expected_per_cent = 100 - FAR_PERCENTILE
    return Message(
        "explore.unlike",
        {"share": round(100 * far_count / count), "count": count, "expected": expected_per_cent},
    )


def _binomial_tail(successes: int, count: int, share: float) -> float:
    """Return the probability of `successes` or more in `count` trials with success probability `share`."""
    if successes <= share * count:
        return 1.0
    # Imported here: it takes a while, and most folders do not need it.
    from scipy.special import bdtrc

    return float(bdtrc(successes - 1, count, share))
