"""Search among the points of the map: pointer, lasso and direction."""

import numpy as np
from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QPolygonF

from gui.gallery.point_search import inside_polygon, nearest_in_direction, nearest_within

POINTS = np.array([[10, 10], [20, 10], [90, 90], [-5, 10], [10, 140]], np.float32)


def test_nearest_is_found_only_within_reach():
    assert nearest_within(POINTS, QPointF(17, 10), 4) == 1
    assert nearest_within(POINTS, QPointF(50, 50), 4) is None
    assert nearest_within(POINTS[:0], QPointF(50, 50), 4) is None


def test_points_outside_the_area_are_in_no_polygon():
    everything = QPolygonF(
        [QPointF(-50, -50), QPointF(150, -50), QPointF(150, 150), QPointF(-50, 150)]
    )
    assert inside_polygon(POINTS, everything, QSize(100, 100)).tolist() == [0, 1, 2]


def test_a_concave_lasso_leaves_out_what_it_goes_around(qapp):
    corners = [(0, 0), (100, 0), (100, 100), (95, 100), (95, 5), (0, 5)]
    lasso = QPolygonF([QPointF(x, y) for x, y in corners])
    points = np.array([[50, 2], [97, 50], [50, 50]], np.float32)
    assert inside_polygon(points, lasso, QSize(120, 120)).tolist() == [0, 1]


def test_direction_prefers_what_lies_straight_ahead():
    offsets = np.array([[-3, 0], [4, 1], [3, 3], [0, 0]], np.float32)
    assert nearest_in_direction(offsets, 1, 0) == 1
    assert nearest_in_direction(offsets, -1, 0) == 0
    assert nearest_in_direction(offsets, 0, -1) is None
