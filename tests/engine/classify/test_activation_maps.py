"""Heat maps have valid values for any activation map, and the maps add up to the logits."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from engine.classify.activation_maps import (
    colour_heat,
    compute_heat,
    make_heat_layer,
    maps_match_logits,
    overlay_heat,
    upsample_heat,
)
from engine.classify.map_placement import MapPlacement
from engine.classify.reading import NetworkOutputs

maps = arrays.arrays(
    np.float32,
    st.tuples(st.integers(1, 12), st.integers(1, 12)),
    elements=st.floats(-1e4, 1e4, width=32),
)


@given(maps)
def test_heat_is_between_0_and_1(values):
    found = compute_heat(values)
    if found is None:
        assert values.max() <= 0
    else:
        assert found.dtype == np.float32
        assert found.min() >= 0
        assert found.max() == 1
        assert (found[values <= 0] == 0).all()
        assert found.argmax() == values.argmax()


def test_peak_between_equal_cells_is_in_their_middle():
    heat = np.zeros((4, 4), np.float32)
    heat[1:3, 1:3] = 1
    large = upsample_heat(heat, MapPlacement(16, 32, 129), 129, 129)
    assert np.unravel_index(large.argmax(), large.shape) == (64, 64)
    assert large.max() == 1


@given(maps, st.floats(0.01, 100))
def test_heat_does_not_depend_on_the_scale(values, factor):
    heat, scaled_heat = compute_heat(values), compute_heat((values * factor).astype(np.float32))
    if heat is not None and scaled_heat is not None:
        np.testing.assert_allclose(heat, scaled_heat, atol=1e-3)


@pytest.mark.parametrize("value", [0, -1, np.nan, np.inf])
def test_map_without_positive_values_has_no_heat(value):
    assert compute_heat(np.full((3, 3), value, np.float32)) is None


def test_heat_of_a_half_precision_map_leaves_the_map_unchanged():
    values = np.array([[1, -2], [4, 0]], np.float16)
    np.testing.assert_array_equal(compute_heat(values), [[0.25, 0], [1, 0]])
    np.testing.assert_array_equal(values, [[1, -2], [4, 0]])


@given(st.integers(1, 5), st.integers(2, 8), st.integers(1, 6), st.integers(0, 2**32))
def test_maps_match_logits_only_if_they_add_up(count, classes, edge, seed):
    rng = np.random.default_rng(seed)
    values = rng.normal(0, 5, (count, edge, edge, classes)).astype(np.float32)
    bias = rng.normal(size=classes)
    logits = (values.mean((1, 2)) + bias).astype(np.float32)
    embedding = np.zeros((count, 2), np.float32)
    assert maps_match_logits(NetworkOutputs(logits, embedding, values), bias.tolist())
    off = logits + 0.06 * max(1, np.abs(logits).max()) + 0.01
    assert not maps_match_logits(
        NetworkOutputs(off.astype(np.float32), embedding, values), bias.tolist()
    )


def test_maps_match_logits_without_images():
    empty = NetworkOutputs(
        *(np.zeros(shape, np.float32) for shape in ((0, 2), (0, 3), (0, 4, 4, 2)))
    )
    assert maps_match_logits(empty, (0.0, 0.0))


@given(maps, st.integers(1, 90), st.integers(1, 90))
def test_upsampled_heat_is_between_0_and_1(values, height, width):
    found = compute_heat(values)
    if found is not None:
        large = upsample_heat(found, MapPlacement(31, 32, 128), height, width)
        assert large.shape == (height, width)
        assert large.dtype == np.float32
        assert large.min() >= 0
        assert large.max() <= 1


@pytest.mark.parametrize(
    ("placement", "row", "column"),
    [
        # Cells of a 128 px input at 31, 63, 95 and 127; of a 129 px input at 0, 32, 64, 96, 128.
        (MapPlacement(31, 32, 128), 63, 95),
        (MapPlacement(0, 32, 129), 32, 64),
        (MapPlacement(15.5, 32, 128), 47.5, 79.5),
    ],
)
def test_hottest_pixel_is_at_the_position_of_its_cell(placement, row, column):
    small = np.zeros((5, 5), np.float32)
    small[1, 2] = 1
    large = upsample_heat(small, placement, 4 * placement.size, 6 * placement.size)
    y, x = np.argwhere(large == large.max()).mean(0)
    # In pixels of the network's input, whose first pixel has its centre at 0.
    assert (y + 0.5) / 4 - 0.5 == pytest.approx(row, abs=0.5)
    assert (x + 0.5) / 6 - 0.5 == pytest.approx(column, abs=0.5)


def test_colours_increase_in_lightness_from_blue_to_yellow():
    ramp = colour_heat(np.linspace(0, 1, 256, dtype=np.float32)[None])[0].astype(float)
    lightness = ramp @ [0.2126, 0.7152, 0.0722]
    assert (np.diff(lightness) > -0.5).all()
    assert lightness[-1] > lightness[0] + 150
    assert ramp[0, 2] > ramp[0, 1]
    assert ramp[-1, 0] > 200
    assert ramp[-1, 2] < 100


def test_layer_is_transparent_where_it_is_cold():
    found = make_heat_layer(np.array([[0, 0.5, 1]], np.float32), opacity=0.8)
    assert found.shape == (1, 3, 4)
    assert found.dtype == np.uint8
    assert found[0, :, 3].tolist() == [0, 102, 204]


def test_overlay_changes_the_image_only_where_it_is_hot():
    pixels = np.random.default_rng(0).integers(0, 256, (40, 60, 3)).astype(np.uint8)
    before = pixels.copy()
    small = np.zeros((4, 6), np.float32)
    small[0, 0] = 1
    evenly = MapPlacement(15.5, 32, 192)
    shown = overlay_heat(pixels, small, evenly)
    assert shown.dtype == np.uint8
    np.testing.assert_array_equal(shown[30:, 40:], pixels[30:, 40:])
    assert (shown[:8, :8] != pixels[:8, :8]).any()
    np.testing.assert_array_equal(pixels, before)
    np.testing.assert_array_equal(overlay_heat(pixels, small, evenly, opacity=0), pixels)
    assert overlay_heat(pixels, None, evenly) is pixels
