"""A folder with planted faults, open in the real window and scanned by the real scan."""

import shutil
from pathlib import Path

import pytest
from clean_help import scan
from gui_help import WAIT_MS, all_read

from gui.clean.workspace import CleanWorkspace
from gui.shell.window import MainWindow


@pytest.fixture
def dirty(cells: Path) -> Path:
    """Return the cells with one picture there three times, once under another label, and one twice."""
    shutil.copy(cells / "platelet" / "c0.png", cells / "platelet" / "copy.png")
    shutil.copy(cells / "platelet" / "c0.png", cells / "basophil" / "stray.png")
    shutil.copy(cells / "monocyte" / "c0.png", cells / "monocyte" / "twin.png")
    return cells


@pytest.fixture
def ready(window: MainWindow, dirty: Path, qtbot: object) -> MainWindow:
    """Return the window with the dirty folder open and read, and somebody who may decide."""
    window.open(dirty)
    qtbot.waitUntil(all_read(window), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: window.decisions.writable, timeout=WAIT_MS)
    window.decisions.reviewer = "Anna"
    return window


@pytest.fixture
def clean(ready: MainWindow, qtbot: object) -> CleanWorkspace:
    """Return the Clean workspace in front, the folder scanned."""
    ready.workspaces.go("clean")
    workspace = ready.workspaces.current
    assert isinstance(workspace, CleanWorkspace)
    scan(workspace, qtbot)
    return workspace
