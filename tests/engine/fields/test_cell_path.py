"""Paths of cells: the box is part of the name, other images' paths are not mistaken for cells."""

import pytest

from engine.fields.cell_box import CellBox
from engine.fields.cell_path import cell_path, coordinates_of, file_path, split_cell_path


@pytest.mark.parametrize("box", [CellBox(123, 456, 80, 75), CellBox(0, 123456, 1200, 3)])
def test_a_path_gives_the_field_and_the_box_again(box):
    path = cell_path("slide 1/field.jpg", box)
    assert split_cell_path(path) == ("slide 1/field.jpg", coordinates_of(box))
    assert file_path(path) == "slide 1/field.jpg"


def test_the_name_is_stable():
    assert cell_path("f.jpg", CellBox(123, 456, 80, 75)) == "f.jpg/00123_00456_080x075"


@pytest.mark.parametrize(
    "path", ["a/b.jpg", "00123_00456_080x075", "a.npz/train/00012", "a/1_2_3x4", ""]
)
def test_other_paths_are_no_cells(path):
    assert split_cell_path(path) is None
    assert file_path(path) == path
