"""Retraining controller: runs one training at a time, then the gate, and adopts a candidate."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from engine.jobs import Progress
from engine.messages import Message
from gui.jobs.activities import Activity
from gui.jobs.workers import Task
from gui.train import tasks
from gui.train.tasks import TrainingContext, TrainingOutcome, TrainingRun, TrainingStarted
from gui.train.training_request import TrainingRequest
from gui.words import to_sentence
from gui.workspace.context import WorkspaceContext

if TYPE_CHECKING:
    from engine.project.decisions import Edit
    from engine.project.project import Project
    from engine.train.current_model import ModelVersion


class RetrainingController(QObject):
    """Starts trainings and evaluations, and adopts the candidate that a person accepts."""

    changed = Signal()
    """Work started or ended, or the candidate changed."""
    updated = Signal()
    """The running training reported progress."""

    def __init__(self, context: WorkspaceContext) -> None:
        super().__init__(context)
        self._context = context
        self.task: Task | None = None
        self.outcome: TrainingOutcome | None = None
        self.title = ""
        """The title of the running task."""
        self.request: TrainingRequest | None = None
        """The request of the running deep training, None if there is none."""
        self.epochs = 0
        self.history: list[dict[str, float]] = []
        self.samples: list[dict[str, Any]] = []
        self.progress: Progress | None = None
        self.notice = ""
        self._first_model = ""
        self.error = ""
        """Why the last task failed, as a sentence."""
        context.session.opened.connect(self._reset)
        context.decisions.saved.connect(self._on_edit)

    @property
    def is_running(self) -> bool:
        """True while a training or an evaluation runs."""
        return self.task is not None

    def start_quick(self) -> None:
        """Refit the head to the decided labels."""
        if self.require_name(self.start_quick):
            self.start(tasks.retrain_head, self.tr("Retraining"))

    def start_deep(
        self, request: TrainingRequest, *, resume: bool = False, finish: bool = False
    ) -> None:
        """Train by a recipe; or resume an unfinished training, or finish it with its best weights."""
        if not self.require_name(partial(self.start_deep, request, resume=resume, finish=finish)):
            return
        run = TrainingRun(request, self._context.session.classes, resume, finish)
        task = self.start(tasks.train_network, self.tr("Training"), run)
        if task is not None:
            self.request = request
            self.history.clear()
            self.samples = []
            self.notice = ""
            task.partial.connect(self._on_partial)
            self.changed.emit()

    def require_name(self, retry: Callable[[], None]) -> bool:
        """Return True if the reviewer is known; if not, ask for the name and then call `retry`."""
        if self._context.decisions.reviewer is not None:
            return True
        self._context.decisions.reviewer_needed.emit(retry, 1)
        return False

    def toggle_pause(self) -> None:
        """Pause the training, or continue it."""
        if self.task is not None:
            self.task.pause(not self.task.paused)
            self.updated.emit()

    def finish_with_best(self) -> None:
        """Stop the training and use the best weights so far as the candidate."""
        request, task = self.request, self.task
        if request is not None and task is not None and self.history:
            task.finished.connect(lambda: self.start_deep(request, finish=True))
            task.cancel()

    def cancel(self) -> None:
        """Cancel the running task; an unfinished training can resume later."""
        if self.task is not None:
            self.task.cancel()

    def compare_again(self) -> None:
        """Compare both models again, after labels of the locked images changed."""
        if self.outcome is not None:
            self.start(tasks.compare_models, self.tr("Comparing both models"), self.outcome)

    def start(self, work: Callable[..., TrainingOutcome], title: str, *args: Any) -> Task | None:
        """Run a task of this workspace unless one is running; its result is the outcome."""
        training_context = self.context()
        if training_context is None or self.task is not None:
            return None
        context = self._context
        self.error = ""
        self.title = title
        self.task = task = context.workers.start(work, training_context, *args)
        self.progress = None
        task.progressed.connect(self._on_progress)
        task.done.connect(self._on_outcome)
        task.failed.connect(self._on_failed)
        task.crashed.connect(context.errors.report_bug)
        task.finished.connect(self._on_finished)
        context.activities.show(
            Activity(
                task, title, title + ": {done} / {total}", counts_images=False, names_steps=True
            )
        )
        self.changed.emit()
        return task

    def adopt(self, reason: str = "") -> None:
        """Make the candidate the current model; a reason is required against the verdict."""
        outcome = self.outcome
        if outcome is not None:
            self._context.decisions.run_edit(partial(self._adopt, outcome, reason))

    def _adopt(
        self, outcome: TrainingOutcome, reason: str, project: "Project", who: str
    ) -> "Edit | None":
        # Runs on the writing thread, because the project may be busy.
        from engine.train.current_model import MODEL_FIELD, adopt_model

        if not project.get(MODEL_FIELD):
            self._first_model = str(outcome.current.folder)
        return adopt_model(project, outcome.candidate, outcome.verdict, who, reason)

    def restore_model(self, version: "ModelVersion | None") -> None:
        """Make an earlier model current again; None for the first one."""
        from engine.train.current_model import restore_model

        self._context.decisions.run_edit(lambda project, who: restore_model(project, version, who))

    def first_model(self) -> str:
        """Return the folder of the model that was current before the first adoption."""
        from engine.classify.models import open_model

        return self._first_model or str(open_model().folder)

    def decline(self) -> None:
        """Keep the current model; the candidate stays on the disk."""
        self.outcome = None
        self.changed.emit()

    def _on_edit(self, edit: "Edit") -> None:
        from engine.train.current_model import MODEL_FIELD, resolve_model_dir

        for change in edit.changes:
            if change.path is None and change.field == MODEL_FIELD:
                self.outcome = None
                self._context.model_requested.emit(
                    str(resolve_model_dir(change.new)) if change.new else self.first_model()
                )
                self.changed.emit()

    def context(self) -> TrainingContext | None:
        """Return the inputs of a training, None while nothing is loaded."""
        session, decisions = self._context.session, self._context.decisions
        source, table, model = session.source, session.table, session.active_model
        if source is None or table is None or model is None or decisions.project is None:
            return None
        from engine.images.hash_once import HashOnceSource

        class_ids = frozenset(session.class_styles.ids)
        return TrainingContext(
            HashOnceSource(source),
            table,
            decisions.project,
            decisions.reviewer or "",
            model.bundle,
            class_ids,
        )

    def _on_partial(self, part: Any) -> None:
        if isinstance(part, TrainingStarted):
            self.epochs = part.epochs
        elif "samples" in part:
            self.samples = part["samples"]
        elif "batch" in part:
            self.notice = to_sentence(Message("train.smaller_batch", {"batch": part["batch"]}))
        elif "loss" in part:
            self.history.append(part)
        self.updated.emit()

    def _on_progress(self, progress: Progress) -> None:
        self.progress = progress
        self.updated.emit()

    def _on_outcome(self, outcome: TrainingOutcome) -> None:
        self.outcome = outcome

    def _on_failed(self, message: Message) -> None:
        self.error = to_sentence(message)

    def _on_finished(self) -> None:
        self.task = self.request = None
        self.changed.emit()

    def _reset(self) -> None:
        self._context.workers.drop(self.task)
        self.task = self.request = self.outcome = None
        self.error = self._first_model = ""
        self.changed.emit()
