"""Gallery view by keyboard and mouse, with up to 100,000 images."""

from grid_helpers import (
    ALT,
    CLASSES,
    CTRL,
    EACH,
    FEW,
    LEFT,
    MANY,
    PLAIN,
    SHIFT,
    current_row,
    decide,
    drag,
    fill_session,
    image_rect,
    point_below_image,
    press_key,
    selected,
    send_mouse,
    set_current_row,
    set_query,
)  # fmt: skip
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gui.gallery.model import GalleryModel
from gui.gallery.view import MAX_EDGE, MIN_EDGE

WAIT_MS = 10_000
Key = Qt.Key
Name = QAccessible.Text.Name


def band_name(panel):
    return panel.view.headers.focused_key


# By keys.


def test_step_moves_the_selection_regardless_of_modifiers(few):
    set_current_row(few, 0)
    for key, held in ((Key.Key_Control, CTRL), (Key.Key_Shift, SHIFT)):
        QTest.keyPress(few.view, key, held)
        assert QApplication.keyboardModifiers() == held
        few.view.step(1)
        assert selected(few) == [few.model.path(current_row(few))]
        QTest.keyRelease(few.view, key)
    assert current_row(few) == 2


def test_arrows_move_through_lines_and_stop_at_the_ends(few):
    columns = few.view.grid.columns
    set_current_row(few, 0)
    press_key(few, Key.Key_Left)
    press_key(few, Key.Key_Up)
    assert current_row(few) == 0
    press_key(few, Key.Key_Down)
    assert current_row(few) == columns
    press_key(few, Key.Key_Right)
    assert current_row(few) == columns + 1
    press_key(few, Key.Key_End)
    press_key(few, Key.Key_Down)
    press_key(few, Key.Key_Right)
    assert current_row(few) == FEW - 1
    assert few.session.current.path == few.model.path(FEW - 1)
    press_key(few, Key.Key_PageUp)
    assert current_row(few) < FEW - 1
    press_key(few, Key.Key_Home)
    assert current_row(few) == 0


def test_down_keeps_its_column_over_short_lines_and_bands(banded):
    grid = banded.view.grid
    last_line = EACH - EACH % grid.columns
    assert EACH % grid.columns, "the last line of a band must be a short one here"
    set_current_row(banded, last_line - 1)  # the last column, above the short line
    press_key(banded, Key.Key_Down)
    assert current_row(banded) == EACH - 1
    press_key(banded, Key.Key_Down)
    assert current_row(banded) == EACH + EACH - 1 - last_line
    press_key(banded, Key.Key_Up)
    assert current_row(banded) == EACH - 1
    press_key(banded, Key.Key_Right)
    assert current_row(banded) == EACH


def test_shift_extends_and_shrinks_the_range_in_display_order(few):
    set_current_row(few, 2)
    for _ in range(3):
        press_key(few, Key.Key_Right, SHIFT)
    assert selected(few) == few.session.table.paths[2:6]
    press_key(few, Key.Key_Left, SHIFT)
    assert selected(few) == few.session.table.paths[2:5]
    press_key(few, Key.Key_Home, SHIFT)
    assert selected(few) == few.session.table.paths[:3]
    press_key(few, Key.Key_Right)
    assert selected(few) == few.session.table.paths[1:2]


def test_control_moves_without_selecting_and_control_space_adds(few):
    set_current_row(few, 0)
    press_key(few, Key.Key_Right, CTRL)
    press_key(few, Key.Key_Right, CTRL)
    assert current_row(few) == 2
    assert selected(few) == few.session.table.paths[:1]
    press_key(few, Key.Key_Space, CTRL)
    assert selected(few) == [few.session.table.paths[index] for index in (0, 2)]


def test_letters_and_space_are_left_to_shortcuts(few, qtbot):
    set_current_row(few, 0)
    for key in (Key.Key_C, Key.Key_1, Key.Key_Space):
        press_key(few, key)
        assert current_row(few) == 0


# 100,000 images.


def test_keys_select_all_of_100_000_images(many):
    set_current_row(many, 5)
    press_key(many, Key.Key_A, CTRL)
    assert len(many.session.selected) == MANY
    assert current_row(many) == 5
    press_key(many, Key.Key_Home)
    press_key(many, Key.Key_End, SHIFT)
    assert len(many.session.selected) == MANY
    assert many.session.selected[MANY - 1] == many.model.path(MANY - 1)
    assert many.view.visible_paths()[-1] == many.model.path(MANY - 1)


