import cv2
import numpy as np
import pytest
from hostile import smooth_image
from hypothesis import given
from hypothesis import strategies as st

from engine.images.resize import resize_to_square


def test_image_of_the_right_size_is_returned_unchanged():
    pixels = smooth_image(0, 64, 64)
    assert resize_to_square(pixels, 64) is pixels


def test_shrinking_is_area_averaging():
    pixels = smooth_image(0, 360, 363)
    wanted = cv2.resize(pixels, (128, 128), interpolation=cv2.INTER_AREA)
    assert np.array_equal(resize_to_square(pixels, 128), wanted)


def test_enlarging_is_cubic():
    pixels = smooth_image(0, 80, 90)
    wanted = cv2.resize(pixels, (128, 128), interpolation=cv2.INTER_CUBIC)
    assert np.array_equal(resize_to_square(pixels, 128), wanted)


def test_shrinking_by_two_is_the_mean_of_four():
    pixels = smooth_image(0, 128, 128)
    mean = pixels.reshape(64, 2, 64, 2, 3).mean((1, 3))
    assert np.abs(resize_to_square(pixels, 64) - mean).max() <= 0.5


def test_mixed_resizing_shrinks_first():
    pixels = smooth_image(0, 400, 20)
    shrunk = cv2.resize(pixels, (20, 96), interpolation=cv2.INTER_AREA)
    wanted = cv2.resize(shrunk, (96, 96), interpolation=cv2.INTER_CUBIC)
    assert np.array_equal(resize_to_square(pixels, 96), wanted)


@given(st.integers(1, 300), st.integers(1, 300), st.integers(1, 255), st.integers(32, 160))
def test_flat_colour_is_preserved(height, width, level, size):
    pixels = np.full((height, width, 3), level, np.uint8)
    result = resize_to_square(pixels, size)
    assert result.shape == (size, size, 3)
    assert result.dtype == np.uint8
    assert (result == level).all()


@pytest.mark.parametrize("shape", [(1, 60_000), (60_000, 1), (1, 1), (2, 40_000)])
def test_extreme_shapes(shape):
    assert resize_to_square(np.full((*shape, 3), 7, np.uint8), 128).shape == (128, 128, 3)


def test_read_only_and_transposed_pixels():
    pixels = smooth_image(0, 80, 90)
    pixels.flags.writeable = False
    assert resize_to_square(pixels.swapaxes(0, 1), 64).shape == (64, 64, 3)
