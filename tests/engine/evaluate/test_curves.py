"""Evaluation curves against scikit-learn and hand-computed values."""

import numpy as np
import pytest
from sklearn.metrics import average_precision_score, roc_auc_score

from engine.classify.calibration import expected_calibration_error, softmax
from engine.evaluate.curves import (
    acceptance_curve,
    precision_recall_curves,
    reliability_bins,
    roc_curves,
    worst_mistakes,
)

CLASSES = ("a", "b", "c")


@pytest.fixture(scope="module")
def some():
    rng = np.random.default_rng(0)
    labels = rng.integers(0, 3, 400)
    logits = rng.normal(size=(400, 3)).astype(np.float32)
    logits[np.arange(400), labels] += 1.5
    return labels, softmax(logits)


def test_areas_equal_scikit_learn(some):
    labels, probabilities = some
    rocs, prs = roc_curves(*some, CLASSES), precision_recall_curves(*some, CLASSES)
    for index, name in enumerate(CLASSES):
        positive = labels == index
        assert rocs[name].area == pytest.approx(roc_auc_score(positive, probabilities[:, index]))
        score = average_precision_score(positive, probabilities[:, index])
        assert prs[name].area == pytest.approx(score)
        for curve in (rocs[name], prs[name]):
            assert len(curve.x) == len(curve.y) == len(curve.threshold)
        assert rocs[name].threshold[0] is None


def test_classes_without_images_have_no_curve():
    labels = np.array([0, 0, 1])
    probabilities = np.array([[0.8, 0.1, 0.1], [0.6, 0.3, 0.1], [0.2, 0.7, 0.1]], np.float32)
    assert set(roc_curves(labels, probabilities, CLASSES)) == {"a", "b"}
    assert set(precision_recall_curves(labels, probabilities, CLASSES)) == {"a", "b"}
    assert roc_curves(np.array([0, 0]), probabilities[:2], CLASSES) == {}


def test_reliability_bins_add_up_to_the_calibration_error(some):
    labels, probabilities = some
    bins = reliability_bins(labels, probabilities)
    assert sum(bin_.n for bin_ in bins) == 400
    error = sum(bin_.n * abs(bin_.confidence - bin_.accuracy) for bin_ in bins if bin_.n) / 400
    assert error == pytest.approx(expected_calibration_error(probabilities, labels), abs=1e-6)


def test_review_effort_for_an_accuracy():
    # Confidences 0.9 (right), 0.8 (right), 0.8 (wrong), 0.7 (right), 0.6 (right)
    sure = np.array([0.9, 0.8, 0.8, 0.7, 0.6], np.float32)
    probabilities = np.stack([sure, 1 - sure], axis=1)
    labels = np.array([0, 0, 1, 0, 0])
    curve = acceptance_curve(labels, probabilities)
    assert curve.share == pytest.approx((0.2, 0.6, 0.8, 1.0))
    assert curve.accuracy == pytest.approx((1, 2 / 3, 3 / 4, 4 / 5))
    assert curve.effort_for(0.99).images_to_review == 4
    assert curve.effort_for(0.99).confidence == pytest.approx(0.9)
    assert curve.effort_for(0.8).images_to_review == 0
    assert curve.effort_for(0.75).images_to_review == 0


def test_unreachable_accuracy_needs_full_review():
    curve = acceptance_curve(np.array([1]), np.array([[0.9, 0.1]], np.float32))
    assert curve.effort_for(0.99).images_to_review == 1
    assert curve.effort_for(0.99).confidence is None
    nothing = acceptance_curve(np.zeros(0, np.intp), np.zeros((0, 2), np.float32))
    assert nothing.effort_for(0.99).images_to_review == 0


def test_worst_mistakes_are_sorted_by_confidence():
    probabilities = np.array([[0.9, 0.1], [0.6, 0.4], [0.99, 0.01], [0.7, 0.3]], np.float32)
    labels = np.array([1, 1, 1, 0])
    assert worst_mistakes(labels, probabilities) == [2, 0, 1]
    assert worst_mistakes(labels, probabilities, 1) == [2]
