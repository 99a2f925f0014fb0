"""Crops: side, centre and the border of the field."""

import cv2
import numpy as np
import pytest

from engine.fields.cell_box import CellBox, FieldCells
from engine.fields.crop import RED_CELL_DIAMETERS, crop_cell, crop_rectangle


def test_the_side_is_a_multiple_of_the_red_cells():
    box = CellBox(100, 100, 60, 50)
    crop = crop_rectangle(box, FieldCells((box,), 20, 40.0))
    assert crop.side == round(RED_CELL_DIAMETERS * 40)
    assert crop.x + crop.side / 2 == pytest.approx(130, abs=1)
    assert crop.y + crop.side / 2 == pytest.approx(125, abs=1)


def test_without_red_cells_the_side_is_a_multiple_of_the_box():
    box = CellBox(100, 100, 60, 50)
    assert crop_rectangle(box, FieldCells((box,))).side == 120


def test_a_cell_larger_than_the_scale_is_shown_whole():
    box = CellBox(100, 100, 300, 50)
    assert crop_rectangle(box, FieldCells((box,), 20, 40.0)).side >= 300


def test_a_crop_inside_is_the_pixels_of_the_field():
    field = np.random.default_rng(0).integers(0, 255, (300, 400, 3), np.uint8)
    box = CellBox(190, 140, 20, 20)
    crop = crop_cell(field, box, FieldCells((box,)))
    assert np.array_equal(crop, field[130:170, 180:220])


@pytest.mark.parametrize("corner", [(0, 0), (380, 0), (0, 280), (380, 280)])
def test_beyond_the_border_a_crop_shows_no_sharp_cell(corner):
    """The field inside is unchanged; outside is its colour, without any of its edges."""
    field = np.full((300, 400, 3), (235, 228, 230), np.uint8)
    x, y = corner
    field[y : y + 20, x : x + 20] = (90, 40, 130)
    box = CellBox(x, y, 20, 20)
    cells = FieldCells((box,), 5, 20.0)
    crop = crop_cell(field, box, cells)
    left, top, side = crop_rectangle(box, cells)
    assert crop.shape == (side, side, 3)
    inside = np.zeros((side, side), bool)
    inside[max(0, -top) : 300 - top, max(0, -left) : 400 - left] = True
    part = field[max(0, top) : top + side, max(0, left) : left + side]
    assert np.array_equal(crop[inside], part.reshape(-1, 3))
    steps = np.abs(np.diff(crop.astype(int), axis=1))[~(inside[:, 1:] | inside[:, :-1])]
    assert steps.max() < 20
    assert crop[~inside].mean() > 200


def test_the_crop_is_wider_than_a_small_field():
    field = np.full((10, 12, 3), 200, np.uint8)
    box = CellBox(2, 2, 5, 5)
    assert crop_cell(field, box, FieldCells((box,), 3, 20.0)).shape == (92, 92, 3)


@pytest.mark.parametrize("side", [45, 130, 361])
def test_the_part_beyond_the_border_is_the_blurred_mirror(side):
    field = cv2.resize(
        np.random.default_rng(0).integers(0, 255, (60, 40, 3), np.uint8), (side, 2 * side)
    )
    box = CellBox(0, side // 2, side // 2, side // 2)
    crop = crop_cell(field, box, FieldCells((box,)))
    left, top, edge = crop_rectangle(box, FieldCells((box,)))
    assert left < 0 <= top
    inside = field[top : top + edge, : left + edge]
    mirrored = cv2.copyMakeBorder(inside, 0, 0, -left, 0, cv2.BORDER_REFLECT_101)
    expected = cv2.GaussianBlur(mirrored.astype(np.float32), (0, 0), 0.06 * edge)[:, :-left]
    difference = np.abs(crop[:, :-left] - expected)
    assert difference.mean() < 1
    assert difference.max() < 8
