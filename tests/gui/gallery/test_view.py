"""The grid by keys and mouse, on 100,000 images of which some are there."""

from grid_help import (
    ALT,
    CLASSES,
    CTRL,
    EACH,
    FEW,
    LEFT,
    MANY,
    PLAIN,
    SHIFT,
    ask,
    beside,
    decide,
    fill,
    go,
    mouse,
    place,
    press,
    pull,
    row,
    selected,
)  # fmt: skip
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gui.gallery.model import GalleryModel
from gui.gallery.view import LARGEST, SMALLEST

WAIT_MS = 10_000
Key = Qt.Key
Name = QAccessible.Text.Name


def band_name(panel):
    return panel.view.headers.focused


# By keys.


def test_a_step_takes_the_selection_along_whatever_keys_are_held(few):
    go(few, 0)
    for key, held in ((Key.Key_Control, CTRL), (Key.Key_Shift, SHIFT)):
        QTest.keyPress(few.view, key, held)
        assert QApplication.keyboardModifiers() == held
        few.view.step(1)
        assert selected(few) == [few.model.path(row(few))]
        QTest.keyRelease(few.view, key)
    assert row(few) == 2


def test_arrows_go_through_lines_and_the_ends_hold(few):
    columns = few.view.grid.columns
    go(few, 0)
    press(few, Key.Key_Left)
    press(few, Key.Key_Up)
    assert row(few) == 0
    press(few, Key.Key_Down)
    assert row(few) == columns
    press(few, Key.Key_Right)
    assert row(few) == columns + 1
    press(few, Key.Key_End)
    press(few, Key.Key_Down)
    press(few, Key.Key_Right)
    assert row(few) == FEW - 1
    assert few.session.current.path == few.model.path(FEW - 1)
    press(few, Key.Key_PageUp)
    assert row(few) < FEW - 1
    press(few, Key.Key_Home)
    assert row(few) == 0


def test_down_keeps_its_column_over_a_short_line_and_into_the_next_band(banded):
    grid = banded.view.grid
    last_line = EACH - EACH % grid.columns
    assert EACH % grid.columns, "the last line of a band must be a short one here"
    go(banded, last_line - 1)  # the last column, above the short line
    press(banded, Key.Key_Down)
    assert row(banded) == EACH - 1
    press(banded, Key.Key_Down)
    assert row(banded) == EACH + EACH - 1 - last_line
    press(banded, Key.Key_Up)
    assert row(banded) == EACH - 1
    press(banded, Key.Key_Right)
    assert row(banded) == EACH


def test_shift_selects_in_reading_order_and_shrinks_again(few):
    go(few, 2)
    for _ in range(3):
        press(few, Key.Key_Right, SHIFT)
    assert selected(few) == few.session.table.paths[2:6]
    press(few, Key.Key_Left, SHIFT)
    assert selected(few) == few.session.table.paths[2:5]
    press(few, Key.Key_Home, SHIFT)
    assert selected(few) == few.session.table.paths[:3]
    press(few, Key.Key_Right)
    assert selected(few) == few.session.table.paths[1:2]


def test_control_moves_alone_and_control_space_selects_too(few):
    go(few, 0)
    press(few, Key.Key_Right, CTRL)
    press(few, Key.Key_Right, CTRL)
    assert row(few) == 2
    assert selected(few) == few.session.table.paths[:1]
    press(few, Key.Key_Space, CTRL)
    assert selected(few) == [few.session.table.paths[at] for at in (0, 2)]


def test_letters_and_space_are_left_to_commands(few, qtbot):
    go(few, 0)
    for key in (Key.Key_C, Key.Key_1, Key.Key_Space):
        press(few, key)
        assert row(few) == 0


# 100,000 images.


