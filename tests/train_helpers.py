"""Helpers for tests of the Train workspace."""

from gui_helpers import WAIT_MS
from PySide6.QtCore import Qt

from gui.train.workspace import TrainWorkspace

LONG_MS = 4 * WAIT_MS


def start_deep_training(train: TrainWorkspace, qtbot: object, epochs: int = 60) -> None:
    """Start training a small network, and wait for its first epoch."""
    form = train.setup_page.form
    qtbot.waitUntil(lambda: form.recipe.count() > 0, timeout=WAIT_MS)
    names = [option.recipe.name for option in form._options.recipes]
    form.recipe.setCurrentIndex(names.index("simple_cnn"))
    form.epochs.setValue(epochs)
    qtbot.mouseClick(form.start, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(train.retraining.history) >= 1, timeout=LONG_MS)
