"""Fields in the window: found on request, remembered, decided and undone like other images."""

import pytest
from gui_helpers import WAIT_MS, all_read, close_window
from multi_cell_images import write_fields
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from engine.fields.cell_path import file_path, split_cell_path
from gui.shell.window import MainWindow
from gui.theme import Theme


@pytest.fixture
def fields(tmp_path):
    write_fields(tmp_path / "fields", 8)
    return tmp_path / "fields"


def find_cells(window, fields, qtbot):
    """Open fields and find their cells by the button of the hint."""
    window.open(fields)
    qtbot.waitUntil(all_read(window), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: bool(window.hints.hint_text("fields")), timeout=WAIT_MS)
    button = window.hints._lines["fields"].action
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.session.holds_fields, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: bool(window.hints.hint_text("cells")), timeout=WAIT_MS)
    qtbot.waitUntil(all_read(window), timeout=WAIT_MS)


@pytest.fixture
def of_fields(window, fields, qtbot):
    """Return the window with the cells of the fields."""
    find_cells(window, fields, qtbot)
    return window


def test_the_button_makes_each_cell_an_image(of_fields, fields):
    before = sorted(path.name for path in fields.rglob("*"))
    table = of_fields.session.table
    assert {file_path(path) for path in table.paths} == {f"field{n}.png" for n in range(8)}
    assert len(table.paths) > 40
    assert f"{len(table.paths)} cells in 8 fields" in of_fields.hints.hint_text("cells")
    assert not of_fields.hints.hint_text("fields")
    assert not of_fields.context.quarantine.is_possible
    assert sorted(path.name for path in fields.rglob("*")) == before


def test_cells_are_labelled_undone_and_found_again_at_the_next_start(
    fields, qapp, tiny_bundle, qtbot
):
    window = MainWindow(Theme(qapp), model=str(tiny_bundle))
    window.show()
    find_cells(window, fields, qtbot)
    session = window.session
    qtbot.waitUntil(lambda: window.decisions.writable, timeout=WAIT_MS)
    window.decisions.reviewer = "Anna"
    first, second = session.table.paths[:2]
    window.review.gallery.view.show_path(first)
    window.review.gallery.view.setFocus()
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_6)
    qtbot.waitUntil(lambda: session.item(first).label == "monocyte", timeout=WAIT_MS)
    assert session.current.path != first
    window.decisions.label([second], "monocyte")
    qtbot.waitUntil(lambda: session.item(second).label == "monocyte", timeout=WAIT_MS)
    window.decisions.undo()
    qtbot.waitUntil(lambda: session.item(second).label is None, timeout=WAIT_MS)
    count = session.total
    close_window(window)
    again = MainWindow(Theme(qapp), model=str(tiny_bundle))
    again.show()
    again.open(fields)
    qtbot.waitUntil(all_read(again), timeout=WAIT_MS)
    assert again.session.total == count
    assert again.session.item(first).label == "monocyte"
    assert not again.hints.hint_text("cells")  # Only said when they were just asked for.
    # Back to the whole images, which is remembered too.
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(again.focusWidget(), Qt.Key.Key_C, both)
    qtbot.waitUntil(lambda: again.session.total == 8, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: bool(again.hints.hint_text("fields")), timeout=WAIT_MS)
    qtbot.waitUntil(all_read(again), timeout=WAIT_MS)
    again.open(fields)
    qtbot.waitUntil(all_read(again), timeout=WAIT_MS)
    assert not again.session.holds_fields
    close_window(again)


def test_the_inspector_shows_the_cell_in_its_field_and_a_click_goes_to_another(of_fields, qtbot):
    window, session = of_fields, of_fields.session
    view, section = window.context.inspector.field, window.context.inspector.sections["field"]
    path = session.table.paths[0]
    window.review.gallery.view.show_path(path)
    assert section.isVisible()
    qtbot.waitUntil(lambda: path in view.box_paths, timeout=WAIT_MS)
    beside = [other for other in session.table.paths if file_path(other) == file_path(path)]
    assert sorted(view.box_paths) == sorted(beside)
    # The smallest box at its centre is the one that a click there means.
    other = min(beside[1:], key=lambda cell: split_cell_path(cell)[1][2])
    window.context.inspector._scroll.ensureWidgetVisible(view)
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=view.box_centre(other).toPoint())
    qtbot.waitUntil(lambda: session.current.path == other, timeout=WAIT_MS)
    assert list(session.selected) == [other]


def test_images_that_are_no_fields_have_no_field_section(opened):
    opened.review.gallery.view.show_path("basophil/c0.png")
    assert not opened.context.inspector.sections["field"].isVisible()


def test_the_gallery_is_grouped_by_field_only_for_fields(of_fields, fields, qtbot):
    gallery, session = of_fields.review.gallery, of_fields.session
    gallery.set_arrangement("name", "field", 100)
    bands = gallery.model.bands
    assert [band.title for band in bands] == [f"field{n}.png" for n in range(8)]
    for band in bands:
        rows = range(band.first, band.first + band.count)
        assert {file_path(gallery.model.item(row).path) for row in rows} == {band.title}
    assert sum(band.count for band in bands) == session.total
    of_fields.find_cells()
    qtbot.waitUntil(lambda: session.total == 8, timeout=WAIT_MS)
    assert gallery.bands_box.findData("field") < 0
    qtbot.waitUntil(lambda: [band.title for band in gallery.model.bands] == [""], timeout=WAIT_MS)
