"""Decisions by keys in Review: the end of the images is announced."""

from gui_helpers import WAIT_MS
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

LAST = "This was the last image; further keys change its label."


def test_a_decision_on_the_last_image_says_that_it_is_the_last(opened, qtbot):
    opened.decisions.reviewer = "Anna"
    qtbot.waitUntil(lambda: opened.decisions.writable, timeout=WAIT_MS)
    view, model = opened.review.gallery.view, opened.review.gallery.model
    opened.review.focus_images()
    view.step(model.rowCount() - 2)
    last = model.path(model.rowCount() - 1)
    with qtbot.waitSignal(opened.decisions.saved, timeout=WAIT_MS):
        QTest.keyClick(view, Qt.Key.Key_1)
    assert opened.session.current.path == last
    assert opened.job_strip.label.text() != LAST
    with qtbot.waitSignal(opened.decisions.saved, timeout=WAIT_MS) as saved:
        QTest.keyClick(view, Qt.Key.Key_1)
    assert [change.path for change in saved.args[0].changes] == [last]
    assert opened.session.current.path == last
    qtbot.waitUntil(lambda: opened.job_strip.label.text() == LAST, timeout=WAIT_MS)
