"""Reviewer bar: the question for the name, and the decisions that wait for the answer."""

import pytest
from gui_helpers import WAIT_MS, all_read, show_keyboard_host, type_keys
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gui.shell.reviewer_bar import ReviewerBar
from gui.shell.reviewers import Reviewers
from gui.theme import Theme

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def host(qapp, qtbot):
    """Return a window with a place for the keyboard and the line that asks."""
    reviewers = Reviewers()
    bar = ReviewerBar(reviewers, Theme(qapp))
    made = show_keyboard_host(qtbot, bar)
    made.reviewers, made.bar = reviewers, bar
    return made


def wait_for_pause(bar, qtbot):
    """Wait until the keys are taken for a name."""
    qtbot.waitUntil(lambda: bar.accepts_keys, timeout=WAIT_MS)


def test_entering_a_name_runs_the_waiting_function(host, qtbot):
    done = []
    bar = host.bar
    assert not bar.isVisible()
    bar.ask(lambda: done.append(1))
    bar.ask(lambda: done.append(2))
    assert bar.field.hasFocus()
    assert not bar.ok.isEnabled()
    wait_for_pause(bar, qtbot)
    QTest.keyClick(bar.field, Key.Key_Return)
    assert bar.isVisible()
    QTest.keyClicks(bar.field, "Anna")
    QTest.keyClick(bar.field, Key.Key_Return)
    assert host.reviewers.name() == "Anna"
    assert done == [1, 2]
    assert not bar.isVisible()
    assert host.place.hasFocus()


def test_known_name_needs_one_click(host):
    host.reviewers.choose("Anna")
    host.reviewers.choose("Ben")
    host.bar.ask()
    assert [button.text() for button in host.bar.name_buttons] == ["Ben", "Anna"]
    host.bar.name_buttons[1].click()
    assert host.reviewers.name() == "Anna"
    host.bar.ask()
    assert [button.text() for button in host.bar.name_buttons] == ["Anna", "Ben"]


def test_dismissing_the_bar_runs_nothing(host, qtbot):
    done = []
    host.bar.ask(lambda: done.append(1))
    wait_for_pause(host.bar, qtbot)
    QTest.keyClicks(host.bar.field, "An")
    QTest.keyClick(host.bar.field, Key.Key_Escape)
    assert not host.bar.isVisible()
    assert host.place.hasFocus()
    host.bar.ask()
    assert host.bar.field.text() == ""
    QTest.keyClicks(host.bar.field, "Anna")
    host.bar.ok.click()
    assert done == []
    assert host.reviewers.name() == "Anna"


def test_long_names_do_not_make_the_window_wider(host, qtbot):
    for letter in "ABCD":
        host.reviewers.choose(60 * letter)
    host.resize(host.minimumSizeHint())
    host.bar.ask()
    narrow = host.width()
    assert len(host.bar.name_buttons) < 4
    assert host.minimumSizeHint().width() <= max(narrow, host.width())
    host.bar.ask(lambda: None)
    assert host.bar.waiting.isVisible()
    # Only the gap before it, not its text.
    assert host.minimumSizeHint().width() <= narrow + host.bar.layout().spacing() + 1
    host.bar.put_away()
    host.resize(2000, 300)
    host.bar.ask()
    assert len(host.bar.name_buttons) == 4
    assert all(button.accessibleName() == button.toolTip() for button in host.bar.name_buttons)


@pytest.fixture
def unnamed(opened, qtbot):
    """Return the window with its project open, and no reviewer yet."""
    qtbot.waitUntil(lambda: opened.decisions.writable, timeout=WAIT_MS)
    assert opened.decisions.reviewer is None
    return opened


