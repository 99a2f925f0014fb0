"""Files of removed images out of the folder and back: each move is in the journal, so that undo moves back.

The journal has it before the first file moves. What an edit says is then done on the disk, one move after
the other, whoever made the edit: a button, undo or redo.
"""

import os
from collections import Counter
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from engine.jobs import Job
from engine.messages import Message
from engine.project.decisions import MOVED_PREFIX, Edit
from gui.jobs.activities import Activity
from gui.jobs.workers import Task
from gui.words import say

if TYPE_CHECKING:
    from engine.curate.quarantine import MoveResult
    from gui.workspace.context import WorkspaceContext


class Quarantine(QObject):
    """The moves of one window."""

    changed = Signal()
    """Files begin to move, or have moved."""
    reopen_requested = Signal()
    """Files are back that were not there when the folder was opened."""

    def __init__(self, context: "WorkspaceContext") -> None:
        super().__init__(context)
        self._context = context
        self._waiting: list[tuple[Any, Any]] = []
        self._task: Task | None = None
        context.decisions.saved.connect(self._take)
        context.session.opened.connect(self._drop)

    @property
    def is_possible(self) -> bool:
        """Whether the open source is a folder, whose files can be moved."""
        root = self._context.session.root
        return root is not None and root.is_dir()

    @property
    def is_running(self) -> bool:
        """Whether files move now."""
        return self._task is not None

    def removed_files(self) -> dict[str, str]:
        """Return the removed images that the folder had when it was opened, each with its reason."""
        table = self._context.session.table
        return {table.paths[row]: why for row, why in table.reasons.items()} if table else {}

    def move_out(self, into: Path) -> None:
        """Move the files of all removed images to a new folder inside `into`."""
        root = self._context.session.root
        if root is None or self.is_running:
            return
        if into.resolve().is_relative_to(root.resolve()):
            self._context.errors.report(Message("quarantine.inside", {"folder": str(into)}))
            return
        task = self._context.workers.start(_prepare, root, self.removed_files(), into)
        self._context.errors.watch(task).done.connect(self._begin)

    def restore(self, name: str) -> None:
        """Move the files of an earlier move back to where they were."""
        self._context.decisions.set_move(name, None)

    def _begin(self, prepared: tuple[Path, dict[str, str]]) -> None:
        folder, removed = prepared
        table = self._context.session.table
        if table is None or not removed:
            return
        rows = [table.row(path) for path in removed]
        classes = Counter(self._class(row) for row in rows if row is not None)
        self._context.decisions.set_move(
            folder.name,
            {
                "folder": str(folder),
                "files": len(removed),
                "first": next(iter(removed), ""),
                "classes": dict(classes),
                "reasons": dict(Counter(removed.values())),
            },
        )

    def _class(self, row: int) -> str:
        table = self._context.session.table
        assert table is not None
        item = table.item(row)
        return item.folder_class or (item.prediction.class_id if item.prediction else "")

    def _take(self, edit: Edit) -> None:
        for change in edit.changes:
            if change.path is None and change.field.startswith(MOVED_PREFIX):
                self._waiting.append((change.old, change.new))
                if self._task is not None and change.new is None:
                    self._task.cancel()
        self._next()

    def _next(self) -> None:
        root = self._context.session.root
        if self._task is not None or not self._waiting or root is None:
            return
        old, new = self._waiting.pop(0)
        workers = self._context.workers
        if new is not None:
            folder = Path(new["folder"])
            task = workers.start(_move_out, root, self.removed_files(), folder)
            # Stopped or failed on the way: what was moved comes back, and the journal says so.
            for ended in (task.stopped, task.failed):
                ended.connect(partial(self._give_up, folder.name))
            said = (
                self.tr("Moving removed files"),
                self.tr("Moving {done} of {total} {total:file|files}"),
            )
        else:
            task = workers.start(_move_back, root, Path(old["folder"]))
            said = (
                self.tr("Bringing files back"),
                self.tr("Bringing back {done} of {total} {total:file|files}"),
            )
            task.done.connect(partial(self._look_for, old["first"]))
        self._task = self._context.errors.watch(task)
        task.done.connect(self._tell_stayed)
        task.finished.connect(self._end)
        self._context.activities.show(Activity(task, *said, counts_images=False))
        self.changed.emit()

    def _give_up(self, name: str, *_: object) -> None:
        if name in self._context.session.moved:
            self.restore(name)

    def _look_for(self, first: str, *_: object) -> None:
        table = self._context.session.table
        if table is not None and first and first not in table:
            self.reopen_requested.emit()

    def _tell_stayed(self, moved: Any) -> None:
        if moved is not None and moved.stayed:
            from engine.curate.quarantine import reason_text

            path, why = moved.stayed[0]
            self._context.errors.report(
                Message(
                    "quarantine.some_stayed",
                    {"count": len(moved.stayed), "path": path, "reason": reason_text(why, say)},
                )
            )

    def _end(self) -> None:
        self._task = None
        self.changed.emit()
        self._next()

    def _drop(self) -> None:
        self._waiting.clear()
        self._context.workers.drop(self._task)
        self._task = None
        self.changed.emit()


def _prepare(
    _: Job, root: Path, removed: dict[str, str], into: Path
) -> tuple[Path, dict[str, str]]:
    """Return a new folder for a move, and those of the files that are still in the folder."""
    from engine.curate.quarantine import make_quarantine_folder

    return make_quarantine_folder(into), _there(root, removed)


def _move_out(job: Job, root: Path, chosen: dict[str, str], folder: Path) -> "MoveResult":
    from engine.curate import findings_cache
    from engine.curate.quarantine import move_files_to

    chosen = _there(root, chosen)
    return move_files_to(job, root, chosen.items(), folder, findings_cache.load_evidence(root))


def _move_back(job: Job, root: Path, folder: Path) -> "MoveResult | None":
    from engine.curate.quarantine import MANIFEST, restore_files

    if not (folder / MANIFEST).exists():
        return None  # nothing was moved there, or all is back
    return restore_files(job, folder / MANIFEST, root)


def _there(root: Path, chosen: dict[str, str]) -> dict[str, str]:
    return {path: why for path, why in chosen.items() if os.path.lexists(root / path)}
