"""Fixtures of the Train workspace: a labelled folder, open in the window."""

from pathlib import Path

import pytest
from gui_helpers import WAIT_MS, all_read
from PIL import Image
from PySide6.QtCore import Qt
from tiny_model import CLASSES, class_image
from train_helpers import LONG_MS

from gui.shell.window import MainWindow
from gui.train.workspace import TrainWorkspace


@pytest.fixture
def labelled_folder(tmp_path: Path) -> Path:
    """Return a folder of 90 images in three class folders."""
    root = tmp_path / "many"
    for number in (0, 5, 7):
        folder = root / CLASSES[number]
        folder.mkdir(parents=True)
        for seed in range(30):
            Image.fromarray(class_image(number, seed=seed + 100 * number)).save(
                folder / f"c{seed}.png"
            )
    return root


@pytest.fixture
def ready(window: MainWindow, labelled_folder: Path, qtbot: object) -> MainWindow:
    """Return the window with the labelled folder open and read, and a reviewer."""
    window.open(labelled_folder)
    qtbot.waitUntil(all_read(window), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: window.decisions.writable, timeout=WAIT_MS)
    window.decisions.reviewer = "Anna"
    return window


@pytest.fixture
def train(ready: MainWindow) -> TrainWorkspace:
    """Return the shown Train workspace."""
    ready.workspaces.go("train")
    workspace = ready.workspaces.current
    assert isinstance(workspace, TrainWorkspace)
    return workspace


@pytest.fixture
def evaluated(train: TrainWorkspace, qtbot: object) -> TrainWorkspace:
    """Return the workspace after a quick retrain, with an evaluated candidate."""
    qtbot.mouseClick(train.setup_page.quick, Qt.MouseButton.LeftButton)
    assert train.retraining.is_running
    qtbot.waitUntil(lambda: not train.retraining.is_running, timeout=LONG_MS)
    assert not train.retraining.error
    return train
