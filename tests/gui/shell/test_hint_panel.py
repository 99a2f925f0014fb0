"""Lines above the images: warnings first, and each in its place while its text changes."""

from PySide6.QtWidgets import QWidget

from gui.theme import Theme
from gui.widgets.hints import HintPanel


def test_warnings_come_first_and_changed_texts_stay_in_place(qapp, qtbot):
    panel = HintPanel(Theme(qapp))
    qtbot.addWidget(panel)
    panel.show_hint("cells", "12 cells were found.", is_warning=False)
    panel.show_hint("unlike", "This folder looks unlike the training images.")
    panel.show_hint("accuracy", "Expected accuracy: 60%.")
    assert panel.keys == ["unlike", "accuracy", "cells"]
    panel.show_hint("unlike", "It looks very unlike the training images.")
    assert panel.keys == ["unlike", "accuracy", "cells"]

    def lines():
        widgets = [line for line in panel.children() if isinstance(line, QWidget)]
        return sorted((line for line in widgets if line.isVisible()), key=QWidget.y)

    words = ["It", "Expected", "12"]
    qtbot.waitUntil(lambda: [line.label.text().split()[0] for line in lines()] == words)
    icons = [line._icon.pixmap().toImage() for line in lines()]
    assert icons[0] == icons[1] != icons[2]
