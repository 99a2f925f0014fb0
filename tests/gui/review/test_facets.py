"""Facets of the review workspace."""

import dataclasses

import msgspec
import pytest
from gui_helpers import WAIT_MS
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest

from gui.gallery.bands import LABELLED_UNREAD
from gui.gallery.drag_data import to_mime_data

Key = Qt.Key


@pytest.fixture
def facets(opened):
    return opened.review.facets


def count(facets, group: str, key: str) -> str:
    row = facets.rows.get((group, key))
    return row and row.accessibleName().rpartition(": ")[2]


def test_counts_match_the_folder(opened, facets, qtbot):
    qtbot.waitUntil(lambda: count(facets, "marks", "bad") == "2", timeout=WAIT_MS)
    shown = opened.review.gallery.model.item
    predicted = [
        shown(row).displayed_class for row in range(opened.review.gallery.model.rowCount())
    ]
    for class_id in ("basophil", "monocyte", "platelet"):
        assert count(facets, "class", class_id) == str(predicted.count(class_id))
    assert count(facets, "folder", "basophil") == "8"
    assert count(facets, "review", "open") == "24"


def test_no_label_counts_as_a_correction_before_the_image_is_read(opened, facets, qtbot):
    opened.decisions.reviewer = "Anna"
    qtbot.waitUntil(lambda: opened.decisions.writable, timeout=WAIT_MS)
    view = opened.review.gallery.view
    view.show_path("platelet/c1.png")
    with qtbot.waitSignals([opened.decisions.saved] * 2, timeout=WAIT_MS):
        QTest.keyClick(view, Key.Key_6)
        QTest.keyClick(view, Key.Key_Return)
    qtbot.waitUntil(lambda: count(facets, "review", "confirmed") == "1", timeout=WAIT_MS)
    assert count(facets, "review", "corrected") == "1"
    assert ("review", LABELLED_UNREAD) not in facets.rows
    # Another model is chosen: its readings are not there yet, as after a restart.
    model = opened.session.active_model
    card = msgspec.structs.replace(model.card, files={"weights.npz": "other"})
    bundle = dataclasses.replace(model.bundle, card=card)
    opened.session.set_model(dataclasses.replace(model, bundle=bundle))
    qtbot.waitUntil(lambda: ("review", LABELLED_UNREAD) in facets.rows, timeout=WAIT_MS)
    row = facets.rows["review", LABELLED_UNREAD]
    assert row.accessibleName() == "Labelled, no prediction: 2"
    assert ("review", "confirmed") not in facets.rows
    assert ("review", "corrected") not in facets.rows
    qtbot.waitUntil(row.isVisible, timeout=WAIT_MS)
    row.setFocus()
    QTest.keyClick(row, Key.Key_Return)
    assert opened.review.gallery.model.rowCount() == 2


def test_click_toggles_a_facet(opened, facets, qtbot):
    model = opened.review.gallery.model
    facets.rows["folder", "basophil"].click()
    assert model.rowCount() == 8
    facets.rows["folder", "monocyte"].click()
    assert model.rowCount() == 17
    assert "17" in opened.review.gallery.bar.count_label.text()
    assert facets.show_all_button.isVisible()
    facets.show_all_button.click()
    assert model.rowCount() == 26
    assert not facets.rows["folder", "monocyte"].isChecked()
    # The search text is a filter as well.
    opened.review.gallery.search.setText("basophil")
    qtbot.waitUntil(lambda: model.rowCount() < 26, timeout=WAIT_MS)
    facets.show_all_button.click()
    assert model.rowCount() == 26
    assert not opened.review.gallery.search.text()
    assert not facets.show_all_button.isVisible()


def test_return_and_double_click_isolate_a_facet(opened, facets):
    model = opened.review.gallery.model
    facets.rows["folder", "basophil"].click()
    row = facets.rows["folder", "monocyte"]
    row.setFocus()
    QTest.keyClick(row, Key.Key_Return)
    assert model.rowCount() == 9  # eight cells and a text that is called an image
    assert row.isChecked()
    assert not facets.rows["folder", "basophil"].isChecked()


def test_arrows_go_through_all_groups(opened, facets, qtbot):
    def walk():
        facets.focus_first()
        first = opened.focusWidget()
        shown = [row for row in facets.rows.values() if row.isVisible()]
        assert len(shown) > 12
        reached = set()
        for _ in range(len(shown) + 2):
            reached.add(opened.focusWidget())
            QTest.keyClick(opened.focusWidget(), Key.Key_Down)
        assert reached == set(shown)
        facets.focus_first()
        assert opened.focusWidget() is first

    qtbot.waitUntil(walk, timeout=WAIT_MS)  # Analyses that end meanwhile add and hide rows.


def test_search_looks_in_names(opened, qtbot):
    gallery = opened.review.gallery
    gallery.search.setText("C3")
    qtbot.waitUntil(lambda: gallery.model.rowCount() == 3, timeout=WAIT_MS)
    QTest.keyClick(gallery.search, Key.Key_Escape)
    qtbot.waitUntil(lambda: gallery.model.rowCount() == 26, timeout=WAIT_MS)


def test_images_dropped_on_a_class_request_the_label(facets, qtbot):
    row = facets.rows["class", "monocyte"]
    names = ["basophil/c3.png", "bytes\udcff.png"]
    data = to_mime_data(names)
    moves, left, none = Qt.DropAction.MoveAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier(0)
    entered = QDragEnterEvent(row.rect().center(), moves, data, left, none)
    row.dragEnterEvent(entered)
    assert entered.isAccepted()
    with qtbot.waitSignal(facets.relabel_requested) as relabelled:
        row.dropEvent(QDropEvent(QPointF(row.rect().center()), moves, data, left, none))
    assert relabelled.args == [names, "monocyte"]
