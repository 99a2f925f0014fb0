"""Retraining the open folder's model: one at a time, then the gate; what came out waits for a person."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from engine.jobs import Progress
from engine.messages import Message
from gui.activities import Activity
from gui.desk import Desk
from gui.train import work
from gui.train.recipes import Asked
from gui.train.work import Begun, Deep, Desired, Outcome
from gui.words import say
from gui.workers import Task

if TYPE_CHECKING:
    from engine.project.project import Project
    from engine.project.values import Edit
    from engine.train.current import Was


class Retraining(QObject):
    """Starts trainings and the gate, and adopts what a person takes."""

    changed = Signal()
    """Something began or ended, or a candidate is there or gone."""
    told = Signal()
    """The training that runs said something."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self.task: Task | None = None
        self.outcome: Outcome | None = None
        self.asked: Asked | None = None
        """The deep training that runs, if one does."""
        self.epochs = 0
        self.history: list[dict[str, float]] = []
        self.samples: list[dict[str, Any]] = []
        self.progress: Progress | None = None
        self.remark = ""
        self._first = ""
        self.trouble = ""
        """Why the last work failed, as a sentence."""
        desk.session.opened.connect(self._forget)
        desk.decisions.kept.connect(self._follow)

    @property
    def running(self) -> bool:
        """Whether a training or the gate runs."""
        return self.task is not None

    def quick(self) -> None:
        """Refit the head to what was decided."""
        if self.named(self.quick):
            self.begin(work.quick, self.tr("Retraining"))

    def deep(self, asked: Asked, *, resume: bool = False, finish: bool = False) -> None:
        """Train by a recipe; go on with an unfinished training, or end it with its best weights."""
        if not self.named(partial(self.deep, asked, resume=resume, finish=finish)):
            return
        what = Deep(asked, self._desk.session.classes, resume, finish)
        task = self.begin(work.deep, self.tr("Training"), what)
        if task is not None:
            self.asked = asked
            self.history.clear()
            self.samples = []
            self.remark = ""
            task.partial.connect(self._take_part)
            task.progressed.connect(self._take_progress)
            self.changed.emit()

    def named(self, again: Callable[[], None]) -> bool:
        """Say whether it is known who retrains; if not it is asked for, and then begun `again`."""
        if self._desk.decisions.who is not None:
            return True
        self._desk.decisions.name_wanted.emit(again)
        return False

    def pause(self) -> None:
        """Let the training rest, or go on."""
        if self.task is not None:
            self.task.pause(not self.task.paused)
            self.told.emit()

    def keep_best(self) -> None:
        """Stop the training, and take the best weights so far as the candidate."""
        asked, task = self.asked, self.task
        if asked is not None and task is not None and self.history:
            task.finished.connect(lambda: self.deep(asked, finish=True))
            task.cancel()

    def cancel(self) -> None:
        """Stop what runs; an unfinished training can go on later."""
        if self.task is not None:
            self.task.cancel()

    def judge_again(self) -> None:
        """Compare again: labels of the locked images were corrected."""
        if self.outcome is not None:
            self.begin(work.judge, self.tr("Comparing both models"), self.outcome)

    def begin(self, what: Callable[..., Outcome], words: str, *more: Any) -> Task | None:
        """Run work of this workspace if none runs; its result is the outcome."""
        asked = self.wish()
        if asked is None or self.task is not None:
            return None
        desk = self._desk
        self.trouble = ""
        self.task = task = desk.workers.start(what, asked, *more)
        task.done.connect(self._take)
        task.failed.connect(self._tell)
        task.broke.connect(desk.tell_bug)
        task.finished.connect(self._end)
        desk.activities.show(Activity(task, words, words + ": {done} / {total}", images=False))
        self.changed.emit()
        return task

    def adopt(self, word: str = "") -> None:
        """Make the candidate the current model; against the verdict only with a reason."""
        outcome = self.outcome
        if outcome is not None:
            self._desk.decisions.ask(partial(self._adopt, outcome, word))

    def _adopt(self, outcome: Outcome, word: str, project: "Project", who: str) -> "Edit | None":
        # On the writing thread: the project may be busy writing.
        from engine.train.current import FIELD, adopt

        if not project.get(FIELD):
            self._first = str(outcome.current.folder)
        return adopt(project, outcome.candidate, outcome.verdict, who, word)

    def go_back(self, was: "Was | None") -> None:
        """Make an earlier model current again; None: the first."""
        from engine.train.current import back

        self._desk.decisions.ask(lambda project, who: back(project, was, who))

    def first(self) -> str:
        """Return the folder of the model that was current before any was adopted."""
        from engine.classify.models import find

        return self._first or str(find().folder)

    def put_away(self) -> None:
        """Leave the current model as it is; the candidate stays on the disk."""
        self.outcome = None
        self.changed.emit()

    def _follow(self, edit: "Edit") -> None:
        from engine.train.current import FIELD, there

        for change in edit.changes:
            if change.path is None and change.field == FIELD:
                self.outcome = None
                self._desk.model_asked.emit(str(there(change.new)) if change.new else self.first())
                self.changed.emit()

    def wish(self) -> Desired | None:
        """Return what a training would be of now, None while that is not known."""
        session, decisions = self._desk.session, self._desk.decisions
        source, table, engine = session.source, session.table, session.engine
        if source is None or table is None or engine is None or decisions.project is None:
            return None
        known = frozenset(session.looks.ids)
        return Desired(source, table, decisions.project, decisions.who or "", engine.bundle, known)

    def _take_part(self, part: Any) -> None:
        if isinstance(part, Begun):
            self.epochs = part.epochs
        elif "samples" in part:
            self.samples = part["samples"]
        elif "batch" in part:
            self.remark = say(Message("train.smaller_batch", {"batch": part["batch"]}))
        elif "loss" in part:
            self.history.append(part)
        self.told.emit()

    def _take_progress(self, progress: Progress) -> None:
        self.progress = progress
        self.told.emit()

    def _take(self, outcome: Outcome) -> None:
        self.outcome = outcome

    def _tell(self, message: Message) -> None:
        self.trouble = say(message)

    def _end(self) -> None:
        self.task = self.asked = None
        self.changed.emit()

    def _forget(self) -> None:
        self._desk.workers.drop(self.task)
        self.task = self.asked = self.outcome = None
        self.trouble = self._first = ""
        self.changed.emit()