def test_full_selection_survives_sorting(many):
    press_key(many, Key.Key_A, CTRL)
    set_query(many, order="doubt", bands="class")
    assert len(many.session.selected) == MANY
    assert len(many.view.selectionModel().selection()) == 1


def test_only_visible_items_are_requested_from_the_model(panel, tmp_path, qtbot, monkeypatch):
    requested = []

    def item(self, number):
        requested.append(number)
        return read(self, number)

    read = GalleryModel.item
    fill_session(panel.session, tmp_path / "cells", MANY)
    monkeypatch.setattr(GalleryModel, "item", item)
    for act in (
        lambda: set_query(panel, order="doubt"),
        lambda: set_query(panel, bands="class"),
        panel.view.selectAll,
        lambda: press_key(panel, Key.Key_End),
        lambda: panel.view.verticalScrollBar().setValue(100_000),
        lambda: panel.view.bands.toggle("monocyte"),
        lambda: panel.resize(900, 700),
    ):
        requested.clear()
        act()
        panel.grab()
        assert len(set(requested)) < 120, act
        assert requested


def test_scroll_bar_reaches_both_ends(many):
    bar = many.view.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert many.view.visible_paths()[-1] == many.model.path(MANY - 1)
    bar.setValue(0)
    assert many.view.visible_paths()[0] == many.model.path(0)


# Pointer.


def test_clicks_select_with_standard_modifiers(few):
    view, paths = few.view.viewport(), few.session.table.paths
    QTest.mouseClick(view, LEFT, PLAIN, image_rect(few, 1).center())
    assert selected(few) == paths[1:2]
    assert few.session.current.path == paths[1]
    QTest.mouseClick(view, LEFT, SHIFT, image_rect(few, 4).center())
    assert selected(few) == paths[1:5]
    QTest.mouseClick(view, LEFT, CTRL, image_rect(few, 2).center())
    assert selected(few) == [paths[index] for index in (1, 3, 4)]
    QTest.mouseClick(view, LEFT, CTRL | SHIFT, image_rect(few, 7).center())
    assert set(selected(few)) >= {paths[1], paths[7]}
    QTest.mouseClick(view, LEFT, PLAIN, image_rect(few, 0).center())
    assert selected(few) == paths[:1]


def test_rubber_band_selects_the_tiles_it_touches(few):
    columns, paths = few.view.grid.columns, few.session.table.paths
    drag(few.view.viewport(), point_below_image(few, 0), image_rect(few, columns + 1).center())
    assert selected(few) == [paths[index] for index in (0, 1, columns, columns + 1)]
    assert not few.view._rubber_band.is_active


def test_rubber_band_selects_on_release_and_escape_cancels(few):
    view = few.view.viewport()
    set_current_row(few, 9)
    send_mouse(view, QEvent.Type.MouseButtonPress, point_below_image(few, 0))
    before = selected(few)
    send_mouse(view, QEvent.Type.MouseMove, image_rect(few, 3).center())
    assert few.view._rubber_band.is_active
    assert selected(few) == before
    shown = few.grab().toImage()
    press_key(few, Key.Key_Escape)
    assert not few.view._rubber_band.is_active
    assert few.grab().toImage() != shown
    send_mouse(view, QEvent.Type.MouseButtonRelease, image_rect(few, 3).center())
    assert selected(few) == before


def test_rubber_band_with_control_extends_the_selection(few):
    set_current_row(few, 20)
    drag(few.view.viewport(), point_below_image(few, 0), image_rect(few, 1).center(), held=CTRL)
    assert selected(few) == [few.session.table.paths[index] for index in (0, 1, 20)]


def test_rubber_band_starts_in_empty_space(few):
    few.resize(few.width(), 4000)
    last = image_rect(few, FEW - 1)
    assert FEW % few.view.grid.columns
    empty = last.center() + QPoint(few.view.grid.tile_width, 0)
    assert not few.view.indexAt(empty).isValid()
    drag(few.view.viewport(), empty, image_rect(few, FEW - 2).center())
    assert selected(few) == few.session.table.paths[FEW - 2 :]
    QTest.mouseClick(few.view.viewport(), LEFT, PLAIN, empty)
    assert few.view.selectionModel().selection().isEmpty()


