"""Inspector fixtures: the real window with a decoded image."""

import pytest
from gui_helpers import WAIT_MS

from gui.shell.window import MainWindow


@pytest.fixture
def shown(opened: MainWindow, qtbot: object) -> MainWindow:
    """Return the window with one current, decoded image."""
    opened.review.gallery.view.show_path("monocyte/c1.png")
    qtbot.waitUntil(lambda: opened.context.image_loader.size is not None, timeout=WAIT_MS)
    return opened
