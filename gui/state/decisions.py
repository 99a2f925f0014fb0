"""Decisions: the edits that a person makes on images, findings and classes of the open project."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal

from engine.project.decisions import (
    BULK_REASON,
    DISMISSED_PREFIX,
    MOVED_PREFIX,
    NOT_CLASSED,
)
from engine.project.tags import TAG_ACTION, tag_changes
from gui.state.bulk_outcome import ImageChange, nothing_to_confirm, split_changes
from gui.state.project_writer import ProjectChange, ProjectWriter

if TYPE_CHECKING:
    from engine.images.folder_names import FolderNames
    from engine.project.classes import ClassEntry


class Decisions(ProjectWriter):
    """The commands that edit a project; of several images only those that nobody decided otherwise."""

    left_unchanged = Signal(object)
    """A `BulkOutcome` with images that an action left unchanged."""

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

    def set_note(self, path: str, text: str) -> None:
        """Set the note on an image; an empty text deletes it."""
        self._apply("note", [(path, "note", text or None)])

    def set_tags(self, paths: Sequence[str], tags: Iterable[str], add: bool) -> None:
        """Give tags to images, or take them away."""
        self._apply(TAG_ACTION, tag_changes(paths, tags, add=add))

    def set_classes(self, classes: "Sequence[ClassEntry]", merged: dict[str, str]) -> None:
        """Change the project's classes; images of a merged class are relabelled (id → new id)."""
        from engine.project.classes import encode_classes

        changes: list[ProjectChange] = [(None, "classes", encode_classes(classes))]
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
