"""Dataset download: one public data set at a time, resumed after an interruption."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from engine.jobs import Job
from engine.messages import Problem
from gui.jobs.activities import Activity
from gui.jobs.workers import Task
from gui.loading.folder_loader import FolderLoader
from gui.theme import Theme
from gui.widgets.hints import HintPanel
from gui.workspace.context import WorkspaceContext

if TYPE_CHECKING:
    from engine.exchange.public_datasets import DownloadedDataset
    from gui.loading.dataset_dialog import DatasetDialog

_HINT_KEY = "fetched"


def download_dataset(job: Job, name: str, variant: str, folder: Path) -> "DownloadedDataset":
    """Download a data set into `folder`; raises `Problem` and `Cancelled`, keeping what was received."""
    from engine.exchange.public_datasets import download_dataset, find_variant

    try:
        return download_dataset(job, *find_variant(name, variant), folder)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise Problem("fetch.not_written", folder=str(folder), reason=reason) from error


class DatasetDownload(QObject):
    """Starts downloads, shows them in the job strip and offers to open the result."""

    open_requested = Signal(object)
    """The path of the downloaded images, to be opened."""

    def __init__(self, context: WorkspaceContext, loader: FolderLoader, hints: HintPanel) -> None:
        super().__init__(context)
        self._context, self._loader, self._hints = context, loader, hints
        self.task: Task | None = None

    def dialog(self, theme: Theme, parent: QWidget) -> "DatasetDialog":
        """Return a dialog that starts the chosen download."""
        from gui.loading.dataset_dialog import DatasetDialog

        text = self.tr(
            "A data set is already being downloaded; its progress is at the bottom of the window."
        )
        dialog = DatasetDialog(theme, parent, busy=text if self.task else "")
        dialog.download_requested.connect(self.start)
        return dialog

    def start(self, name: str, variant: str, folder: Path) -> None:
        """Start or resume a download, unless another one is running."""
        if self.task is not None:
            return
        self._hints.hide_hint(_HINT_KEY)
        context = self._context
        self.task = task = context.errors.watch(
            context.workers.start(download_dataset, name, variant, folder)
        )
        task.done.connect(self._offer)
        task.stopped.connect(lambda: self._on_stopped(name, variant, folder))
        task.finished.connect(self._on_finished)
        text = self.tr("Downloading a data set")
        progress_text = self.tr("Downloading a data set: {done} of {total}")
        context.activities.show(
            Activity(task, text, progress_text, counts_images=False, in_bytes=True)
        )

    def _offer(self, dataset: "DownloadedDataset") -> None:
        if self._context.session.root is None and not self._loader.busy:
            self.open_requested.emit(dataset.images)
            return
        # Work on another folder is not interrupted.
        text = self.tr("The data set is in {folder}.").format(folder=str(dataset.images))
        action = (self.tr("Open it"), lambda: self.open_requested.emit(dataset.images))
        self._hints.show_hint(_HINT_KEY, text, action, is_warning=False)

    def _on_stopped(self, name: str, variant: str, folder: Path) -> None:
        text = self.tr("The download was stopped; the part already downloaded is kept.")
        action = (self.tr("Continue"), lambda: self.start(name, variant, folder))
        self._hints.show_hint(_HINT_KEY, text, action, is_warning=False)

    def _on_finished(self) -> None:
        self.task = None
