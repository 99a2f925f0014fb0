"""Spots: small stained parts, each with its outlines, and what is measured of them."""

import cv2
import numpy as np
import pytest

from engine.fields.spots import FEATURES, find_spots
from engine.fields.stains import Stains

STAINS = Stains(np.array([0.28, 0.72, 0.63]), np.array([0.66, 0.74, 0.12]), 0.3, 0.9, 0.2)
DIAMETER = 40.0


def find(discs, white_cells=None, shape=(160, 200)):
    """Find the spots in an image with discs of nuclear stain: x, y, radius."""
    amount = np.zeros(shape, np.float32)
    for x, y, radius in discs:
        cv2.circle(amount, (x, y), radius, 0.6, -1)
    amount = cv2.GaussianBlur(amount, (0, 0), 1.0)
    density = amount[..., None] * STAINS.nucleus.astype(np.float32)
    cover = np.zeros(shape, np.uint8) if white_cells is None else white_cells
    return find_spots(density, STAINS.nucleus_amount(density), STAINS, DIAMETER, cover)


def column(spots, name):
    return spots.features[:, FEATURES.index(name)]


def test_a_disc_has_an_outline_at_each_level_with_its_measurements():
    spots = find([(60, 50, 7), (150, 110, 9)])
    assert spots.features.shape == (len(spots.boxes), len(FEATURES))
    assert np.isfinite(spots.features).all()
    for x, y, radius in ((60, 50, 7), (150, 110, 9)):
        centres = spots.boxes[:, :2] + spots.boxes[:, 2:] / 2
        own = np.abs(centres - (x + 0.5, y + 0.5)).max(1) < 2
        assert own.sum() > 2
        widths = spots.boxes[own, 2]
        assert widths.min() <= 2 * radius + 1 <= widths.max()
        assert column(spots, "elongation")[own] == pytest.approx(1, abs=0.1)
        assert column(spots, "eccentricity")[own] == pytest.approx(1, abs=0.1)
        assert (column(spots, "nuclear contrast")[own] > 0.2).all()
        # On glass there is neither red-cell stain nor anything else.
        assert column(spots, "red 0")[own] == pytest.approx(0, abs=0.02)
        assert column(spots, "nuclear 6")[own] == pytest.approx(0, abs=0.02)
    for index in range(len(spots.boxes)):
        mask = spots.mask(index)
        assert mask.shape == (spots.boxes[index, 3], spots.boxes[index, 2])
        assert mask.sum() == pytest.approx(spots.areas[index] * DIAMETER**2, abs=0.5)


def test_each_spot_is_measured_as_if_it_were_alone():
    alone, both = find([(60, 50, 7)]), find([(60, 50, 7), (150, 110, 9)])
    same = [index for index, box in enumerate(both.boxes) if box.tolist() in alone.boxes.tolist()]
    assert len(same) == len(alone.boxes)
    inside = [FEATURES.index(name) for name in ("nuclear 0", "nuclear 2", "area", "peak")]
    np.testing.assert_allclose(both.features[same][:, inside], alone.features[:, inside], rtol=1e-4)


def test_nothing_inside_a_white_cell_is_a_spot():
    white_cell = np.zeros((160, 200), np.uint8)
    cv2.circle(white_cell, (60, 50), 20, 1, -1)
    assert not len(find([(60, 50, 7)], white_cell).boxes)
    spots = find([(60, 50, 7), (110, 50, 7)], white_cell)
    assert (spots.boxes[:, 0] > 90).all()


def test_an_image_without_spots_has_none():
    spots = find([])
    assert spots.boxes.shape == (0, 4)
    assert spots.features.shape == (0, len(FEATURES))
