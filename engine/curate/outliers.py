"""Outlier scores: how unusual each image is by embedding, colour and structure.

Each is a Mahalanobis distance relative to the median; their logarithms are added, so an image must be far by
all three. Bluish slides are far by colour alone, a rare cell by its embedding alone.
"""

import numpy as np
import numpy.typing as npt

from engine.classify.reading import Float32
from engine.curate.image_features import ImageFeatures

OFF_TOPIC_SCORE = 9.0
"""Least outlier score of an off-topic image."""

UNUSUAL_SCORE = 7.0
"""Least outlier score of an unusual image."""

_MIN_IMAGES = 100  # with fewer, colour and structure have no reliable distribution
_ROUNDS = 3
_INLIER_SHARE = 0.9


def outlier_scores(
    features: ImageFeatures, descriptors: Float32, embedding_distances: Float32
) -> Float32:
    """Return outlier scores (m,); about 0 is usual.

    `descriptors` (m, 36) are those of near-duplicate detection, `embedding_distances` (m,) are relative to
    their median. Below 100 images only `embedding_distances` is used.
    """
    score = np.log(np.maximum(embedding_distances, 0) + 0.1)
    if len(features) < _MIN_IMAGES:
        return np.asarray(2 * score, np.float32)
    score = (
        score
        + np.log(robust_distances(_colour_statistics(features)) + 0.1)
        + np.log(robust_distances(descriptors) + 0.1)
    )
    return np.asarray(score, np.float32)


def robust_distances(values: npt.NDArray[np.floating]) -> Float32:
    """Return squared Mahalanobis distances (m,) to the densest nine tenths of the rows; median 1."""
    standardised = values.astype(np.float64)
    standardised = (standardised - standardised.mean(0)) / (standardised.std(0) + 1e-6)
    centre = np.median(standardised, 0)
    is_inlier = np.ones(len(standardised), bool)
    distance = np.zeros(len(standardised))
    for _ in range(_ROUNDS):
        offsets = standardised - centre
        covariance = np.cov(offsets[is_inlier].T) + 1e-3 * np.eye(standardised.shape[1])
        distance = np.einsum("ij,ij->i", offsets @ np.linalg.inv(covariance), offsets)
        is_inlier = distance <= np.quantile(distance, _INLIER_SHARE)
        centre = standardised[is_inlier].mean(0)
    relative: Float32 = (distance / max(float(np.median(distance)), 1e-9)).astype(np.float32)
    return relative


def _colour_statistics(features: ImageFeatures) -> npt.NDArray[np.float64]:
    colours = features["colour"].reshape(len(features), -1, 3).astype(np.float32)
    percentiles = np.concatenate(list(np.percentile(colours, (5, 25, 50, 75, 95), axis=1)), 1)
    green = colours[..., 1]
    structure = (
        np.log(features["sharpness"] + 0.01),
        np.log(features["contrast"] + 1),
        features["centre"],
        (colours[..., 0] - green).std(1),
        (colours[..., 2] - green).std(1),
    )
    return np.concatenate([percentiles, np.stack(structure, 1)], 1)
