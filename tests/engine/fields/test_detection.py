"""Detection: drawn fields of several stains, sizes and lights."""

import cv2
import numpy as np
import pytest
from drawn_fields import draw_smear

from engine.fields.cell_box import CellBox
from engine.fields.detection import find_cells
from engine.fields.glass import fit_glass
from engine.fields.scale import shrink


def white_cells(pixels):
    return [box for box in find_cells(pixels).boxes if box.kind == "white_cell"]


def match(found, drawn):
    """Return how many of the drawn boxes were found."""
    return sum(any(box.overlap(other) >= 0.5 for other in found) for box in drawn)


def as_other_microscope(pixels, factor):
    return cv2.resize(pixels, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)


def scaled(box, factor):
    return CellBox(*(round(value * factor) for value in (box.x, box.y, box.width, box.height)))


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_white_cells_of_a_smear(seed):
    pixels, drawn = draw_smear(seed)
    found = white_cells(pixels)
    assert match(found, drawn) == len(drawn) == len(found)


@pytest.mark.parametrize("gains", [(1.0, 0.95, 0.7), (0.75, 0.9, 1.1), (0.5, 0.5, 0.5)])
def test_white_balance_and_brightness_change_nothing(gains):
    pixels, drawn = draw_smear(3)
    changed = np.clip(pixels * np.array(gains), 0, 255).astype(np.uint8)
    found = white_cells(changed)
    assert match(found, drawn) == len(drawn) == len(found)


@pytest.mark.parametrize("seed", [0, 3])
def test_dark_corners_change_nothing(seed):
    pixels, drawn = draw_smear(seed)
    height, width = pixels.shape[:2]
    y, x = np.mgrid[:height, :width]
    light = 1 - (x / width - 0.5) ** 2 - (y / height - 0.5) ** 2
    changed = (pixels * light[..., None]).astype(np.uint8)
    found = white_cells(changed)
    assert match(found, drawn) == len(drawn) == len(found)
    # The surface follows the light into the corners, where it is half.
    white = np.full((30, 40, 3), 200, np.uint8)
    surfaces = [fit_glass(shrink(field, 320)).density(white) for field in (pixels, changed)]
    corners = (surfaces[1] - surfaces[0])[[0, 0, -1, -1], [0, -1, 0, -1]]
    assert corners == pytest.approx(np.log(0.52), abs=0.12)


@pytest.mark.parametrize("factor", [0.25, 0.5, 2.0])
def test_the_scale_follows_the_red_cells(factor):
    pixels, drawn = draw_smear(4)
    changed = as_other_microscope(pixels, factor)
    found = white_cells(changed)
    assert match(found, [scaled(box, factor) for box in drawn]) == len(drawn) == len(found)
    original, cells = find_cells(pixels), find_cells(changed)
    assert cells.red_cell_diameter == pytest.approx(original.red_cell_diameter * factor, rel=0.15)


def test_red_cells_are_counted_and_measured():
    pixels, _ = draw_smear(5, (None,) * 6)
    cells = find_cells(pixels)
    assert cells.boxes == () or all(box.kind == "platelet" for box in cells.boxes)
    assert cells.red_cell_diameter == pytest.approx(74, rel=0.15)
    assert cells.red_cell_count is not None
    assert cells.red_cell_count > 30


@pytest.mark.parametrize(("seed", "place"), [(6, (200, 150)), (14, (520, 260))])
def test_a_platelet_on_glass(seed, place):
    pixels, _ = draw_smear(seed, (None, None, "lymphocyte", None), columns=2)
    # Drawn with the density that platelets have: the drawn ones of the sample are larger and denser.
    amount = np.zeros(pixels.shape[:2], np.float32)
    cv2.circle(amount, place, 11, 0.55, -1)
    density = cv2.GaussianBlur(amount, (0, 0), 3)[..., None] * np.array([0.95, 1.1, 0.35])
    stained = (pixels * np.exp(-density)).astype(np.uint8)
    expected = CellBox(place[0] - 14, place[1] - 14, 28, 28)

    def platelets(field):
        return [box for box in find_cells(field).boxes if box.kind == "platelet"]

    assert match(platelets(stained), [expected]) == 1
    assert match(platelets(pixels), [expected]) == 0


def test_a_cell_at_the_border_is_flagged():
    pixels, drawn = draw_smear(7)
    cut = pixels[:, drawn[0].x + drawn[0].width // 2 :]
    flags = {box.flags for box in white_cells(np.ascontiguousarray(cut)) if box.x == 0}
    assert flags == {("border",)}


def test_touching_cells_are_a_clump():
    pixels, drawn = draw_smear(8, ("lymphocyte", None, None, None), columns=2)
    box = drawn[0]
    cell = pixels[box.y : box.y + box.height, box.x : box.x + box.width].copy()
    pixels[box.y : box.y + box.height, box.x + 95 : box.x + 95 + box.width] = cell
    assert [box.flags for box in white_cells(pixels)] == [("clump",), ("clump",)]


def test_a_large_field_is_searched_in_tiles():
    pixels, drawn = draw_smear(9)
    size = pixels.shape
    large = np.tile(pixels, (4, 3, 1))
    expected = [
        CellBox(box.x + column * size[1], box.y + row * size[0], box.width, box.height)
        for row in range(4)
        for column in range(3)
        for box in drawn
    ]
    found = white_cells(large)
    assert match(found, expected) == len(expected) == len(found)


@pytest.mark.parametrize(
    "pixels",
    [
        np.full((480, 640, 3), 230, np.uint8),
        np.zeros((480, 640, 3), np.uint8),
        np.full((1, 1, 3), 200, np.uint8),
        np.full((20, 3000, 3), 200, np.uint8),
    ],
    ids=["glass", "black", "one pixel", "narrow"],
)
def test_an_empty_image_has_no_cells(pixels):
    assert find_cells(pixels).boxes == ()


def test_noise_is_no_error_and_always_the_same():
    pixels = np.random.default_rng(0).integers(0, 256, (300, 400, 3)).astype(np.uint8)
    assert find_cells(pixels) == find_cells(pixels.copy())


def test_boxes_lie_inside_the_field():
    pixels, _ = draw_smear(10)
    for box in find_cells(pixels[100:-37, 50:-21].copy()).boxes:
        assert 0 <= box.x < box.x + box.width <= pixels.shape[1] - 71
        assert 0 <= box.y < box.y + box.height <= pixels.shape[0] - 137
