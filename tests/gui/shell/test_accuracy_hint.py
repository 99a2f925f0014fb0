"""The hint on a low accuracy offers what there is to label, and retraining once nothing is left."""

import shutil

import pytest
from gui_helpers import WAIT_MS, all_read
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from engine.messages import Message

LOW = Message("fields.found", {"cells": 1, "fields": 1})
"""Any sentence will do."""


@pytest.fixture
def flat(window, cells, tmp_path, qtbot):
    """Return the window with ten images that have no label, read."""
    folder = tmp_path / "flat"
    folder.mkdir()
    for number, file in enumerate(sorted(cells.glob("*/c[0-4].png"))[:10]):
        shutil.copy(file, folder / f"{number}.png")
    window.open(folder)
    qtbot.waitUntil(all_read(window), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: window.decisions.writable, timeout=WAIT_MS)
    window.decisions.reviewer = "Anna"
    return window


def offered(window):
    """Return the buttons of the hint while the accuracy is low, whatever was just measured.

    The plain test images also look like whole fields, whose hint comes when that has been computed.
    """
    window.context.image_analysis.folder_assessed.emit("accuracy", LOW)
    buttons = window.hints.findChildren(QPushButton)
    shown = [button.text() for button in buttons if button.isVisibleTo(window.hints)]
    return [text for text in shown if text != "Find the cells"]


def test_only_images_that_exist_are_offered(flat, qtbot):
    qtbot.waitUntil(lambda: offered(flat) == ["Label these 10"], timeout=WAIT_MS)
    flat.review.focus_images()
    view = QApplication.focusWidget()
    flat.review.gallery.view.show_path("3.png")
    with qtbot.waitSignal(flat.decisions.saved, timeout=WAIT_MS):
        QTest.keyClick(view, Qt.Key.Key_1)
    qtbot.waitUntil(lambda: offered(flat) == ["Label these 9"], timeout=WAIT_MS)
    flat.workspaces.go("train")
    suggestions = flat.workspaces.current.setup_page.suggestions
    assert suggestions.suggest.text() == "Label these 9 next"
    flat.workspaces.go("review")
    QTest.keyClick(view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    with qtbot.waitSignal(flat.decisions.saved, timeout=WAIT_MS):
        QTest.keyClick(view, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: offered(flat) == ["Retrain"], timeout=WAIT_MS)
    flat.workspaces.go("train")
    assert not suggestions.suggest.isVisible()
    assert suggestions.about.text() == "Every image that was read has a label already."


def test_folder_whose_names_are_labels_has_nothing_to_label(opened, qtbot):
    qtbot.waitUntil(lambda: offered(opened) == ["Retrain"], timeout=WAIT_MS)
