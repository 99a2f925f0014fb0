"""The Report workspace in the real window, over a folder that the tiny model has read."""

from pathlib import Path

import pytest
from gui_help import WAIT_MS, all_read
from report_help import drawn

from gui.report.workspace import ReportWorkspace
from gui.shell.window import MainWindow


@pytest.fixture
def ready(window: MainWindow, cells: Path, qtbot: object) -> MainWindow:
    """Return the window with the cells open and read, and somebody who may decide."""
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
    qtbot.waitUntil(drawn(workspace), timeout=WAIT_MS)
    return workspace
