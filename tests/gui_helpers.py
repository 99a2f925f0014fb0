"""Helpers for tests of the window."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from gui.shell.window import MainWindow

WAIT_MS = 60_000


def close_window(window: MainWindow) -> None:
    """Close and delete a window, and check that its timers have stopped."""
    window.close()
    assert not window.isVisible()
    running = [timer for timer in window.findChildren(QTimer) if timer.isActive()]
    assert not [timer for timer in running if not timer.isSingleShot()]
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def show_keyboard_host(qtbot: QtBot, *parts: QWidget) -> QWidget:
    """Return an active window of these parts below each other, with the keyboard in its `place`."""
    host, place = QWidget(), QWidget()
    qtbot.addWidget(host)
    host.place = place
    place.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    rows = QVBoxLayout(host)
    for part in (place, *parts):
        rows.addWidget(part)
    host.resize(900, 600)
    with qtbot.waitActive(host):
        host.show()
    place.setFocus()
    qtbot.waitUntil(place.hasFocus)
    return host


def type_keys(keys: str) -> None:
    """Press keys in the widget with the keyboard focus."""
    for key in keys:
        code = {"\r": Qt.Key.Key_Return, "\x1b": Qt.Key.Key_Escape}.get(key, key)
        QTest.keyClick(QApplication.focusWidget(), code)


def open_fields(window: MainWindow, folder: Path, qtbot: QtBot) -> None:
    """Open a folder of whole fields as cells, ready for decisions of Anna."""
    window.open(folder)
    qtbot.waitUntil(all_read(window), timeout=WAIT_MS)
    if not window.session.holds_fields:
        window.find_cells()
        qtbot.waitUntil(lambda: window.session.holds_fields, timeout=WAIT_MS)
        qtbot.waitUntil(lambda: bool(window.hints.hint_text("cells")), timeout=WAIT_MS)
        qtbot.waitUntil(all_read(window), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: window.decisions.writable, timeout=WAIT_MS)
    window.decisions.reviewer = "Anna"


def all_read(window: MainWindow) -> Callable[[], bool]:
    """Return a condition: all images are read and nothing runs."""
    return lambda: (
        bool(window.session.total) and not window.session.unread() and not window.loader.busy
    )
