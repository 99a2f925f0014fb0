"""Fixtures of the second reading: labelled cells, and a blind reading of them in front."""

import pytest
from gui_helpers import WAIT_MS, type_keys
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from report_helpers import is_report_current
from second_reading_helpers import ANNAS, readings

READER = "Bob Second"


@pytest.fixture
def report(opened, qtbot):
    """Return the Report workspace, its page "Second reading" in front; Anna has labelled two images."""
    qtbot.waitUntil(lambda: opened.decisions.writable, timeout=WAIT_MS)
    opened.decisions.reviewer = "Anna"
    with qtbot.waitSignal(opened.decisions.saved, timeout=WAIT_MS):
        opened.decisions.relabel({"basophil/c0.png": "basophil", ANNAS: "monocyte"})
    opened.workspaces.go("report")
    workspace = opened.workspaces.current
    workspace.show_page("second_reading")
    qtbot.waitUntil(is_report_current(workspace), timeout=WAIT_MS)
    return workspace


@pytest.fixture
def blind(opened, report, qtbot):
    """Return the blind page of a reading that was started with keys."""
    page = report.second_reading
    page.reader.setFocus()
    QTest.keyClicks(page.reader, READER)
    page.start.setFocus()
    QTest.keyClick(page.start, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: opened.blind_reading.is_active, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: opened.context.image_loader.size is not None, timeout=WAIT_MS)
    return opened.blind_reading.page


@pytest.fixture
def press(opened, qtbot):
    """Return a function that presses keys on the shown image and waits until the edit is saved."""
    loader = opened.context.image_loader

    def press(key):
        qtbot.waitUntil(lambda: loader.size is not None, timeout=WAIT_MS)
        with qtbot.waitSignal(opened.decisions.saved, timeout=WAIT_MS):
            type_keys(key)

    return press


@pytest.fixture
def disagreeing(opened, report, blind, press, qtbot):
    """Return the page "Second reading" after a reading that called every cell a basophil."""
    for _ in readings(opened):
        press("1")
    assert "All drawn images are read" in blind.status.text()
    with qtbot.waitSignal(opened.decisions.saved, timeout=WAIT_MS):
        blind.end_button.click()
    page = report.second_reading
    qtbot.waitUntil(page.agreement.conflicts.isVisible, timeout=WAIT_MS)
    return page
