"""Metrics against hand counts, scikit-learn and their invariants."""

import json
import warnings

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import (
    balanced_accuracy_score,
    f1_score,
    precision_score,
    recall_score,
    roc_auc_score,
)

from engine.evaluate.metrics import Metrics, compute_metrics
from engine.messages import Problem

CLASSES = ("a", "b", "c")


@pytest.fixture(autouse=True)
def _no_warnings():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


def certain(predicted, classes=3, probability=1.0):
    rest = (1 - probability) / (classes - 1)
    probabilities = np.full((len(predicted), classes), rest, np.float32)
    probabilities[np.arange(len(predicted)), predicted] = probability
    return probabilities


def test_metrics_equal_hand_counts():
    labels = np.array([0, 0, 0, 0, 1, 1, 1, 2, 2, 2])
    predicted = [0, 0, 0, 1, 1, 1, 2, 2, 2, 0]
    got = compute_metrics(labels, certain(predicted), CLASSES)
    assert got.n == 10
    assert got.accuracy == 0.7
    assert got.confusion == ((3, 1, 0), (0, 2, 1), (1, 0, 2))
    assert got.classes == CLASSES
    a, b, c = (got.per_class[name] for name in CLASSES)
    assert (a.n, a.precision, a.recall, a.f1) == (4, 0.75, 0.75, 0.75)
    assert (b.n, b.precision, b.recall) == (3, pytest.approx(2 / 3), pytest.approx(2 / 3))
    assert (c.n, c.precision, c.recall) == (3, pytest.approx(2 / 3), pytest.approx(2 / 3))
    # With probabilities 0 and 1 the area is (recall + specificity) / 2.
    assert a.auc == pytest.approx((0.75 + 5 / 6) / 2)
    assert b.auc == pytest.approx((2 / 3 + 6 / 7) / 2)
    assert got.roc_auc == pytest.approx(((0.75 + 5 / 6) + 2 * (2 / 3 + 6 / 7)) / 6)
    assert got.balanced_accuracy == pytest.approx((0.75 + 4 / 3) / 3)
    assert got.precision_weighted == pytest.approx(0.7)
    assert got.recall_weighted == pytest.approx(0.7)
    assert got.f1_macro == pytest.approx((0.75 + 4 / 3) / 3)
    # Full confidence, seven of ten correct.
    assert got.ece == pytest.approx(0.3)
    low, high = got.accuracy_interval
    assert (low, high) == (pytest.approx(0.3968, abs=1e-4), pytest.approx(0.8922, abs=1e-4))


def test_calibration_error_by_hand():
    # Two bins: 4 predictions at 0.9 with 3 correct, 4 at 0.6 with 1 correct.
    labels = np.array([0, 0, 0, 1, 0, 1, 2, 1])
    probabilities = np.concatenate(
        [certain([0] * 4, probability=0.9), certain([0] * 4, probability=0.6)]
    )
    assert compute_metrics(labels, probabilities, CLASSES).ece == pytest.approx(
        (0.15 + 0.35) / 2, abs=1e-6
    )


def test_classes_without_images():
    labels = np.array([0, 0, 1, 1])
    got = compute_metrics(labels, certain([0, 2, 1, 1], probability=0.8), CLASSES)
    assert got.accuracy == 0.75
    assert got.balanced_accuracy == 0.75
    assert got.f1_macro == pytest.approx((2 / 3 + 1) / 2)
    assert got.roc_auc == pytest.approx(np.mean([got.per_class[name].auc for name in "ab"]))
    absent = got.per_class["c"]
    assert (absent.n, absent.precision, absent.recall, absent.f1, absent.auc) == (
        0,
        0.0,
        None,
        None,
        None,
    )


def test_class_that_is_never_predicted():
    got = compute_metrics(np.array([0, 1]), certain([0, 0]), CLASSES)
    assert got.per_class["b"].precision is None
    assert got.per_class["b"].recall == 0.0
    assert got.per_class["b"].f1 == 0.0
    assert got.precision_weighted == 0.25


