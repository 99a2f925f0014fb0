"""Inspector panel: layout on small screens, remembered state."""

from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel

from engine.messages import Message
from gui.inspector.field_loader import FieldLoader
from gui.inspector.panel import InspectorPanel
from gui.inspector.reference_section import ReferenceSection

REASONS = [Message("image.scaled", {"bits": 16}), Message("image.changed")]


@pytest.fixture
def panel(shown, qtbot):
    """Return the inspector of a window on a screen 768 pixels high."""
    shown.resize(1366, 768)
    qtbot.waitUntil(lambda: shown.height() == 768)
    return shown.context.inspector


def bottom(panel, part) -> int:
    """Return the bottom of a part in panel coordinates."""
    return part.mapTo(panel, QPoint(0, part.height())).y()


def test_image_bars_and_reasons_are_visible_without_scrolling(panel, qtbot):
    panel.reasons.set_reasons(REASONS)
    qtbot.waitUntil(lambda: panel.reasons.height() > 20)
    assert panel.image.height() >= 240
    assert panel.image.isVisible()
    assert 0 < bottom(panel, panel.bars) < bottom(panel, panel.reasons) <= panel.height()


def test_reasons_are_visible_at_the_default_window_size(shown, qtbot):
    panel = shown.context.inspector
    panel.reasons.set_reasons(REASONS)
    qtbot.waitUntil(lambda: panel.reasons.height() > 20)
    assert bottom(panel, panel.reasons) <= panel.height()


def test_write_note_scrolls_to_the_note(panel, qtbot):
    bar = panel._scroll.verticalScrollBar()
    assert bar.maximum() > 0
    panel.note.set_note("monocyte/c1.png", "")
    panel.write_note()
    assert panel.note.hasFocus()
    assert bottom(panel, panel.note) <= panel.height()


def test_image_height_is_stable_between_images(panel, shown):
    before = panel.image.height()
    panel.reasons.set_reasons(REASONS)
    shown.review.gallery.view.show_path("platelet/c1.png")
    panel.reasons.set_reasons([])
    assert panel.image.height() == before


def test_image_height_is_remembered(panel, shown, qtbot):
    panel._split.setSizes([200, panel.height() - 200])
    panel._split.splitterMoved.emit(200, 1)
    left = panel._split.sizes()[0]
    context = shown.context
    again = InspectorPanel(
        shown.session,
        context.image_loader,
        FieldLoader(shown.session, shown.workers),
        context.activation_overlay,
        ReferenceSection(shown.session, context.reference_cells, context.cell_images, panel._theme),
        lambda _: None,
        panel._theme,
    )
    qtbot.addWidget(again)
    again.resize(panel.size())
    again.show()
    assert abs(again._split.sizes()[0] - left) <= 4


def test_parts_never_overlap(panel, shown, qtbot):
    panel.reasons.set_reasons(REASONS)
    panel.setParent(None)
    qtbot.addWidget(panel)
    panel.setWindowFlag(Qt.WindowType.Window)
    panel.show()
    for width, height in ((panel.minimumWidth(), 300), (300, 500), (700, 1500)):
        panel.resize(width, height)
        qtbot.waitUntil(lambda size=(width, height): panel.size().toTuple() == size)
        inside = panel._scroll.widget()
        assert inside.width() == panel._scroll.viewport().width()
        parts = [panel.controls, panel.bars, panel.reasons, *panel.sections.values()]
        tops = [part.geometry() for part in parts if part.isVisible()]
        assert all(above.bottom() < below.top() for above, below in pairwise(tops))
        assert all(box.width() <= inside.width() for box in tops)


def test_controls_have_names_and_texts_fit(panel, qtbot):
    panel.reasons.set_reasons(REASONS)
    panel.grab()
    for button in panel.findChildren(QAbstractButton):
        assert button.text() or button.accessibleName(), button
    for label in panel.findChildren(QLabel):
        if label.isVisible() and label.wordWrap() and label.text():
            assert label.height() >= label.heightForWidth(label.width()) - 1, label.text()


@pytest.mark.parametrize("key", [Qt.Key.Key_F2, Qt.Key.Key_F3])
def test_written_field_stays_in_sight_while_sections_above_it_grow(shown, panel, key, qtbot):
    qtbot.waitUntil(lambda: shown.decisions.writable)
    shown.review.focus_images()
    QTest.keyClick(shown.focusWidget(), key)
    field = shown.focusWidget()
    assert field in (panel.note, panel.tags.line)
    # Similar images and typical cells arrive later.
    panel.sections["neighbours"].setMinimumHeight(900)
    panel.sections["references"].setMinimumHeight(900)
    qtbot.waitUntil(lambda: field.visibleRegion().boundingRect() == field.rect())
