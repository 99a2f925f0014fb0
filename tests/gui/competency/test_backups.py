"""Backups of competency tests in the window: at the end of a test, while in use, and opened from them."""

import pytest
from gui_helpers import WAIT_MS, type_keys
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from engine.competency.store import CompetencyStore, default_file
from engine.project.backups import list_backups


@pytest.fixture
def tests(signed, page):
    """Return the competency tests of the window."""
    return signed.workspaces.current.tests


def test_an_ended_test_is_in_a_backup(tests, blind, answer, qtbot):
    answer("1")
    assert list_backups(default_file()) == []
    blind.end_button.click()
    qtbot.waitUntil(lambda: bool(list_backups(default_file())), timeout=WAIT_MS)
    assert list_backups(default_file())[0].last_edit == 1


def test_answers_are_backed_up_while_in_use(tests, blind, answer, qtbot):
    answer("1")
    assert tests.store.backup_timer.isActive()
    tests.store.backup_timer.stop()
    tests.store.backup_timer.timeout.emit()
    qtbot.waitUntil(lambda: bool(list_backups(default_file())), timeout=WAIT_MS)
    answer("2")
    assert tests.store.backup_timer.isActive()
    type_keys("\x1b")


def test_a_damaged_file_is_opened_from_its_backup_and_says_so(signed, qtbot):
    with CompetencyStore() as store:
        store.back_up()
    file = default_file()
    file.write_bytes(b"\xa5" * file.stat().st_size)
    control = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_T, control)
    shown = signed.workspaces.current.competency
    qtbot.waitUntil(shown.failure.isVisible, timeout=WAIT_MS)
    assert "opened from their backup" in shown.failure.text()
    qtbot.waitUntil(shown.start.isEnabled, timeout=WAIT_MS)
