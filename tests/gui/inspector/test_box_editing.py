"""Boxes in the field view: cells added and moved by mouse and keys, undone, and there at the next start."""

import pytest
from gui_helpers import WAIT_MS, all_read, close_window, open_fields
from multi_cell_images import write_fields
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest

from engine.fields.cell_path import file_path, split_cell_path
from engine.project.cell_boxes import read_decided_cells
from gui.inspector.box_editor import EditMode
from gui.shell.window import MainWindow
from gui.theme import Theme

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def folder(tmp_path):
    write_fields(tmp_path / "fields", 8)
    return tmp_path / "fields"


@pytest.fixture
def shown(window, folder, qtbot):
    """Return the window with the first cell of the first field current and its field shown."""
    open_fields(window, folder, qtbot)
    show_first(window, qtbot)
    return window


def show_first(window, qtbot):
    path = window.session.table.paths[0]
    window.review.gallery.view.setFocus()
    window.review.gallery.view.show_path(path)
    view = window.context.inspector.field
    qtbot.waitUntil(lambda: path in view.box_paths, timeout=WAIT_MS)
    window.context.inspector._scroll.ensureWidgetVisible(view)
    return path


def view_of(window):
    return window.context.inspector.field


def beside(window, path):
    return [other for other in window.session.table.paths if file_path(other) == file_path(path)]


def drag(view, start, end):
    """Drag from one point of the field to another."""
    first, last = (view.to_widget(QPointF(*point)).toPoint() for point in (start, end))
    QTest.mousePress(view, LEFT, pos=first)
    QTest.mouseMove(view, (first + last) / 2)
    QTest.mouseMove(view, last)
    QTest.mouseRelease(view, LEFT, pos=last)


def box_of(path):
    return split_cell_path(path)[1]


def assert_acts_on(window, path):
    """Check that what is highlighted, described and acted on is one image."""
    gallery = window.review.gallery
    assert window.session.current.path == path
    assert list(window.session.targets) == [path]
    assert gallery.view.current_path == path
    assert window.focusWidget() is gallery.view


def test_a_drag_adds_a_cell_that_is_read_labelled_undone_and_kept(folder, qapp, tiny_bundle, qtbot):
    window = MainWindow(Theme(qapp), model=str(tiny_bundle))
    window.show()
    open_fields(window, folder, qtbot)
    session, first = window.session, show_first(window, qtbot)
    view, count = view_of(window), session.total
    # Ctrl+I, then the mouse.
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_I, CTRL)
    assert view.editor.mode is EditMode.ADD
    assert window.context.inspector.field_tools.hint.isVisible()
    drag(view, (200, 470), (230, 440))
    qtbot.waitUntil(lambda: session.total == count + 1, timeout=WAIT_MS)
    added = session.current.path
    x, y, width, height = box_of(added)
    assert file_path(added) == file_path(first)
    assert (abs(x - 200) < 4, abs(y - 440) < 4) == (True, True)
    assert (26 < width < 34, 26 < height < 34) == (True, True)
    assert view.editor.mode is EditMode.LOOK
    assert_acts_on(window, added)
    assert added in view.box_paths
    # Beside the other cells of its field.
    model = window.review.gallery.model
    rows = [model.path(row) for row in range(model.rowCount())]
    assert sorted(rows[: len(beside(window, first))]) == sorted(beside(window, first))
    qtbot.waitUntil(all_read(window), timeout=WAIT_MS)
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_6)
    qtbot.waitUntil(lambda: session.item(added).label == "monocyte", timeout=WAIT_MS)
    for _ in range(2):
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Z, CTRL)
    qtbot.waitUntil(lambda: session.item(added) is None, timeout=WAIT_MS)
    assert session.total == count
    assert model.rowCount() == count
    # On the nearest cell of the same field, not on one of the next field.
    assert file_path(session.current.path) == file_path(added)
    assert_acts_on(window, session.current.path)
    for _ in range(2):
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Y, CTRL)
    qtbot.waitUntil(lambda: session.item(added) is not None, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: session.item(added).label == "monocyte", timeout=WAIT_MS)
    assert_acts_on(window, added)
    close_window(window)
    again = MainWindow(Theme(qapp), model=str(tiny_bundle))
    again.show()
    open_fields(again, folder, qtbot)
    assert again.session.total == count + 1
    assert again.session.item(added).label == "monocyte"
    close_window(again)