def test_rubber_band_scrolls_at_the_edge(many, qtbot):
    view = many.view.viewport()
    send_mouse(view, QEvent.Type.MouseButtonPress, point_below_image(many, 0))
    send_mouse(view, QEvent.Type.MouseMove, QPoint(view.width() - 30, view.height() + 60))
    bar = many.view.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.value() > 1000, timeout=WAIT_MS)
    send_mouse(view, QEvent.Type.MouseMove, QPoint(view.width() - 30, view.height() // 2))
    send_mouse(view, QEvent.Type.MouseButtonRelease, QPoint(view.width() - 30, view.height() // 2))
    stopped = bar.value()
    paths = selected(many)
    assert paths == many.session.table.paths[: len(paths)]
    assert len(paths) > many.view.grid.columns * (1000 // many.view.grid.tile_height)
    assert bar.value() == stopped


def test_rubber_band_over_100_000_images(many):
    view = many.view
    send_mouse(view.viewport(), QEvent.Type.MouseButtonPress, point_below_image(many, 0))
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    end = image_rect(many, MANY - 1 - MANY % view.grid.columns)
    send_mouse(view.viewport(), QEvent.Type.MouseMove, QPoint(view.grid.tile_width, end.bottom()))
    send_mouse(
        view.viewport(), QEvent.Type.MouseButtonRelease, QPoint(view.grid.tile_width, end.bottom())
    )
    lines = MANY // view.grid.columns
    assert abs(len(many.session.selected) - 2 * lines) <= 2


# Headers.


def test_header_is_pinned_until_the_next_pushes_it_out(banded):
    view, bar, headers = banded.view, banded.view.verticalScrollBar(), banded.view.headers
    banded.resize(banded.width(), 400)
    height = view.grid.header_height
    assert headers.rect_of(0).top() == 0
    bar.setValue(100)
    assert headers.visible_bands()[0] == 0
    assert headers.rect_of(0) == view.viewport().rect().adjusted(
        0, 0, 0, height - view.viewport().height()
    )
    second = view.grid.header_rect(1, 0).top()
    bar.setValue(second - height + 5)
    assert headers.rect_of(0).top() == -5
    assert headers.rect_of(0).bottom() + 1 == headers.rect_of(1).top()
    bar.setValue(second + 1)
    assert headers.band_at(QPoint(200, height // 2)) == 1
    assert headers.rect_of(1).top() == 0


def test_click_on_the_pinned_header_does_not_reach_images(banded):
    banded.resize(banded.width(), 400)
    banded.view.verticalScrollBar().setValue(100)
    assert not banded.view.indexAt(QPoint(60, 5)).isValid()
    QTest.mouseClick(banded.view.viewport(), LEFT, PLAIN, QPoint(200, 5))
    assert selected(banded) == [banded.model.path(row_number) for row_number in range(EACH)]


def test_current_image_is_never_under_a_header(banded):
    banded.resize(banded.width(), 400)
    set_current_row(banded, 3 * EACH - 1)
    for _ in range(30):
        press_key(banded, Key.Key_Up)
        assert image_rect(banded, current_row(banded)).top() >= banded.view.grid.header_height
    assert current_row(banded) < banded.view.grid.columns


def test_header_click_selects_the_band_and_control_adds_it(banded):
    view = banded.view.viewport()
    headers = banded.view.headers
    banded.resize(banded.width(), 4000)
    QTest.mouseClick(view, LEFT, PLAIN, headers.rect_of(1).center())
    assert selected(banded) == [
        banded.model.path(row_number) for row_number in range(EACH, 2 * EACH)
    ]
    QTest.mouseClick(view, LEFT, CTRL, headers.rect_of(2).center())
    assert len(selected(banded)) == 2 * EACH


def test_marker_and_double_click_collapse_a_band(banded):
    view, headers = banded.view, banded.view.headers
    tall = view.grid.total_height
    QTest.mouseClick(view.viewport(), LEFT, PLAIN, headers.rect_of(0).topLeft() + QPoint(16, 10))
    assert view.grid.is_collapsed(0)
    assert view.grid.total_height < tall
    assert view.visualRect(banded.model.index(3)).isEmpty()
    assert view.isIndexHidden(banded.model.index(3))
    QTest.mouseClick(view.viewport(), LEFT, PLAIN, headers.rect_of(0).center())
    QTest.mouseDClick(view.viewport(), LEFT, PLAIN, headers.rect_of(0).center())
    assert not view.grid.is_collapsed(0)
    assert view.grid.total_height == tall


def test_collapsing_a_pinned_band_keeps_its_header_at_the_top(banded):
    banded.resize(banded.width(), 400)
    view, bar = banded.view, banded.view.verticalScrollBar()
    bar.setValue(view.grid.header_rect(1, 0).top() + 100)
    view.bands.toggle("monocyte")
    assert view.headers.rect_of(1).top() == 0
    assert bar.value() == view.grid.header_rect(1, 0).top()


def test_collapsed_bands_survive_sorting_and_decisions(banded):
    set_current_row(banded, 25)
    banded.view.bands.toggle("monocyte")
    set_query(banded, order="doubt")
    decide(banded.session, [banded.model.path(0)], "label", "platelet")
    assert [banded.view.grid.is_collapsed(number) for number in range(3)] == [False, True, False]
    set_query(banded, bands="review")
    set_query(banded, bands="class")
    assert not banded.view.headers.collapsed_keys


def test_images_of_a_collapsed_band_are_neither_current_nor_selected(banded):
    set_current_row(banded, EACH + 2)
    path = banded.session.current.path
    banded.view.bands.toggle("monocyte")
    assert banded.session.current is None
    assert selected(banded) == []
    decide(banded.session, [banded.model.path(0)], "label", "platelet")
    set_query(banded, order="doubt")
    assert banded.session.current is None
    assert selected(banded) == []
    press_key(banded, Key.Key_Space)
    assert len(selected(banded)) == EACH  # selected explicitly
    banded.view.bands.toggle("monocyte")
    assert banded.session.current.path == path


def test_showing_an_image_expands_its_band(banded):
    banded.view.bands.toggle("monocyte")
    path = banded.model.path(25)
    banded.view.show_path(path)
    assert not banded.view.grid.is_collapsed(1)
    assert path in banded.view.visible_paths()


def test_header_description_counts_reviewed_images(banded):
    decide(banded.session, [banded.model.path(3)], "label", "basophil")
    assert "1 reviewed" in banded.view.headers.description(0)


def test_keyboard_controls_headers(banded):
    view = banded.view
    set_current_row(banded, 3)
    press_key(banded, Key.Key_Up, ALT)
    assert band_name(banded) == "basophil"
    assert view.accessibleDescription() == "Basophil, 23, 0 reviewed, expanded"
    press_key(banded, Key.Key_Down, ALT)
    assert band_name(banded) == "monocyte"
    press_key(banded, Key.Key_Left)
    assert view.grid.is_collapsed(1)
    assert "collapsed" in view.accessibleDescription().split(", ")
    assert current_row(banded) == 3
    press_key(banded, Key.Key_Space)
    assert selected(banded) == [
        banded.model.path(row_number) for row_number in range(EACH, 2 * EACH)
    ]
    press_key(banded, Key.Key_Right)
    assert not view.grid.is_collapsed(1)
    press_key(banded, Key.Key_Down)
    assert band_name(banded) is None
    assert current_row(banded) == EACH
    assert view.accessibleDescription() == ""


def test_arrows_stop_at_the_header_of_a_collapsed_band(banded):
    banded.view.bands.toggle("monocyte")
    set_current_row(banded, EACH - 1)
    press_key(banded, Key.Key_Right)
    assert band_name(banded) == "monocyte"
    press_key(banded, Key.Key_Down)
    assert band_name(banded) is None
    assert current_row(banded) == 2 * EACH
    press_key(banded, Key.Key_Up)
    assert band_name(banded) == "monocyte"
    press_key(banded, Key.Key_Up)
    assert current_row(banded) == EACH - 1


def test_keys_work_with_every_band_collapsed(banded):
    set_current_row(banded, 0)
    for class_id in CLASSES:
        banded.view.bands.toggle(class_id)
    press_key(banded, Key.Key_Down)
    assert band_name(banded) == "monocyte"
    press_key(banded, Key.Key_Up)
    assert band_name(banded) == "basophil"
    press_key(banded, Key.Key_Up)
    assert band_name(banded) == "basophil"
    press_key(banded, Key.Key_Right)
    press_key(banded, Key.Key_Down)
    assert current_row(banded) == 0
    assert band_name(banded) is None


def test_shift_selects_across_a_collapsed_band(banded):
    banded.view.bands.toggle("monocyte")
    set_current_row(banded, EACH - 1)
    press_key(banded, Key.Key_Right, SHIFT)
    assert current_row(banded) == 2 * EACH
    assert len(selected(banded)) == EACH + 2


# Visible range, painting and accessibility.


def test_visible_paths_come_before_those_ahead(many, qtbot):
    view, bar = many.view, many.view.verticalScrollBar()
    with qtbot.waitSignal(view.visible_paths_changed, timeout=WAIT_MS) as emitted:
        bar.setValue(5000)
    seen = view.visible_paths()
    assert emitted.args[0][: len(seen)] == seen
    rows = [many.model.row_of(path) for path in emitted.args[0]]
    assert max(rows) > many.model.row_of(seen[-1])
    with qtbot.waitSignal(view.visible_paths_changed, timeout=WAIT_MS) as emitted:
        bar.setValue(4000)
    assert min(many.model.row_of(path) for path in emitted.args[0]) < many.model.row_of(
        view.visible_paths()[0]
    )


class Painted(QObject):
    """Event filter that records repainted regions."""

    def __init__(self, widget):
        super().__init__(widget)
        self.regions = []
        widget.installEventFilter(self)

    def eventFilter(self, _, event):
        if event.type() == QEvent.Type.Paint:
            self.regions.append(event.region())
        return False


def test_new_thumbnail_repaints_only_its_tile(few, qtbot):
    view = few.view
    qtbot.waitUntil(
        lambda: all(few.thumbnails.peek(path) for path in few.session.table.paths[:8]),
        timeout=WAIT_MS,
    )
    qtbot.waitUntil(lambda: few.view.visible_range.is_reported, timeout=WAIT_MS)
    few.grab()
    QApplication.processEvents()
    painted = Painted(view.viewport())
    tile = view.visualRect(few.model.index(1))

    def alone() -> bool:
        # Another paint may be merged with this one.
        few.thumbnails.ready.emit(few.model.path(1))
        QApplication.processEvents()
        return bool(painted.regions) and painted.regions[-1].boundingRect() == tile

    qtbot.waitUntil(alone, timeout=WAIT_MS)


def test_current_image_keeps_its_position_while_tiles_grow(many):
    view = many.view
    set_current_row(many, 40_000)
    top = view.visualRect(many.model.index(40_000)).top()
    view.enlarge()
    assert view.visualRect(many.model.index(40_000)).top() == top
    many.resize(1100, 600)
    assert view.visualRect(many.model.index(40_000)).top() == top


def test_current_image_stays_in_sight_when_the_grid_gets_lower(many):
    view = many.view
    set_current_row(many, 40_000)
    view.verticalScrollBar().setValue(0)
    view.scrollTo(many.model.index(40_000))
    tile = view.visualRect(many.model.index(40_000))
    assert tile.bottom() == view.viewport().rect().bottom()
    many.resize(many.width(), many.height() - 40)
    assert view.viewport().rect().contains(view.visualRect(many.model.index(40_000)))
    # What was out of sight stays there.
    view.verticalScrollBar().setValue(0)
    many.resize(many.width(), many.height() - 40)
    assert view.verticalScrollBar().value() == 0


def test_tile_size_is_bounded_and_fills_the_width(few):
    for _ in range(20):
        few.view.enlarge()
    assert few.view.image_edge == MAX_EDGE
    for _ in range(20):
        few.view.shrink()
    assert few.view.image_edge == MIN_EDGE
    grid = few.view.grid
    assert 0 <= few.view.viewport().width() - grid.columns * grid.tile_width < grid.columns + 1


def test_grid_is_accessible_as_a_list_of_images(few):
    accessible = QAccessible.queryAccessibleInterface(few.view)
    assert accessible.role() == QAccessible.Role.List
    assert accessible.text(Name) == "Images"
    assert accessible.childCount() == FEW
    assert "c000003.png" in accessible.child(3).text(Name)
    assert "Basophil" in accessible.child(3).text(Name)
    assert accessible.child(3).rect().isValid()
