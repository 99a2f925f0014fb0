"""File details: what the model in use read instead of the image is noted."""

import cv2
import pytest
from gui_helpers import WAIT_MS, all_read
from PIL import Image
from PySide6.QtWidgets import QLabel
from tiny_model import class_image

from engine.images.stain_deposits import DEPOSITS_FILLED
from engine.messages import render
from gui.inspector.file_details import FileDetails

SIZE = 96


@pytest.fixture
def blotted(window, cells, qtbot):
    """Return the window at an image with a black blot."""
    pixels = cv2.circle(class_image(5, SIZE), (40, 50), 20, (0, 0, 0), -1)
    Image.fromarray(pixels).save(cells / "monocyte" / "blot.png")
    window.open(cells)
    qtbot.waitUntil(all_read(window), timeout=WAIT_MS)
    window.review.gallery.view.show_path("monocyte/blot.png")
    qtbot.waitUntil(lambda: window.context.image_loader.size is not None, timeout=WAIT_MS)
    return window


def notes(window):
    """Return all visible texts of the file details."""
    details = window.findChild(FileDetails)
    return [label.text() for label in details.findChildren(QLabel) if label.isVisible()]


def test_filled_deposits_are_noted(blotted, qtbot):
    assert render(DEPOSITS_FILLED) in notes(blotted)
    blotted.review.gallery.view.show_path("monocyte/c1.png")
    qtbot.waitUntil(lambda: blotted.context.image_loader.size is not None, timeout=WAIT_MS)
    assert render(DEPOSITS_FILLED) not in notes(blotted)
