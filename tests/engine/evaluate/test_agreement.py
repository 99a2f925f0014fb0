"""Kappa against scikit-learn and a published example."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from engine.evaluate.agreement import compare_readers, measure_agreement


def test_kappa_of_a_published_two_by_two_table():
    # 50 grant proposals judged by two readers: 20 yes/yes, 5 yes/no, 10 no/yes, 15 no/no. kappa = 0.4.
    pairs = [("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15
    found = measure_agreement(pairs)
    assert found.share == 0.7
    assert found.kappa == pytest.approx(0.4)
    # By the formula: (0.4 ± 1.96 * 0.12652)
    assert found.kappa_interval == pytest.approx((0.1511, 0.6489), abs=2e-3)


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abcd")), min_size=1))
def test_kappa_equals_scikit_learn(pairs):
    one, other = zip(*pairs, strict=True)
    found = measure_agreement(pairs)
    if found.kappa is None:
        assert len({*one, *other}) == 1
    else:
        assert found.kappa == pytest.approx(cohen_kappa_score(one, other))
        low, high = found.kappa_interval
        assert low - 1e-9 <= found.kappa <= high + 1e-9


def test_kappa_is_undefined_without_images_or_with_one_class():
    assert measure_agreement([]).kappa is None
    assert measure_agreement([("a", "a")] * 5).kappa is None
    assert measure_agreement([("a", "a")] * 5).share == 1


def test_readers_are_compared_by_class():
    pairs = [("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15
    found = compare_readers(pairs, ("y", "n"))
    assert found.confusion == ((20, 5), (10, 15))
    yes = found.classes[0]
    assert (yes.class_id, yes.first, yes.second, yes.both) == ("y", 25, 30, 20)
    assert yes.share == pytest.approx(40 / 55)
    # With two classes, each of them against the rest is the whole comparison.
    assert yes.kappa == pytest.approx(found.overall.kappa)
    assert compare_readers([]).classes == ()


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abcd")), min_size=1))
def test_confusion_adds_up(pairs):
    found = compare_readers(pairs)
    assert sum(map(sum, found.confusion)) == len(pairs)
    assert sum(row.both for row in found.classes) == found.overall.agreed
    assert [sum(row) for row in found.confusion] == [row.first for row in found.classes]
