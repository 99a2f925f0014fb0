import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from engine.images.bit_depth import BIT_DEPTHS, find_bit_depth, scale_to_8_bits

deep_values = arrays(np.uint16, st.tuples(st.integers(1, 6), st.integers(1, 6)))


@given(st.integers(0, 65535))
def test_bit_depth_is_the_smallest_that_holds_the_brightest_value(brightest):
    bits = find_bit_depth(brightest, is_float=False)
    assert brightest < 1 << bits
    assert all(brightest >= 1 << less for less in BIT_DEPTHS if less < bits)


@given(deep_values)
def test_scaling_is_monotonic_and_exact_to_half_a_level(values):
    scaled, notes = scale_to_8_bits(values)
    bits = find_bit_depth(int(values.max()), is_float=False)
    exact = values.astype(np.float64) * 255 / ((1 << bits) - 1)
    assert scaled.shape == values.shape
    assert scaled.dtype == np.uint8
    assert np.abs(scaled - exact).max() <= 0.5
    order = np.argsort(values, axis=None, kind="stable")
    assert (np.diff(scaled.reshape(-1)[order].astype(int)) >= 0).all()
    assert [note.params for note in notes] == ([{"bits": bits}] if bits > 8 else [])


@given(arrays(np.uint16, (3, 3), elements=st.integers(0, 255)))
def test_8_bit_values_are_unchanged(values):
    assert np.array_equal(scale_to_8_bits(values)[0], values)


@pytest.mark.parametrize("bits", BIT_DEPTHS)
def test_black_is_0_and_maximum_is_255(bits):
    values = np.array([[0, (1 << bits) - 1]], np.uint16)
    assert scale_to_8_bits(values)[0].tolist() == [[0, 255]]


@given(arrays(np.float32, (4, 4), elements=st.floats(0, 1, width=32)))
def test_floats_up_to_one_are_scaled(values):
    scaled, notes = scale_to_8_bits(values)
    assert np.abs(scaled - values * 255).max() <= 0.51
    assert [note.id for note in notes] == ["image.scaled_from_unit"]


@given(arrays(np.float64, (4, 4), elements=st.floats(2, 255.99)))
def test_floats_up_to_255_are_rounded(values):
    scaled, notes = scale_to_8_bits(values)
    assert np.abs(scaled - np.minimum(values, 255)).max() <= 0.51
    assert notes == ()


@pytest.mark.parametrize("wrong", [-1.0, np.nan, np.inf, -np.inf, 65536.0])
def test_invalid_floats_are_refused(wrong):
    with pytest.raises(ValueError, match="image"):
        scale_to_8_bits(np.array([[0.5, wrong]]))


@pytest.mark.parametrize("values", [np.array([[-1]]), np.array([[70_000]]), np.zeros((0, 3), int)])
def test_integers_out_of_range_are_refused(values):
    with pytest.raises(ValueError, match="image"):
        scale_to_8_bits(values)


def test_given_bit_depth_clips_larger_values():
    values = np.array([[100, 1023, 4095]], np.uint16)
    assert scale_to_8_bits(values, 10)[0].tolist() == [[25, 255, 255]]
