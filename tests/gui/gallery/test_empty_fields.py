"""Fields without a cell: told, shown in the gallery by field, and completed by hand with keys."""

import numpy as np
import pytest
from gui_helpers import WAIT_MS, all_read, open_fields
from multi_cell_images import write_fields
from PIL import Image
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest

from engine.fields.cell_path import file_path
from gui.gallery.bands import Band
from gui.gallery.geometry import GridGeometry
from gui.inspector.box_editor import EditMode

CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


def write_glass(folder, names):
    """Write fields of bare glass, all different."""
    folder.mkdir(exist_ok=True)
    glass = np.random.default_rng(1).normal(232, 2, (480, 480, 3)).clip(0, 255).astype(np.uint8)
    for name in names:
        Image.fromarray(glass).save(folder / f"{name}.png")
        glass = np.roll(glass, 7, 0)


@pytest.fixture
def of_fields(window, tmp_path, qtbot):
    """Return the window with the cells of three fields, and two fields of bare glass among them."""
    folder = tmp_path / "fields"
    write_fields(folder, 3)
    write_glass(folder, ("field1b", "field9"))
    open_fields(window, folder, qtbot)
    return window


def show_empty(window, qtbot):
    """Press the button of the hint; return the field view once it shows the first empty field."""
    assert "No cell was found in 2 fields" in window.hints.hint_text("empty_fields")
    QTest.mouseClick(window.hints._lines["empty_fields"].action, Qt.MouseButton.LeftButton)
    view = window.context.inspector.field
    wait_for_field(view, "field1b.png", qtbot)
    return view


def wait_for_field(view, name, qtbot):
    qtbot.waitUntil(lambda: view.field is not None and view.field.path == name, timeout=WAIT_MS)


def test_they_are_bands_of_their_own_without_a_cell(of_fields, qtbot):
    view = show_empty(of_fields, qtbot)
    bands = of_fields.review.gallery.model.bands
    assert [(band.title, band.detail) for band in bands if not band.count] == [
        ("field1b.png", "no cell found"),
        ("field9.png", "no cell found"),
    ]
    assert sum(band.count for band in bands) == of_fields.session.total
    assert view.field.path == "field1b.png"
    assert view.isVisible()
    # No image is current, so that no key acts on any.
    assert of_fields.session.current is None
    assert list(of_fields.session.targets) == []
    grid = of_fields.review.gallery.view
    assert grid.current_path is None
    assert grid.headers.focused_band in grid.headers.visible_bands()
    assert grid.headers.description(grid.headers.focused_band) == "field1b.png, 0, no cell found"


def test_keys_go_from_field_to_field_and_back_to_the_cells(of_fields, qtbot):
    view = show_empty(of_fields, qtbot)
    grid = of_fields.review.gallery.view
    QTest.keyClick(grid, Qt.Key.Key_Down)
    QTest.keyClick(grid, Qt.Key.Key_Return)
    wait_for_field(view, "field9.png", qtbot)
    QTest.keyClick(grid, Qt.Key.Key_Up)
    QTest.keyClick(grid, Qt.Key.Key_Up)
    assert file_path(of_fields.session.current.path) == "field2.png"
    wait_for_field(view, "field2.png", qtbot)


def test_a_filter_hides_them(of_fields, qtbot):
    show_empty(of_fields, qtbot)
    gallery = of_fields.review.gallery
    gallery.search.setText("field0")
    qtbot.waitUntil(lambda: {band.title for band in gallery.model.bands} == {"field0.png"})


def test_a_cell_is_added_by_keys_undone_and_the_field_is_empty_again(of_fields, qtbot):
    show_empty(of_fields, qtbot)
    session, gallery = of_fields.session, of_fields.review.gallery
    count = session.total
    QTest.keyClick(of_fields.focusWidget(), Qt.Key.Key_I, CTRL)
    view = of_fields.context.inspector.field
    assert view.editor.mode is EditMode.ADD
    QTest.keyClick(of_fields.focusWidget(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: session.total == count + 1, timeout=WAIT_MS)
    assert file_path(session.current.path) == "field1b.png"
    assert gallery.view.current_path == session.current.path
    assert [band.count for band in gallery.model.bands if band.key == "field1b.png"] == [1]
    assert "No cell was found in 1 field;" in of_fields.hints.hint_text("empty_fields")
    qtbot.waitUntil(all_read(of_fields), timeout=WAIT_MS)
    QTest.keyClick(of_fields.focusWidget(), Qt.Key.Key_Z, CTRL)
    qtbot.waitUntil(lambda: session.total == count, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: [b.count for b in gallery.model.bands if b.key == "field1b.png"] == [0])
    assert "No cell was found in 2 fields" in of_fields.hints.hint_text("empty_fields")
    # The field stays on the screen, and no key acts on a cell of another one.
    wait_for_field(view, "field1b.png", qtbot)
    assert session.empty_field == "field1b.png"
    assert gallery.view.current_path is None
    assert list(session.targets) == []


def test_undone_cell_leaves_its_field_on_the_screen_in_any_grouping(of_fields, qtbot):
    show_empty(of_fields, qtbot)
    session, gallery = of_fields.session, of_fields.review.gallery
    count = session.total
    QTest.keyClick(of_fields.focusWidget(), Qt.Key.Key_I, CTRL)
    QTest.keyClick(of_fields.focusWidget(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: session.total == count + 1, timeout=WAIT_MS)
    qtbot.waitUntil(all_read(of_fields), timeout=WAIT_MS)
    gallery.set_arrangement("name", "", 100)
    QTest.keyClick(of_fields.focusWidget(), Qt.Key.Key_Z, CTRL)
    qtbot.waitUntil(lambda: session.total == count, timeout=WAIT_MS)
    wait_for_field(of_fields.context.inspector.field, "field1b.png", qtbot)
    assert session.current is None
    assert gallery.view.current_path is None
    # Redo shows the cell again.
    QTest.keyClick(of_fields.focusWidget(), Qt.Key.Key_Y, CTRL)
    qtbot.waitUntil(lambda: session.total == count + 1, timeout=WAIT_MS)
    assert file_path(session.current.path) == "field1b.png"


@pytest.fixture
def of_glass(window, tmp_path, qtbot):
    """Return the window with three fields, in none of which a cell was found."""
    write_glass(tmp_path / "glass", ("a", "b", "c"))
    window.open(tmp_path / "glass")
    qtbot.waitUntil(all_read(window), timeout=WAIT_MS)
    both = CTRL | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_C, both)
    wait_for_glass(window, qtbot)
    window.decisions.reviewer = "Anna"
    return window


def wait_for_glass(window, qtbot):
    qtbot.waitUntil(lambda: window.session.holds_fields, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: window.decisions.writable, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: len(window.review.gallery.model.bands) == 3, timeout=WAIT_MS)


def add_by_drag(window, qtbot):
    """Draw a box in the field that is shown, with the mouse."""
    view = window.context.inspector.field
    window.context.inspector._scroll.ensureWidgetVisible(view)
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_I, CTRL)
    start, end = (view.to_widget(QPointF(edge, edge)).toPoint() for edge in (150, 250))
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(view, (start + end) / 2)
    QTest.mouseMove(view, end)
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=end)
    qtbot.waitUntil(lambda: window.session.total == 1, timeout=WAIT_MS)


