"""What a person decides, on its way to the disk: one thread writes, the window shows what is kept.

Nothing is shown as decided before the project's file has it: what is on the screen survives a crash.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal, Slot

from engine.messages import Message, Problem
from engine.project.decisions import DISMISSED_PREFIX, MOVED_PREFIX, NOT_CLASSED, Edit
from gui.state.session import Session

if TYPE_CHECKING:
    from engine.project.classes import ClassEntry
    from engine.project.project import Project

Changes = Iterable[tuple[str | None, str, Any]]
ImageChange = tuple[str, str, Any]


@dataclass(frozen=True, slots=True)
class OverwriteConflict:
    """What an action on several images left alone, because a person had decided otherwise.

    Of `chosen` images `changed` changed and `decided` did not; `go_on` changes these as well.
    """

    chosen: int
    changed: int
    decided: int
    go_on: Callable[[], None]


class Decisions(QObject):
    """The commands that change a project, and undo; results come to the session."""

    saved = Signal(object)
    """An `Edit` that is on the disk now."""
    failed = Signal(object)
    """A `Message`: why an edit was not kept."""
    releasing = Signal()
    """The project is about to be closed: the last moment to decide something on it."""
    project_changed = Signal()
    """Another project is open, or none."""
    overwriting = Signal(object)
    """An `OverwriteConflict`: what an action on several images left alone."""
    reviewer_needed = Signal(object)
    """Somebody decides, and it is not known who: a function to call once the name is there."""

    _answered = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._thread: ThreadPoolExecutor | None = None
        self.project: Project | None = None
        self.reviewer: str | None = None
        # Queued: the answer comes on the writing thread, and is dealt with on the GUI thread.
        self._answered.connect(self._take, Qt.ConnectionType.QueuedConnection)

    @property
    def writable(self) -> bool:
        """Whether something can be decided now."""
        return self.project is not None and self.project.read_only is None

    def attach(self, project: "Project") -> None:
        """Take the project of the source that is open; the one before is closed."""
        self.release()
        self.project = project
        self._thread = ThreadPoolExecutor(1, "decisions")
        self.project_changed.emit()

    def release(self) -> None:
        """Write what is on its way and close the project."""
        if self.project is not None:
            self.releasing.emit()
        if self._thread is not None:
            self._thread.shutdown(wait=True)
            self._thread = None
        if self.project is not None:
            self.project.close()
            self.project = None
            self.project_changed.emit()

    def when_reviewer_known(self, then: Callable[[], object]) -> None:
        """Call `then` now, or once it is known who decides where that has to be asked."""
        if self.writable and self.reviewer is None:
            self.reviewer_needed.emit(then)
        else:
            then()

    def label(self, paths: Sequence[str], class_id: str) -> None:
        """Say which class images are, or `NOT_CLASSED`."""
        self._decide("label", [(path, "label", class_id) for path in paths])

    def confirm(self, paths: Sequence[str]) -> None:
        """Say that the model is right about images; those without a prediction are left out."""
        table = self._session.table
        if table is None:
            return
        # By columns: asked for one by one, 50,000 images hold the window up.
        rows = table.rows(paths)
        codes = table.predicted_classes()[rows]
        said = zip(rows.tolist(), codes.tolist(), strict=True)
        changes = [(table.paths[row], "label", table.class_id(code)) for row, code in said]
        self._decide("confirm", [change for change in changes if change[2] is not None])

    def not_classed(self, paths: Sequence[str]) -> None:
        """Say that images belong to no class."""
        self._decide("label", [(path, "label", NOT_CLASSED) for path in paths])

    def clear(self, paths: Sequence[str]) -> None:
        """Take back what was decided on images: class and removal; a note stays."""
        fields = ("label", "removed")
        self._decide("clear", [(path, field, None) for path in paths for field in fields])

    def remove(self, paths: Sequence[str]) -> None:
        """Mark images as removed; those that all are removed come back."""
        table = self._session.table
        if table is None:
            return
        rows = table.rows(paths)
        back = bool(len(rows)) and bool(table.column("removed")[rows].all())
        reason = None if back else "person"
        self._decide(
            "restore" if back else "remove",
            [(table.paths[row], "removed", reason) for row in rows.tolist()],
        )

    def remove_with_reasons(self, reasons: Mapping[str, str], *, bulk: bool = False) -> None:
        """Mark images as removed, each for its reason; `bulk`: they are not what a person looks at."""
        changes = [(path, "removed", reason) for path, reason in reasons.items()]
        self._decide("remove", changes, bulk=bulk)

    def relabel(self, classes: Mapping[str, str]) -> None:
        """Say which class images are, each its own."""
        self._decide("label", [(path, "label", class_id) for path, class_id in classes.items()])

    def dismiss(self, keys: Iterable[str]) -> None:
        """Say that nothing is wrong, for findings by their keys."""
        self._apply("dismiss", [(None, f"{DISMISSED_PREFIX}{key}", True) for key in keys])

    def set_move(self, name: str, what: Any) -> None:
        """Say that removed files are moved out of the folder, and what of; None: they come back."""
        self._apply("move" if what else "move_back", [(None, f"{MOVED_PREFIX}{name}", what)])

    def run_edit(self, work: "Callable[[Project, str], Edit | None]") -> None:
        """Have another change made on the writing thread, by a function of the project and who decides."""
        self._ask(work)

    def set_note(self, path: str, text: str) -> None:
        """Keep a note on an image; an empty one takes it away."""
        self._apply("note", [(path, "note", text or None)])

    def set_classes(self, classes: "Sequence[ClassEntry]", merged: dict[str, str]) -> None:
        """Change the project's classes; images of a merged class get the one it was merged into."""
        from engine.project.classes import encode_classes

        changes: list[tuple[str | None, str, Any]] = [(None, "classes", encode_classes(classes))]
        table = self._session.table
        if table is not None and merged:
            label = table.column("label")
            for one, into in merged.items():
                rows = (label == table.code(one)).nonzero()[0]
                changes += [(table.paths[row], "label", into) for row in rows]
        self._apply("classes", changes)

    def resolve_link(self, path: str, image: int | None) -> None:
        """Give an ambiguous image the decisions of one of its candidates, or of none."""
        self._ask(lambda project, who: project.resolve_ambiguity(path, image, who=who))

    def undo(self) -> None:
        """Take the last edit back, whoever made it and whenever."""
        self._ask(lambda project, who: project.undo(who), Message("project.nothing_to_undo"))

    def redo(self) -> None:
        """Do again what was undone last."""
        self._ask(lambda project, who: project.redo(who), Message("project.nothing_to_redo"))

    def history(self, path: str, take: Callable[[list[Edit]], None]) -> None:
        """Have the history of an image handed to `take`, on the GUI thread, newest first."""
        project = self.project
        if project is None or self._thread is None:
            take([])
            return
        future = self._thread.submit(project.history, path)
        future.add_done_callback(lambda done: self._answered.emit((project, take, None, done)))

    def _decide(self, action: str, changes: Sequence[ImageChange], *, bulk: bool = False) -> None:
        """Change images: a single one as it is asked for, of several those that nobody decided yet.

        What a person had decided otherwise is left alone, and `overwriting` tells of it.
        """
        paths = dict.fromkeys(path for path, _, _ in changes)
        if not self.writable or (len(paths) < 2 and not bulk):
            self._apply(action, changes)
            return
        if self.reviewer is None:
            self.reviewer_needed.emit(lambda: self._decide(action, changes, bulk=bulk))
            return
        free, decided = self._part(changes)
        self._apply(action, free)
        if decided:
            count = len({path for path, _, _ in decided})
            changed = len({path for path, _, _ in free})
            self.overwriting.emit(
                OverwriteConflict(len(paths), changed, count, lambda: self._apply(action, decided))
            )

    def _part(self, changes: Sequence[ImageChange]) -> tuple[list[ImageChange], list[ImageChange]]:
        """Return the changes to images that nobody decided, and those against a person's decision."""
        table = self._session.table
        if table is None:
            return list(changes), []
        taken, label, removed = table.decided(), table.column("label"), table.column("removed")
        free: list[ImageChange] = []
        decided: list[ImageChange] = []
        for change in changes:
            path, field, value = change
            row = table.row(path)
            if row is None or not taken[row]:
                free.append(change)
            elif field == "removed":
                if removed[row] != (value is not None):
                    decided.append(change)
            elif table.class_id(int(label[row])) != value:
                decided.append(change)
        return free, decided

    def _apply(self, action: str, changes: Changes) -> None:
        changes = list(changes)
        if not changes:
            return
        model = self._session.active_model.card.model_id if self._session.active_model else None
        self._ask(lambda project, who: project.apply(action, changes, who=who, model=model))

    def _ask(
        self, work: "Callable[[Project, str], Edit | None]", nothing: Message | None = None
    ) -> None:
        project, thread = self.project, self._thread
        if project is None or thread is None:
            self.failed.emit(Message("project.not_yet"))
        elif project.read_only is not None:
            self.failed.emit(project.read_only)
        elif self.reviewer is None:
            self.reviewer_needed.emit(lambda: self._ask(work, nothing))
        else:
            future = thread.submit(work, project, self.reviewer)
            future.add_done_callback(
                lambda done: self._answered.emit((project, self._keep, nothing, done))
            )

    @Slot(object)
    def _take(self, answer: Any) -> None:
        project, take, nothing, done = answer
        error = done.exception()
        if isinstance(error, Problem):
            self.failed.emit(error.message)
        elif error is not None:
            raise error
        elif project is not self.project:
            pass  # It is kept, but another source is on the screen by now.
        elif done.result() is not None:
            take(done.result())
        elif nothing is not None:
            self.failed.emit(nothing)

    def _keep(self, edit: Edit) -> None:
        self._session.apply_edit(edit)
        self.saved.emit(edit)
