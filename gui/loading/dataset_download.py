"""Fetching a public data set: one at a time, in sight in the job strip, gone on with after a cut."""

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
    from engine.exchange.public_datasets import Fetched
    from gui.loading.dataset_dialog import DatasetDialog

_HINT = "fetched"


def fetch_public(job: Job, name: str, variant: str, folder: Path) -> "Fetched":
    """Fetch a data set into `folder`; raises `Problem` and `Cancelled`, and what came is kept."""
    from engine.exchange.public_datasets import find_variant, get

    try:
        return get(job, *find_variant(name, variant), folder)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise Problem("fetch.not_written", folder=str(folder), reason=reason) from error


class DatasetDownload(QObject):
    """What is being fetched, and what becomes of it."""

    open_requested = Signal(object)
    """The path of images that shall be opened."""

    def __init__(self, context: WorkspaceContext, loader: FolderLoader, hints: HintPanel) -> None:
        super().__init__(context)
        self._context, self._loader, self._hints = context, loader, hints
        self.task: Task | None = None

    def dialog(self, theme: Theme, parent: QWidget) -> "DatasetDialog":
        """Return the question which data set, its answer connected."""
        from gui.loading.dataset_dialog import DatasetDialog

        words = self.tr(
            "A data set is already being downloaded; its progress is at the bottom of the window."
        )
        made = DatasetDialog(theme, parent, busy=words if self.task else "")
        made.asked.connect(self.start)
        return made

    def start(self, name: str, variant: str, folder: Path) -> None:
        """Begin, or go on where the last one ended; nothing happens while another one runs."""
        if self.task is not None:
            return
        self._hints.hide_hint(_HINT)
        context = self._context
        self.task = task = context.errors.watch(
            context.workers.start(fetch_public, name, variant, folder)
        )
        task.done.connect(self._offer)
        task.stopped.connect(lambda: self._stopped(name, variant, folder))
        task.finished.connect(self._end)
        words = self.tr("Downloading a data set")
        counted = self.tr("Downloading a data set: {done} of {total}")
        context.activities.show(Activity(task, words, counted, counts_images=False, in_bytes=True))

    def _offer(self, found: "Fetched") -> None:
        if self._context.session.root is None and not self._loader.busy:
            self.open_requested.emit(found.images)
            return
        # Whoever works on another folder is not taken away from it.
        words = self.tr("The data set is in {folder}.").format(folder=str(found.images))
        action = (self.tr("Open it"), lambda: self.open_requested.emit(found.images))
        self._hints.show_hint(_HINT, words, action)

    def _stopped(self, name: str, variant: str, folder: Path) -> None:
        words = self.tr("The download was stopped; the part already downloaded is kept.")
        go_on = (self.tr("Continue"), lambda: self.start(name, variant, folder))
        self._hints.show_hint(_HINT, words, go_on)

    def _end(self) -> None:
        self.task = None