def test_single_class_has_no_roc():
    got = compute_metrics(np.array([1, 1, 1]), certain([1, 1, 0]), CLASSES)
    assert got.roc_auc is None
    assert got.per_class["b"].auc is None
    assert got.accuracy == got.balanced_accuracy == pytest.approx(2 / 3)


@pytest.mark.parametrize("right", [True, False])
def test_single_image(right):
    got = compute_metrics(np.array([2]), certain([2 if right else 0]), CLASSES)
    assert got.n == 1
    assert got.accuracy == float(right)
    assert got.roc_auc is None
    assert got.ece == float(not right)
    low, high = got.accuracy_interval
    assert 0 <= low <= got.accuracy <= high <= 1


@pytest.mark.parametrize(
    ("labels", "probabilities"),
    [
        (np.array([3]), certain([0])),
        (np.array([-1]), certain([0])),
        (np.array([0, 1]), certain([0])),
        (np.array([0]), certain([0], classes=4)),
    ],
)
def test_mismatched_shapes_are_rejected(labels, probabilities):
    with pytest.raises(ValueError, match="labels"):
        compute_metrics(labels, probabilities, CLASSES)


def test_no_images_is_a_problem_with_a_message():
    with pytest.raises(Problem, match="label"):
        compute_metrics(np.zeros(0, int), np.zeros((0, 3)), CLASSES)


def test_summary_holds_defined_figures_only():
    several = compute_metrics(np.array([0, 1]), certain([0, 1]), CLASSES).summary()
    assert several["accuracy"] == several["roc_auc"] == 1.0
    assert several["n"] == 2
    assert "roc_auc" not in compute_metrics(np.array([0]), certain([0]), CLASSES).summary()


@st.composite
def answers(draw):
    classes = draw(st.integers(2, 6))
    n = draw(st.integers(1, 60))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    labels = rng.integers(0, draw(st.integers(1, classes)), n)
    logits = rng.normal(size=(n, classes)) * draw(st.sampled_from([0.0, 0.5, 3.0, 40.0]))
    exponents = np.exp(logits - logits.max(1, keepdims=True))
    return labels, (exponents / exponents.sum(1, keepdims=True)).astype(np.float32)


@settings(max_examples=150)
@given(answers())
def test_metrics_satisfy_invariants(answer):
    labels, probabilities = answer
    classes = tuple(f"class {index}" for index in range(probabilities.shape[1]))
    got = compute_metrics(labels, probabilities, classes)
    confusion = np.array(got.confusion)
    assert confusion.sum() == got.n == len(labels)
    assert confusion.trace() / got.n == got.accuracy
    assert [got.per_class[name].n for name in classes] == list(confusion.sum(1))
    low, high = got.accuracy_interval
    assert 0 <= low <= got.accuracy <= high <= 1
    assert got.recall_weighted == pytest.approx(got.accuracy)
    shares = [got.balanced_accuracy, got.precision_weighted, got.f1_macro, got.ece]
    assert all(-1e-9 <= share <= 1 + 1e-9 for share in shares)
    assert (got.roc_auc is None) == (len(np.unique(labels)) == 1)
    assert msgspec.json.decode(msgspec.json.encode(got), type=Metrics) == got
    assert "NaN" not in json.dumps(msgspec.to_builtins(got))


@settings(max_examples=60)
@given(answers())
def test_metrics_equal_scikit_learn_when_all_classes_are_present(answer):
    labels, probabilities = answer
    c = probabilities.shape[1]
    labels = np.concatenate([labels, np.arange(c)])
    probabilities = np.concatenate([probabilities, certain(np.arange(c), c, 0.9)])
    predicted = probabilities.argmax(1)
    got = compute_metrics(labels, probabilities, tuple(map(str, range(c))))
    assert got.balanced_accuracy == pytest.approx(balanced_accuracy_score(labels, predicted))
    assert got.precision_weighted == pytest.approx(
        precision_score(labels, predicted, average="weighted")
    )
    assert got.recall_weighted == pytest.approx(recall_score(labels, predicted, average="weighted"))
    assert got.f1_macro == pytest.approx(f1_score(labels, predicted, average="macro"))
    areas = [roc_auc_score(labels == index, probabilities[:, index]) for index in range(c)]
    assert got.roc_auc == pytest.approx(np.mean(areas))
