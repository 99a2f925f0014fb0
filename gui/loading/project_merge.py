"""Merging in the window: another person's project of the same images, and the conflicts it leaves."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QDialog, QWidget

from engine.jobs import Job
from engine.project.decisions import SETTLE_ACTION
from gui.loading.conflict_queue import ConflictQueue
from gui.loading.merge_dialog import MergeDialog
from gui.widgets import dialogs
from gui.widgets.hints import HintPanel
from gui.words import number
from gui.workspace.context import WorkspaceContext

if TYPE_CHECKING:
    from engine.project.conflicts import Conflict
    from engine.project.decisions import Edit
    from engine.project.merge_comparison import MergePlan
    from engine.project.project import Project

_HINT = "conflicts"


class ProjectMerge(QObject):
    """Command “Merge another project…” of one window, and its hint on conflicts."""

    refused = Signal(object)
    """A `Message` on why nothing can be merged now."""

    def __init__(
        self,
        context: WorkspaceContext,
        hints: HintPanel,
        class_name: Callable[[str], str],
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._context = context
        self._hints = hints
        self._class_name = class_name
        self._window = window
        self._had_conflicts = False
        self._queue: ConflictQueue | None = None
        context.decisions.saved.connect(self._on_edit)
        context.session.opened.connect(self._reset)

    def ask(self) -> None:
        """Ask for the other project's file and show what merging it would change."""
        project = self._context.decisions.project
        refusal = self._context.decisions.refusal
        if project is None or refusal:
            self.refused.emit(refusal)
            return
        file = dialogs.ask(self._window, dialogs.MERGE, None)
        if file is not None:
            task = self._context.workers.start(_plan, project, file)
            task.done.connect(partial(self._show_plan, project, file))
            self._context.errors.watch(task)

    def find_conflicts(self) -> None:
        """Show a hint if conflicts of the open project wait to be settled."""
        project = self._context.decisions.project
        if project is not None:
            task = self._context.workers.start(_find_conflicts, project)
            task.done.connect(partial(self._show_hint, project))
            self._context.errors.watch(task)

    def _show_plan(self, project: "Project", file: Path, plan: "MergePlan") -> None:
        if project is self._context.decisions.project:
            dialog = MergeDialog(file.name, plan, self._context.theme, self._window)
            dialog.agreed.connect(partial(self._merge, file))
            self._show(dialog)

    def _merge(self, file: Path) -> None:
        from engine.project.merging import merge

        self._context.decisions.run_edit(lambda project, who: merge(project, file, who))

    def _on_edit(self, edit: "Edit") -> None:
        if edit.action == SETTLE_ACTION and edit.undoes is not None and self._queue is not None:
            self._queue.take_back()
        # Any decision may settle a conflict, and undo brings it back.
        if self._had_conflicts or edit.action in ("merge", SETTLE_ACTION, "restore_state"):
            self.find_conflicts()

    def _reset(self) -> None:
        self._had_conflicts = False

    def _show_hint(self, project: "Project", conflicts: "list[Conflict]") -> None:
        if project is not self._context.decisions.project:
            return
        if not conflicts:
            self._hints.hide_hint(_HINT)
            return
        self._had_conflicts = True
        text = self.tr(
            "{n} {n:decision differs|decisions differ} between the merged projects; those of this "
            "project hold until you settle them."
        )
        action = (self.tr("Settle…"), partial(self._show_queue, conflicts))
        text = text.format(n=number(len(conflicts)))
        self._hints.show_hint(_HINT, text, action, is_warning=False)

    def _show_queue(self, conflicts: "list[Conflict]", *_: object) -> None:
        context = self._context
        if context.decisions.refusal is not None:
            self.refused.emit(context.decisions.refusal)
            return
        dialog = ConflictQueue(
            conflicts,
            context.thumbnail,
            context.is_decoding_thumbnail,
            self._class_name,
            context.theme,
            self._window,
        )
        dialog.settled.connect(self._settle)
        context.thumbnails.ready.connect(dialog.refresh_image)
        dialog.undo_requested.connect(context.decisions.undo)
        dialog.finished.connect(self._on_queue_finished)
        self._queue = dialog
        self._show(dialog)

    def _on_queue_finished(self) -> None:
        self._queue = None
        self._context.focus_requested.emit()

    def _settle(self, conflict: "Conflict", value: Any, reason: str) -> None:
        from engine.project.conflicts import settle

        self._context.decisions.run_edit(
            lambda project, who: settle(project, conflict, value, who, reason)
        )

    def _show(self, dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()


def _plan(_: Job, project: "Project", file: Path) -> "MergePlan":
    from engine.project.merging import plan_merge

    return plan_merge(project, file)


def _find_conflicts(_: Job, project: "Project") -> "list[Conflict]":
    from engine.project.conflicts import read_conflicts

    return read_conflicts(project)
