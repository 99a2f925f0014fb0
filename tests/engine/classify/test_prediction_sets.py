import numpy as np
import pytest

from engine.classify.prediction_sets import (
    COVERAGE,
    MIN_CONFIRMED,
    conformal_threshold,
    prediction_sets,
)


def draw(count, seed, sharpness=1.0):
    """Probabilities (n, 4) and labels drawn from their `sharpness`-th power."""
    rng = np.random.default_rng(seed)
    shares = rng.dirichlet(np.full(4, 0.4), count)
    true = shares**sharpness / (shares**sharpness).sum(1, keepdims=True)
    labels = np.array([rng.choice(4, p=row) for row in true])
    return shares.astype(np.float32), labels


def test_a_set_holds_the_likeliest_classes_until_they_reach_the_coverage():
    shares = np.array([[0.97, 0.01, 0.01, 0.01], [0.1, 0.5, 0.36, 0.04]], np.float32)
    np.testing.assert_array_equal(
        prediction_sets(shares), [[True, False, False, False], [True, True, True, False]]
    )


def test_a_set_is_never_empty():
    shares, _ = draw(500, 1)
    assert prediction_sets(shares, 0.0).sum(1).tolist() == [1] * 500


def test_equal_probabilities_are_ordered_by_class():
    assert prediction_sets(np.full((1, 4), 0.25, np.float32), 0.4).tolist() == [
        [True, True, False, False]
    ]


def test_calibrated_probabilities_cover_as_often_as_promised():
    shares, labels = draw(4000, 2)
    covered = prediction_sets(shares)[np.arange(4000), labels].mean()
    assert covered >= COVERAGE - 0.01


def test_too_few_confirmed_images_leave_the_threshold():
    shares, labels = draw(MIN_CONFIRMED - 1, 3)
    assert conformal_threshold(shares, labels) == COVERAGE


@pytest.mark.parametrize("sharpness", [0.3, 3.0])
def test_own_images_mend_the_coverage_of_wrong_probabilities(sharpness):
    shares, labels = draw(6000, 4, sharpness)
    own, others = slice(0, 1000), slice(1000, None)
    threshold = conformal_threshold(shares[own], labels[own])
    covered = prediction_sets(shares[others], threshold)[np.arange(5000), labels[others]].mean()
    # With sharp truths a set of one class may cover more than it must.
    assert covered >= COVERAGE - 0.02
    assert (threshold > COVERAGE) == (sharpness < 1)


def test_each_image_may_have_its_own_threshold():
    shares = np.tile(np.array([[0.9, 0.06, 0.03, 0.01]], np.float32), (3, 1))
    found = prediction_sets(shares, np.array([0.5, 0.95, 0.98]))
    assert found.sum(1).tolist() == [1, 2, 3]
