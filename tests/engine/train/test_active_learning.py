"""Active learning: the images to label next."""

import numpy as np

from engine.train.active_learning import select_for_labelling
from tests.engine.train.test_linear_head import embeddings


def test_first_selection_covers_every_class():
    points, labels = embeddings(5, 60)
    chosen = select_for_labelling(
        points, np.full((300, 5), 0.2, np.float32), np.zeros(300, bool), 10
    )
    assert len(set(chosen.tolist())) == 10
    assert set(labels[chosen]) == set(range(5))


def test_later_selection_is_uncertain_and_unlabelled():
    points, _ = embeddings(2, 100)
    labelled = np.zeros(200, bool)
    labelled[::2] = True
    sure = np.tile(np.float32([0.99, 0.01]), (200, 1))
    sure[101:181] = 0.5
    chosen = select_for_labelling(points, sure, labelled, 12)
    assert not labelled[chosen].any()
    assert all(101 <= row < 181 for row in chosen)
    assert select_for_labelling(points, sure, np.ones(200, bool)).size == 0
