"""Comparison of all different images of a set with each other."""

from typing import Any

import numpy as np
import numpy.typing as npt

from engine.classify.reading import Float32
from engine.curate import label_issues, near_duplicates, outliers
from engine.curate.npz_cache import Arrays
from engine.curate.pair_cache import KnownPairs

_MAX_COMPONENTS = 64


def compare_images(
    inputs: Arrays, known_pairs: KnownPairs, on_progress: near_duplicates.ProgressCallback
) -> dict[str, npt.NDArray[Any]]:
    """Return arrays over the m images of `inputs`.

    Inputs are `features`, `embeddings`, `labels` (-1: none) and `embedding_distances` (empty: none).

    Only the rows that are new to `known_pairs` are compared with all others. `first`, `second` and
    `correlations` are near-duplicates and how alike they are; `group` (m,) is the lowest row of each image's
    connected component; `outlier_scores` (m,); `suspect` (m,) how probably the label is wrong, 0 if unknown;
    `suggested` (m,) a better label, -1 where the label is good.
    """
    features, count = inputs["features"], len(inputs["features"])
    descriptors = near_duplicates.compute_descriptors(features["grey"])
    whitened = _whiten(inputs["embeddings"])
    first, second, correlation = near_duplicates.find_pairs(
        features["grey"],
        descriptors,
        whitened,
        known_pairs.new_rows,
        lambda share: on_progress(0.7 * share),
    )
    first = np.concatenate([known_pairs.first, first])
    second = np.concatenate([known_pairs.second, second])
    correlation = np.concatenate([known_pairs.correlation, correlation])
    group = near_duplicates.connected_components(count, first, second)
    distances = inputs["embedding_distances"]
    if not len(distances):
        distances = (
            outliers.robust_distances(whitened)
            if count > whitened.shape[1]
            else np.ones(count, np.float32)
        )
    result: dict[str, npt.NDArray[Any]] = {
        "first": first,
        "second": second,
        "correlations": correlation,
        "group": group,
        "outlier_scores": outliers.outlier_scores(features, descriptors, distances),
        "suspect": np.zeros(count, np.float32),
        "suggested": np.full(count, -1, np.intp),
    }
    on_progress(0.75)
    is_usable = label_issues.has_learnable_label(inputs["labels"])
    is_usable &= (
        result["outlier_scores"] < outliers.OFF_TOPIC_SCORE
    )  # an off-topic image has no right label
    rows = np.flatnonzero(is_usable)
    if len(rows) >= 2 * label_issues.FOLDS:
        names, labels_of_rows = np.unique(inputs["labels"][rows], return_inverse=True)
        if len(names) > 1:
            probabilities = label_issues.out_of_fold_probabilities(
                whitened[rows], labels_of_rows, group[rows]
            )
            result["suspect"][rows], best_label, is_wrong = label_issues.find_label_issues(
                labels_of_rows, probabilities
            )
            result["suggested"][rows] = np.where(is_wrong, names[best_label], -1)
    on_progress(1.0)
    return result


def _whiten(embeddings: npt.NDArray[np.float16]) -> Float32:
    count, size = embeddings.shape
    step = max(1, count // 12_000)
    sample = embeddings[::step].astype(np.float32)
    mean = sample.mean(0) if count else np.zeros(size, np.float32)
    sample -= mean
    values, vectors = np.linalg.eigh((sample.T @ sample).astype(np.float64) / max(1, len(sample)))
    size_kept = min(_MAX_COMPONENTS, size)
    scale = 1 / np.sqrt(np.maximum(values[::-1][:size_kept], 1e-6 * max(float(values[-1]), 1e-9)))
    projection = (vectors[:, ::-1][:, :size_kept] * scale).astype(np.float32)
    return np.concatenate(
        [
            (embeddings[start : start + 4096].astype(np.float32) - mean) @ projection
            for start in range(0, count, 4096)
        ]
        or [np.empty((0, size_kept), np.float32)]
    )
