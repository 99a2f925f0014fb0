"""Lines above the images: warnings first, and each in its place while its text changes."""

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
    rows = panel.layout()
    texts = [rows.itemAt(n).widget().label.text() for n in range(rows.count())]
    assert [text.split()[0] for text in texts] == ["It", "Expected", "12"]
    icons = [rows.itemAt(n).widget()._icon.pixmap().toImage() for n in range(rows.count())]
    assert icons[0] == icons[1] != icons[2]
