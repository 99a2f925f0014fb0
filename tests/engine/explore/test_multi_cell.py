"""Fields against single cells, both drawn; what is no smear at all is called neither."""

import numpy as np
import pytest

from engine.explore import multi_cell
from engine.images.sample.canvas import photograph
from engine.images.sample.cells import CELLS, render_cell
from engine.images.sample.field import draw_field, make_slide
from engine.messages import render


def wide(white, seed, across=4):
    """Return a field of red cells as wide as several pictures, with some white cells."""
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
def test_wide_fields_are_told(white):
    said = multi_cell.verdict([wide(white, seed) for seed in range(8)])
    assert said.id == "explore.fields"
    assert said.params["count"] == 8
    assert "8 looked at" in render(said)


def test_single_cells_are_none():
    cells = [render_cell(name, np.random.default_rng(seed)) for name in CELLS for seed in range(2)]
    assert not any(multi_cell.look(cell).is_field for cell in cells)
    assert multi_cell.verdict(cells) is None


def test_few_pictures_say_nothing():
    assert multi_cell.verdict([wide(4, seed) for seed in range(7)]) is None
    assert multi_cell.verdict([]) is None


@pytest.mark.parametrize("shape", [(1, 1), (3, 400), (200, 200), (50, 7)])
def test_what_is_no_smear_is_no_field(shape):
    rng = np.random.default_rng(0)
    noise = rng.integers(0, 256, (*shape, 3), np.uint8)
    flat = np.full((*shape, 3), 200, np.uint8)
    assert not multi_cell.look(noise).is_field
    assert not multi_cell.look(flat).is_field
