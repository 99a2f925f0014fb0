"""Scan controller: scans the open folder, one scan at a time, and passes findings on as they arrive."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from gui.clean import tasks
from gui.jobs.activities import Activity
from gui.jobs.workers import Task
from gui.words import number
from gui.workspace.context import WorkspaceContext

if TYPE_CHECKING:
    from engine.curate.findings_cache import CachedFindings
    from gui.clean.finding_queues import FindingQueue


class ScanController(QObject):
    """Starts scans and restores the findings of the last one."""

    queues_found = Signal(object)
    """A list of `FindingQueue`s: all findings of some kinds."""
    changed = Signal()
    """A scan started or ended, or has become possible."""

    def __init__(self, context: WorkspaceContext) -> None:
        super().__init__(context)
        self._context = context
        self._task: Task | None = None
        self._restore_task: Task | None = None
        self._is_restored = False
        self.notice = ""
        """Why another scan may give other findings; empty if it would not."""
        context.session.opened.connect(self._reset)

    @property
    def is_running(self) -> bool:
        """True while a scan runs."""
        return self._task is not None

    @property
    def is_possible(self) -> bool:
        """True if there are images to scan and a model to scan them with."""
        session = self._context.session
        return bool(session.total) and session.active_model is not None

    def start(self) -> None:
        """Scan the folder, unless a scan is running."""
        session, context = self._context.session, self._context
        if self._task is not None or not self.is_possible:
            return
        context.workers.drop(self._restore_task)
        self._task = task = context.errors.watch(
            context.workers.start(
                tasks.scan_folder, session.source, session.table, session.active_model
            )
        )
        task.partial.connect(self.queues_found)
        task.finished.connect(self._on_finished)
        title = self.tr("Scanning the folder")
        context.activities.show(Activity(task, title, counts_images=False))
        self._is_restored = True
        self.notice = ""
        self.changed.emit()

    def restore_last_scan(self) -> None:
        """Show the findings of the last scan of this folder, if there was one."""
        session, context = self._context.session, self._context
        if self._is_restored or self._task is not None or not self.is_possible:
            return
        self._is_restored = True
        self._restore_task = task = context.errors.watch(
            context.workers.start(
                tasks.load_last_scan, session.source, session.table, session.active_model
            )
        )
        task.done.connect(self._show_last_scan)

    def _show_last_scan(self, restored: "tuple[list[FindingQueue], CachedFindings] | None") -> None:
        if restored is None:
            return
        queues, last = restored
        if last.changed_count:
            template = self.tr(
                "{count} {count:image is|images are} new or changed since the last scan."
            )
            self.notice = template.format(count=number(last.changed_count))
        elif last.is_other_model:
            self.notice = self.tr("The last scan used another model.")
        self.queues_found.emit(queues)

    def _on_finished(self) -> None:
        self._task = None
        self.changed.emit()

    def _reset(self) -> None:
        # Findings refer to rows of the previous folder's table.
        self._context.workers.drop(self._task)
        self._context.workers.drop(self._restore_task)
        self._task = self._restore_task = None
        self._is_restored = False
        self.notice = ""
        self.changed.emit()
