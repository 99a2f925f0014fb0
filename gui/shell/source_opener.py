"""Source opener: opens what a person chose or dropped, and asks first if that would stop a training."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from gui.jobs.error_reporter import ErrorReport
from gui.loading.folder_loader import FolderLoader
from gui.shell.notice import Notice
from gui.shell.opening_question import OpeningQuestion
from gui.shell.workspace_stack import WorkspaceStack
from gui.state.session import Session
from gui.widgets import dialogs
from gui.words import number

_OPENED_ALONE = (".npz", ".bloodbench", ".zip")
"""File types that are opened alone, not together with images and folders."""


class SourceOpener(QObject):
    """Opens folders, archives, images and projects in one window."""

    def __init__(
        self,
        session: Session,
        loader: FolderLoader,
        workspaces: WorkspaceStack,
        question: OpeningQuestion,
        notice: Notice,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._session = session
        self._loader = loader
        self._workspaces = workspaces
        self._question = question
        self._notice = notice
        self._window = window
        loader.images_folder_needed.connect(self._ask_for_images)

    def open(self, path: Path) -> None:
        """Open a folder, an archive, an image or a project."""
        is_project = path.suffix == ".bloodbench" and path.is_file()
        load = self._loader.open_project if is_project else self._loader.open
        self._open_unless_training(partial(load, path))

    def open_sample(self) -> None:
        """Open the sample."""
        self._open_unless_training(self._loader.open_sample)

    def find_cells(self) -> None:
        """Open the open images again as fields, whose cells are the images then; or, of cells, whole."""
        whole = self._session.holds_fields
        self._open_unless_training(
            self._loader.show_whole_images if whole else self._loader.find_cells
        )

    def open_dropped(self, paths: Sequence[Path]) -> None:
        """Open dropped paths as one source; report those that can only be opened alone."""
        together = [path for path in paths if path.suffix.lower() not in _OPENED_ALONE]
        if len(paths) == 1 or not together:
            self.open(paths[0])
            skipped = len(paths) - 1
        else:
            self._open_unless_training(partial(self._loader.open_together, tuple(together)))
            skipped = len(paths) - len(together)
        if skipped:
            text = self.tr(
                "{n} dropped {n:file was|files were} ignored: archives and projects open "
                "one at a time."
            )
            self._notice.show_report(ErrorReport(text.format(n=number(skipped))))

    def ask_for_folder(self) -> None:
        """Ask for a folder and open it."""
        self._ask_and_open(dialogs.FOLDER)

    def ask_for_archive(self) -> None:
        """Ask for an archive or an image and open it."""
        self._ask_and_open(dialogs.ARCHIVE)

    def close_obsolete_question(self) -> None:
        """Close the question if nothing runs any more that opening would stop."""
        if self._question.isVisible() and not self._workspaces.opening():
            # The training ended by itself: its result must not vanish under a late Return.
            self._question.refuse()

    def _ask_and_open(self, question: str) -> None:
        root = self._session.root
        path = dialogs.ask(self._window, question, root.parent if root else None)
        if path is not None:
            self.open(path)

    def _ask_for_images(self, file: Path) -> None:
        folder = dialogs.ask(self._window, dialogs.IMAGES, file.parent)
        if folder is not None:
            self._loader.open(folder, file)

    def _open_unless_training(self, load: Callable[[], object]) -> None:
        warning = self._workspaces.opening()
        if warning:
            self._question.ask(warning, partial(self._load, load))
        else:
            self._load(load)

    def _load(self, load: Callable[[], object]) -> None:
        self._question.put_away()
        self._notice.hide()
        load()
