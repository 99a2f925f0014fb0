"""Stain deposits: found on drawn cells, filled in, and never taken for a nucleus, a frame or a dark image."""

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from engine.evaluate.corruptions import CORRUPTIONS, SEVERITIES, corrupt
from engine.images.resize import resize_to_square
from engine.images.sample.cells import CELLS, render_cell
from engine.images.stain_deposits import fill_deposits, find_deposits
from engine.images.stain_deposits import has_deposits as has_deposits_at

EDGE = 161


def has_deposits(pixels):
    return has_deposits_at(pixels, EDGE)


def drawn_cell(cell_class="neutrophil", seed=1):
    return resize_to_square(render_cell(cell_class, np.random.default_rng(seed)), EDGE)


def black_disc(pixels, centre, radius):
    """Return an image with a black disc."""
    return cv2.circle(pixels.copy(), centre, radius, (0, 0, 0), -1, cv2.LINE_AA)


@pytest.mark.parametrize("cell_class", sorted(CELLS))
def test_cells_have_none(cell_class):
    for seed in range(4):
        cell = drawn_cell(cell_class, seed)
        assert not has_deposits(cell)
        assert fill_deposits(cell) is cell


@pytest.mark.parametrize("name", sorted(set(CORRUPTIONS) - {"stain_deposit"}))
def test_other_corruptions_give_none(name):
    cell = drawn_cell()
    assert not any(has_deposits(corrupt(cell, name, severity, 0)) for severity in SEVERITIES)


@pytest.mark.parametrize("severity", SEVERITIES)
def test_simulated_deposits_are_found_and_filled(severity):
    for seed in range(4):
        clean = drawn_cell(seed=seed)
        spoiled = corrupt(clean, "stain_deposit", severity, seed)
        mask = find_deposits(spoiled)
        assert mask is not None
        filled = fill_deposits(spoiled)
        assert not has_deposits(filled)
        near = cv2.dilate(mask, np.ones((3, 3), np.uint8)) > 0
        assert np.array_equal(filled[~near], spoiled[~near])

        def error(pixels, clean=clean):
            return np.abs(pixels.astype(int) - clean).mean()

        assert error(filled) < 0.5 * error(spoiled)


def test_a_large_image_has_them_too():
    cell = render_cell("monocyte", np.random.default_rng(0))
    assert has_deposits(black_disc(cell, (100, 120), 30))


def test_a_blot_on_a_dark_image_is_found_but_the_dark_image_is_none():
    dark = (drawn_cell() * 0.3).astype(np.uint8)
    assert not has_deposits(dark)
    assert has_deposits(black_disc(dark, (80, 80), 15))
    assert not has_deposits((drawn_cell() * 0.1).astype(np.uint8))


def test_cells_cut_out_on_black_and_frames_are_left_alone():
    cell = drawn_cell()
    disc = np.zeros((EDGE, EDGE), np.uint8)
    cv2.circle(disc, (80, 80), 60, 255, -1)
    assert not has_deposits(cv2.bitwise_and(cell, cell, mask=disc))
    framed = cell.copy()
    framed[:12] = framed[-12:] = 0
    framed[:, :12] = framed[:, -12:] = 0
    assert not has_deposits(framed)


def with_texture(pixels, seed):
    """Return a drawn cell with the clumps of chromatin of a real one: drawn nuclei are nearly flat."""
    clumps = cv2.GaussianBlur(
        np.random.default_rng(seed).standard_normal((EDGE, EDGE)).astype(np.float32), (0, 0), 3
    )
    return (pixels * (1 + 0.25 * clumps / clumps.std())[..., None]).clip(0, 255).astype(np.uint8)


def stretched(pixels, percent, axis):
    """Return an image whose levels are stretched, all together or (`axis` 0 and 1) each channel by itself."""
    low, high = np.percentile(pixels, (percent, 100 - percent), axis=axis)
    return ((pixels - low) / (high - low) * 255).clip(0, 255).astype(np.uint8)


@pytest.mark.parametrize("cell_class", sorted(CELLS))
@pytest.mark.parametrize("percent", [0.5, 2])
def test_the_nucleus_of_a_stretched_image_is_left_alone(cell_class, percent):
    for seed in range(4):
        cell = with_texture(drawn_cell(cell_class, seed), seed)
        assert not has_deposits(stretched(cell, percent, (0, 1)))
        assert not has_deposits(stretched(cell, percent, None))


@pytest.mark.parametrize("cell_class", sorted(CELLS))
def test_the_nucleus_of_a_grey_image_is_left_alone(cell_class):
    for seed in range(4):
        green = drawn_cell(cell_class, seed)[..., 1]
        for grey in (green, stretched(green, 0.5, None)):
            assert not has_deposits(np.repeat(grey[..., None], 3, axis=2))


def test_a_pattern_that_leaves_nothing_to_fill_from_is_left_alone():
    cell = drawn_cell()
    cell[::3] = 0
    cell[40:50, 40:50] = 0
    assert fill_deposits(cell) is cell


@given(
    arrays(
        np.uint8,
        array_shapes(min_dims=2, max_dims=2, min_side=1, max_side=40).map(lambda s: (*s, 3)),
    )
)
def test_any_image_keeps_its_shape(pixels):
    filled = fill_deposits(pixels)
    assert filled.shape == pixels.shape
    assert filled.dtype == np.uint8


@given(st.integers(0, 255))
def test_flat_images_are_unchanged(level):
    flat = np.full((64, 64, 3), level, np.uint8)
    assert fill_deposits(flat) is flat
