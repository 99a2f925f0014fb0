"""Undo by keys says what it changed, in every workspace, and what became of the sign-off."""

import pytest
from clean_helpers import deliver_batch, quality_batch
from gui_helpers import WAIT_MS
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from engine.project.decisions import Change, Edit
from gui.shell.undo_status import undo_text

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def ready(opened, qtbot):
    """Return the window with its project open and a reviewer."""
    opened.decisions.reviewer = "Anna"
    qtbot.waitUntil(lambda: opened.decisions.writable, timeout=WAIT_MS)
    return opened


def press(window, qtbot, key, held=Qt.KeyboardModifier.NoModifier):
    """Press a key where the focus is and wait until the edit is saved."""
    with qtbot.waitSignal(window.decisions.saved, timeout=WAIT_MS):
        QTest.keyClick(QApplication.focusWidget(), key, held)


@pytest.mark.parametrize("workspace", ["review", "clean", "train", "report"])
def test_undo_and_redo_say_what_changed(ready, qtbot, workspace):
    ready.review.gallery.view.show_path("platelet/c1.png")
    press(ready, qtbot, Qt.Key.Key_6)
    ready.workspaces.go(workspace)
    press(ready, qtbot, Qt.Key.Key_Z, CONTROL)
    assert ready.job_strip.label.text() == "Undone: Monocyte (platelet/c1.png)."
    press(ready, qtbot, Qt.Key.Key_Z, CONTROL | SHIFT)
    assert ready.job_strip.label.text() == "Redone: Monocyte (platelet/c1.png)."


def test_undo_of_an_action_on_several_images_counts_them(ready, qtbot):
    ready.review.gallery.view.show_path("platelet/c1.png")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right, SHIFT)
    press(ready, qtbot, Qt.Key.Key_X)
    ready.workspaces.go("train")
    press(ready, qtbot, Qt.Key.Key_Z, CONTROL)
    assert ready.job_strip.label.text() == "Undone on 2 images: removed."


def test_decisions_in_clean_say_what_was_done_and_how_to_undo_it(ready, qtbot):
    ready.workspaces.go("clean")
    clean = ready.workspaces.current
    deliver_batch(clean, quality_batch("platelet/c1.png", "platelet/c2.png", "platelet/c3.png"))
    status = ready.job_strip.label
    press(ready, qtbot, Qt.Key.Key_X)
    assert status.text() == "Done: removed (platelet/c1.png). Ctrl+Z takes it back."
    press(ready, qtbot, Qt.Key.Key_D)
    assert status.text() == "Done: finding dismissed. Ctrl+Z takes it back."
    press(ready, qtbot, Qt.Key.Key_6)
    assert status.text() == "Done: Monocyte (platelet/c3.png). Ctrl+Z takes it back."
    press(ready, qtbot, Qt.Key.Key_Z, CONTROL)
    assert status.text() == "Undone: Monocyte (platelet/c3.png)."


def test_decision_on_several_images_counts_them_in_review(ready, qtbot):
    view, status = ready.review.gallery.view, ready.job_strip.label
    view.show_path("platelet/c1.png")
    before = status.text()
    press(ready, qtbot, Qt.Key.Key_6)
    assert status.text() == before  # the tile shows it
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right, SHIFT)
    press(ready, qtbot, Qt.Key.Key_X)
    assert status.text() == "Done on 2 images: removed. Ctrl+Z takes it back."


@pytest.mark.parametrize("workspace", ["clean", "train", "report"])
def test_undo_says_that_the_sign_off_no_longer_holds(ready, qtbot, workspace):
    monitor, table = ready.context.sign_off_monitor, ready.session.table
    ready.decisions.confirm(table.paths)
    ready.decisions.remove([path for path in table.paths if ready.session.item(path).problem])
    ready.workspaces.go("report")
    report = ready.workspaces.current
    report.show_page("signing")
    qtbot.waitUntil(report.sign_off.sign.isEnabled, timeout=WAIT_MS)
    report.sign_off.note.setFocus()
    with qtbot.waitSignal(monitor.changed, timeout=WAIT_MS):
        press(ready, qtbot, Qt.Key.Key_Return)
    assert ready.job_strip.label.text() == "Done: signed off. Ctrl+Z takes it back."
    ready.workspaces.go("review")
    ready.review.gallery.view.show_path("platelet/c1.png")
    press(ready, qtbot, Qt.Key.Key_6)
    qtbot.waitUntil(lambda: monitor.is_void, timeout=WAIT_MS)
    assert ready.job_strip.label.text() == "The sign-off no longer holds."
    ready.workspaces.go(workspace)
    press(ready, qtbot, Qt.Key.Key_Z, CONTROL)
    qtbot.waitUntil(lambda: not monitor.is_void, timeout=WAIT_MS)
    assert ready.job_strip.label.text().endswith(". The sign-off holds.")
    press(ready, qtbot, Qt.Key.Key_Z, CONTROL)  # the sign-off itself
    assert ready.job_strip.label.text() == "Undone: signed off."
    press(ready, qtbot, Qt.Key.Key_Z, CONTROL | SHIFT)
    qtbot.waitUntil(lambda: monitor.sign_off is not None, timeout=WAIT_MS)
    press(ready, qtbot, Qt.Key.Key_Z, CONTROL | SHIFT)
    qtbot.waitUntil(lambda: monitor.is_void, timeout=WAIT_MS)
    text = ready.job_strip.label.text()
    assert text.startswith("Redone: ")
    assert text.endswith(" The sign-off no longer holds.")


def test_long_path_does_not_widen_the_window(ready, qtbot):
    width = ready.minimumSizeHint().width()
    ready.context.status_message.emit("a" * 2000)
    assert ready.minimumSizeHint().width() == width


def test_undo_text_lists_few_changes_and_shortens_a_path(qapp):
    def edit(*changes):
        return Edit(2, None, "Anna", "label", "", None, 1, None, changes)

    labels = [Change(f"{n}.png", "label", name, None) for n, name in enumerate("abcdefab")]
    assert undo_text(edit(*labels), str.upper) == "Undone on 8 images: A, B, C and others."
    assert len(undo_text(edit(Change("x" * 500, "label", "a", None)), str.upper)) < 100
    assert "not in this folder" in undo_text(edit(), str.upper)