def test_a_folder_without_any_cell_shows_its_fields(of_glass, qtbot):
    window = of_glass
    view = window.context.inspector.field
    wait_for_field(view, "a.png", qtbot)
    assert view.isVisible()
    assert "No cell was found in this folder, in 3 fields" in window.hints.hint_text("empty_fields")
    assert not window.hints.hint_text("cells")
    gallery = window.review.gallery
    assert gallery.view.isVisible()
    assert [(band.title, band.detail) for band in gallery.model.bands] == [
        (f"{name}.png", "no cell found") for name in "abc"
    ]
    # Without the grouping there is nothing to see, and a way back.
    gallery.set_arrangement("name", "", 100)
    assert not gallery.model.bands
    assert gallery.bands_box.isVisible()
    QTest.mouseClick(window.hints._lines["empty_fields"].action, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(gallery.model.bands) == 3, timeout=WAIT_MS)


def test_a_report_on_it_says_that_there_is_no_count(of_glass, qtbot):
    of_glass.workspaces.go("report")
    report = of_glass.workspaces.current
    qtbot.waitUntil(lambda: report.reporting.report is not None, timeout=WAIT_MS)
    assert not report.reporting.error
    fields = report.reporting.report.fields
    assert (fields.n, fields.cells_per_field) == (3, 0)
    qtbot.waitUntil(
        lambda: "No cell was found in the 3 fields" in report.count.fields.text(), timeout=WAIT_MS
    )
    assert report.count.fields.isVisible()


def test_its_first_cell_is_drawn_kept_and_there_at_the_next_opening(of_glass, tmp_path, qtbot):
    window, session = of_glass, of_glass.session
    wait_for_field(window.context.inspector.field, "a.png", qtbot)
    add_by_drag(window, qtbot)
    assert file_path(session.current.path) == "a.png"
    qtbot.waitUntil(all_read(window), timeout=WAIT_MS)
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_6)
    path = session.table.paths[0]
    qtbot.waitUntil(lambda: session.item(path).label is not None, timeout=WAIT_MS)
    label, project = session.item(path).label, window.decisions.project.id
    window.open(tmp_path / "glass")
    qtbot.waitUntil(all_read(window), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: window.decisions.writable, timeout=WAIT_MS)
    assert window.decisions.project.id == project
    assert session.table.paths == [path]
    assert session.item(path).label == label
    assert "No cell was found in 2 fields" in window.hints.hint_text("empty_fields")
    # Undone completely, the fields are empty and shown again.
    window.decisions.undo()
    window.decisions.undo()
    qtbot.waitUntil(lambda: session.total == 0, timeout=WAIT_MS)
    gallery = window.review.gallery
    gallery.show_empty_fields()
    qtbot.waitUntil(lambda: [b.count for b in gallery.model.bands] == [0, 0, 0], timeout=WAIT_MS)


def test_bands_without_tiles_take_no_row_of_the_others():
    bands = [Band("a", "a", 0, 3, ""), Band("b", "b", 3, 0, ""), Band("c", "c", 3, 2, "")]
    grid = GridGeometry([*bands, Band("d", "d", 5, 0, "")], 2, (10, 10), 5)
    assert [grid.band_of(row) for row in range(5)] == [0, 0, 0, 2, 2]
    assert [grid.is_collapsed(number) for number in range(4)] == [False, True, False, True]
    assert grid.total_height == 4 * 5 + 3 * 10
    assert grid.move_horizontally(2, 1) == 3
    assert grid.collapsed_band_between(2, 3, forward=True) == 1
