import cv2
import numpy as np
import pytest
from hostile import picture
from hypothesis import given
from hypothesis import strategies as st

from engine.images.resize import square


def test_an_image_of_that_size_is_handed_on():
    pixels = picture(0, 64, 64)
    assert square(pixels, 64) is pixels


def test_shrinking_is_area_averaging():
    pixels = picture(0, 360, 363)
    wanted = cv2.resize(pixels, (128, 128), interpolation=cv2.INTER_AREA)
    assert np.array_equal(square(pixels, 128), wanted)


def test_growing_is_cubic():
    pixels = picture(0, 80, 90)
    wanted = cv2.resize(pixels, (128, 128), interpolation=cv2.INTER_CUBIC)
    assert np.array_equal(square(pixels, 128), wanted)


def test_shrinking_by_two_is_the_mean_of_four():
    pixels = picture(0, 128, 128)
    mean = pixels.reshape(64, 2, 64, 2, 3).mean((1, 3))
    assert np.abs(square(pixels, 64) - mean).max() <= 0.5


def test_an_image_that_shrinks_and_grows_does_first_the_one():
    pixels = picture(0, 400, 20)
    shrunk = cv2.resize(pixels, (20, 96), interpolation=cv2.INTER_AREA)
    wanted = cv2.resize(shrunk, (96, 96), interpolation=cv2.INTER_CUBIC)
    assert np.array_equal(square(pixels, 96), wanted)


@given(st.integers(1, 300), st.integers(1, 300), st.integers(1, 255), st.integers(32, 160))
def test_a_flat_colour_stays_that_colour(height, width, level, size):
    pixels = np.full((height, width, 3), level, np.uint8)
    result = square(pixels, size)
    assert result.shape == (size, size, 3)
    assert result.dtype == np.uint8
    assert (result == level).all()


@pytest.mark.parametrize("shape", [(1, 60_000), (60_000, 1), (1, 1), (2, 40_000)])
def test_extreme_shapes(shape):
    assert square(np.full((*shape, 3), 7, np.uint8), 128).shape == (128, 128, 3)


def test_read_only_and_turned_pixels_are_taken():
    pixels = picture(0, 80, 90)
    pixels.flags.writeable = False
    assert square(pixels.swapaxes(0, 1), 64).shape == (64, 64, 3)
