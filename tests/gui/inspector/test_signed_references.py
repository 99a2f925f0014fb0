"""Cells of other signed folders in the gallery of typical cells, where the open folder has too few."""

import shutil

import pytest
from gui_helpers import WAIT_MS, all_read
from signed_folders import sign_folder
from tiny_model import CLASSES


@pytest.fixture
def references(window, cells, tiny_bundle, tmp_path, qtbot):
    """Return the section; another folder with a class that is absent here was signed off by Anna."""
    root = tmp_path / "slide 7"
    sign_folder(root, tiny_bundle, (0, 4))
    window.open(cells)
    qtbot.waitUntil(all_read(window), timeout=WAIT_MS)
    section = window.context.inspector.references
    section.all_classes.setChecked(True)
    window.review.gallery.view.show_path("basophil/c0.png")
    return section


def row_of(section, number):
    name = section._session.class_styles.find(CLASSES[number]).name
    return next((row for row in section.gallery.rows if row.name.text() == name), None)


def signed_tiles(section, number):
    row = row_of(section, number)
    return [tile for tile in row.shown_tiles if tile.cell and tile.cell.signed] if row else []


def test_a_class_without_cells_here_gets_those_of_a_signed_folder(references, qtbot):
    qtbot.waitUntil(lambda: bool(signed_tiles(references, 4)), timeout=WAIT_MS)
    row = row_of(references, 4)
    assert "from slide 7" in row.remark.toolTip()
    tile = signed_tiles(references, 4)[0]
    assert f"slide 7 · {CLASSES[4]}/s" in tile.toolTip()
    # It is no image of the open folder: a click on it would lead nowhere.
    assert not tile.isEnabled()
    assert "of other folders (slide 7, signed by Anna)" in references.gallery.note.text()
    # Enough of them are labelled here.
    assert signed_tiles(references, 0) == []


def test_they_have_the_scale_of_the_cell_itself(references, qtbot):
    qtbot.waitUntil(lambda: bool(signed_tiles(references, 4)), timeout=WAIT_MS)
    tile = signed_tiles(references, 4)[0]
    scroll = references.window().context.inspector._scroll
    scroll.ensureWidgetVisible(tile)
    qtbot.waitUntil(lambda: tile.image is not None, timeout=WAIT_MS)
    assert tile.scale == references.gallery.own.scale


def test_a_folder_that_is_gone_leaves_drawn_cells(window, cells, tiny_bundle, tmp_path, qtbot):
    root = tmp_path / "slide 7"
    sign_folder(root, tiny_bundle, (4,))
    shutil.rmtree(root)
    window.open(cells)
    qtbot.waitUntil(all_read(window), timeout=WAIT_MS)
    section = window.context.inspector.references
    section.all_classes.setChecked(True)
    window.review.gallery.view.show_path("basophil/c0.png")
    cells = window.context.reference_cells
    qtbot.waitUntil(lambda: bool(cells._searched) and cells._search is None, timeout=WAIT_MS)
    assert signed_tiles(section, 4) == []
    qtbot.waitUntil(lambda: row_of(section, 4) is not None, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: bool(row_of(section, 4).shown_tiles), timeout=WAIT_MS)
    assert {tile.cell.drawn_class for tile in row_of(section, 4).shown_tiles} == {CLASSES[4]}
