"""Fixtures of the Clean workspace: a folder with planted faults, open in the window and scanned."""

import shutil
from pathlib import Path

import pytest
from clean_helpers import scan
from gui_helpers import WAIT_MS, all_read

from gui.clean.workspace import CleanWorkspace
from gui.shell.window import MainWindow


@pytest.fixture
def dirty(cells: Path) -> Path:
    """Return the cells with one image three times, once under another label, and another one twice."""
    shutil.copy(cells / "platelet" / "c0.png", cells / "platelet" / "copy.png")
    shutil.copy(cells / "platelet" / "c0.png", cells / "basophil" / "stray.png")
    shutil.copy(cells / "monocyte" / "c0.png", cells / "monocyte" / "twin.png")
    return cells


@pytest.fixture
def ready(window: MainWindow, dirty: Path, qtbot: object) -> MainWindow:
    """Return the window with the dirty folder open and read, and a reviewer."""
    window.open(dirty)
    qtbot.waitUntil(all_read(window), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: window.decisions.writable, timeout=WAIT_MS)
    window.decisions.reviewer = "Anna"
    return window


@pytest.fixture
def clean(ready: MainWindow, qtbot: object) -> CleanWorkspace:
    """Return the shown Clean workspace after a scan."""
    ready.workspaces.go("clean")
    workspace = ready.workspaces.current
    assert isinstance(workspace, CleanWorkspace)
    scan(workspace, qtbot)
    return workspace
