"""Placement: a click on a missed cell gives its box; drawn boxes stay within the field."""

from dataclasses import replace

import pytest
from drawn_fields import draw_smear

from engine.fields.cell_box import CellBox, FieldCells
from engine.fields.detection import find_cells
from engine.fields.placement import MIN_EDGE, box_at, fit_box


@pytest.fixture(scope="module")
def smear():
    return draw_smear(5)


def test_a_click_on_a_missed_cell_gives_its_box(smear):
    field, drawn = smear
    found = find_cells(field)
    for box in drawn:
        others = tuple(other for other in found.boxes if other.overlap(box) < 0.2)
        x, y = box.centre
        placed = box_at(field, replace(found, boxes=others), x + box.width / 8, y - box.height / 8)
        assert placed.overlap(box) > 0.4  # The pale cytoplasm of a monocyte is left to the person.
        assert placed.kind == "white_cell"


def test_a_click_on_nothing_gives_a_box_like_the_nearest_white_cell(smear):
    field, _ = smear
    blank = field.copy()
    blank[:] = field.reshape(-1, 3).max(0)
    cells = FieldCells(
        (CellBox(10, 10, 50, 40), CellBox(300, 300, 90, 80), CellBox(140, 90, 9, 9, "platelet")),
        9,
        40.0,
    )
    assert box_at(blank, cells, 150, 100) == CellBox(125, 75, 50, 50)
    assert box_at(blank, cells, 250, 250) == CellBox(205, 205, 90, 90)
    # Without any cell, from the size of the field, and within it.
    placed = box_at(blank, FieldCells(()), 1, 1)
    assert (placed.x, placed.y, placed.flags) == (0, 0, ("border",))


def test_a_drawn_box_is_one_within_the_field():
    cells = FieldCells((), 9, 40.0)
    assert fit_box(10.4, 20.6, 59.8, 61, 640, 480, cells) == CellBox(10, 21, 60, 61)
    assert fit_box(-5, -9, 50, 50, 640, 480, cells) == CellBox(
        0, 0, 45, 41, "white_cell", ("border",)
    )
    assert fit_box(700, 500, 5, 5, 640, 480, cells) == CellBox(
        636, 476, MIN_EDGE, MIN_EDGE, "platelet", ("border",)
    )
    assert fit_box(9, 9, 0, 1, 640, 480, cells).width == MIN_EDGE
    assert fit_box(9, 9, 20, 20, 640, 480, cells).kind == "platelet"
    # Without red cells a size says nothing.
    assert fit_box(9, 9, 20, 20, 640, 480, FieldCells(())).kind == "white_cell"
