"""Line focus: one key goes to the questions and hints, without a Tab, and back to the images."""

import pytest
from gui_helpers import WAIT_MS, all_read
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest


def press(window, key):
    QTest.keyClick(window.focusWidget(), key)


@pytest.fixture
def asking_window(window, cells, qtbot):
    """Return the window with the question on folder names, while the keyboard is in the grid."""
    (cells / "basophil").rename(cells / "blue ones")
    (cells / "monocyte").rename(cells / "grey ones")
    window.open(cells)
    qtbot.waitUntil(all_read(window), timeout=WAIT_MS)
    qtbot.waitUntil(window.folder_names_question.isVisible, timeout=WAIT_MS)
    window.decisions.reviewer = "Anna"
    return window


def test_question_is_answered_by_keys_alone(asking_window, qtbot):
    question, view = asking_window.folder_names_question, asking_window.review.gallery.view
    assert asking_window.focusWidget() is view  # typing goes on where it was
    assert "F6" in question.label.text()
    press(asking_window, Qt.Key.Key_F6)
    assert asking_window.focusWidget() is question.choices["blue ones"]
    QTest.keyClicks(asking_window.focusWidget(), "Baso")
    press(asking_window, Qt.Key.Key_Tab)
    assert asking_window.focusWidget() is question.choices["grey ones"]
    press(asking_window, Qt.Key.Key_Tab)
    assert asking_window.focusWidget() is question.yes
    press(asking_window, Qt.Key.Key_Space)
    qtbot.waitUntil(
        lambda: asking_window.session.item("blue ones/c0.png").folder_class == "basophil",
        timeout=WAIT_MS,
    )
    assert asking_window.focusWidget() is view


def test_key_visits_all_lines_and_returns_to_the_images(asking_window):
    view = asking_window.review.gallery.view
    asking_window.hints.clear()
    asking_window.hints.show_hint("a", "One.", ("Do it", lambda: None))
    press(asking_window, Qt.Key.Key_F6)
    assert asking_window.folder_names_question.has_keyboard
    press(asking_window, Qt.Key.Key_F6)
    assert asking_window.focusWidget() is asking_window.hints._lines["a"].action
    press(asking_window, Qt.Key.Key_F6)
    assert asking_window.focusWidget() is view
    # A changed sentence leaves the keyboard at its button.
    asking_window.hints._lines["a"].action.setFocus()
    asking_window.hints.show_hint("a", "Two.", ("Do it", lambda: None))
    assert asking_window.focusWidget() is asking_window.hints._lines["a"].action
    assert asking_window.hints.hint_text("a") == "Two."


def test_without_a_line_it_says_so(opened, qtbot):
    qtbot.waitUntil(lambda: opened.decisions.writable, timeout=WAIT_MS)
    opened.hints.clear()
    opened.review.gallery.view.setFocus()
    press(opened, Qt.Key.Key_F6)
    assert opened.job_strip.label.text() == "There is no question and no hint."
    assert opened.focusWidget() is opened.review.gallery.view
