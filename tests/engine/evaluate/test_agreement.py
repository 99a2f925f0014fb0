"""Kappa against scikit-learn and a published example."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from engine.evaluate.agreement import measure_agreement


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
