"""Typical cells in the inspector: those that a person labelled, likeliest classes first, at equal scale."""

import pytest
from gui_helpers import WAIT_MS
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest


@pytest.fixture
def section(opened, qtbot):
    """Return the section, with all cells labelled and the first one shown."""
    qtbot.waitUntil(lambda: opened.decisions.writable, timeout=WAIT_MS)
    opened.reviewers.choose("Anna")
    with qtbot.waitSignal(opened.decisions.saved, timeout=WAIT_MS):
        opened.decisions.relabel({p: p.split("/")[0] for p in opened.session.table.paths})
    opened.review.gallery.view.show_path("basophil/c0.png")
    section = opened.context.inspector.references
    qtbot.waitUntil(lambda: bool(rows_of(section).get("Basophil")), timeout=WAIT_MS)
    return section


def rows_of(section):
    return {
        row.name.text(): [tile.cell.path for tile in row.shown_tiles if tile.cell.path]
        for row in section.gallery.rows
        if row.isVisibleTo(section)
    }


def test_typical_cells_of_the_likeliest_classes_without_the_cell_itself(section):
    rows = rows_of(section)
    assert len(rows) == 3
    assert next(iter(rows)) == "Basophil"
    assert all(path.startswith("basophil/") for path in rows["Basophil"])
    assert "basophil/c0.png" not in rows["Basophil"]
    assert section.gallery.own.cell.path == "basophil/c0.png"


def test_all_classes_on_request_with_drawn_ones_where_none_is_labelled(section):
    section.all_classes.setFocus()
    QTest.keyClick(section.all_classes, Qt.Key.Key_Space)
    rows = rows_of(section)
    assert len(rows) == 8
    assert rows["Lymphocyte"] == []
    drawn = next(row for row in section.gallery.rows if row.name.text() == "Lymphocyte")
    assert "drawn" in drawn.remark.toolTip()
    assert {tile.cell.drawn_class for tile in drawn.shown_tiles} == {"lymphocyte"}


def test_tiles_have_one_scale_and_a_key_shows_the_image(opened, section, qtbot):
    row = section.gallery.rows[0]
    tile = row.shown_tiles[0]
    opened.context.inspector._scroll.ensureWidgetVisible(tile)
    qtbot.waitUntil(lambda: tile.image is not None, timeout=WAIT_MS)
    shown = [t for t in (section.gallery.own, *row.shown_tiles) if t.image]
    assert len({t.scale for t in shown}) == 1
    path = tile.cell.path
    tile.setFocus()
    QTest.keyClick(tile, Qt.Key.Key_Return)
    assert opened.session.current.path == path
    qtbot.waitUntil(lambda: section.gallery.own.cell.path == path, timeout=WAIT_MS)


def test_a_removed_cell_is_no_longer_typical(opened, section, qtbot):
    path = rows_of(section)["Basophil"][0]
    with qtbot.waitSignal(opened.decisions.saved, timeout=WAIT_MS):
        opened.decisions.remove([path])
    qtbot.waitUntil(lambda: path not in rows_of(section)["Basophil"], timeout=WAIT_MS)


def test_nothing_is_looked_up_while_the_section_is_folded(opened):
    section = opened.context.inspector.sections["references"]
    opened.review.gallery.view.show_path("basophil/c0.png")
    assert opened.context.reference_cells._users == {"inspector"}
    section.head.setChecked(False)
    assert opened.context.reference_cells._users == set()
    section.head.setChecked(True)
    assert opened.context.reference_cells._users == {"inspector"}


def test_first_label_of_one_class_changes_no_other_class(opened, qtbot):
    qtbot.waitUntil(lambda: opened.decisions.writable, timeout=WAIT_MS)
    opened.reviewers.choose("Anna")
    section = opened.context.inspector.references
    opened.review.gallery.view.show_path("basophil/c0.png")
    section.all_classes.setChecked(True)
    qtbot.waitUntil(lambda: bool(rows_of(section).get("Monocyte")), timeout=WAIT_MS)
    before = rows_of(section)
    assert len(before["Basophil"]) >= 3
    with qtbot.waitSignal(opened.decisions.saved, timeout=WAIT_MS):
        opened.decisions.relabel({"basophil/c0.png": "lymphocyte"})
    references = opened.context.reference_cells
    qtbot.waitUntil(lambda: references.paths("lymphocyte") == ["basophil/c0.png"], timeout=WAIT_MS)
    opened.review.gallery.view.show_path("basophil/c1.png")
    qtbot.waitUntil(lambda: rows_of(section)["Lymphocyte"] == ["basophil/c0.png"], timeout=WAIT_MS)
    after = rows_of(section)
    assert after["Monocyte"] == before["Monocyte"]
    assert after["Platelet"] == before["Platelet"]
    assert len(after["Basophil"]) >= 3
