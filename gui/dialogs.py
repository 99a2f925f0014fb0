"""Every question the window asks goes through `ask`, so that a test can answer in its place."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QWidget

FOLDER, ARCHIVE, SAVE_PROJECT, IMAGES = "folder", "archive", "save_project", "images"


def _ask(parent: QWidget, question: str, start: Path | None) -> Path | None:
    # All are answered with a path, or None where the person thought better of it.
    place = str(start or Path.home())
    if question in (FOLDER, IMAGES):
        title = QCoreApplication.translate("dialogs", "Open a folder of images")
        if question == IMAGES:
            title = QCoreApplication.translate("dialogs", "Where are the images of this project?")
        answer = QFileDialog.getExistingDirectory(parent, title, place)
    elif question == SAVE_PROJECT:
        title = QCoreApplication.translate("dialogs", "Save a copy of the project")
        kind = QCoreApplication.translate("dialogs", "Bloodbench projects")
        answer, _ = QFileDialog.getSaveFileName(parent, title, place, f"{kind} (*.bloodbench)")
        if answer and not answer.endswith(".bloodbench"):
            answer += ".bloodbench"
    else:
        title = QCoreApplication.translate("dialogs", "Open an archive, an image or a project")
        kinds = QCoreApplication.translate("dialogs", "Archives, images and projects")
        pattern = f"{kinds} (*.npz *.bloodbench *.png *.jpg *.jpeg *.tif *.tiff *.bmp *.webp *.gif)"
        answer, _ = QFileDialog.getOpenFileName(parent, title, place, pattern)
    return Path(answer) if answer else None


ask: Callable[[QWidget, str, Path | None], Path | None] = _ask
