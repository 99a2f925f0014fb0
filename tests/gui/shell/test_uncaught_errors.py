"""An error in the program itself, wherever it happens, reaches the person and the log once."""

import logging
import sys

import pytest
from gui_help import WAIT_MS, typed
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication

from gui.shell.uncaught_errors import UncaughtErrors


@pytest.fixture
def faults(window, monkeypatch):
    """Return what the program makes at its start, told to the window."""
    made = UncaughtErrors(window)
    made.happened.connect(window.context.errors.report_bug)
    # As `watch` does, and taken back after the test.
    monkeypatch.setattr(sys, "excepthook", made.handle)
    return made


def breaks(*_):
    return len(None)


def test_an_error_in_a_slot_is_a_notice_and_one_line_of_the_log(faults, window, qtbot, caplog):
    with caplog.at_level(logging.ERROR):
        for _ in range(52):
            QTimer.singleShot(0, window, breaks)
        qtbot.waitUntil(window.notice.isVisible, timeout=WAIT_MS)
        window.session.current_changed.connect(breaks)
        window.session.current_changed.emit()
    assert "program error" in window.notice.words.text()
    window.notice.copy.click()
    assert "NoneType" in QGuiApplication.clipboard().text()
    assert len([one for one in caplog.records if one.name == "gui.shell.uncaught_errors"]) == 1
    window.session.current_changed.disconnect(breaks)


def test_an_error_behind_a_key_is_told_too(faults, window, qtbot):
    window.actions.add("dismiss", window, breaks)
    window.start.open.setFocus()
    typed("d")
    qtbot.waitUntil(window.notice.isVisible, timeout=WAIT_MS)


def test_another_error_is_told_after_the_first_was_put_away(faults, window, qtbot):
    QTimer.singleShot(0, window, breaks)
    qtbot.waitUntil(window.notice.isVisible, timeout=WAIT_MS)
    window.notice.away.click()
    QTimer.singleShot(0, window, lambda: {}["no such key"])
    qtbot.waitUntil(window.notice.isVisible, timeout=WAIT_MS)
    window.notice.copy.click()
    assert "no such key" in QGuiApplication.clipboard().text()
