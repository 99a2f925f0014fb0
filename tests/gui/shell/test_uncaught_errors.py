"""Uncaught errors are shown and logged once."""

import logging
import sys
import threading

import pytest
from gui_helpers import WAIT_MS, type_keys
from PySide6.QtCore import QTimer, qWarning
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


def test_error_in_a_slot_is_shown_and_logged_once(faults, window, qtbot, caplog):
    with caplog.at_level(logging.ERROR):
        for _ in range(52):
            QTimer.singleShot(0, window, breaks)
        qtbot.waitUntil(window.notice.isVisible, timeout=WAIT_MS)
        window.session.current_changed.connect(breaks)
        window.session.current_changed.emit()
    assert "program error" in window.notice.label.text()
    window.notice.copy.click()
    assert "NoneType" in QGuiApplication.clipboard().text()
    assert (
        len([record for record in caplog.records if record.name == "gui.shell.uncaught_errors"])
        == 1
    )
    window.session.current_changed.disconnect(breaks)


def test_error_in_a_shortcut_is_shown(faults, window, qtbot):
    window.command_actions.add("dismiss", window, breaks)
    window.start.open.setFocus()
    type_keys("d")
    qtbot.waitUntil(window.notice.isVisible, timeout=WAIT_MS)


def test_second_error_is_shown_after_the_first_was_dismissed(faults, window, qtbot):
    QTimer.singleShot(0, window, breaks)
    qtbot.waitUntil(window.notice.isVisible, timeout=WAIT_MS)
    window.notice.away.click()
    QTimer.singleShot(0, window, lambda: {}["no such key"])
    qtbot.waitUntil(window.notice.isVisible, timeout=WAIT_MS)
    window.notice.copy.click()
    assert "no such key" in QGuiApplication.clipboard().text()


def test_error_in_another_thread_is_shown(faults, window, qtbot, monkeypatch):
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    faults.install()
    try:
        thread = threading.Thread(target=breaks)
        thread.start()
        thread.join()
        qtbot.waitUntil(window.notice.isVisible, timeout=WAIT_MS)
    finally:
        faults.uninstall()
    window.notice.copy.click()
    assert "NoneType" in QGuiApplication.clipboard().text()


def test_warning_of_qt_is_logged(faults, caplog):
    faults.install()
    try:
        with caplog.at_level(logging.WARNING):
            qWarning("a warning of Qt")
    finally:
        faults.uninstall()
    assert "a warning of Qt" in caplog.messages
