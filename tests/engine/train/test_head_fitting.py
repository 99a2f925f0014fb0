"""Head fitting: what few labels give beside the head."""

import numpy as np
import pytest

from engine.classify.unknown_score import USUAL_SHARE, UnknownScore
from engine.jobs import Job
from engine.train.head_fitting import fit_to_few

CLASSES = ("lymphocyte", "monocyte", "neutrophil")
DIRECTIONS = 3 * np.eye(4, 24)
VIEWS = 2


def draw_views(count, class_index, seed):
    """Return embeddings (n, v, d) of the views of images of one class; the fourth is none of `CLASSES`."""
    rng = np.random.default_rng(seed)
    images = DIRECTIONS[class_index] + rng.normal(0, 0.4, (count, 1, 24))
    return (images + rng.normal(0, 0.1, (count, VIEWS, 24))).astype(np.float16)


def fit(count):
    """Fit to `count` images of each class."""
    views = np.concatenate([draw_views(count, index, index) for index in range(3)])
    labels = np.repeat(np.arange(3), count)
    groups = [str(row) for row in range(len(labels))]
    return fit_to_few(Job(), views, labels, groups, CLASSES, None, VIEWS)


def test_few_labels_give_limits_of_the_unknown_score():
    fitted = fit(25)
    score = UnknownScore(fitted.statistics, fitted.unknown_limits)

    def flagged(class_index):
        embeddings = draw_views(300, class_index, 9).mean(axis=1)
        return (score.measure_ratios(embeddings) > 1).mean()

    assert np.mean([flagged(index) for index in range(3)]) == pytest.approx(USUAL_SHARE, abs=0.03)
    assert flagged(3) > 0.9


def test_fewer_than_49_labels_give_none():
    assert fit(16).unknown_limits == {}
