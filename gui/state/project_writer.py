"""Writer of the open project: edits are saved on one thread, with undo, and then applied to the session.

The window shows a decision only once the project's file has it, so everything shown survives a crash.
"""

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from engine.messages import Message, Problem
from engine.project.decisions import Edit
from gui.jobs.serial_thread import SerialThread
from gui.state.session import Session
from gui.words import to_sentence

if TYPE_CHECKING:
    from engine.project.project import Project

ProjectChange = tuple[str | None, str, Any]
"""Path (None: the project), field, and new value (None: remove it)."""


class ProjectWriter(QObject):
    """The open project with the reviewer's name, and everything that is written to it."""

    saved = Signal(object)
    """An `Edit` that was saved."""
    failed = Signal(object)
    """A `Message` on why an edit was not saved."""
    releasing = Signal()
    """The project is about to be closed: the last moment for an edit."""
    project_changed = Signal()
    """Another project is open, or none."""
    reviewer_needed = Signal(object, int)
    """The reviewer's name is needed: a function to call then, and the number of images it decides on."""
    reviewer_changed = Signal()
    """Another person reviews."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._thread = SerialThread("decisions", self)
        self.project: Project | None = None
        self._reviewer: str | None = None
        # The changes of the edits that the writer thread has not saved yet, oldest first.
        self._unsaved: deque[Sequence[ProjectChange]] = deque()

    @property
    def reviewer(self) -> str | None:
        """The name that is recorded with every edit, None while it is not known."""
        return self._reviewer

    @reviewer.setter
    def reviewer(self, name: str | None) -> None:
        if name != self._reviewer:
            self._reviewer = name
            self.reviewer_changed.emit()

    @property
    def writable(self) -> bool:
        """True if a project is open and can be edited."""
        return self.refusal is None

    @property
    def refusal(self) -> Message | None:
        """The reason why no decision can be stored now, or None."""
        if self.project is not None:
            return self.project.read_only
        is_open = self._session.table is not None
        return Message("project.not_yet" if is_open else "project.none_open")

    @property
    def refusal_text(self) -> str:
        """The reason why no decision can be stored now as a sentence, empty if it can."""
        return to_sentence(self.refusal) if self.refusal else ""

    def attach(self, project: "Project") -> None:
        """Use the project of the open source; the previous project is closed."""
        self.release()
        self.project = project
        self.project_changed.emit()

    def release(self) -> None:
        """Wait for pending edits and close the project."""
        if self.project is not None:
            self.releasing.emit()
        self._thread.close()
        if self.project is not None:
            self.project.close()
            self.project = None
            self._unsaved.clear()
            self.project_changed.emit()

    def when_reviewer_known(self, then: Callable[[], object], images: int = 1) -> None:
        """Call `then`, which decides on `images` images, as soon as the reviewer's name is known."""
        if self.writable and self.reviewer is None:
            self.reviewer_needed.emit(then, images)
        else:
            then()

    def run_edit(
        self, work: "Callable[[Project, str], Edit | None]", who: str | None = None
    ) -> None:
        """Run another edit on the writer thread: a function of the project and the reviewer's name.

        `who` is given where another person than the reviewer edits, such as a second reader.
        """
        self._submit(work, who=who)

    def undo(self) -> None:
        """Undo the last edit."""
        self._submit(lambda project, who: project.undo(who), Message("project.nothing_to_undo"))

    def redo(self) -> None:
        """Redo the edit that was undone last."""
        self._submit(lambda project, who: project.redo(who), Message("project.nothing_to_redo"))

    def history(self, path: str, take: Callable[[list[Edit]], None]) -> None:
        """Pass the edits of an image to `take`, on the GUI thread, newest first."""
        project = self.project
        if project is None:
            take([])
            return
        self._thread.submit(
            partial(project.history, path), partial(self._hand_over, project, take, None)
        )

    def _apply(self, action: str, changes: Iterable[ProjectChange], reason: str = "") -> None:
        changes = list(changes)
        if not changes:
            return
        model = self._session.active_model.card.model_id if self._session.active_model else None
        self._submit(
            lambda project, who: project.apply(
                action, changes, who=who, reason=reason, model=model
            ),
            changes=changes,
        )

    def _submit(
        self,
        work: "Callable[[Project, str], Edit | None]",
        nothing: Message | None = None,
        who: str | None = None,
        changes: Sequence[ProjectChange] = (),
    ) -> None:
        project, who = self.project, who or self.reviewer
        if project is None or self.refusal:
            self.failed.emit(self.refusal or Message("project.not_yet"))
        elif who is None:
            images = len({path for path, _, _ in changes}) or 1
            self.reviewer_needed.emit(lambda: self._submit(work, nothing, changes=changes), images)
        else:
            self._unsaved.append(changes)
            self._thread.submit(
                partial(work, project, who), partial(self._on_written, project, nothing)
            )

    def _on_written(
        self, project: "Project", nothing: Message | None, done: "Future[Edit | None]"
    ) -> None:
        if project is self.project:
            self._unsaved.popleft()
        self._hand_over(project, self._show_saved, nothing, done)

    def _hand_over(
        self,
        project: "Project",
        take: Callable[[Any], None],
        nothing: Message | None,
        done: "Future[Any]",
    ) -> None:
        """Pass a result to `take`; `nothing` says why there is none."""
        error = done.exception()
        if isinstance(error, Problem):
            self.failed.emit(error.message)
        elif error is not None:
            raise error
        elif project is not self.project:
            pass  # Saved, but another source is open by now.
        elif done.result() is not None:
            take(done.result())
        elif nothing is not None:
            self.failed.emit(nothing)

    def _show_saved(self, edit: Edit) -> None:
        self._session.apply_edit(edit)
        self.saved.emit(edit)
