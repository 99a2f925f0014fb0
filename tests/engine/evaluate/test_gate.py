"""Gate verdicts on predictions whose right verdict is known."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.evaluate.gate import compare_predictions, mcnemar_p_value, paired_interval
from engine.messages import render

CLASSES = ("basophil", "monocyte")


@st.composite
def counts(draw):
    """Wins, losses and the images they are among."""
    n = draw(st.integers(1, 5000))
    won = draw(st.integers(0, n))
    return won, draw(st.integers(0, n - won)), n


def answers(labels, wrong):
    probabilities = np.full((len(labels), 2), 0.1, np.float32)
    probabilities[np.arange(len(labels)), labels] = 0.9
    probabilities[list(wrong)] = probabilities[list(wrong)][:, ::-1]
    return probabilities


@pytest.fixture
def labels():
    return np.arange(2000) % 2


def test_same_model_is_not_worse(labels):
    probabilities = answers(labels, range(50))
    found = compare_predictions(labels, probabilities, probabilities, CLASSES)
    assert found.verdict == "not_worse"
    assert found.p_value == 1
    assert found.difference == 0


def test_fewer_mistakes_are_not_worse_and_more_are_worse(labels):
    good, bad = answers(labels, range(40)), answers(labels, range(120))
    assert compare_predictions(labels, bad, good, CLASSES).verdict == "not_worse"
    found = compare_predictions(labels, good, bad, CLASSES)
    assert found.verdict == "worse"
    assert found.reasons[0].id == "gate.worse"
    assert found.p_value < 1e-6
    assert found.lost.tolist() == list(range(40, 120))


def test_loss_of_recall_in_one_class_is_worse(labels):
    labels = labels.copy()
    labels[40:] = 0
    current = answers(labels, range(40, 140))
    candidate = answers(labels, [1])
    # 20 monocytes are too few for a comparison of recall, 40 are enough.
    assert compare_predictions(labels, current, candidate, CLASSES).verdict == "not_worse"
    labels[40:60] = 1
    current, candidate = answers(labels, range(100, 200)), answers(labels, [1, 3])
    found = compare_predictions(labels, current, candidate, CLASSES)
    assert [reason.id for reason in found.reasons] == ["gate.class_worse"]


def test_under_a_hundred_images_verdict_is_cannot_tell():
    labels = np.arange(99) % 2
    probabilities = answers(labels, [])
    assert (
        compare_predictions(labels, probabilities, probabilities, CLASSES).verdict == "cannot_tell"
    )
    assert (
        compare_predictions(labels[:0], probabilities[:0], probabilities[:0], CLASSES).verdict
        == "cannot_tell"
    )


@pytest.mark.parametrize(("n", "wrong_now", "wrong_then", "verdict", "reasons"), [
    (50, 31, 6, "not_worse", ["gate.better", "gate.hardly_chance"]),
    (50, 6, 31, "worse", ["gate.worse", "gate.hardly_chance"]),
    (50, 10, 2, "not_worse", ["gate.better", "gate.chance"]),
    (50, 5, 3, "cannot_tell", ["gate.leans_better"]),
    (50, 3, 5, "cannot_tell", ["gate.leans_worse"]),
    (50, 4, 4, "cannot_tell", ["gate.even"]),
    # The interval alone would call these four wins a gain, the exact test does not.
    (4, 4, 0, "cannot_tell", ["gate.few_better"]),
    (4, 0, 4, "cannot_tell", ["gate.few_worse"]),
    (0, 0, 0, "cannot_tell", ["gate.none_locked"]),
])  # fmt: skip
def test_few_images_report_tendency_and_p_value(n, wrong_now, wrong_then, verdict, reasons):
    labels = np.arange(n) % 2
    current, candidate = answers(labels, range(wrong_now)), answers(labels, range(wrong_then))
    found = compare_predictions(labels, current, candidate, CLASSES)
    assert found.verdict == verdict
    assert [reason.id for reason in found.reasons] == reasons
    for reason in found.reasons:
        message = render(reason)
        if reason.id in ("gate.better", "gate.leans_better", "gate.leans_worse"):
            assert f"{abs(reason.params['difference']):.1f} points" in message
    if n == 4:
        assert found.interval[0] > 0 or found.interval[1] < 0


@given(st.integers(1, 99), st.data())
def test_under_a_hundred_images_verdict_agrees_with_interval_and_exact_test(n, data):
    wrong = st.sets(st.integers(0, n - 1))
    now, then = data.draw(wrong), data.draw(wrong)
    labels = np.zeros(n, np.intp) if data.draw(st.booleans()) else np.arange(n) % 2
    found = compare_predictions(labels, answers(labels, now), answers(labels, then), CLASSES)
    ids = {reason.id for reason in found.reasons}
    if found.verdict == "not_worse":
        assert found.interval[0] >= -0.005
        assert found.p_value < 0.05
    elif "gate.worse" in ids:
        assert found.interval[1] < 0
        assert found.p_value < 0.05
    elif found.verdict == "cannot_tell":
        assert len(ids) == 1


def test_two_perfect_models_are_never_called_worse():
    for n, verdict in ((100, "cannot_tell"), (120, "cannot_tell"), (600, "not_worse")):
        labels = np.arange(n) % 2
        probabilities = answers(labels, [])
        found = compare_predictions(labels, probabilities, probabilities, CLASSES)
        assert found.verdict == verdict
        assert (found.difference, found.p_value) == (0, 1)
    assert found.interval[0] >= -0.005


def test_a_clear_gain_is_enough_on_few_images():
    labels = np.arange(120) % 2
    current, candidate = answers(labels, range(20)), answers(labels, [])
    assert compare_predictions(labels, current, candidate, CLASSES).verdict == "not_worse"
    assert compare_predictions(labels, candidate, current, CLASSES).verdict == "worse"


def test_class_of_thirty_that_loses_five_points_is_worse():
    labels = np.r_[np.zeros(970, np.intp), np.ones(30, np.intp)]
    current = answers(labels, range(20))
    # 28 of 30 is 6.7 points below 30 of 30; one image is 3.3.
    assert (
        compare_predictions(labels, current, answers(labels, [970]), CLASSES).verdict == "not_worse"
    )
    found = compare_predictions(labels, current, answers(labels, [970, 971]), CLASSES)
    assert found.verdict == "worse"
    assert [reason.id for reason in found.reasons] == ["gate.class_worse"]


@given(counts())
def test_paired_interval_is_symmetric_and_monotonic(counted):
    won, lost, n = counted
    low, high = paired_interval(won, lost, n)
    assert -1 <= low < high <= 1
    assert low <= (won - lost) / n <= high
    # Swapping the models mirrors the interval.
    assert paired_interval(lost, won, n) == pytest.approx((-high, -low))
    # One more mistake never favours the candidate.
    if won:
        assert paired_interval(won - 1, lost, n)[0] <= low + 1e-12


@pytest.mark.parametrize("lost", [0.005, 0.01, 0.02, 0.05])
@pytest.mark.parametrize("n", [120, 400])
def test_paired_interval_covers_with_few_discordant_pairs(n, lost):
    # Exact coverage over all outcomes of a candidate that only loses.
    covered = 0.0
    for count in range(n + 1):
        low, high = paired_interval(0, count, n)
        if low <= -lost <= high:
            covered += math.comb(n, count) * lost**count * (1 - lost) ** (n - count)
    assert covered > 0.93


def test_mcnemar_equals_the_exact_binomial_test():
    assert mcnemar_p_value(0, 5) == pytest.approx(2 * 0.5**5)
    assert mcnemar_p_value(3, 3) == 1
    assert mcnemar_p_value(4000, 3000) < 1e-20


def test_paired_interval_has_nominal_coverage():
    rng = np.random.default_rng(0)
    counts = rng.multinomial(400, (0.03, 0.05, 0.92), 2000)
    held = [
        low <= -0.02 <= high for low, high in (paired_interval(w, lo, 400) for w, lo, _ in counts)
    ]
    assert 0.93 < np.mean(held) < 0.98
