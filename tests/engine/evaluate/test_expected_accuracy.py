import numpy as np
import pytest

from engine.evaluate.expected_accuracy import accuracy_message, expected_accuracy
from engine.messages import render


def test_no_image_has_no_expected_accuracy():
    assert expected_accuracy(np.empty(0, np.float32)) is None


def test_expected_accuracy_is_the_mean_confidence_within_its_interval():
    shares = np.array([[0.9, 0.1], [0.3, 0.7]], np.float32)
    found = expected_accuracy(shares.max(1))
    assert found.value == pytest.approx(0.8)
    assert 0 <= found.low < 0.8 < found.high <= 1
    assert found.count == 2


def test_more_images_make_the_interval_narrower_but_not_without_end():
    row = np.array([[0.8, 0.2]], np.float32)
    widths = [
        found.high - found.low
        for count in (10, 1000, 100_000)
        if (found := expected_accuracy(np.repeat(row, count, axis=0).max(1)))
    ]
    assert widths[0] > widths[1] > widths[2] > 0.1


@pytest.mark.parametrize(
    ("confidence", "accuracy"),
    # Mean confidence and accuracy of models that learned from PBC alone (decision 14): chula-wbc, bccd.
    [(0.747, 0.457), (0.694, 0.462), (0.819, 0.850), (0.779, 0.735)],
)
def test_interval_holds_what_was_measured_in_laboratories_left_out(confidence, accuracy):
    found = expected_accuracy(np.full(380, confidence))
    assert found.low <= accuracy <= found.high


def test_a_low_expected_accuracy_is_called_too_high_and_a_high_one_is_not():
    low, high = (
        render(accuracy_message(found))
        for share in (0.75, 0.98)
        if (found := expected_accuracy(np.full(400, share)))
    )
    assert "often too high" in low
    assert "retrain" in low
    assert "too high" not in high