def test_a_click_adds_the_cell_there_and_on_a_box_goes_to_it(shown, qtbot):
    view, session = view_of(shown), shown.session
    first, count = session.current.path, session.total
    # Take a found cell away: what is missed is what was moved away.
    missed = max(beside(shown, first)[1:], key=lambda path: box_of(path).width)
    x, y, width, height = box_of(missed)
    shown.review.gallery.view.show_path(missed)
    QTest.keyClick(shown.focusWidget(), Qt.Key.Key_X)
    qtbot.waitUntil(lambda: session.item(missed).removed, timeout=WAIT_MS)
    shown.review.gallery.view.show_path(first)
    tools = shown.context.inspector.field_tools
    QTest.mouseClick(tools.add, LEFT)
    assert view.editor.mode is EditMode.ADD
    centre = view.to_widget(QPointF(x + width / 2, y + height / 2)).toPoint()
    QTest.mouseClick(view, LEFT, pos=centre)
    # There is a box, if a removed one: it is shown, not added twice.
    assert session.total == count
    assert not tools.add.isChecked()
    glass = QPointF(3, 3)
    QTest.mouseClick(view, LEFT, CTRL, pos=view.to_widget(glass).toPoint())
    qtbot.waitUntil(lambda: session.total == count + 1, timeout=WAIT_MS)
    assert box_of(session.current.path)[:2] == (0, 0)
    assert_acts_on(shown, session.current.path)


