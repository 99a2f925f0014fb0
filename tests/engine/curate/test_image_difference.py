"""Differences of versions of one picture: none where there are none, and where they are otherwise."""

import cv2
import numpy as np
import pytest

from engine.curate.image_difference import compute_difference


def cell(seed: int = 3) -> np.ndarray:
    """Return a drawn cell with a nucleus off its middle and some grain, uint8 (240, 240, 3)."""
    rng = np.random.default_rng(seed)
    picture = np.full((240, 240, 3), (236, 214, 206), np.uint8)
    for _ in range(9):
        at = tuple(int(one) for one in rng.integers(0, 240, 2))
        cv2.circle(picture, at, 22, (214, 150, 146), -1)
    cv2.circle(picture, (120, 120), 62, (196, 160, 204), -1)
    cv2.ellipse(picture, (104, 128), (36, 24), 30, 0, 360, (90, 40, 130), -1)
    return cv2.GaussianBlur(picture, (5, 5), 0)


def test_a_copy_does_not_differ():
    found = compute_difference(cell(), cell())
    assert found.changed_share == 0
    assert not found.difference_map.any()
    assert not found.is_reoriented


@pytest.mark.parametrize("way", range(1, 8))
def test_a_turned_or_mirrored_copy_does_not_differ(way):
    other = np.rot90(cell(), way % 4)
    if way >= 4:
        other = other[:, ::-1]
    found = compute_difference(cell(), np.ascontiguousarray(other))
    assert found.changed_share < 0.001
    assert found.is_reoriented


@pytest.mark.parametrize("size", [(168, 168), (240, 200)])
def test_a_resized_copy_hardly_differs(size):
    assert compute_difference(cell(), cv2.resize(cell(), size)).changed_share < 0.02


def test_a_shifted_crop_is_laid_where_it_belongs():
    found = compute_difference(cell(), np.ascontiguousarray(cell()[14:, :226]))
    assert found.changed_share < 0.02
    # Where the crop ends there is nothing to differ.
    assert not found.difference_map[:8, 20:-20].any()


def test_what_was_painted_over_is_what_differs():
    other = cell()
    cv2.circle(other, (60, 60), 20, (20, 20, 20), -1)
    found = compute_difference(cell(), other)
    assert 0.01 < found.changed_share < 0.08
    assert found.difference_map[48, 48, 0] > 200
    assert found.difference_map[150, 150, 0] < 20


def test_flat_pictures_and_other_cells_are_told_without_a_fault():
    flat = np.full((50, 60, 3), 128, np.uint8)
    assert compute_difference(flat, flat).changed_share == 0
    assert compute_difference(flat, cell()).changed_share > 0.2
    assert compute_difference(cell(), cell(8)).changed_share > 0.05


def test_a_tiny_picture_is_laid_over_a_large_one():
    assert compute_difference(cell(), cell()[:1, :1]).difference_map.shape == (192, 192, 3)