def press(key, modifiers=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(QApplication.focusWidget(), key, modifiers)


def decide(window, path, key):
    """Click an image and press a key, while the name is asked for or not."""
    view = window.review.gallery.view
    view.show_path(path)
    view.setFocus()
    type_keys(key)


def labels(window, qtbot):
    """Return the labels in the project once everything is saved."""
    answered = []
    window.decisions.history("basophil/c0.png", answered.append)
    qtbot.waitUntil(lambda: bool(answered), timeout=WAIT_MS)
    decisions = window.decisions.project.decisions()
    return {path: decision.label for path, decision in decisions.items() if decision.label}


def test_waiting_decisions_are_counted_and_made_in_their_order(unnamed, qtbot):
    bar = unnamed.name_bar
    decide(unnamed, "basophil/c0.png", "p")
    assert bar.field.hasFocus()
    assert bar.waiting.isVisible()
    assert bar.waiting.text() == "1 decision waits for your name; Esc drops it."
    decide(unnamed, "basophil/c0.png", "6")
    decide(unnamed, "monocyte/c1.png", "n")
    assert bar.waiting.text() == "3 decisions wait for your name; Esc drops them."
    wait_for_pause(bar, qtbot)
    QTest.keyClicks(bar.field, "Anna")
    press(Key.Key_Return)
    assert labels(unnamed, qtbot) == {
        "basophil/c0.png": "monocyte",
        "monocyte/c1.png": "neutrophil",
    }
    assert not bar.isVisible()
    bar.ask()
    assert not bar.waiting.isVisible()


def test_every_image_of_a_bulk_decision_is_counted(unnamed, qtbot):
    bar, view = unnamed.name_bar, unnamed.review.gallery.view
    view.setFocus()
    press(Key.Key_A, CONTROL)
    type_keys("6")
    assert bar.waiting.text().startswith("26 decisions wait")
    view.setFocus()
    press(Key.Key_Right)
    type_keys("p")
    assert bar.waiting.text().startswith("27 decisions wait")
    press(Key.Key_Z, CONTROL)
    assert bar.waiting.text().startswith("26 decisions wait")
    assert "1 waiting decision was" in unnamed.job_strip.label.text()
    press(Key.Key_Escape)
    assert "26 waiting decisions were dropped" in unnamed.job_strip.label.text()
    assert not bar.isVisible()


def test_enter_without_a_prediction_says_so_and_asks_for_no_name(unnamed):
    window = unnamed
    view, table = window.review.gallery.view, window.session.table
    path = "basophil/zero.png"  # a file that cannot be read never has a prediction
    view.show_path(path)
    view.setFocus()
    press(Key.Key_Return)
    assert not window.name_bar.isVisible()
    assert window.job_strip.label.text().startswith("This file cannot be read")
    assert window.session.current.path == path
    # As before the first reading has arrived.
    table.readings.set_model(window.session.active_model.card)
    decide(window, "basophil/c0.png", "\r")
    assert not window.name_bar.isVisible()
    assert window.job_strip.label.text().startswith("There is no prediction to confirm yet")
    assert window.session.current.path == "basophil/c0.png"
    press(Key.Key_A, CONTROL)
    press(Key.Key_Return)
    assert not window.name_bar.isVisible()
    assert "the key of a class labels the images without one" in window.job_strip.label.text()


def test_keys_typed_faster_than_the_question_appears_are_no_name(unnamed, qtbot):
    bar = unnamed.name_bar
    decide(unnamed, "basophil/c0.png", "n")
    for key in (Key.Key_L, Key.Key_M, Key.Key_Return):
        press(key)
    assert bar.isVisible()
    assert bar.field.text() == ""
    assert bar.waiting.text().startswith("1 decision waits")
    assert bar.waiting.text().endswith("The keys typed after it were ignored.")
    wait_for_pause(bar, qtbot)
    QTest.keyClicks(bar.field, "Anna")
    press(Key.Key_Return)
    assert unnamed.reviewers.name() == "Anna"
    assert labels(unnamed, qtbot) == {"basophil/c0.png": "neutrophil"}


def test_undo_drops_the_latest_waiting_decision_only(unnamed, qtbot):
    bar = unnamed.name_bar
    decide(unnamed, "basophil/c0.png", "p")
    decide(unnamed, "basophil/c1.png", "6")
    press(Key.Key_Z, CONTROL)  # in the field, which has nothing to undo
    assert bar.waiting.text().startswith("1 decision waits")
    assert "1 waiting decision was dropped" in unnamed.job_strip.label.text()
    wait_for_pause(bar, qtbot)
    QTest.keyClicks(bar.field, "Anna")
    press(Key.Key_Z, CONTROL)
    assert bar.field.text() == ""  # its own undo first
    assert bar.isVisible()
    QTest.keyClicks(bar.field, "Anna")
    press(Key.Key_Return)
    assert labels(unnamed, qtbot) == {"basophil/c0.png": "platelet"}


def test_undo_in_the_grid_drops_what_waits_and_nothing_older(unnamed, qtbot):
    unnamed.decisions.reviewer = "Anna"
    decide(unnamed, "platelet/c0.png", "6")
    before = labels(unnamed, qtbot)
    unnamed.decisions.reviewer = None
    decide(unnamed, "basophil/c0.png", "p")
    unnamed.review.gallery.view.setFocus()
    press(Key.Key_Z, CONTROL)
    assert not unnamed.name_bar.isVisible()
    assert unnamed.review.gallery.view.hasFocus()
    unnamed.decisions.reviewer = "Anna"
    assert labels(unnamed, qtbot) == before == {"platelet/c0.png": "monocyte"}
    press(Key.Key_Z, CONTROL)
    qtbot.waitUntil(lambda: not labels(unnamed, qtbot), timeout=WAIT_MS)


def test_escape_drops_what_waits_before_it_closes_a_view(unnamed, qtbot):
    decide(unnamed, "basophil/c0.png", " ")
    assert unnamed.review.is_large
    type_keys("p")
    assert unnamed.name_bar.isVisible()
    press(Key.Key_Escape)
    assert not unnamed.name_bar.isVisible()
    assert unnamed.review.is_large
    assert "1 waiting decision was dropped" in unnamed.job_strip.label.text()
    unnamed.decisions.reviewer = "Anna"
    assert labels(unnamed, qtbot) == {}


def test_name_from_the_top_bar_answers_too(unnamed, qtbot):
    decide(unnamed, "basophil/c0.png", "p")
    unnamed.reviewers.choose("Bea")
    assert not unnamed.name_bar.isVisible()
    assert labels(unnamed, qtbot) == {"basophil/c0.png": "platelet"}


def test_decisions_do_not_wait_for_another_folder(unnamed, cells, tmp_path, qtbot):
    decide(unnamed, "basophil/c0.png", "p")
    other = tmp_path / "other"
    (other / "basophil").mkdir(parents=True)
    (other / "basophil" / "c0.png").write_bytes((cells / "platelet" / "c0.png").read_bytes())
    unnamed.open(other)
    qtbot.waitUntil(lambda: unnamed.session.root == other, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: unnamed.decisions.writable, timeout=WAIT_MS)
    assert not unnamed.name_bar.isVisible()
    unnamed.reviewers.choose("Anna")
    assert labels(unnamed, qtbot) == {}


def test_name_is_typed_where_it_is_asked_after_a_note(unnamed, qtbot):
    note = unnamed.context.inspector.note
    unnamed.review.gallery.view.show_path("basophil/c0.png")
    press(Key.Key_F2)
    QTest.keyClicks(QApplication.focusWidget(), "nearly a blast")
    # Longer than the pause after which notes are saved: typing is not interrupted.
    qtbot.waitUntil(lambda: not note._save_timer.isActive(), timeout=WAIT_MS)
    assert note.hasFocus()
    press(Key.Key_Return, CONTROL)
    wait_for_pause(unnamed.name_bar, qtbot)
    for key in "Anna":
        QTest.keyClicks(QApplication.focusWidget(), key)
    press(Key.Key_Return)
    assert unnamed.reviewers.name() == "Anna"
    assert labels(unnamed, qtbot) == {}
    assert unnamed.session.item("basophil/c0.png").note == "nearly a blast"


def test_dropped_note_is_not_shown_as_saved(unnamed, qtbot):
    note = unnamed.context.inspector.note
    unnamed.review.gallery.view.show_path("basophil/c0.png")
    press(Key.Key_F2)
    QTest.keyClicks(QApplication.focusWidget(), "blast")
    press(Key.Key_Return, CONTROL)
    assert unnamed.name_bar.has_keyboard
    press(Key.Key_Escape)
    assert note.toPlainText() == ""
    assert not unnamed.name_bar.isVisible()


def test_name_is_typed_where_it_is_asked_after_a_question(window, cells, qtbot):
    (cells / "basophil").rename(cells / "blue ones")
    window.open(cells)
    qtbot.waitUntil(all_read(window), timeout=WAIT_MS)
    question = window.folder_names_question
    qtbot.waitUntil(question.isVisible, timeout=WAIT_MS)
    choice = question.choices["blue ones"]
    choice.setFocus()
    QTest.keyClicks(choice, "Baso")
    question.yes.setFocus()
    press(Key.Key_Return)
    assert window.name_bar.waiting.text().startswith("1 decision waits")
    wait_for_pause(window.name_bar, qtbot)
    for key in "Anna":
        QTest.keyClicks(QApplication.focusWidget(), key)
    press(Key.Key_Return)
    assert window.reviewers.name() == "Anna"
    qtbot.waitUntil(
        lambda: window.session.item("blue ones/c0.png").folder_class == "basophil", timeout=WAIT_MS
    )
    assert labels(window, qtbot) == {}
    assert window.review.gallery.view.hasFocus()
