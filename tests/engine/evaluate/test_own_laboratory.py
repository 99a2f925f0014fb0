"""Measured accuracy and recalibrated sets of a laboratory's own confirmed cells."""

import numpy as np
import pytest

from engine.classify.prediction_sets import COVERAGE, prediction_sets
from engine.evaluate.own_laboratory import MIN_MEASURED, measure_own_laboratory, measured_message

CLASSES = ("basophil", "monocyte", "neutrophil", "platelet")


def draw_overconfident(count, seed):
    """Probabilities (n, 4) that are too sure, and labels drawn from less sure ones."""
    rng = np.random.default_rng(seed)
    logits = rng.normal(0, 2, (count, 4))
    true = np.exp(logits) / np.exp(logits).sum(1, keepdims=True)
    sure = np.exp(3 * logits) / np.exp(3 * logits).sum(1, keepdims=True)
    labels = [CLASSES[rng.choice(4, p=row)] for row in true]
    return sure.astype(np.float32), labels


def test_fewer_than_fifty_cells_give_no_figure():
    shares, labels = draw_overconfident(MIN_MEASURED - 1, 1)
    assert measure_own_laboratory(labels, shares, CLASSES) is None


def test_fifty_cells_give_an_accuracy_but_no_own_sets():
    shares, labels = draw_overconfident(MIN_MEASURED, 1)
    own = measure_own_laboratory(labels, shares, CLASSES)
    right = sum(CLASSES[row.argmax()] == label for row, label in zip(shares, labels, strict=True))
    assert own.accuracy == right / MIN_MEASURED
    assert own.interval[0] < own.accuracy < own.interval[1]
    assert own.threshold == COVERAGE
    assert measured_message(own).id == "classify.measured"


def test_sets_recalibrated_on_own_cells_cover_others_of_the_laboratory():
    own_shares, own_labels = draw_overconfident(300, 2)
    own = measure_own_laboratory(own_labels, own_shares, CLASSES)
    assert own.is_recalibrated
    assert measured_message(own).id == "classify.measured_sets"
    shares, labels = draw_overconfident(3000, 3)
    truth = np.array([CLASSES.index(label) for label in labels])
    rows = np.arange(len(truth))
    assert prediction_sets(shares)[rows, truth].mean() < 0.9
    covered = prediction_sets(shares, own.threshold)[rows, truth].mean()
    assert covered == pytest.approx(COVERAGE, abs=0.03)


def test_a_class_that_the_model_lacks_is_an_error():
    shares = np.tile(np.array([0.97, 0.01, 0.01, 0.01], np.float32), (60, 1))
    own = measure_own_laboratory(["blast"] * 30 + ["basophil"] * 30, shares, CLASSES)
    assert own.accuracy == 0.5


def test_merged_classes_are_one_class():
    shares = np.tile(np.array([0.3, 0.4, 0.25, 0.05], np.float32), (60, 1))
    merged = {"neutrophil": "basophil"}
    own = measure_own_laboratory(["basophil"] * 60, shares, CLASSES, merged)
    assert own.accuracy == 1