def test_box_moved_to_the_border_of_its_field_is_known_to_be_cut(shown, folder, qtbot):
    view, session = view_of(shown), shown.session
    first = session.current.path
    QTest.keyClick(shown.focusWidget(), Qt.Key.Key_B, CTRL)
    while view.editor.draft.rectangle.top() > 0:
        QTest.keyClick(shown.focusWidget(), Qt.Key.Key_Up)
    QTest.keyClick(shown.focusWidget(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: session.item(first) is None, timeout=WAIT_MS)
    moved = session.current.path
    assert box_of(moved).y == 0
    field_hash = view.field.facts.content_hash
    assert session.source.box_of(moved, field_hash).flags == ("border",)
    # At the next start, too.
    cells = {cell.path: cell for cell in read_decided_cells(shown.decisions.project.file)}
    assert cells[moved].drawn.flags == ("border",)
    assert cells[first].drawn.kind is None


def test_keys_add_move_and_resize(shown, qtbot):
    view, session = view_of(shown), shown.session
    first, count = session.current.path, session.total
    QTest.keyClick(shown.focusWidget(), Qt.Key.Key_6)
    qtbot.waitUntil(lambda: session.item(first).label == "monocyte", timeout=WAIT_MS)
    shown.decisions._apply("tag", [(first, "tag.rare", True)])
    qtbot.waitUntil(lambda: session.item(first).tags == ("rare",), timeout=WAIT_MS)
    shown.review.gallery.view.show_path(first)
    # Esc leaves the box as it was, and only that.
    QTest.keyClick(shown.focusWidget(), Qt.Key.Key_B, CTRL)
    assert view.editor.mode is EditMode.MOVE
    QTest.keyClick(shown.focusWidget(), Qt.Key.Key_Right)
    QTest.keyClick(shown.focusWidget(), Qt.Key.Key_Escape)
    assert view.editor.mode is EditMode.LOOK
    assert_acts_on(shown, first)
    QTest.keyClick(shown.focusWidget(), Qt.Key.Key_B, CTRL)
    QTest.keyClick(shown.focusWidget(), Qt.Key.Key_Right)
    QTest.keyClick(shown.focusWidget(), Qt.Key.Key_Down)
    QTest.keyClick(shown.focusWidget(), Qt.Key.Key_Left, SHIFT)
    assert session.total == count  # Nothing is decided before Enter.
    QTest.keyClick(shown.focusWidget(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: session.item(first) is None, timeout=WAIT_MS)
    moved = session.current.path
    before, after = box_of(first), box_of(moved)
    step = after.x - before.x
    assert step > 0
    assert after == (before.x + step, before.y + step, before.width - step, before.height)
    assert session.item(moved).label == "monocyte"
    assert session.item(moved).tags == ("rare",)
    assert list(session.table.tags.by_row()) == [session.item(moved).row]
    assert session.total == count
    assert_acts_on(shown, moved)
    qtbot.waitUntil(all_read(shown), timeout=WAIT_MS)
    QTest.keyClick(shown.focusWidget(), Qt.Key.Key_Z, CTRL)
    qtbot.waitUntil(lambda: session.item(first) is not None, timeout=WAIT_MS)
    assert session.item(first).label == "monocyte"
    assert session.item(moved) is None
    assert_acts_on(shown, first)
    # A new cell, by keys alone.
    QTest.keyClick(shown.focusWidget(), Qt.Key.Key_Insert)
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Left):
        QTest.keyClick(shown.focusWidget(), key)
    QTest.keyClick(shown.focusWidget(), Qt.Key.Key_Up, SHIFT)
    QTest.keyClick(shown.focusWidget(), Qt.Key.Key_Enter)
    qtbot.waitUntil(lambda: session.total == count + 1, timeout=WAIT_MS)
    assert_acts_on(shown, session.current.path)


def test_the_mouse_moves_and_resizes_the_box(shown, qtbot):
    view, session = view_of(shown), shown.session
    # A white cell: a platelet cannot become this much smaller.
    first = max(beside(shown, session.current.path), key=lambda path: box_of(path).width)
    shown.review.gallery.view.show_path(first)
    x, y, width, height = box_of(first)
    QTest.mouseClick(shown.context.inspector.field_tools.move_box, LEFT)
    drag(view, (x + width / 2, y + height / 2), (x + width / 2 + 20, y + height / 2 + 10))
    qtbot.waitUntil(lambda: session.item(first) is None, timeout=WAIT_MS)
    moved = session.current.path
    assert abs(box_of(moved).x - x - 20) < 4
    assert abs(box_of(moved).y - y - 10) < 4
    assert box_of(moved)[2:] == (width, height)
    assert_acts_on(shown, moved)
    QTest.mouseClick(shown.context.inspector.field_tools.move_box, LEFT)
    corner = box_of(moved)
    corner = (corner.x + corner.width, corner.y + corner.height)
    drag(view, corner, (corner[0] - 12, corner[1] - 8))
    qtbot.waitUntil(lambda: session.item(moved) is None, timeout=WAIT_MS)
    smaller = box_of(session.current.path)
    assert abs(width - 12 - smaller.width) < 4
    assert abs(height - 8 - smaller.height) < 4
    # A drag beside the box pans, as it does otherwise.
    view._zoom_pan.zoom_by(3.0)
    QTest.mouseClick(shown.context.inspector.field_tools.move_box, LEFT)
    middle = view.rect().center()
    outside = middle if not view.editor.press(view.to_field(QPointF(middle)), 1) else QPoint(1, 1)
    view.editor.release(was_click=True)
    before = view.to_field(QPointF(0, 0))
    QTest.mousePress(view, LEFT, pos=outside)
    QTest.mouseMove(view, outside + QPoint(8, 0))
    QTest.mouseMove(view, outside + QPoint(20, 0))
    QTest.mouseRelease(view, LEFT, pos=outside + QPoint(20, 0))
    assert view.to_field(QPointF(0, 0)) != before
    assert session.current.path.endswith("{:05}_{:05}_{:03}x{:03}".format(*smaller))
