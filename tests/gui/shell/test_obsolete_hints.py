"""Hints and notices: none stays on the screen once it is no longer true."""

import shutil

import pytest
from gui_helpers import WAIT_MS, all_read
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from engine.messages import Message

CONTROL = Qt.KeyboardModifier.ControlModifier


def press(window, key, modifiers=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(window.focusWidget(), key, modifiers)


def test_notice_that_the_project_is_not_open_ends_with_the_answer(window, cells, qtbot, tmp_path):
    window.decisions.reviewer = "Anna"
    window.open(cells)
    qtbot.waitUntil(lambda: window.decisions.writable, timeout=WAIT_MS)
    copy = tmp_path / "copy"
    shutil.copytree(cells, copy)
    window.open(copy)
    qtbot.waitUntil(window.project_chooser.isVisible, timeout=WAIT_MS)
    qtbot.waitUntil(all_read(window), timeout=WAIT_MS)
    window.review.gallery.view.show_path("basophil/c0.png")
    window.review.gallery.view.setFocus()
    press(window, Qt.Key.Key_6)
    assert "is not open yet" in window.notice.label.text()
    assert window.notice.isVisible()
    window.project_chooser.buttons[-1].setFocus()
    press(window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: window.decisions.writable, timeout=WAIT_MS)
    assert not window.notice.isVisible()
    # A report on an event stays.
    window.context.errors.report(Message("quarantine.inside", {"folder": "x"}))
    window.decisions.project_changed.emit()
    assert window.notice.isVisible()


def test_without_a_folder_no_project_is_waited_for(window, qtbot):
    press(window, Qt.Key.Key_L, CONTROL)
    assert window.notice.label.text().startswith("No images are open")


def test_ambiguous_images_are_counted_down_as_they_are_chosen(window, cells, qtbot):
    window.decisions.reviewer = "Anna"
    for name in ("copy.png", "other.png"):
        shutil.copyfile(cells / "basophil" / "c0.png", cells / "basophil" / name)
    window.open(cells)
    qtbot.waitUntil(lambda: window.decisions.writable, timeout=WAIT_MS)
    labels = {"basophil/copy.png": "monocyte", "basophil/other.png": "platelet"}
    window.decisions.relabel(labels)
    qtbot.waitUntil(
        lambda: window.session.item("basophil/other.png").label is not None, timeout=WAIT_MS
    )
    # Only an image whose content is known can be found under another name.
    qtbot.waitUntil(
        lambda: labels.keys() <= window.decisions.project.contents().keys(), timeout=WAIT_MS
    )
    for new, name in (("new1.png", "copy.png"), ("new2.png", "other.png")):
        (cells / "basophil" / name).rename(cells / "basophil" / new)
    window.open(cells)
    qtbot.waitUntil(
        lambda: window.hints.hint_text("ambiguous").startswith("2 images match"), timeout=WAIT_MS
    )
    first, second = window.folder_hints.unsettled
    window.decisions.resolve_link(first.path, first.candidates[0].image)
    qtbot.waitUntil(
        lambda: window.hints.hint_text("ambiguous").startswith("1 image matches"), timeout=WAIT_MS
    )
    window.decisions.resolve_link(second.path, None)
    qtbot.waitUntil(lambda: not window.hints.hint_text("ambiguous"), timeout=WAIT_MS)
    window.review.gallery.view.setFocus()
    press(window, Qt.Key.Key_Z, CONTROL)
    qtbot.waitUntil(
        lambda: window.hints.hint_text("ambiguous").startswith("1 image matches"), timeout=WAIT_MS
    )
    assert window.folder_hints.unsettled == (second,)


def test_status_does_not_outlive_its_folder(opened, cells, qtbot):
    opened.context.status_message.emit("Undone: a note.")
    opened.open(cells)
    qtbot.waitUntil(all_read(opened), timeout=WAIT_MS)
    assert "Undone" not in opened.job_strip.label.text()


@pytest.fixture
def bad_only(tmp_path):
    """Return a folder of one file that is no image."""
    folder = tmp_path / "bad"
    folder.mkdir()
    (folder / "zero.png").touch()
    return folder


def test_folder_of_unreadable_files_has_one_project(window, bad_only, qtbot):
    files = set()
    for _ in range(2):
        window.open(bad_only)
        qtbot.waitUntil(lambda: window.session.root == bad_only, timeout=WAIT_MS)
        qtbot.waitUntil(lambda: window.decisions.writable, timeout=WAIT_MS)
        files.add(window.decisions.project.file)
        qtbot.waitUntil(lambda: not window.loader.busy, timeout=WAIT_MS)
    assert len(files) == 1
