"""File dialogs and confirmations, behind `ask` and `confirm` so that tests can replace them."""

import contextlib
from collections.abc import Callable
from pathlib import Path
from typing import cast

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication
from PySide6.QtWidgets import QDialogButtonBox, QFileDialog, QLineEdit, QMessageBox, QWidget

from gui.deletion import delete_later
from gui.widgets.dropped_paths import resolve_lossy_path

FOLDER, ARCHIVE, SAVE_PROJECT, IMAGES = "folder", "archive", "save_project", "images"
QUARANTINE, SAVE_TABLE, SAVE_PICTURE = "quarantine", "save_table", "save_picture"
REPORT, DATASET = "report", "dataset"
MODEL, PUBLIC = "model", "public"
LABELS, LABELS_FOLDER = "labels", "labels_folder"
MERGE = "merge"
SAVE_CERTIFICATE, SAVE_JSON = "save_certificate", "save_json"

# The type stubs declare the result as `object`.
_ = cast("Callable[[str, str], str]", QT_TRANSLATE_NOOP)


_FOLDERS = {
    FOLDER: _("dialogs", "Open a folder of images"),
    IMAGES: _("dialogs", "Where are the images of this project?"),
    QUARANTINE: _("dialogs", "Move the removed files to a new folder in…"),
    REPORT: _("dialogs", "Save the report in a new folder in…"),
    DATASET: _("dialogs", "Save the data set in…"),
    MODEL: _("dialogs", "Save the model in…"),
    PUBLIC: _("dialogs", "Download the data set into…"),
    LABELS_FOLDER: _("dialogs", "Import labels from a folder"),
}
_DESTINATIONS = {QUARANTINE, REPORT, DATASET, MODEL, PUBLIC}
"""The folders into which something is written: they need not exist yet."""
_FILES = {
    SAVE_PROJECT: (
        _("dialogs", "Save a copy of the project"),
        _("dialogs", "Bloodbench projects"),
        ".bloodbench",
    ),
    SAVE_TABLE: (
        _("dialogs", "Save the table"),
        _("dialogs", "Tables"),
        ".csv",
    ),
    SAVE_CERTIFICATE: (
        _("dialogs", "Save the certificate"),
        _("dialogs", "PDF documents"),
        ".pdf",
    ),
    SAVE_JSON: (
        _("dialogs", "Save the test"),
        _("dialogs", "JSON files"),
        ".json",
    ),
    SAVE_PICTURE: (
        _("dialogs", "Save the image"),
        _("dialogs", "Images"),
        ".png",
    ),
}


class DestinationDialog(QFileDialog):
    """Folder dialog in which the path of a new folder can be typed; it is made when it is accepted."""

    def __init__(self, parent: QWidget, title: str, place: str) -> None:
        super().__init__(parent, title, place)
        self.setFileMode(QFileDialog.FileMode.Directory)
        self.setOption(QFileDialog.Option.ShowDirsOnly)
        # Not there in the system's own dialogs.
        field, buttons = self.findChild(QLineEdit), self.findChild(QDialogButtonBox)
        choose = buttons.button(QDialogButtonBox.StandardButton.Open) if buttons else None
        if field is not None and choose is not None:
            # Qt disables the button for a folder that does not exist.
            field.textChanged.connect(lambda text: choose.setEnabled(bool(text)))

    def accept(self) -> None:
        for folder in self.selectedFiles():
            # Where it cannot be made, Qt says that there is no such folder.
            with contextlib.suppress(OSError):
                Path(folder).mkdir(parents=True, exist_ok=True)
        super().accept()


def _ask(parent: QWidget, question: str, start: Path | None) -> Path | None:
    # Returns a path, or None if the dialog was cancelled.
    place = str(start or Path.home())
    if question in _FOLDERS:
        title = QCoreApplication.translate("dialogs", _FOLDERS[question])
        if question in _DESTINATIONS:
            dialog = DestinationDialog(parent, title, place)
            answer = dialog.selectedFiles()[0] if dialog.exec() else ""
            delete_later(dialog)
        else:
            answer = QFileDialog.getExistingDirectory(parent, title, place)
    elif question in _FILES:
        words, kind, suffix = _FILES[question]
        title, kind = (QCoreApplication.translate("dialogs", text) for text in (words, kind))
        answer, _ = QFileDialog.getSaveFileName(parent, title, place, f"{kind} (*{suffix})")
        if answer and not answer.endswith(suffix):
            answer += suffix
    elif question == MERGE:
        title = QCoreApplication.translate("dialogs", "Merge another project of these images")
        kinds = QCoreApplication.translate("dialogs", "Bloodbench projects")
        answer, _ = QFileDialog.getOpenFileName(parent, title, place, f"{kinds} (*.bloodbench)")
    elif question == LABELS:
        title = QCoreApplication.translate("dialogs", "Import labels from a file")
        kinds = QCoreApplication.translate("dialogs", "Tables and archives")
        answer, _ = QFileDialog.getOpenFileName(
            parent, title, place, f"{kinds} (*.csv *.npz *.zip)"
        )
    else:
        title = QCoreApplication.translate("dialogs", "Open an archive, an image or a project")
        kinds = QCoreApplication.translate("dialogs", "Archives, images and projects")
        pattern = f"{kinds} (*.npz *.bloodbench *.png *.jpg *.jpeg *.tif *.tiff *.bmp *.webp *.gif)"
        answer, _ = QFileDialog.getOpenFileName(parent, title, place, pattern)
    return resolve_lossy_path(Path(answer)) if answer else None


def _confirm(parent: QWidget, question: str) -> bool:
    # The question states what will be done.
    buttons = QMessageBox.StandardButton.Ok | QMessageBox.StandardButton.Cancel
    answer = QMessageBox.question(parent, QCoreApplication.applicationName(), question, buttons)
    return answer == QMessageBox.StandardButton.Ok


confirm: Callable[[QWidget, str], bool] = _confirm
ask: Callable[[QWidget, str, Path | None], Path | None] = _ask
