"""Differences between versions of an image: none for copies, located where the images differ."""

import cv2
import numpy as np
import pytest

from engine.curate.image_difference import compute_difference


def cell(seed: int = 3) -> np.ndarray:
    """Return a drawn cell with an off-centre nucleus, uint8 (240, 240, 3)."""
    rng = np.random.default_rng(seed)
    image = np.full((240, 240, 3), (236, 214, 206), np.uint8)
    for _ in range(9):
        centre = tuple(int(value) for value in rng.integers(0, 240, 2))
        cv2.circle(image, centre, 22, (214, 150, 146), -1)
    cv2.circle(image, (120, 120), 62, (196, 160, 204), -1)
    cv2.ellipse(image, (104, 128), (36, 24), 30, 0, 360, (90, 40, 130), -1)
    return cv2.GaussianBlur(image, (5, 5), 0)


def test_copy_has_no_difference():
    result = compute_difference(cell(), cell())
    assert result.changed_share == result.mean_difference == 0
    assert not result.difference_map.any()
    assert not result.is_reoriented


@pytest.mark.parametrize("orientation", range(1, 8))
def test_reoriented_copy_has_no_difference(orientation):
    other = np.rot90(cell(), orientation % 4)
    if orientation >= 4:
        other = other[:, ::-1]
    result = compute_difference(cell(), np.ascontiguousarray(other))
    assert result.changed_share < 0.001
    assert result.is_reoriented


@pytest.mark.parametrize("size", [(168, 168), (240, 200)])
def test_resized_copy_has_little_difference(size):
    assert compute_difference(cell(), cv2.resize(cell(), size)).changed_share < 0.02


def test_shifted_crop_is_aligned():
    result = compute_difference(cell(), np.ascontiguousarray(cell()[14:, :226]))
    assert result.changed_share < 0.02
    # No difference outside the crop.
    assert not result.difference_map[:8, 20:-20].any()


def test_slightly_brighter_copy_differs_little():
    # Everywhere more than a compression changes it, yet by a twelfth of the range.
    result = compute_difference(cell(), cell() // 2 + 100)
    brighter = compute_difference(cell(), np.minimum(cell(), 235) + np.uint8(20))
    assert brighter.changed_share > 0.9
    assert 0.06 < brighter.mean_difference < 0.1
    assert result.mean_difference < result.changed_share


def test_painted_area_is_the_difference():
    other = cell()
    cv2.circle(other, (60, 60), 20, (20, 20, 20), -1)
    result = compute_difference(cell(), other)
    assert 0.01 < result.changed_share < 0.08
    assert result.difference_map[48, 48, 0] > 200
    assert result.difference_map[150, 150, 0] < 20


def test_flat_images_and_other_cells_are_compared():
    flat = np.full((50, 60, 3), 128, np.uint8)
    assert compute_difference(flat, flat).changed_share == 0
    assert compute_difference(flat, cell()).changed_share > 0.2
    assert compute_difference(cell(), cell(8)).changed_share > 0.05


def test_tiny_image_is_compared_with_a_large_one():
    assert compute_difference(cell(), cell()[:1, :1]).difference_map.shape == (192, 192, 3)
