"""“Restore an earlier state…”: keys only, one undo, in the real window."""

import re

import pytest
from gui_helpers import WAIT_MS, all_read, close_window
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest

from engine.project.backups import list_backups
from engine.project.earlier_state import StateDifference
from gui.loading.restore_dialog import RestoreDialog
from gui.shell.window import MainWindow
from gui.theme import Theme

IMAGE = "basophil/c0.png"


def press(widget, keys):
    QTest.keySequence(widget, keys)


def notes(window):
    return {path: d.note for path, d in window.decisions.project.decisions().items()}


@pytest.fixture
def noted(opened, qtbot):
    """Return the window with one note, a backup of it, and another note since."""
    qtbot.waitUntil(lambda: opened.decisions.writable, timeout=WAIT_MS)
    opened.decisions.reviewer = "Anna"
    for text in ("first", "second"):
        with qtbot.waitSignal(opened.decisions.saved, timeout=WAIT_MS):
            opened.decisions.set_note(IMAGE, text)
        if text == "first":
            opened.decisions.project.back_up("regular")
    return opened


def open_dialog(window, qtbot):
    window.activateWindow()
    press(window, "Ctrl+Shift+B")
    dialog = window.findChild(RestoreDialog)
    qtbot.waitUntil(dialog.restore.isEnabled, timeout=WAIT_MS)
    return dialog


def test_state_is_restored_and_undone_by_keys(noted, qtbot):
    dialog = open_dialog(noted, qtbot)
    assert dialog.list.item(0).text().endswith("· after 1 change · would change 1 note")
    with qtbot.waitSignal(noted.decisions.saved, timeout=WAIT_MS):
        QTest.keyClick(dialog.list, Qt.Key.Key_Return)
    assert notes(noted) == {IMAGE: "first"}
    assert noted.session.item(IMAGE).note == "first"
    assert [backup.reason for backup in list_backups(noted.decisions.project.file)] == [
        "restore",
        "regular",
    ]
    status = noted.job_strip.label.text()
    assert re.fullmatch(
        r"Done: state of .* restored \(basophil/c0.png\)\. Ctrl\+Z takes it back\.", status
    )
    assert "Anna: state of " in history_line(noted, qtbot)
    with qtbot.waitSignal(noted.decisions.saved, timeout=WAIT_MS):
        noted.decisions.undo()
    assert noted.job_strip.label.text().startswith("Undone: state of ")
    assert notes(noted) == {IMAGE: "second"}
    assert noted.session.item(IMAGE).note == "second"


def history_line(window, qtbot):
    """Return the newest line of the image's history."""
    window.review.show_image(IMAGE)
    history = window.context.inspector.history
    count = len(window.decisions.project.history(IMAGE))
    qtbot.waitUntil(lambda: len(history.lines) == count, timeout=WAIT_MS)
    return history.lines[0]


@pytest.mark.parametrize("width", [360, 900])
def test_long_lines_are_wrapped_inside_the_list(noted, qtbot, width):
    dialog = open_dialog(noted, qtbot)
    difference = StateDifference(*range(10_000, 10_012))
    dialog.show_difference(0, difference)
    dialog.resize(width, 400)
    shown, item = dialog.list, dialog.list.item(0)
    qtbot.waitUntil(lambda: dialog.width() == width, timeout=WAIT_MS)
    qtbot.waitUntil(
        lambda: shown.visualItemRect(item).width() <= shown.viewport().width(), timeout=WAIT_MS
    )
    room = shown.visualItemRect(item)
    text = shown.fontMetrics().boundingRect(
        QRect(0, 0, room.width() - 8, 10_000), Qt.TextFlag.TextWordWrap, item.text()
    )
    assert room.height() >= text.height()
    assert item.toolTip() == item.text()


def test_same_state_cannot_be_restored(noted, qtbot):
    with qtbot.waitSignal(noted.decisions.saved, timeout=WAIT_MS):
        noted.decisions.undo()
    press(noted, "Ctrl+Shift+B")
    dialog = noted.findChild(RestoreDialog)
    qtbot.waitUntil(lambda: "same as now" in dialog.list.item(0).text(), timeout=WAIT_MS)
    QTest.keyClick(dialog.list, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert not dialog.restore.isEnabled()
    QTest.keyClick(dialog.list, Qt.Key.Key_Escape)
    assert notes(noted) == {IMAGE: "first"}


def test_without_backups_one_sentence(opened, qtbot):
    qtbot.waitUntil(lambda: opened.decisions.writable, timeout=WAIT_MS)
    press(opened, "Ctrl+Shift+B")
    assert "no backups" in opened.notice.label.text()


def test_damaged_project_opens_from_its_backup_in_the_window(
    noted, cells, qtbot, tiny_bundle, qapp
):
    file = noted.decisions.project.file
    noted.loader.close()
    file.write_bytes(b"\xff" * 50_000)
    window = MainWindow(Theme(qapp), model=str(tiny_bundle))
    window.show()
    window.open(cells)
    qtbot.waitUntil(all_read(window), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: window.decisions.writable, timeout=WAIT_MS)
    assert window.decisions.project.file == file
    assert window.session.item(IMAGE).note == "first"
    assert "was damaged and is opened from its backup" in window.notice.label.text()
    close_window(window)
