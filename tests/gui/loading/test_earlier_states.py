"""“Restore an earlier state…”: keys only, one undo, in the real window."""

import pytest
from gui_helpers import WAIT_MS, all_read, close_window
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from engine.project.backups import list_backups
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
    assert "changes 0 labels, 0 removals, 1 note, 0 tagged images" in dialog.list.item(0).text()
    with qtbot.waitSignal(noted.decisions.saved, timeout=WAIT_MS):
        QTest.keyClick(dialog.list, Qt.Key.Key_Return)
    assert notes(noted) == {IMAGE: "first"}
    assert noted.session.item(IMAGE).note == "first"
    assert [backup.reason for backup in list_backups(noted.decisions.project.file)] == [
        "restore",
        "regular",
    ]
    with qtbot.waitSignal(noted.decisions.saved, timeout=WAIT_MS):
        noted.decisions.undo()
    assert notes(noted) == {IMAGE: "second"}
    assert noted.session.item(IMAGE).note == "second"


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
