"""Multi-cell fields and single cells, both drawn, and images that are no smear."""

import numpy as np
import pytest
from drawn_fields import draw_smear

from engine.explore import multi_cell
from engine.images.sample.canvas import photograph
from engine.images.sample.cells import CELLS, render_cell
from engine.images.sample.field import draw_field, make_slide
from engine.messages import render


def draw_wide_field(white, seed, across=4):
    """Return a field of red cells as draw_wide_field as several images, with some white cells."""
    rng = np.random.default_rng(seed)
    slide = make_slide(rng)
    places = set(rng.permutation(across**2)[:white].tolist())
    kinds = list(CELLS)
    parts = [
        render_cell(kinds[int(rng.integers(len(kinds)))], rng, slide)
        if place in places
        else photograph(draw_field(rng, slide, 0), rng)
        for place in range(across**2)
    ]
    return np.vstack([np.hstack(parts[row * across : (row + 1) * across]) for row in range(across)])


@pytest.mark.parametrize("white", [1, 4, 8])
def test_fields_give_a_warning(white):
    warning = multi_cell.folder_warning([draw_wide_field(white, seed) for seed in range(8)])
    assert warning.id == "explore.fields"
    assert warning.params["count"] == 8
    assert "of 8 checked" in render(warning)


def test_single_cells_give_no_warning():
    cells = [render_cell(name, np.random.default_rng(seed)) for name in CELLS for seed in range(2)]
    assert not any(multi_cell.measure_field(cell).is_multi_cell for cell in cells)
    assert multi_cell.folder_warning(cells) is None


def draw_close_field(seed):
    """Return a field of few red cells, with one white cell that is not in the middle."""
    cells = [None, None, None, None]
    cells[seed % 4] = list(CELLS)[seed % 5]
    return draw_smear(seed, tuple(cells), columns=2)[0]


def test_fields_are_known_by_cells_that_are_not_in_the_middle():
    fields = [draw_close_field(seed) for seed in range(10)]
    assert multi_cell.folder_warning(fields) is None
    warning = multi_cell.placement_warning(fields)
    assert warning.id == "explore.fields_by_place"
    assert warning.params["count"] >= multi_cell.MIN_IMAGES
    assert multi_cell.placement_warning(fields[:7]) is None
    assert multi_cell.field_message(fields) == warning
    cells = [render_cell(name, np.random.default_rng(seed)) for name in CELLS for seed in range(2)]
    assert multi_cell.placement_warning(cells) is None
    assert multi_cell.placement_warning([np.full((480, 640, 3), 230, np.uint8)] * 9) is None


def test_few_images_give_a_warning_only_if_all_are_fields():
    fields = [draw_wide_field(4, seed) for seed in range(4)]
    assert multi_cell.folder_warning(fields) is not None
    cell = render_cell("neutrophil", np.random.default_rng(0))
    assert multi_cell.folder_warning([*fields, cell]) is None
    assert multi_cell.folder_warning([]) is None


@pytest.mark.parametrize("shape", [(1, 1), (3, 400), (200, 200), (50, 7)])
def test_image_without_cells_is_not_multi_cell(shape):
    rng = np.random.default_rng(0)
    noise = rng.integers(0, 256, (*shape, 3), np.uint8)
    flat = np.full((*shape, 3), 200, np.uint8)
    assert not multi_cell.measure_field(noise).is_multi_cell
    assert not multi_cell.measure_field(flat).is_multi_cell


def test_large_and_wide_images_may_be_fields():
    cell = render_cell("neutrophil", np.random.default_rng(0))
    wide = np.resize(cell, (480, 640, 3))
    assert multi_cell.folder_warning([wide] * 9) is None
    warning = multi_cell.wide_image_warning([(480, 640)] * 9 + [(640, 640)])
    assert warning.params == {"width": 640, "height": 480}
    assert "640 × 480" in render(warning)
    assert multi_cell.wide_image_warning([(480, 640)] * 8 + [(640, 640)]) is None
    assert multi_cell.wide_image_warning([(480, 640)] * 4) is not None
    assert multi_cell.wide_image_warning([(480, 640)] * 3 + [(640, 640)]) is None
    assert multi_cell.wide_image_warning([]) is None
    assert multi_cell.wide_image_warning([(120, 160)] * 9) is None
