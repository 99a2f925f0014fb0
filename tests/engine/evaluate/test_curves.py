"""Curves against scikit-learn and values worked by hand."""

import numpy as np
import pytest
from sklearn.metrics import average_precision_score, roc_auc_score

from engine.classify.calibration import expected_calibration_error, softmax
from engine.evaluate.curves import acceptance, precision_recall, reliability, roc, worst_mistakes

CLASSES = ("a", "b", "c")


@pytest.fixture(scope="module")
def some():
    rng = np.random.default_rng(0)
    labels = rng.integers(0, 3, 400)
    logits = rng.normal(size=(400, 3)).astype(np.float32)
    logits[np.arange(400), labels] += 1.5
    return labels, softmax(logits)


def test_areas_are_those_of_scikit_learn(some):
    labels, probabilities = some
    rocs, prs = roc(*some, CLASSES), precision_recall(*some, CLASSES)
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
    assert set(roc(labels, probabilities, CLASSES)) == {"a", "b"}
    assert set(precision_recall(labels, probabilities, CLASSES)) == {"a", "b"}
    assert roc(np.array([0, 0]), probabilities[:2], CLASSES) == {}


def test_the_reliability_diagram_adds_up_to_the_calibration_error(some):
    labels, probabilities = some
    bins = reliability(labels, probabilities)
    assert sum(one.n for one in bins) == 400
    error = sum(one.n * abs(one.confidence - one.accuracy) for one in bins if one.n) / 400
    assert error == pytest.approx(expected_calibration_error(probabilities, labels), abs=1e-6)


def test_how_many_images_a_person_must_look_at():
    # Confidences 0.9 (right), 0.8 (right), 0.8 (wrong), 0.7 (right), 0.6 (right)
    sure = np.array([0.9, 0.8, 0.8, 0.7, 0.6], np.float32)
    probabilities = np.stack([sure, 1 - sure], axis=1)
    labels = np.array([0, 0, 1, 0, 0])
    curve = acceptance(labels, probabilities)
    assert curve.share == pytest.approx((0.2, 0.6, 0.8, 1.0))
    assert curve.accuracy == pytest.approx((1, 2 / 3, 3 / 4, 4 / 5))
    assert curve.needs(0.99).look_at == 4
    assert curve.needs(0.99).confidence == pytest.approx(0.9)
    assert curve.needs(0.8).look_at == 0
    assert curve.needs(0.75).look_at == 0


def test_an_accuracy_that_no_threshold_gives():
    curve = acceptance(np.array([1]), np.array([[0.9, 0.1]], np.float32))
    assert curve.needs(0.99).look_at == 1
    assert curve.needs(0.99).confidence is None
    nothing = acceptance(np.zeros(0, np.intp), np.zeros((0, 2), np.float32))
    assert nothing.needs(0.99).look_at == 0


def test_the_worst_mistake_is_the_surest():
    probabilities = np.array([[0.9, 0.1], [0.6, 0.4], [0.99, 0.01], [0.7, 0.3]], np.float32)
    labels = np.array([1, 1, 1, 0])
    assert worst_mistakes(labels, probabilities) == [2, 0, 1]
    assert worst_mistakes(labels, probabilities, 1) == [2]
