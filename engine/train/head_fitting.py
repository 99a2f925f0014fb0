"""Head fitting: a linear head with its embedding statistics, and the evidence that calibrates it.

Of many labelled images a tenth is held out as evidence. Few are all fitted to, and their evidence comes from
cross-validation: five held-out images would calibrate nothing, and the head would miss them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from engine.classify.calibration import Evidence
from engine.classify.embedding_distance import EmbeddingDistance
from engine.classify.embedding_statistics import EmbeddingStatistics
from engine.classify.reading import Float16
from engine.classify.unknown_score import UnknownScore, find_limits
from engine.jobs import Job
from engine.train.data_split import check_held_out, split_images, split_into_folds
from engine.train.linear_head import LinearHead, cross_validate_head, fit_linear_head
from engine.train.statistics_fitting import fit_statistics, fit_with_holdout

_VALIDATION_SHARE = 0.1
_FOLDS = 5
_SEED = 3

Labels = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class FittedHead:
    """A head, the statistics of the images it was fitted to, its evidence and limits of the unknown score."""

    head: LinearHead
    statistics: EmbeddingStatistics
    evidence: Evidence
    unknown_limits: dict[float, float]


def fit_to_many(
    job: Job, embeddings: Float16, labels: Labels, groups: Sequence[str], classes: tuple[str, ...]
) -> FittedHead:
    """Fit to embeddings (n, d) with labels (n,), without a tenth of the `groups`.

    Raises `Problem` (`train.too_few`, `train.one_class`, `quick.no_images`) and `Cancelled`.
    """
    parts = split_images(labels, groups, (_VALIDATION_SHARE, 0.0), _SEED)
    check_held_out(parts, labels, groups, (1,))
    is_held_out = parts == 1
    head = fit_linear_head(job, embeddings[~is_held_out], labels[~is_held_out], classes)
    statistics = fit_with_holdout(embeddings, labels, is_held_out, len(classes))
    held_out = embeddings[is_held_out]
    distances = EmbeddingDistance(statistics).measure(held_out)
    evidence = Evidence(head.logits(held_out), labels[is_held_out], distances)
    limits = find_limits(UnknownScore(statistics).measure(held_out))
    return FittedHead(head, statistics, evidence, limits)


def fit_to_few(
    job: Job,
    views: Float16,
    labels: Labels,
    groups: Sequence[str],
    classes: tuple[str, ...],
    unlabelled: Float16 | None,
    view_count: int,
) -> FittedHead:
    """Fit to views (n, v, d) of images with labels (n,), and to `unlabelled` ones (m, d) of the same folder.

    An image is read in the first `view_count` views. Raises `Problem` (`train.too_few`, `train.one_class`,
    `quick.no_images`) and `Cancelled`.
    """
    folds = split_into_folds(labels, groups, _FOLDS)
    check_held_out((folds >= 0).astype(np.intp), labels, groups, (1,))
    embeddings = views[:, :view_count].mean(axis=1, dtype=np.float32).astype(np.float16)
    head = fit_linear_head(job, views, labels, classes, unlabelled)
    logits = cross_validate_head(job, views, labels, embeddings, folds, unlabelled)
    distances, unknown_scores = np.full((2, len(labels)), np.nan, np.float32)
    for fold in range(_FOLDS):
        job.check()
        inside = folds == fold
        if inside.any():
            known = embeddings[~inside]
            statistics = fit_statistics(known, labels[~inside], known, len(classes))
            distances[inside] = EmbeddingDistance(statistics).measure(embeddings[inside])
            unknown_scores[inside] = UnknownScore(statistics).measure(embeddings[inside])
    is_held_out = folds >= 0
    evidence = Evidence(logits[is_held_out], labels[is_held_out], distances[is_held_out])
    nothing = np.zeros(len(labels), np.bool_)
    statistics = fit_with_holdout(embeddings, labels, nothing, len(classes))
    return FittedHead(head, statistics, evidence, find_limits(unknown_scores[is_held_out]))
