"""Fixtures of competency tests in the window: a folder that Anna signed off."""

import pytest
from gui_helpers import WAIT_MS, type_keys
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from report_helpers import is_report_current


@pytest.fixture
def cells(cells):
    """Return the folder of 24 cells without its bad files."""
    (cells / "basophil" / "zero.png").unlink()
    (cells / "monocyte" / "text.jpg").unlink()
    return cells


@pytest.fixture
def labelled(opened, qtbot):
    """Return the window; Anna has labelled all cells at once, as their folders say."""
    qtbot.waitUntil(lambda: opened.decisions.writable, timeout=WAIT_MS)
    opened.reviewers.choose("Anna")
    with qtbot.waitSignal(opened.decisions.saved, timeout=WAIT_MS):
        opened.decisions.relabel({path: path.split("/")[0] for path in opened.session.table.paths})
    return opened


@pytest.fixture
def signed(labelled, qtbot):
    """Return the window in Review; Anna has signed off all labels."""
    labelled.workspaces.go("report")
    report = labelled.workspaces.current
    report.show_page("signing")
    qtbot.waitUntil(is_report_current(report), timeout=WAIT_MS)
    qtbot.waitUntil(report.sign_off.sign.isEnabled, timeout=WAIT_MS)
    report.sign_off.sign.click()
    qtbot.waitUntil(lambda: labelled.context.sign_off_monitor.sign_off is not None, timeout=WAIT_MS)
    labelled.workspaces.go("review")
    return labelled


@pytest.fixture
def page(signed, qtbot):
    """Return the competency page, opened with its key."""
    control = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_T, control)
    shown = signed.workspaces.current.competency
    qtbot.waitUntil(shown.start.isEnabled, timeout=WAIT_MS)
    return shown


@pytest.fixture
def blind(signed, page, qtbot):
    """Return the blind page of a test of 6 cells that Bob started with keys."""
    return start_test(signed, page, qtbot)


def start_test(window, page, qtbot, *, person="Bob", count=6, minutes=0):
    """Fill in the form, start with the space bar, and return the blind page."""
    page.person.setText(person)
    page.count.setValue(count)
    page.minutes.setValue(minutes)
    page.start.setFocus()
    QTest.keyClick(page.start, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: window.blind_reading.is_active, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: window.context.image_loader.size is not None, timeout=WAIT_MS)
    return window.blind_reading.page


@pytest.fixture
def answer(signed, qtbot):
    """Return a function that presses a key on the shown cell and waits until the answer is saved."""
    loader = signed.context.image_loader

    def answer(key):
        qtbot.waitUntil(lambda: loader.size is not None, timeout=WAIT_MS)
        with qtbot.waitSignal(signed.blind_reading.page.sheet.answered, timeout=WAIT_MS):
            type_keys(key)

    return answer
