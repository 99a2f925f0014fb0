"""Embedding map by mouse and keyboard: pan, zoom, lasso, hover, arrow keys."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gui.theme import Theme

PLACES = np.array([[0.2, 0.1], [0.9, 0.05], [0.5, 0.5], [0.05, 0.9], [0.9, 0.9]], np.float32)
RED = np.tile(np.array([255, 0, 0], np.uint8), (5, 1))
LEFT = Qt.MouseButton.LeftButton
SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def theme(qapp):
    made = Theme(qapp)
    yield made
    made.set_dark(False)


@pytest.fixture
def shown(theme, qtbot):
    from gui.gallery.embedding_map import EmbeddingMap

    made = EmbeddingMap(theme)
    qtbot.addWidget(made)
    made.resize(400, 400)
    made.set_points(PLACES, RED, np.ones(5, np.bool_))
    with qtbot.waitExposed(made):
        made.show()
    return made


def drag(view, points, modifier=NONE):
    target = view.viewport()
    QTest.mousePress(target, LEFT, modifier, points[0])
    for point in points[1:]:
        QTest.mouseMove(target, point)
        QApplication.processEvents()
    QTest.mouseRelease(target, LEFT, modifier, points[-1])


def around(view, row, reach=20):
    at = view.position_of(row).toPoint()
    corners = [(-reach, -reach), (reach, -reach), (reach, reach), (-reach, reach)]
    return [at + QPoint(*corner) for corner in corners]


def test_click_picks_a_point_only_nearby(shown, qtbot):
    with qtbot.waitSignal(shown.picked) as emitted:
        QTest.mouseClick(shown.viewport(), LEFT, NONE, shown.position_of(3).toPoint())
    assert emitted.args == [3]
    with qtbot.assertNotEmitted(shown.picked):
        QTest.mouseClick(
            shown.viewport(), LEFT, NONE, shown.position_of(3).toPoint() + QPoint(30, 0)
        )


def test_hovered_is_emitted_once_per_point(shown):
    seen = []
    shown.hovered.connect(seen.append)
    at = shown.position_of(2).toPoint()
    for point in (at, at + QPoint(1, 0), at + QPoint(60, 0)):
        QTest.mouseMove(shown.viewport(), point)
        QApplication.processEvents()
    assert seen == [2, None]


def test_shift_drag_lassos_and_ctrl_adds(shown):
    seen = []
    shown.lassoed.connect(lambda rows, mode: seen.append((rows.tolist(), mode)))
    drag(shown, around(shown, 2), SHIFT)
    drag(shown, around(shown, 4), SHIFT | CTRL)
    assert seen == [([2], "new"), ([4], "add")]


def test_lasso_tool_excludes_hidden_points(shown):
    seen = []
    shown.lassoed.connect(lambda rows, mode: seen.append(rows.tolist()))
    shown.set_points(PLACES, RED, np.array([True, True, False, True, True]))
    shown.set_tool("lasso")
    drag(shown, [QPoint(1, 1), QPoint(399, 1), QPoint(399, 399), QPoint(1, 399)])
    assert seen == [[0, 1, 3, 4]]


def test_drag_pans_without_picking(shown, qtbot):
    before = shown.position_of(2)
    with qtbot.assertNotEmitted(shown.picked), qtbot.assertNotEmitted(shown.lassoed):
        drag(shown, [QPoint(200, 200), QPoint(215, 205), QPoint(230, 210)])
    moved = shown.position_of(2) - before
    assert (round(moved.x()), round(moved.y())) == (30, 10)


def test_wheel_zooms_at_the_pointer(shown):
    at = shown.position_of(0)
    event = QWheelEvent(
        at,
        QPointF(shown.mapToGlobal(at.toPoint())),
        QPoint(),
        QPoint(0, 360),
        Qt.MouseButton.NoButton,
        NONE,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    apart = (shown.position_of(4) - at).manhattanLength()
    shown.wheelEvent(event)
    assert (shown.position_of(0) - at).manhattanLength() < 2
    assert (shown.position_of(4) - at).manhattanLength() > 1.5 * apart


def test_arrows_pick_the_nearest_point_in_their_direction(shown, qtbot):
    seen = []
    shown.picked.connect(seen.append)
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Down):
        QTest.keyClick(shown, key)
    # First the point nearest the centre; then points within 45 degrees of the arrow.
    assert seen == [2, 4, 2, 0]
    QTest.keyClick(shown, Qt.Key.Key_Down)
    assert seen == [2, 4, 2, 0]


def test_plus_and_minus_zoom_and_escape_clears_the_selection(shown, qtbot):
    apart = (shown.position_of(4) - shown.position_of(0)).manhattanLength()
    QTest.keyClick(shown, Qt.Key.Key_Plus)
    wider = (shown.position_of(4) - shown.position_of(0)).manhattanLength()
    assert wider > 1.2 * apart
    QTest.keyClick(shown, Qt.Key.Key_Minus)
    assert (shown.position_of(4) - shown.position_of(0)).manhattanLength() == pytest.approx(
        apart, abs=2
    )
    with qtbot.assertNotEmitted(shown.lassoed):
        QTest.keyClick(shown, Qt.Key.Key_Escape)
    shown.set_selected(np.array([1, 2]))
    with qtbot.waitSignal(shown.lassoed) as emitted:
        QTest.keyClick(shown, Qt.Key.Key_Escape)
    assert (len(emitted.args[0]), emitted.args[1]) == (0, "new")


def test_current_image_is_scrolled_into_view(shown):
    for _ in range(12):
        shown.zoom_by(1.25, shown.position_of(0))
    shown.set_current(4)
    assert shown.viewport().rect().contains(shown.position_of(4).toPoint())


@pytest.mark.parametrize("dark", [False, True])
def test_points_are_coloured_and_hidden_ones_faint(shown, theme, dark):
    theme.set_dark(dark)
    shown.set_points(PLACES, RED, np.array([True, False, True, True, True]))
    shown.set_selected(np.array([4]))
    image = shown.grab().toImage()
    ratio = image.devicePixelRatio()

    def pixel(row, aside=0):
        at = (shown.position_of(row) + QPointF(aside, 0)) * ratio
        return image.pixelColor(int(at.x()), int(at.y()))

    assert pixel(0) == QColor(255, 0, 0)
    assert pixel(4) == QColor(255, 0, 0)
    assert pixel(1) == theme.colour("line")
    assert pixel(4, aside=4) == theme.colour("text")
    assert pixel(0, aside=4) == theme.colour("surround")


def test_empty_map_handles_input(shown):
    empty = np.empty((0, 2), np.float32)
    shown.set_points(empty, np.empty((0, 3), np.uint8), np.empty(0, np.bool_))
    shown.set_current(None)
    QTest.keyClick(shown, Qt.Key.Key_Left)
    QTest.mouseClick(shown.viewport(), LEFT, NONE, QPoint(50, 50))
    drag(shown, [QPoint(1, 1), QPoint(300, 1), QPoint(300, 300)], SHIFT)
    assert not shown.grab().isNull()


def test_map_has_an_accessible_name(shown):
    assert shown.accessibleName()
