"""Temperature scaling and the expected calibration error, against their definitions."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.classify.calibration import expected_calibration_error, fit_temperature, softmax

cases = st.tuples(st.integers(1, 60), st.integers(2, 9), st.floats(0.1, 30), st.integers(0, 2**32))


def draw_case(case):
    """Return logits (n, c) and labels that mostly agree with them."""
    count, classes, scale, seed = case
    rng = np.random.default_rng(seed)
    logits = rng.normal(0, scale, (count, classes)).astype(np.float32)
    labels = np.where(rng.random(count) < 0.7, logits.argmax(1), rng.integers(0, classes, count))
    return logits, labels


def loss(logits, labels, temperature):
    scaled = logits.astype(np.float64) / temperature
    scaled -= scaled.max(1, keepdims=True)
    logs = scaled - np.log(np.exp(scaled).sum(1, keepdims=True))
    return -logs[np.arange(len(labels)), labels].mean()


@given(cases, st.floats(0.05, 20))
def test_probabilities_sum_to_1_and_keep_the_order(case, temperature):
    logits, _ = draw_case(case)
    found = softmax(logits, temperature)
    assert found.dtype == np.float32
    assert (found >= 0).all()
    np.testing.assert_allclose(found.sum(1), 1, atol=1e-5)
    best = found[np.arange(len(found)), logits.argmax(1)]
    np.testing.assert_allclose(best, found.max(1))


def test_huge_logits_do_not_overflow():
    np.testing.assert_array_equal(softmax(np.array([[1e30, -1e30, 0]], np.float32)), [[1, 0, 0]])


@given(cases)
def test_fitted_temperature_is_the_most_likely(case):
    logits, labels = draw_case(case)
    found = fit_temperature(logits, labels)
    assert 0.05 <= found.temperature <= 20

    def unlikely(temperature):
        prior = np.log(temperature) ** 2 / 2 / len(labels)
        return loss(logits, labels, temperature) + prior

    least = unlikely(found.temperature)
    for temperature in np.geomspace(0.05, 20, 60):
        assert least <= unlikely(temperature) + 1e-3


@pytest.mark.parametrize("factor", [0.5, 1.0, 3.0])
def test_fit_recovers_the_scale_of_logits(factor):
    rng = np.random.default_rng(0)
    true = rng.normal(0, 2, (20_000, 8)).astype(np.float32)
    labels = np.array([rng.choice(8, p=row / row.sum()) for row in softmax(true).astype(float)])
    found = fit_temperature(factor * true, labels)
    assert found.temperature == pytest.approx(factor, rel=0.05)
    assert found.ece_after < 0.02
    if factor != 1:
        assert found.ece_before > 2 * found.ece_after


def test_fit_handles_no_images_and_no_errors():
    logits = np.eye(4, dtype=np.float32) * 5
    assert 0.3 < fit_temperature(logits, np.arange(4)).temperature < 1
    assert 3 < fit_temperature(logits, (np.arange(4) + 1) % 4).temperature < 20
    assert fit_temperature(logits[:0], np.arange(0)).temperature == 1


@given(cases, st.integers(1, 30))
def test_calibration_error_is_between_0_and_1(case, bins):
    logits, labels = draw_case(case)
    assert 0 <= expected_calibration_error(softmax(logits), labels, bins) <= 1


@given(cases)
def test_calibration_error_matches_its_definition(case):
    logits, labels = draw_case(case)
    probabilities = softmax(logits)
    confidence = probabilities.max(1).astype(float)
    right = probabilities.argmax(1) == labels
    total = 0.0
    for number in range(15):
        inside = (confidence > number / 15) & (confidence <= (number + 1) / 15)
        if inside.any():
            total += inside.mean() * abs(right[inside].mean() - confidence[inside].mean())
    assert expected_calibration_error(probabilities, labels) == pytest.approx(total, abs=1e-9)


def test_known_calibration_errors():
    sure = np.array([[1.0, 0.0]] * 4, np.float32)
    assert expected_calibration_error(sure, np.array([0, 0, 0, 0])) == 0
    assert expected_calibration_error(sure, np.array([1, 1, 1, 1])) == 1
    assert expected_calibration_error(sure, np.array([0, 0, 1, 1])) == 0.5
    # Over- and underconfidence in different bins do not cancel.
    mixed = np.array([[0.9, 0.1], [0.6, 0.4]], np.float32)
    assert expected_calibration_error(mixed, np.array([1, 0])) == pytest.approx(0.65)
    assert expected_calibration_error(sure[:0], np.array([], int)) == 0
