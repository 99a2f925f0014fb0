"""File dialogs: a folder to write into may be typed before it exists."""

import pytest
from gui_helpers import WAIT_MS
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLineEdit, QPushButton, QWidget

from gui.widgets.dialogs import DestinationDialog


@pytest.fixture
def dialog(tmp_path, qtbot):
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = DestinationDialog(parent, "Save the report", str(tmp_path))
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.open()
    qtbot.waitUntil(dialog.isVisible, timeout=WAIT_MS)
    yield dialog
    parent.close()


@pytest.mark.parametrize("by_button", [False, True])
def test_typed_path_of_a_new_folder_is_made_and_accepted(dialog, tmp_path, by_button, qtbot):
    new = tmp_path / "2026" / "my report"
    field = dialog.findChild(QLineEdit, "fileNameEdit")
    field.setText(str(new))
    if by_button:
        (choose,) = [b for b in dialog.findChildren(QPushButton) if "Choose" in b.text()]
        assert choose.isEnabled()
        qtbot.mouseClick(choose, Qt.MouseButton.LeftButton)
    else:
        qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not dialog.isVisible(), timeout=WAIT_MS)
    assert dialog.result() == QFileDialog.DialogCode.Accepted
    assert dialog.selectedFiles() == [str(new)]
    assert new.is_dir()


def test_cancelled_dialog_makes_no_folder(dialog, tmp_path, qtbot):
    dialog.findChild(QLineEdit, "fileNameEdit").setText(str(tmp_path / "new"))
    dialog.reject()
    assert not list(tmp_path.iterdir())
