"""The real window's pictures, for widgets that show them."""

import pytest
from gui_help import WAIT_MS

from gui.shell.window import MainWindow


@pytest.fixture
def shown(opened: MainWindow, qtbot: object) -> MainWindow:
    """Return the window with one image looked at and decoded."""
    opened.review.gallery.view.show_path("monocyte/c1.png")
    qtbot.waitUntil(lambda: opened.context.image_loader.size is not None, timeout=WAIT_MS)
    return opened
