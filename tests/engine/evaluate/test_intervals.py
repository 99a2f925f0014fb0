"""Wilson's interval against SciPy's and at its ends."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from engine.evaluate.intervals import wilson_interval


@given(st.integers(1, 100_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_interval_equals_scipy(counts):
    hits, n = counts
    theirs = binomtest(hits, n).proportion_ci(method="wilson")
    low, high = wilson_interval(hits, n)
    assert low == pytest.approx(theirs.low, abs=1e-12)
    assert high == pytest.approx(theirs.high, abs=1e-12)
    assert 0 <= low <= hits / n <= high <= 1


def test_wilson_interval_without_counts_is_0_to_1():
    assert wilson_interval(0, 0) == (0.0, 1.0)
