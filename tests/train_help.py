"""What tests of the Train workspace have in common."""

from gui_help import WAIT_MS
from PySide6.QtCore import Qt

from gui.train.workspace import TrainWorkspace

LONG_MS = 4 * WAIT_MS


def begin_deep(train: TrainWorkspace, qtbot: object, epochs: int = 60) -> None:
    """Begin a training of a small network, and wait for its first epoch."""
    form = train.setup_page.form
    qtbot.waitUntil(lambda: form.recipe.count() > 0, timeout=WAIT_MS)
    names = [one.recipe.name for one in form._options.recipes]
    form.recipe.setCurrentIndex(names.index("simple_cnn"))
    form.epochs.setValue(epochs)
    qtbot.mouseClick(form.start, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(train.retraining.history) >= 1, timeout=LONG_MS)
