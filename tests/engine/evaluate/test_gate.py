"""The gate's word, on answers whose right verdict is known."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.evaluate.gate import compare, mcnemar, paired_interval
from engine.messages import render

CLASSES = ("basophil", "monocyte")


@st.composite
def counts(draw):
    """Wins, losses and the images they are among."""
    n = draw(st.integers(1, 5000))
    won = draw(st.integers(0, n))
    return won, draw(st.integers(0, n - won)), n


def answers(labels, wrong):
    said = np.full((len(labels), 2), 0.1, np.float32)
    said[np.arange(len(labels)), labels] = 0.9
    said[list(wrong)] = said[list(wrong)][:, ::-1]
    return said


@pytest.fixture
def labels():
    return np.arange(2000) % 2


def test_the_same_model_is_not_worse(labels):
    said = answers(labels, range(50))
    found = compare(labels, said, said, CLASSES)
    assert found.verdict == "not_worse"
    assert found.p_value == 1
    assert found.difference == 0


def test_fewer_mistakes_are_not_worse_and_more_are(labels):
    good, bad = answers(labels, range(40)), answers(labels, range(120))
    assert compare(labels, bad, good, CLASSES).verdict == "not_worse"
    found = compare(labels, good, bad, CLASSES)
    assert found.verdict == "worse"
    assert found.reasons[0].id == "gate.worse"
    assert found.p_value < 1e-6
    assert found.lost.tolist() == list(range(40, 120))


def test_one_class_that_falls_is_enough(labels):
    labels = labels.copy()
    labels[40:] = 0
    current = answers(labels, range(40, 140))
    candidate = answers(labels, [1])
    # 20 monocytes are too few to be judged alone; forty are not.
    assert compare(labels, current, candidate, CLASSES).verdict == "not_worse"
    labels[40:60] = 1
    current, candidate = answers(labels, range(100, 200)), answers(labels, [1, 3])
    found = compare(labels, current, candidate, CLASSES)
    assert [one.id for one in found.reasons] == ["gate.class_worse"]


def test_under_a_hundred_it_cannot_tell():
    labels = np.arange(99) % 2
    said = answers(labels, [])
    assert compare(labels, said, said, CLASSES).verdict == "cannot_tell"
    assert compare(labels[:0], said[:0], said[:0], CLASSES).verdict == "cannot_tell"


@pytest.mark.parametrize(("n", "wrong_now", "wrong_then", "verdict", "reasons"), [
    (50, 31, 6, "not_worse", ["gate.better", "gate.hardly_chance"]),
    (50, 6, 31, "worse", ["gate.worse", "gate.hardly_chance"]),
    (50, 10, 2, "not_worse", ["gate.better", "gate.chance"]),
    (50, 5, 3, "cannot_tell", ["gate.leans_better"]),
    (50, 3, 5, "cannot_tell", ["gate.leans_worse"]),
    (50, 4, 4, "cannot_tell", ["gate.even"]),
    # The interval alone would call these four a gain, the exact test does not.
    (4, 4, 0, "cannot_tell", ["gate.leans_better"]),
    (4, 0, 4, "cannot_tell", ["gate.leans_worse"]),
    (0, 0, 0, "cannot_tell", ["gate.none_locked"]),
])  # fmt: skip
def test_few_images_may_tell_which_way_and_how_surely(n, wrong_now, wrong_then, verdict, reasons):
    labels = np.arange(n) % 2
    current, candidate = answers(labels, range(wrong_now)), answers(labels, range(wrong_then))
    found = compare(labels, current, candidate, CLASSES)
    assert found.verdict == verdict
    assert [one.id for one in found.reasons] == reasons
    for one in found.reasons:
        said = render(one)
        if one.id in ("gate.better", "gate.leans_better", "gate.leans_worse"):
            assert f"{abs(one.params['difference']):.1f} points" in said
    if n == 4:
        assert found.interval[0] > 0 or found.interval[1] < 0


@given(st.integers(1, 99), st.data())
def test_under_a_hundred_it_never_contradicts_the_interval_or_the_exact_test(n, data):
    wrong = st.sets(st.integers(0, n - 1))
    now, then = data.draw(wrong), data.draw(wrong)
    labels = np.zeros(n, np.intp) if data.draw(st.booleans()) else np.arange(n) % 2
    found = compare(labels, answers(labels, now), answers(labels, then), CLASSES)
    ids = {one.id for one in found.reasons}
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
        said = answers(labels, [])
        found = compare(labels, said, said, CLASSES)
        assert found.verdict == verdict
        assert (found.difference, found.p_value) == (0, 1)
    assert found.interval[0] >= -0.005


def test_a_clear_gain_is_enough_on_few_images():
    labels = np.arange(120) % 2
    current, candidate = answers(labels, range(20)), answers(labels, [])
    assert compare(labels, current, candidate, CLASSES).verdict == "not_worse"
    assert compare(labels, candidate, current, CLASSES).verdict == "worse"


def test_a_class_of_thirty_that_falls_by_five_points_is_worse():
    labels = np.r_[np.zeros(970, np.intp), np.ones(30, np.intp)]
    current = answers(labels, range(20))
    # 28 of 30 is 6.7 points below 30 of 30; one image is 3.3.
    assert compare(labels, current, answers(labels, [970]), CLASSES).verdict == "not_worse"
    found = compare(labels, current, answers(labels, [970, 971]), CLASSES)
    assert found.verdict == "worse"
    assert [one.id for one in found.reasons] == ["gate.class_worse"]


@given(counts())
def test_the_interval_is_fair(counted):
    won, lost, n = counted
    low, high = paired_interval(won, lost, n)
    assert -1 <= low < high <= 1
    assert low <= (won - lost) / n <= high
    # Who is called current makes no difference.
    assert paired_interval(lost, won, n) == pytest.approx((-high, -low))
    # A mistake more never speaks for the candidate.
    if won:
        assert paired_interval(won - 1, lost, n)[0] <= low + 1e-12


@pytest.mark.parametrize("lost", [0.005, 0.01, 0.02, 0.05])
@pytest.mark.parametrize("n", [120, 400])
def test_it_covers_where_hardly_any_answer_differs(n, lost):
    # Exactly, over all outcomes of a candidate that only loses.
    covered = 0.0
    for count in range(n + 1):
        low, high = paired_interval(0, count, n)
        if low <= -lost <= high:
            covered += math.comb(n, count) * lost**count * (1 - lost) ** (n - count)
    assert covered > 0.93


def test_mcnemar_is_the_exact_binomial():
    assert mcnemar(0, 5) == pytest.approx(2 * 0.5**5)
    assert mcnemar(3, 3) == 1
    assert mcnemar(4000, 3000) < 1e-20


def test_the_interval_covers_as_often_as_it_says():
    rng = np.random.default_rng(0)
    counts = rng.multinomial(400, (0.03, 0.05, 0.92), 2000)
    held = [
        low <= -0.02 <= high for low, high in (paired_interval(w, lo, 400) for w, lo, _ in counts)
    ]
    assert 0.93 < np.mean(held) < 0.98
