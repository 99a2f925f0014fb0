"""Quarantine: moves the files of removed images out of the folder and back.

Each move is an edit in the journal, saved before the first file is moved. Edits are carried out on the
disk one after another, whether they come from a button, undo or redo; so undo moves the files back.
"""

import os
from collections import Counter
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from engine.jobs import Job
from engine.messages import Message
from engine.output_places import enclosing_folder
from engine.project.decisions import MOVED_PREFIX, Edit
from gui.jobs.activities import Activities, Activity
from gui.jobs.error_reporter import ErrorReporter
from gui.jobs.workers import Task, Workers
from gui.state.decisions import Decisions
from gui.state.session import Session
from gui.words import to_sentence

if TYPE_CHECKING:
    from engine.curate.quarantine import MoveResult
    from engine.project.project import Project


class Quarantine(QObject):
    """The file moves of one window."""

    changed = Signal()
    """A move started or ended."""
    reopen_requested = Signal()
    """Files are back that were missing when the folder was opened."""

    def __init__(
        self,
        session: Session,
        decisions: Decisions,
        workers: Workers,
        activities: Activities,
        errors: ErrorReporter,
    ) -> None:
        super().__init__(session)
        self._session = session
        self._decisions = decisions
        self._workers = workers
        self._activities = activities
        self._errors = errors
        self._waiting: list[tuple[Any, Any]] = []
        self._task: Task | None = None
        decisions.saved.connect(self._on_edit)
        session.opened.connect(self._reset)

    @property
    def is_possible(self) -> bool:
        """True if the images of the open source are files, which can be moved."""
        root = self._session.root
        return root is not None and root.is_dir() and not self._session.holds_fields

    @property
    def is_running(self) -> bool:
        """True if a move is running."""
        return self._task is not None

    def removed_files(self) -> dict[str, str]:
        """Return the removed images of the folder as it was opened: path → reason."""
        table = self._session.table
        return {table.paths[row]: why for row, why in table.reasons.items()} if table else {}

    def move_out(self, into: Path) -> None:
        """Move the files of all removed images to a new folder inside `into`."""
        root = self._session.root
        if root is None or self.is_running:
            return
        source = self._session.source
        if source is not None and enclosing_folder(into, source.folders):
            self._errors.report(Message("quarantine.inside", {"folder": str(into)}))
            return
        task = self._workers.start(_prepare_move, root, self.removed_files(), into)
        self._errors.watch(task).done.connect(self._save_move)

    def restore(self, name: str) -> None:
        """Move the files of an earlier move back to their places."""
        self._decisions.set_move(name, None)

    def _save_move(self, prepared: tuple[Path, dict[str, str]]) -> None:
        folder, removed = prepared
        table = self._session.table
        if table is None or not removed:
            return
        rows = [table.row(path) for path in removed]
        classes = Counter(self._class_of(row) for row in rows if row is not None)
        self._decisions.set_move(
            folder.name,
            {
                "folder": str(folder),
                "files": len(removed),
                "first": next(iter(removed), ""),
                "classes": dict(classes),
                "reasons": dict(Counter(removed.values())),
            },
        )

    def _class_of(self, row: int) -> str:
        table = self._session.table
        assert table is not None
        item = table.item(row)
        return item.folder_class or (item.prediction.class_id if item.prediction else "")

    def _on_edit(self, edit: Edit) -> None:
        for change in edit.changes:
            if change.path is None and change.field.startswith(MOVED_PREFIX):
                self._waiting.append((change.old, change.new))
                if self._task is not None and change.new is None:
                    self._task.cancel()
        self._start_next()

    def _start_next(self) -> None:
        root = self._session.root
        if self._task is not None or not self._waiting or root is None:
            return
        old, new = self._waiting.pop(0)
        if new is not None:
            folder = Path(new["folder"])
            project = self._decisions.project
            task = self._workers.start(_move_out, root, self.removed_files(), folder, project)
            # A stopped or failed move is undone, by an edit of its own.
            for ended in (task.stopped, task.failed):
                ended.connect(partial(self._undo_move, folder.name))
            texts = (
                self.tr("Moving removed files"),
                self.tr("Moving {done} of {total} {total:file|files}"),
            )
        else:
            task = self._workers.start(_move_back, root, Path(old["folder"]))
            texts = (
                self.tr("Bringing files back"),
                self.tr("Bringing back {done} of {total} {total:file|files}"),
            )
            task.done.connect(partial(self._check_reopen, old["first"]))
        self._task = self._errors.watch(task)
        task.done.connect(self._report_unmoved)
        task.finished.connect(self._on_finished)
        self._activities.show(Activity(task, *texts, counts_images=False))
        self.changed.emit()

    def _undo_move(self, name: str, *_: object) -> None:
        if name in self._session.moved:
            self.restore(name)

    def _check_reopen(self, first: str, *_: object) -> None:
        table = self._session.table
        if table is not None and first and first not in table:
            self.reopen_requested.emit()

    def _report_unmoved(self, moved: Any) -> None:
        if moved is not None and moved.not_moved:
            from engine.curate.quarantine import reason_text

            path, why = moved.not_moved[0]
            self._errors.report(
                Message(
                    "quarantine.some_stayed",
                    {
                        "count": len(moved.not_moved),
                        "path": path,
                        "reason": reason_text(why, to_sentence),
                    },
                )
            )

    def _on_finished(self) -> None:
        self._task = None
        self.changed.emit()
        self._start_next()

    def _reset(self) -> None:
        self._waiting.clear()
        self._workers.drop(self._task)
        self._task = None
        self.changed.emit()


def _prepare_move(
    _: Job, root: Path, removed: dict[str, str], into: Path
) -> tuple[Path, dict[str, str]]:
    """Create a new folder for a move; return it and the files that still exist."""
    from engine.curate.quarantine import make_quarantine_folder

    return make_quarantine_folder(into), _existing(root, removed)


def _move_out(
    job: Job, root: Path, chosen: dict[str, str], folder: Path, project: "Project | None"
) -> "MoveResult":
    from engine.curate import findings_cache
    from engine.curate.move_checks import Evidence
    from engine.curate.quarantine import move_files_to

    chosen = _existing(root, chosen)
    evidence = findings_cache.load_evidence(root)
    # A person's decision too is about a content: other files may lie at the paths by now.
    for path, content in (project.contents() if project else {}).items():
        if path in chosen and not evidence.get(path, Evidence()).content:
            evidence[path] = Evidence(content, evidence.get(path, Evidence()).copies)
    return move_files_to(job, root, chosen.items(), folder, evidence)


def _move_back(job: Job, root: Path, folder: Path) -> "MoveResult | None":
    from engine.curate.quarantine import MANIFEST_NAME, restore_files

    if not (folder / MANIFEST_NAME).exists():
        return None  # nothing was moved, or all files are back
    return restore_files(job, folder / MANIFEST_NAME, root)


def _existing(root: Path, chosen: dict[str, str]) -> dict[str, str]:
    return {path: why for path, why in chosen.items() if os.path.lexists(root / path)}
