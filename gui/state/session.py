"""Session: the open source, its images and their state, and the current image and selection.

This is the state that views share; each view keeps its own besides. A signal reports what changed, so
that a view refreshes only its part. Images are identified by their path.
"""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from engine.project.decisions import DISMISSED_PREFIX, MOVED_PREFIX
from gui.jobs import garbage_collection
from gui.state.class_styles import ClassStyles
from gui.state.image_selection import ImageSelection
from gui.state.project_classes import names_by_class, project_or_model_classes
from gui.state.redrawn_cells import redraw_cells
from gui.state.unknown_limit import save_unknown_share, unknown_limit, unknown_share

if TYPE_CHECKING:
    from engine.classify.reading import Reading
    from engine.images.folder_names import FolderNames
    from engine.images.record import BadFile, ImageRecord
    from engine.images.source import Source
    from engine.messages import Message
    from engine.project.classes import ClassEntry
    from engine.project.decisions import Decision, Edit
    from gui.state.active_model import ActiveModel
    from gui.state.image_table import ImageTable


class Session(ImageSelection):
    """The state shared by all parts of one window."""

    opened = Signal()
    """Another source is open, or none; the state of the old one is discarded."""
    # Paths are sent as objects: Qt strings lose the bytes of names that are not UTF-8.
    added = Signal(object)
    """Paths that the scan found, as a list."""
    updated = Signal(object)
    """Paths whose prediction or problem changed, as a list."""
    decided = Signal(object)
    """Paths whose decision was made or undone, as a list."""
    cells_redrawn = Signal()
    """Cells of fields were added, moved or withdrawn."""
    findings_changed = Signal()
    """The open findings of a scan changed."""
    assessments_changed = Signal()
    """The limit of "none of these", the prediction sets, or the distances to the training images changed."""
    model_changed = Signal()
    """Another model, other model classes or another device is active."""
    classes_changed = Signal()
    """Names, colours, keys or the order of the classes changed."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.source: Source | None = None
        self.active_model: ActiveModel | None = None
        self.class_styles = ClassStyles()
        self.classes: tuple[ClassEntry, ...] = ()
        """The project's own classes; empty while those of the model are used."""
        self.folder_names: dict[str, str | None] = {}
        """The classes that folder names were mapped to, None where a name was left as it is."""
        self.dismissed: set[str] = set()
        """Keys of the dismissed findings."""
        self.moved: dict[str, Any] = {}
        """Details of each move out of the folder (see `gui.workspace.quarantine`), by the name of the move."""

    @property
    def title(self) -> str:
        """The name of the open source, empty if none is open."""
        return self.source.root.name if self.source else ""

    @property
    def root(self) -> Path | None:
        """The path of the open source."""
        return self.source.root if self.source else None

    @property
    def holds_fields(self) -> bool:
        """True if the images are the cells of fields, so that none of them is a file of its own."""
        if self.source is None:
            return False
        from engine.fields.field_source import holds_fields

        return holds_fields(self.source)

    @property
    def total(self) -> int:
        """The number of images, unreadable files included."""
        return self.table.count if self.table is not None else 0

    def project_or_model_classes(self) -> "tuple[ClassEntry, ...]":
        """Return the project's own classes, else those of the class set and the model."""
        return project_or_model_classes(self.classes, self.active_model)

    def class_names(self) -> dict[str, list[str]]:
        """Return all names of each class, by id: name, ids of merged classes, synonyms of the class set."""
        return names_by_class(self.project_or_model_classes(), self.active_model)

    def reading(self, path: str) -> "Reading | None":
        """Return the reading of an image, None if it is unread."""
        row = self.table.row(path) if self.table is not None else None
        return self.table.reading(row) if self.table is not None and row is not None else None

    def unread(self) -> "list[ImageRecord]":
        """Return the images without a reading or a problem, in the source's order."""
        return self.table.unread() if self.table is not None else []

    def counts(self) -> tuple[int, int, int]:
        """Return the numbers of all, read and unreadable images."""
        if self.table is None:
            return 0, 0, 0
        bad = self.table.column("bad") & ~self.table.column("withdrawn")
        return self.table.count, int(self.table.read.sum()), int(bad.sum())

    def open(self, source: "Source | None") -> None:
        """Open another source, or none; its images are added later."""
        self.source = source
        self.table = None
        if source is not None:
            # Imported late: NumPy loads after the window is shown, on a worker thread.
            from gui.state.image_table import ImageTable

            self.table = ImageTable()
            if self.active_model is not None:
                self._set_table_model(self.table, self.active_model)
        self._forget_selection()
        self.dismissed, self.moved = set(), {}
        self.folder_names = {}
        self._set_classes(())
        garbage_collection.unfreeze()
        self.opened.emit()
        self.current_changed.emit()

    def add(self, records: "Sequence[ImageRecord | BadFile]") -> None:
        """Add records that the scan found."""
        if self.table is not None:
            self.added.emit(self.table.add(records))

    def add_readings(self, results: "Iterable[tuple[ImageRecord, Reading | Message]]") -> None:
        """Add a batch of readings, or problems of images that could not be read."""
        if self.table is None:
            return
        changed = self.table.add_readings(results)
        self.updated.emit(changed)
        if self._current_path in changed:
            self.current_changed.emit()

    def attach(
        self,
        decisions: "dict[str, Decision]",
        classes: "tuple[ClassEntry, ...]",
        dismissed: Iterable[str] = (),
        moved: "Mapping[str, Any] | None" = None,
        folder_names: "FolderNames | None" = None,
    ) -> None:
        """Take over decisions, classes, findings and folder names from the project of this source."""
        if self.table is None:
            return
        self.dismissed, self.moved = set(dismissed), dict(moved or {})
        self._set_classes(classes)
        self.table.set_decisions(decisions)
        self.decided.emit([*decisions, *self._set_folder_names(folder_names or {})])
        self.current_changed.emit()

    def apply_edit(self, edit: "Edit") -> None:
        """Apply an edit that the project has saved."""
        if self.table is None:
            return
        paths = []
        is_redrawn = redraw_cells(self.table, self.source, edit, self.folder_names)
        for change in edit.changes:
            if change.path is not None:
                self.table.apply_decision(change.path, change.field, change.new)
                paths.append(change.path)
            elif change.field == "classes":
                from engine.project.classes import decode_classes

                self._set_classes(decode_classes(change.new) if change.new else ())
            elif change.field == "folder_names":
                from engine.project.folder_names import decode_folder_names

                paths += self._set_folder_names(decode_folder_names(change.new))
            elif change.field.startswith(DISMISSED_PREFIX):
                key = change.field.removeprefix(DISMISSED_PREFIX)
                (self.dismissed.add if change.new else self.dismissed.discard)(key)
            elif change.field.startswith(MOVED_PREFIX):
                key = change.field.removeprefix(MOVED_PREFIX)
                self.moved.pop(key, None)
                if change.new:
                    self.moved[key] = change.new
        if is_redrawn:
            self.cells_redrawn.emit()
        self.decided.emit(paths)
        self.current_changed.emit()

    def set_model(self, model: "ActiveModel") -> None:
        """Use another model or device; readings of another model are discarded."""
        is_other = (
            self.active_model is None or model.card.model_id != self.active_model.card.model_id
        )
        self.active_model = model
        self._refresh_class_styles()
        if is_other and self.table is not None:
            read = self.table.read
            changed = [
                path for path, is_read in zip(self.table.paths, read, strict=True) if is_read
            ]
            self._set_table_model(self.table, model)
            if changed:
                self.updated.emit(changed)
        self.model_changed.emit()
        self.current_changed.emit()

    def _set_folder_names(self, folder_names: "FolderNames") -> list[str]:
        is_same = folder_names == self.folder_names
        self.folder_names = dict(folder_names)
        return [] if is_same or self.table is None else self.table.set_folder_names(folder_names)

    def set_unknown_share(self, share: float) -> None:
        """Set apart cells as "none of these" with the limit that flags this share of usual cells."""
        save_unknown_share(share)
        if self.table is None or self.active_model is None:
            return
        self.table.unknown_limit = unknown_limit(self.active_model, share)
        self.assessments_changed.emit()

    def set_prediction_set_threshold(self, threshold: float) -> None:
        """Use another threshold for the prediction sets of the open folder."""
        if self.table is not None and self.table.readings.set_threshold != threshold:
            self.table.readings.use_set_threshold(threshold)
            self.assessments_changed.emit()

    def _set_table_model(self, table: "ImageTable", model: "ActiveModel") -> None:
        limit = unknown_limit(model, unknown_share())
        table.set_model(model.card, model.calibrator, model.unknown_score, limit)

    def _set_classes(self, classes: "tuple[ClassEntry, ...]") -> None:
        if classes == self.classes:
            return
        self.classes = classes
        if self.table is not None:
            self.table.codes.set_aliases(
                {alias: entry.id for entry in classes for alias in entry.aliases}
            )
            self.table.readings.refresh_predictions()
        self._refresh_class_styles()
        self.classes_changed.emit()

    def _refresh_class_styles(self) -> None:
        if self.active_model is not None:
            classes = self.project_or_model_classes()
            self.class_styles = ClassStyles(
                self.active_model.class_set, self.active_model.card.classes, classes
            )
