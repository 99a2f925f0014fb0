"""Every question the window asks goes through `ask`, so that a test can answer in its place."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from gui.widgets.dropped_paths import resolve_lossy_path

FOLDER, ARCHIVE, SAVE_PROJECT, IMAGES = "folder", "archive", "save_project", "images"
QUARANTINE, SAVE_TABLE, SAVE_PICTURE = "quarantine", "save_table", "save_picture"
REPORT, DATASET = "report", "dataset"
MODEL, PUBLIC = "model", "public"
LABELS, LABELS_FOLDER = "labels", "labels_folder"

_FOLDERS = {
    FOLDER: QT_TRANSLATE_NOOP("dialogs", "Open a folder of images"),
    IMAGES: QT_TRANSLATE_NOOP("dialogs", "Where are the images of this project?"),
    QUARANTINE: QT_TRANSLATE_NOOP("dialogs", "Move the removed files to a new folder in…"),
    REPORT: QT_TRANSLATE_NOOP("dialogs", "Save the report in a new folder in…"),
    DATASET: QT_TRANSLATE_NOOP("dialogs", "Save the data set in…"),
    MODEL: QT_TRANSLATE_NOOP("dialogs", "Save the model in…"),
    PUBLIC: QT_TRANSLATE_NOOP("dialogs", "Download the data set into…"),
    LABELS_FOLDER: QT_TRANSLATE_NOOP("dialogs", "Import labels from a folder"),
}
_FILES = {
    SAVE_PROJECT: (
        QT_TRANSLATE_NOOP("dialogs", "Save a copy of the project"),
        QT_TRANSLATE_NOOP("dialogs", "Bloodbench projects"),
        ".bloodbench",
    ),
    SAVE_TABLE: (
        QT_TRANSLATE_NOOP("dialogs", "Save the table"),
        QT_TRANSLATE_NOOP("dialogs", "Tables"),
        ".csv",
    ),
    SAVE_PICTURE: (
        QT_TRANSLATE_NOOP("dialogs", "Save the image"),
        QT_TRANSLATE_NOOP("dialogs", "Images"),
        ".png",
    ),
}


def _ask(parent: QWidget, question: str, start: Path | None) -> Path | None:
    # All are answered with a path, or None where the person thought better of it.
    place = str(start or Path.home())
    if question in _FOLDERS:
        title = QCoreApplication.translate("dialogs", _FOLDERS[question])
        answer = QFileDialog.getExistingDirectory(parent, title, place)
    elif question in _FILES:
        words, kind, suffix = _FILES[question]
        title, kind = (QCoreApplication.translate("dialogs", text) for text in (words, kind))
        answer, _ = QFileDialog.getSaveFileName(parent, title, place, f"{kind} (*{suffix})")
        if answer and not answer.endswith(suffix):
            answer += suffix
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
    # The sentence says what will be done; the person may still think better of it.
    buttons = QMessageBox.StandardButton.Ok | QMessageBox.StandardButton.Cancel
    answer = QMessageBox.question(parent, QCoreApplication.applicationName(), question, buttons)
    return answer == QMessageBox.StandardButton.Ok


confirm: Callable[[QWidget, str], bool] = _confirm
ask: Callable[[QWidget, str, Path | None], Path | None] = _ask
