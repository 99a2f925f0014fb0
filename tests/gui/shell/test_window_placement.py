"""Window placement: kept from one run to the next, within the screen."""

import pytest
from PySide6.QtWidgets import QWidget

from gui.settings import save_setting
from gui.shell.window_placement import place_window, store_placement


@pytest.fixture
def make_window(qtbot):
    def make(width: int, height: int) -> QWidget:
        window = QWidget()
        qtbot.addWidget(window)
        window.resize(width, height)
        return window

    return make


def test_size_and_position_return_at_the_next_start(make_window):
    first = make_window(500, 400)
    first.move(40, 60)
    first.show()
    store_placement(first)
    second = make_window(700, 700)
    place_window(second)
    second.show()
    assert second.size() == first.size()
    assert second.pos() == first.pos()


def test_a_maximized_window_returns_maximized(make_window):
    first = make_window(500, 400)
    first.showMaximized()
    store_placement(first)
    second = make_window(500, 400)
    place_window(second)
    assert second.isMaximized()


def test_the_first_window_is_maximized_where_the_screen_is_smaller(make_window, qapp):
    screen = qapp.primaryScreen().availableSize()
    large = make_window(screen.width() + 1, screen.height() // 2)
    place_window(large)
    assert large.isMaximized()
    small = make_window(screen.width() // 2, screen.height() // 2)
    place_window(small)
    assert not small.isMaximized()


@pytest.mark.parametrize("stored", ["", "no base64 ☂", "AAAA", 7, ["AAAA"], None])
def test_damaged_settings_leave_the_usual_size(make_window, stored):
    save_setting("window_geometry", stored)
    window = make_window(320, 240)
    place_window(window)
    assert (window.width(), window.height()) == (320, 240)


def test_closing_the_window_stores_its_placement(window):
    window.resize(640, 480)
    window.close()
    again = QWidget()
    place_window(again)
    assert (again.width(), again.height()) == (window.width(), window.height())
