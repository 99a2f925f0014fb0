import numpy as np
import pytest

from engine.classify.calibration import (
    Evidence,
    expected_calibration_error,
    fit_calibration,
    softmax,
    temperatures,
)
from engine.classify.calibrator import Calibrator
from engine.classify.card import Calibration
from engine.classify.embedding_distance import EmbeddingDistance
from engine.train.statistics_fitting import fit_statistics


def draw_evidence(count, distance, sharpness, seed):
    """Logits whose labels are drawn from the softmax of `sharpness` times them."""
    rng = np.random.default_rng(seed)
    logits = rng.normal(0, 3, (count, 5)).astype(np.float32)
    shares = softmax(logits * np.float32(sharpness))
    labels = np.array([rng.choice(5, p=row / row.sum()) for row in shares.astype(np.float64)])
    return Evidence(logits, labels, np.full(count, distance, np.float32))


def test_an_exponent_of_zero_leaves_one_temperature():
    assert temperatures(Calibration(temperature=1.5), np.array([1, 9], np.float32)) == 1.5


def test_the_temperature_is_the_models_own_at_the_usual_distance_and_grows_with_it():
    calibration = Calibration(temperature=0.7, distance_exponent=0.6)
    found = np.asarray(temperatures(calibration, np.array([0.2, 1, 2, 8], np.float32)))
    assert found[1] == pytest.approx(0.7)
    assert (np.diff(found) > 0).all()


def test_fit_finds_that_far_images_are_read_less_surely():
    clean = draw_evidence(1500, 1.0, 1.0, 1)
    far = draw_evidence(1500, 8.0, 0.35, 2)
    fitted = fit_calibration(clean, far)
    assert fitted.distance_exponent > 0.5
    for evidence in (clean, far):
        shares = softmax(evidence.logits, temperatures(fitted, evidence.distances))
        assert expected_calibration_error(shares, evidence.labels) < 0.05
    constant = fit_calibration(clean, None)
    overconfident = softmax(far.logits, constant.temperature)
    assert expected_calibration_error(overconfident, far.labels) > 0.15


def test_fit_without_images_keeps_the_given_exponent():
    nothing = Evidence(np.empty((0, 3), np.float32), np.empty(0, np.intp), np.empty(0, np.float32))
    assert fit_calibration(nothing, None, 0.4) == Calibration(distance_exponent=0.4)


def test_a_few_images_leave_the_exponent_near_the_usual_one():
    few = draw_evidence(6, 1.0, 1.0, 3)
    assert fit_calibration(few, draw_evidence(6, 4.0, 1.0, 4)).distance_exponent == pytest.approx(
        0.6, abs=0.25
    )


def test_an_image_has_the_same_probabilities_alone_and_among_others():
    rng = np.random.default_rng(0)
    labels = np.arange(400) % 4
    embeddings = rng.normal(0, 1, (400, 96)).astype(np.float32)
    embeddings[:, 0] += 6 * labels
    statistics = fit_statistics(embeddings, labels, embeddings, 4)
    calibrator = Calibrator(Calibration(distance_exponent=0.6), EmbeddingDistance(statistics))
    logits = rng.normal(0, 3, (400, 4)).astype(np.float32)
    together, thresholds = calibrator.assess(logits, embeddings)
    for row in range(400):
        alone, threshold = calibrator.assess(logits[row : row + 1], embeddings[row : row + 1])
        assert np.array_equal(alone[0], together[row])
        assert threshold[0] == thresholds[row]


def test_probabilities_of_a_far_image_are_flatter_and_name_the_same_class():
    rng = np.random.default_rng(0)
    labels = np.arange(300) % 3
    embeddings = rng.normal(0, 1, (300, 6)).astype(np.float32)
    embeddings[:, 0] += 6 * labels
    statistics = fit_statistics(embeddings, labels, embeddings, 3)
    calibrator = Calibrator(Calibration(distance_exponent=0.6), EmbeddingDistance(statistics))
    logits = np.array([[4, 1, 0]] * 2, np.float32)
    near, far = calibrator.probabilities(logits, np.stack([embeddings[0], embeddings[0] + 40]))
    assert near.argmax() == far.argmax() == 0
    assert far[0] < near[0] - 0.1


def test_without_statistics_there_is_one_temperature():
    calibrator = Calibrator(Calibration(temperature=2.0, distance_exponent=0.6))
    logits = np.array([[4, 1, 0]], np.float32)
    found = calibrator.probabilities(logits, np.zeros((1, 6), np.float16))
    np.testing.assert_array_equal(found, softmax(logits, 2.0))


def test_the_set_of_a_far_image_leaves_out_less():
    rng = np.random.default_rng(0)
    known = rng.normal(0, 1, (400, 16)).astype(np.float32)
    labels = np.arange(400) % 2
    distance = EmbeddingDistance(fit_statistics(known, labels, known, 2))
    calibrator = Calibrator(Calibration(distance_exponent=0.6), distance)
    images = np.stack([np.zeros(16), np.full(16, 4.0), np.full(16, 8.0)]).astype(np.float32)
    logits = np.zeros((3, 2), np.float32)
    near, far, farther = calibrator.assess(logits, images)[1]
    ratios = distance.measure(images) / distance.far_limit
    assert near == pytest.approx(0.95)
    assert 1 - far == pytest.approx(0.05 / ratios[1])
    assert 0.95 < far < farther < 1
    assert Calibrator(Calibration()).assess(logits, images)[1].tolist() == [0.95] * 3
