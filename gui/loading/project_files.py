"""Project files: a project opened by its file, the folders opened before, and copies of projects."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from gui.loading import project_tasks
from gui.loading.load_steps import LoadSteps
from gui.state.decisions import Decisions


class ProjectFiles(QObject):
    """Tasks on project files that no step of loading waits for."""

    recent_found = Signal(object)
    """The folders that were opened before, as a list of `RecentFolder`."""
    images_found = Signal(object, object)
    """The folder of the images of a project that was opened by its file, and the file."""
    images_folder_needed = Signal(object)
    """The file of a project whose images were moved."""

    def __init__(self, decisions: Decisions, steps: LoadSteps, parent: QObject) -> None:
        super().__init__(parent)
        self._decisions = decisions
        self._steps = steps

    def open(self, file: Path) -> None:
        """Find the images of a project."""
        task = self._steps.run(project_tasks.register_project, file)
        task.done.connect(self._on_registered)

    def find_recent(self) -> None:
        """Find the folders that were opened before."""
        task = self._steps.run(project_tasks.find_recent_folders)
        task.done.connect(self.recent_found)

    def save_copy(self, file: Path) -> None:
        """Save the open project as one file."""
        project = self._decisions.project
        if project is not None:
            self._steps.run(project_tasks.save_project_copy, project, file)

    def _on_registered(self, registered: project_tasks.RegisteredProject) -> None:
        if registered.root is None:
            self.images_folder_needed.emit(registered.file)
        else:
            self.images_found.emit(registered.root, registered.file)