def test_selecting_100_000_by_keys(many):
    go(many, 5)
    press(many, Key.Key_A, CTRL)
    assert len(many.session.selected) == MANY
    assert row(many) == 5
    press(many, Key.Key_Home)
    press(many, Key.Key_End, SHIFT)
    assert len(many.session.selected) == MANY
    assert many.session.selected[MANY - 1] == many.model.path(MANY - 1)
    assert many.view.paths_in_sight()[-1] == many.model.path(MANY - 1)


def test_everything_selected_outlives_another_order(many):
    press(many, Key.Key_A, CTRL)
    ask(many, order="doubt", bands="class")
    assert len(many.session.selected) == MANY
    assert len(many.view.selectionModel().selection()) == 1


def test_only_what_is_in_sight_is_asked_for(panel, tmp_path, qtbot, monkeypatch):
    asked = []

    def item(self, number):
        asked.append(number)
        return read(self, number)

    read = GalleryModel.item
    fill(panel.session, tmp_path / "cells", MANY)
    monkeypatch.setattr(GalleryModel, "item", item)
    for act in (
        lambda: ask(panel, order="doubt"),
        lambda: ask(panel, bands="class"),
        panel.view.selectAll,
        lambda: press(panel, Key.Key_End),
        lambda: panel.view.verticalScrollBar().setValue(100_000),
        lambda: panel.view.toggle_band("monocyte"),
        lambda: panel.resize(900, 700),
    ):
        asked.clear()
        act()
        panel.grab()
        assert len(set(asked)) < 120, act
        assert asked


def test_the_bar_reaches_both_ends(many):
    bar = many.view.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert many.view.paths_in_sight()[-1] == many.model.path(MANY - 1)
    bar.setValue(0)
    assert many.view.paths_in_sight()[0] == many.model.path(0)


# The pointer.


def test_clicks_choose_as_everywhere(few):
    view, paths = few.view.viewport(), few.session.table.paths
    QTest.mouseClick(view, LEFT, PLAIN, place(few, 1).center())
    assert selected(few) == paths[1:2]
    assert few.session.current.path == paths[1]
    QTest.mouseClick(view, LEFT, SHIFT, place(few, 4).center())
    assert selected(few) == paths[1:5]
    QTest.mouseClick(view, LEFT, CTRL, place(few, 2).center())
    assert selected(few) == [paths[at] for at in (1, 3, 4)]
    QTest.mouseClick(view, LEFT, CTRL | SHIFT, place(few, 7).center())
    assert set(selected(few)) >= {paths[1], paths[7]}
    QTest.mouseClick(view, LEFT, PLAIN, place(few, 0).center())
    assert selected(few) == paths[:1]


def test_a_rubber_band_from_beside_an_image_selects_what_it_meets(few):
    columns, paths = few.view.grid.columns, few.session.table.paths
    pull(few.view.viewport(), beside(few, 0), place(few, columns + 1).center())
    assert selected(few) == [paths[at] for at in (0, 1, columns, columns + 1)]
    assert not few.view._rubber.active


def test_while_it_is_drawn_it_is_only_painted_and_escape_takes_it_back(few):
    view = few.view.viewport()
    go(few, 9)
    mouse(view, QEvent.Type.MouseButtonPress, beside(few, 0))
    before = selected(few)
    mouse(view, QEvent.Type.MouseMove, place(few, 3).center())
    assert few.view._rubber.active
    assert selected(few) == before
    shown = few.grab().toImage()
    press(few, Key.Key_Escape)
    assert not few.view._rubber.active
    assert few.grab().toImage() != shown
    mouse(view, QEvent.Type.MouseButtonRelease, place(few, 3).center())
    assert selected(few) == before


def test_with_control_it_adds(few):
    go(few, 20)
    pull(few.view.viewport(), beside(few, 0), place(few, 1).center(), held=CTRL)
    assert selected(few) == [few.session.table.paths[at] for at in (0, 1, 20)]


