"""Epoch order: passes and the share of extra sources."""

import numpy as np
import pytest

from engine.train.child.epoch_order import EpochOrder, sampling_probabilities

LABELS = np.array([0] * 12 + [1] * 12)


def test_epoch_contains_every_image_once_per_pass():
    order = EpochOrder(np.arange(12), LABELS, seed=3, passes=2)
    rows = order.epoch_rows(0)
    assert np.bincount(rows).tolist() == [2] * 12
    assert (
        rows.tolist() == EpochOrder(np.arange(12), LABELS, seed=3, passes=2).epoch_rows(0).tolist()
    )
    assert rows.tolist() != order.epoch_rows(1).tolist()


def test_extra_source_makes_up_its_share():
    order = EpochOrder(np.arange(12), LABELS, seed=3, extra_rows=[(np.arange(11, 16), 0.25)])
    rows = np.sort(order.epoch_rows(0))
    assert len(rows) == 16
    assert rows[:11].tolist() == list(range(11))
    assert (rows >= 11).sum() == 1 + 4


def test_rare_classes_are_sampled_more_often():
    # One image of the first class and four of the second: twice as likely as each of those.
    assert sampling_probabilities(LABELS[11:16]).tolist() == pytest.approx(
        [2 / 6, 1 / 6, 1 / 6, 1 / 6, 1 / 6]
    )
