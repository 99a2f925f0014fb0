"""The order of an epoch, and how much of it other folders make up."""

import numpy as np
import pytest

from engine.train.child.epoch_order import EpochOrder, sampling_probabilities

LABELS = np.array([0] * 12 + [1] * 12)


def test_an_epoch_has_every_image_as_often_as_there_are_passes():
    order = EpochOrder(np.arange(12), LABELS, seed=3, passes=2)
    rows = order.epoch_rows(0)
    assert np.bincount(rows).tolist() == [2] * 12
    assert (
        rows.tolist() == EpochOrder(np.arange(12), LABELS, seed=3, passes=2).epoch_rows(0).tolist()
    )
    assert rows.tolist() != order.epoch_rows(1).tolist()


def test_another_folder_makes_up_its_share():
    order = EpochOrder(np.arange(12), LABELS, seed=3, extra_rows=[(np.arange(11, 16), 0.25)])
    rows = np.sort(order.epoch_rows(0))
    assert len(rows) == 16
    assert rows[:11].tolist() == list(range(11))
    assert (rows >= 11).sum() == 1 + 4


def test_rare_classes_of_another_folder_are_drawn_more_often_but_not_as_often():
    # One image of the first class against four of the second: twice as likely as each of them.
    assert sampling_probabilities(LABELS[11:16]).tolist() == pytest.approx(
        [2 / 6, 1 / 6, 1 / 6, 1 / 6, 1 / 6]
    )
