"""Decisions: edits of the open project, saved on one writer thread.

The window shows a decision only once the project's file has it, so everything shown survives a crash.
"""

from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal, Slot

from engine.messages import Message, Problem
from engine.project.decisions import (
    BULK_REASON,
    DISMISSED_PREFIX,
    MOVED_PREFIX,
    NOT_CLASSED,
    Edit,
)
from engine.project.tags import TAG_ACTION, tag_changes
from gui.state.bulk_outcome import ImageChange, nothing_to_confirm, split_changes
from gui.state.session import Session
from gui.words import to_sentence

if TYPE_CHECKING:
    from engine.images.folder_names import FolderNames
    from engine.project.classes import ClassEntry
    from engine.project.project import Project

Changes = Iterable[tuple[str | None, str, Any]]


class Decisions(QObject):
    """The commands that edit a project, with undo; saved edits are applied to the session."""

    saved = Signal(object)
    """An `Edit` that was saved."""
    failed = Signal(object)
    """A `Message` on why an edit was not saved."""
    releasing = Signal()
    """The project is about to be closed: the last moment for an edit."""
    project_changed = Signal()
    """Another project is open, or none."""
    left_unchanged = Signal(object)
    """A `BulkOutcome` with images that an action left unchanged."""
    reviewer_needed = Signal(object, int)
    """The reviewer's name is needed, for a function to call then, and so many images that it decides on."""

    reviewer_changed = Signal()
    """Another person reviews."""

    _answered = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._thread: ThreadPoolExecutor | None = None
        self.project: Project | None = None
        self._reviewer: str | None = None
        # The changes of the edits that the writer thread has not saved yet, oldest first.
        self._unsaved: deque[Sequence[tuple[str | None, str, Any]]] = deque()
        # Queued: emitted on the writer thread, received on the GUI thread.
        self._answered.connect(self._on_answer, Qt.ConnectionType.QueuedConnection)

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
        self._thread = ThreadPoolExecutor(1, "decisions")
        self.project_changed.emit()

    def release(self) -> None:
        """Wait for pending edits and close the project."""
        if self.project is not None:
            self.releasing.emit()
        if self._thread is not None:
            self._thread.shutdown(wait=True)
            self._thread = None
        if self.project is not None:
            self.project.close()
            self.project = None
            self._unsaved.clear()
            self.project_changed.emit()

    def when_reviewer_known(self, then: Callable[[], object], images: int = 1) -> None:
        """Call `then`, which decides on so many images, at once or once the reviewer's name is known."""
        if self.writable and self.reviewer is None:
            self.reviewer_needed.emit(then, images)
        else:
            then()

    def label(self, paths: Sequence[str], class_id: str) -> None:
        """Label images with a class, or `NOT_CLASSED`."""
        self._decide("label", [(path, "label", class_id) for path in paths])

    def confirm(self, paths: Sequence[str]) -> None:
        """Label images with their predicted class; images without a prediction are skipped.

        Of several, those that the program itself doubts are left to single decisions.
        """
        table = self._session.table
        if table is None or not self.check_predicted(paths):
            return
        # By columns: one by one, 50,000 images would block the window.
        rows = table.rows(paths)
        codes = table.predicted_classes()[rows]
        pairs = zip(rows.tolist(), codes.tolist(), strict=True)
        changes = [(table.paths[row], "label", table.class_id(code)) for row, code in pairs]
        predicted = [change for change in changes if change[2] is not None]
        self._decide("confirm", predicted, total=len(rows))

    def check_predicted(self, paths: Sequence[str]) -> bool:
        """Return whether any of these images has a prediction to confirm; say so if none has."""
        message = nothing_to_confirm(self._session.table, paths)
        if message is not None:
            self.failed.emit(self.refusal or message)
        return message is None

    def not_classed(self, paths: Sequence[str]) -> None:
        """Label images as not classed."""
        self._decide("label", [(path, "label", NOT_CLASSED) for path in paths])

    def clear(self, paths: Sequence[str]) -> None:
        """Clear label and removal of images; notes stay."""
        fields = ("label", "removed")
        self._decide("clear", [(path, field, None) for path in paths for field in fields])

    def remove(self, paths: Sequence[str]) -> None:
        """Mark images as removed, or restore them if all are removed."""
        table = self._session.table
        if table is None:
            return
        rows = table.rows(paths)
        restores = bool(len(rows)) and bool(table.column("removed")[rows].all())
        reason = None if restores else "person"
        self._decide(
            "restore" if restores else "remove",
            [(table.paths[row], "removed", reason) for row in rows.tolist()],
        )

    def remove_with_reasons(self, reasons: Mapping[str, str], *, bulk: bool = False) -> None:
        """Mark images as removed, each with its reason.

        `bulk`: ask before overwriting, even for a single image, because it is not the current one.
        """
        changes = [(path, "removed", reason) for path, reason in reasons.items()]
        self._decide("remove", changes, bulk=bulk)

    def relabel(self, classes: Mapping[str, str]) -> None:
        """Label images, each with its own class."""
        self._decide("label", [(path, "label", class_id) for path, class_id in classes.items()])

    def dismiss(self, keys: Iterable[str]) -> None:
        """Dismiss findings, given by their keys."""
        self._apply("dismiss", [(None, f"{DISMISSED_PREFIX}{key}", True) for key in keys])

    def set_move(self, name: str, what: Any) -> None:
        """Record a move of removed files out of the folder with its details; None moves them back."""
        self._apply("move" if what else "move_back", [(None, f"{MOVED_PREFIX}{name}", what)])

    def run_edit(
        self, work: "Callable[[Project, str], Edit | None]", who: str | None = None
    ) -> None:
        """Run another edit on the writer thread: a function of the project and the reviewer's name.

        `who` is given where another person than the reviewer edits, such as a second reader.
        """
        self._submit(work, who=who)

    def set_note(self, path: str, text: str) -> None:
        """Set the note on an image; an empty text deletes it."""
        self._apply("note", [(path, "note", text or None)])

    def set_tags(self, paths: Sequence[str], tags: Iterable[str], add: bool) -> None:
        """Give tags to images, or take them away."""
        self._apply(TAG_ACTION, tag_changes(paths, tags, add=add))

    def set_classes(self, classes: "Sequence[ClassEntry]", merged: dict[str, str]) -> None:
        """Change the project's classes; images of a merged class are relabelled (id → new id)."""
        from engine.project.classes import encode_classes

        changes: list[tuple[str | None, str, Any]] = [(None, "classes", encode_classes(classes))]
        table = self._session.table
        if table is not None and merged:
            label = table.column("label")
            for class_id, into in merged.items():
                rows = (label == table.code(class_id)).nonzero()[0]
                changes += [(table.paths[row], "label", into) for row in rows]
        self._apply("classes", changes)

    def map_folder_names(self, answer: "FolderNames") -> None:
        """Map folder names to classes, in addition to those mapped before; None leaves a name as it is."""
        from engine.project.folder_names import FOLDER_NAMES_FIELD

        mapping = {**self._session.folder_names, **answer}
        self._apply("folder_names", [(None, FOLDER_NAMES_FIELD, mapping)])

    def resolve_link(self, path: str, image: int | None) -> None:
        """Link an ambiguous image to one of its candidates, or to none."""
        self._submit(lambda project, who: project.resolve_ambiguity(path, image, who=who))

    def undo(self) -> None:
        """Undo the last edit."""
        self._submit(lambda project, who: project.undo(who), Message("project.nothing_to_undo"))

    def redo(self) -> None:
        """Redo the edit that was undone last."""
        self._submit(lambda project, who: project.redo(who), Message("project.nothing_to_redo"))

    def history(self, path: str, take: Callable[[list[Edit]], None]) -> None:
        """Pass the edits of an image to `take`, on the GUI thread, newest first."""
        project = self.project
        if project is None or self._thread is None:
            take([])
            return
        future = self._thread.submit(project.history, path)
        future.add_done_callback(lambda done: self._answered.emit((project, take, None, done)))

    def _decide(
        self,
        action: str,
        changes: Sequence[ImageChange],
        *,
        bulk: bool = False,
        total: int | None = None,
    ) -> None:
        """Change one image at once; of several only those without a conflicting decision.

        `total` images were selected, if there are not changes for all. `left_unchanged` reports the others.
        """
        paths = len({path for path, _, _ in changes})
        total = paths if total is None else total
        if not self.writable or (total < 2 and not bulk):
            self._apply(action, changes)
            return
        if self.reviewer is None:
            self.reviewer_needed.emit(
                lambda: self._decide(action, changes, bulk=bulk, total=total), total
            )
            return
        split = split_changes(
            self._session.table, changes, self._unsaved, leaves_doubtful=action == "confirm"
        )
        apply = partial(self._apply, action, reason=BULK_REASON)
        apply(split.free)
        outcome = split.outcome(total, paths, apply)
        if outcome.has_question:
            self.left_unchanged.emit(outcome)

    def _apply(self, action: str, changes: Changes, reason: str = "") -> None:
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
        changes: Sequence[tuple[str | None, str, Any]] = (),
    ) -> None:
        project, thread, who = self.project, self._thread, who or self.reviewer
        if project is None or thread is None or self.refusal:
            self.failed.emit(self.refusal or Message("project.not_yet"))
        elif who is None:
            images = len({path for path, _, _ in changes}) or 1
            self.reviewer_needed.emit(lambda: self._submit(work, nothing, changes=changes), images)
        else:
            self._unsaved.append(changes)
            future = thread.submit(work, project, who)
            future.add_done_callback(
                lambda done: self._answered.emit((project, self._on_saved, nothing, done))
            )

    @Slot(object)
    def _on_answer(self, answer: Any) -> None:
        project, take, nothing, done = answer
        if take == self._on_saved and project is self.project:
            self._unsaved.popleft()
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

    def _on_saved(self, edit: Edit) -> None:
        self._session.apply_edit(edit)
        self.saved.emit(edit)
