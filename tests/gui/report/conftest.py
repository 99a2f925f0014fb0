"""Fixtures of the Report workspace: a folder read by the tiny model, open in the window."""

from pathlib import Path

import pytest
from gui_helpers import WAIT_MS, all_read
from report_helpers import is_report_current

from gui.report.workspace import ReportWorkspace
from gui.shell.window import MainWindow


@pytest.fixture
def ready(window: MainWindow, cells: Path, qtbot: object) -> MainWindow:
    """Return the window with the cells open and read, and a reviewer."""
    window.open(cells)
    qtbot.waitUntil(all_read(window), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: window.decisions.writable, timeout=WAIT_MS)
    window.decisions.reviewer = "Anna"
    return window


@pytest.fixture
def report(ready: MainWindow, qtbot: object) -> ReportWorkspace:
    """Return the Report workspace in front, its report drawn up."""
    ready.workspaces.go("report")
    workspace = ready.workspaces.current
    assert isinstance(workspace, ReportWorkspace)
    qtbot.waitUntil(is_report_current(workspace), timeout=WAIT_MS)
    return workspace
