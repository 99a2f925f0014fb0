"""Class keys work after a click on the controls beside the images."""

import pytest
from gui_helpers import WAIT_MS
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox

CONTROLS = {
    "size": lambda window: window.review.gallery.bar.size_slider,
    "grouping": lambda window: window.review.gallery.bar.bands_box,
    "order": lambda window: window.review.gallery.bar.order_box,
    "model": lambda window: window.top_bar.model,
    "opacity": lambda window: window.context.inspector.controls.slider,
    "facet": lambda window: window.review.facets.rows["review", "open"],
    "class": lambda window: window.context.inspector.bars.bars[0],
}


@pytest.mark.parametrize("name", CONTROLS)
def test_class_key_after_a_click_labels_the_current_image(opened, qtbot, name):
    qtbot.waitUntil(lambda: opened.decisions.writable, timeout=WAIT_MS)
    opened.decisions.reviewer = "Anna"
    opened.resize(1500, 900)  # wide enough for every control
    opened.review.focus_images()
    opened.review.gallery.view.show_path("basophil/c0.png")
    control = CONTROLS[name](opened)
    qtbot.waitUntil(control.isVisible, timeout=WAIT_MS)
    QTest.mouseClick(control, Qt.MouseButton.LeftButton, pos=QPoint(12, control.height() // 2))
    if isinstance(control, QComboBox):
        QTest.keyClick(control.view(), Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: not control.view().isVisible(), timeout=WAIT_MS)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_M)
    item = opened.session.item
    qtbot.waitUntil(lambda: item("basophil/c0.png").label == "monocyte", timeout=WAIT_MS)