def test_from_empty_space_it_goes_backwards_too(few):
    few.resize(few.width(), 4000)
    last = place(few, FEW - 1)
    assert FEW % few.view.grid.columns
    empty = last.center() + QPoint(few.view.grid.width, 0)
    assert not few.view.indexAt(empty).isValid()
    pull(few.view.viewport(), empty, place(few, FEW - 2).center())
    assert selected(few) == few.session.table.paths[FEW - 2 :]
    QTest.mouseClick(few.view.viewport(), LEFT, PLAIN, empty)
    assert few.view.selectionModel().selection().isEmpty()


def test_held_at_the_edge_it_scrolls_and_goes_on(many, qtbot):
    view = many.view.viewport()
    mouse(view, QEvent.Type.MouseButtonPress, beside(many, 0))
    mouse(view, QEvent.Type.MouseMove, QPoint(view.width() - 30, view.height() + 60))
    bar = many.view.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.value() > 1000, timeout=WAIT_MS)
    mouse(view, QEvent.Type.MouseMove, QPoint(view.width() - 30, view.height() // 2))
    mouse(view, QEvent.Type.MouseButtonRelease, QPoint(view.width() - 30, view.height() // 2))
    stopped = bar.value()
    paths = selected(many)
    assert paths == many.session.table.paths[: len(paths)]
    assert len(paths) > many.view.grid.columns * (1000 // many.view.grid.height)
    assert bar.value() == stopped


def test_a_rubber_band_over_all_lines_of_100_000(many):
    view = many.view
    mouse(view.viewport(), QEvent.Type.MouseButtonPress, beside(many, 0))
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    end = place(many, MANY - 1 - MANY % view.grid.columns)
    mouse(view.viewport(), QEvent.Type.MouseMove, QPoint(view.grid.width, end.bottom()))
    mouse(view.viewport(), QEvent.Type.MouseButtonRelease, QPoint(view.grid.width, end.bottom()))
    lines = MANY // view.grid.columns
    assert abs(len(many.session.selected) - 2 * lines) <= 2


# Headers.


def test_a_header_stays_at_the_top_until_the_next_pushes_it_out(banded):
    view, bar, headers = banded.view, banded.view.verticalScrollBar(), banded.view.headers
    banded.resize(banded.width(), 400)
    height = view.grid.header
    assert headers.box(0).top() == 0
    bar.setValue(100)
    assert headers.in_sight()[0] == 0
    assert headers.box(0) == view.viewport().rect().adjusted(
        0, 0, 0, height - view.viewport().height()
    )
    second = view.grid.header_rect(1, 0).top()
    bar.setValue(second - height + 5)
    assert headers.box(0).top() == -5
    assert headers.box(0).bottom() + 1 == headers.box(1).top()
    bar.setValue(second + 1)
    assert headers.at(QPoint(200, height // 2)) == 1
    assert headers.box(1).top() == 0


def test_an_image_under_the_pinned_header_is_not_clicked(banded):
    banded.resize(banded.width(), 400)
    banded.view.verticalScrollBar().setValue(100)
    assert not banded.view.indexAt(QPoint(60, 5)).isValid()
    QTest.mouseClick(banded.view.viewport(), LEFT, PLAIN, QPoint(200, 5))
    assert selected(banded) == [banded.model.path(at) for at in range(EACH)]


def test_what_becomes_current_is_never_under_a_header(banded):
    banded.resize(banded.width(), 400)
    go(banded, 3 * EACH - 1)
    for _ in range(30):
        press(banded, Key.Key_Up)
        assert place(banded, row(banded)).top() >= banded.view.grid.header
    assert row(banded) < banded.view.grid.columns


def test_a_click_selects_the_band_and_with_control_adds_it(banded):
    view = banded.view.viewport()
    headers = banded.view.headers
    banded.resize(banded.width(), 4000)
    QTest.mouseClick(view, LEFT, PLAIN, headers.box(1).center())
    assert selected(banded) == [banded.model.path(at) for at in range(EACH, 2 * EACH)]
    QTest.mouseClick(view, LEFT, CTRL, headers.box(2).center())
    assert len(selected(banded)) == 2 * EACH


def test_the_mark_and_a_double_click_fold(banded):
    view, headers = banded.view, banded.view.headers
    tall = view.grid.total
    QTest.mouseClick(view.viewport(), LEFT, PLAIN, headers.box(0).topLeft() + QPoint(16, 10))
    assert view.grid.folded(0)
    assert view.grid.total < tall
    assert view.visualRect(banded.model.index(3)).isEmpty()
    assert view.isIndexHidden(banded.model.index(3))
    QTest.mouseClick(view.viewport(), LEFT, PLAIN, headers.box(0).center())
    QTest.mouseDClick(view.viewport(), LEFT, PLAIN, headers.box(0).center())
    assert not view.grid.folded(0)
    assert view.grid.total == tall


def test_folding_a_pinned_band_keeps_its_header_at_the_top(banded):
    banded.resize(banded.width(), 400)
    view, bar = banded.view, banded.view.verticalScrollBar()
    bar.setValue(view.grid.header_rect(1, 0).top() + 100)
    view.toggle_band("monocyte")
    assert view.headers.box(1).top() == 0
    assert bar.value() == view.grid.header_rect(1, 0).top()


def test_folded_bands_stay_folded_over_another_order_and_a_decision(banded):
    go(banded, 25)
    banded.view.toggle_band("monocyte")
    ask(banded, order="doubt")
    decide(banded.session, [banded.model.path(0)], "label", "platelet")
    assert [banded.view.grid.folded(number) for number in range(3)] == [False, True, False]
    ask(banded, bands="review")
    ask(banded, bands="class")
    assert not banded.view.headers.folded


def test_nobody_decides_on_what_a_folded_band_hides(banded):
    go(banded, EACH + 2)
    path = banded.session.current.path
    banded.view.toggle_band("monocyte")
    assert banded.session.current is None
    assert selected(banded) == []
    decide(banded.session, [banded.model.path(0)], "label", "platelet")
    ask(banded, order="doubt")
    assert banded.session.current is None
    assert selected(banded) == []
    press(banded, Key.Key_Space)
    assert len(selected(banded)) == EACH  # asked for in so many words
    banded.view.toggle_band("monocyte")
    assert banded.session.current.path == path


def test_what_is_asked_for_in_a_folded_band_unfolds_it(banded):
    banded.view.toggle_band("monocyte")
    path = banded.model.path(25)
    banded.view.show_path(path)
    assert not banded.view.grid.folded(1)
    assert path in banded.view.paths_in_sight()


def test_a_header_says_what_is_reviewed_now(banded):
    decide(banded.session, [banded.model.path(3)], "label", "basophil")
    assert "1 reviewed" in banded.view.headers.words(0)


def test_headers_by_keyboard(banded):
    view = banded.view
    go(banded, 3)
    press(banded, Key.Key_Up, ALT)
    assert band_name(banded) == "basophil"
    assert view.accessibleDescription() == "Basophil, 23, 0 reviewed, unfolded"
    press(banded, Key.Key_Down, ALT)
    assert band_name(banded) == "monocyte"
    press(banded, Key.Key_Left)
    assert view.grid.folded(1)
    assert "collapsed" in view.accessibleDescription().split(", ")
    assert row(banded) == 3
    press(banded, Key.Key_Space)
    assert selected(banded) == [banded.model.path(at) for at in range(EACH, 2 * EACH)]
    press(banded, Key.Key_Right)
    assert not view.grid.folded(1)
    press(banded, Key.Key_Down)
    assert band_name(banded) is None
    assert row(banded) == EACH
    assert view.accessibleDescription() == ""


def test_arrows_meet_the_header_of_a_folded_band(banded):
    banded.view.toggle_band("monocyte")
    go(banded, EACH - 1)
    press(banded, Key.Key_Right)
    assert band_name(banded) == "monocyte"
    press(banded, Key.Key_Down)
    assert band_name(banded) is None
    assert row(banded) == 2 * EACH
    press(banded, Key.Key_Up)
    assert band_name(banded) == "monocyte"
    press(banded, Key.Key_Up)
    assert row(banded) == EACH - 1


def test_with_every_band_folded_the_keys_still_go_about(banded):
    go(banded, 0)
    for one in CLASSES:
        banded.view.toggle_band(one)
    press(banded, Key.Key_Down)
    assert band_name(banded) == "monocyte"
    press(banded, Key.Key_Up)
    assert band_name(banded) == "basophil"
    press(banded, Key.Key_Up)
    assert band_name(banded) == "basophil"
    press(banded, Key.Key_Right)
    press(banded, Key.Key_Down)
    assert row(banded) == 0
    assert band_name(banded) is None


def test_shift_selects_over_a_folded_band_too(banded):
    banded.view.toggle_band("monocyte")
    go(banded, EACH - 1)
    press(banded, Key.Key_Right, SHIFT)
    assert row(banded) == 2 * EACH
    assert len(selected(banded)) == EACH + 2


# What is in sight, painted and said.


def test_what_is_in_sight_comes_first_then_what_is_ahead(many, qtbot):
    view, bar = many.view, many.view.verticalScrollBar()
    with qtbot.waitSignal(view.in_sight, timeout=WAIT_MS) as told:
        bar.setValue(5000)
    seen = view.paths_in_sight()
    assert told.args[0][: len(seen)] == seen
    rows = [many.model.row(path) for path in told.args[0]]
    assert max(rows) > many.model.row(seen[-1])
    with qtbot.waitSignal(view.in_sight, timeout=WAIT_MS) as told:
        bar.setValue(4000)
    assert min(many.model.row(path) for path in told.args[0]) < many.model.row(
        view.paths_in_sight()[0]
    )


class Painted(QObject):
    """Remembers what is painted anew."""

    def __init__(self, widget):
        super().__init__(widget)
        self.regions = []
        widget.installEventFilter(self)

    def eventFilter(self, _, event):
        if event.type() == QEvent.Type.Paint:
            self.regions.append(event.region())
        return False


def test_a_thumbnail_that_comes_repaints_its_own_tile(few, qtbot):
    view = few.view
    qtbot.waitUntil(
        lambda: all(few.thumbnails.peek(path) for path in few.session.table.paths[:8]),
        timeout=WAIT_MS,
    )
    qtbot.waitUntil(lambda: not few.view._settled.isActive(), timeout=WAIT_MS)
    few.grab()
    QApplication.processEvents()
    painted = Painted(view.viewport())
    tile = view.visualRect(few.model.index(1))

    def alone() -> bool:
        # Something else may be painted at the same moment, and the two would be told as one.
        few.thumbnails.ready.emit(few.model.path(1))
        QApplication.processEvents()
        return bool(painted.regions) and painted.regions[-1].boundingRect() == tile

    qtbot.waitUntil(alone, timeout=WAIT_MS)


def test_the_image_looked_at_stays_while_tiles_grow(many):
    view = many.view
    go(many, 40_000)
    top = view.visualRect(many.model.index(40_000)).top()
    view.larger()
    assert view.visualRect(many.model.index(40_000)).top() == top
    many.resize(1100, 600)
    assert view.visualRect(many.model.index(40_000)).top() == top


def test_tiles_have_bounds_and_fill_the_width(few):
    for _ in range(20):
        few.view.larger()
    assert few.view.edge == LARGEST
    for _ in range(20):
        few.view.smaller()
    assert few.view.edge == SMALLEST
    grid = few.view.grid
    assert 0 <= few.view.viewport().width() - grid.columns * grid.width < grid.columns + 1


def test_a_screen_reader_hears_a_list_of_images(few):
    said = QAccessible.queryAccessibleInterface(few.view)
    assert said.role() == QAccessible.Role.List
    assert said.text(Name) == "Images"
    assert said.childCount() == FEW
    assert "c000003.png" in said.child(3).text(Name)
    assert "Basophil" in said.child(3).text(Name)
    assert said.child(3).rect().isValid()
