"""What the window is about: the open source, its images, what is known of them, and the one looked at.

Views keep their own state; this is what they share. Every change is told by a signal that says what
changed, so that a view refreshes only what concerns it. Images are known by their path.
"""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from engine.project.decisions import DISMISSED_PREFIX, MOVED_PREFIX
from gui.jobs import garbage_collection
from gui.state.class_styles import ClassStyles
from gui.theme import tokens

if TYPE_CHECKING:
    from engine.classify.reading import Reading
    from engine.images.record import BadFile, ImageRecord
    from engine.images.source import Source
    from engine.messages import Message
    from engine.project.classes import ClassEntry
    from engine.project.decisions import Decision, Edit
    from gui.state.active_model import ActiveModel
    from gui.state.image_table import ImageItem, ImageTable


class Session(QObject):
    """State shared by all parts of one window."""

    opened = Signal()
    """Another source is open, or none; everything of the old one is gone."""
    # Paths travel as objects: Qt's own strings would lose the bytes of a name that is no UTF-8.
    added = Signal(object)
    """Paths that the scan found, as a list."""
    updated = Signal(object)
    """Paths whose prediction or problem changed, as a list."""
    decided = Signal(object)
    """Paths a person decided something on (or undid it), as a list."""
    findings_changed = Signal()
    """Other findings of a scan are left to decide."""
    current_changed = Signal()
    selection_changed = Signal()
    model_changed = Signal()
    """The model, its classes or the device."""
    classes_changed = Signal()
    """Names, colours, keys or order of the classes."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.source: Source | None = None
        self.table: ImageTable | None = None
        self.active_model: ActiveModel | None = None
        self.class_styles = ClassStyles()
        self.classes: tuple[ClassEntry, ...] = ()
        """The project's own classes; without any the model's hold."""
        self.dismissed: set[str] = set()
        """Keys of the findings that a person dismissed."""
        self.moved: dict[str, Any] = {}
        """What was moved out of the folder, as `gui.workspace.quarantine` tells it, by the name of the move."""
        self._current: str | None = None
        self._selected: Sequence[str] = ()

    @property
    def title(self) -> str:
        """The name of what is open, empty if nothing is."""
        return self.source.root.name if self.source else ""

    @property
    def root(self) -> Path | None:
        """Where the open source is."""
        return self.source.root if self.source else None

    @property
    def total(self) -> int:
        """How many images there are, bad files included."""
        return len(self.table) if self.table is not None else 0

    @property
    def current(self) -> "ImageItem | None":
        """The image that is looked at, with all that is known of it now."""
        return self.item(self._current) if self._current is not None else None

    @property
    def selected(self) -> "Sequence[str]":
        """The paths of the selected images, else of the current one."""
        if self._selected:
            return self._selected
        return (self._current,) if self._current is not None else ()

    @property
    def targets(self) -> "Sequence[str]":
        """What a key acts on: the selected images, but never others than the one that is described."""
        if self._current is None or self._current in self.selected:
            return self.selected
        # Ctrl and an arrow key went on from what is selected.
        return (self._current,)

    def effective_classes(self) -> "tuple[ClassEntry, ...]":
        """Return the classes that hold: the project's own, else those of the class set and the model."""
        from engine.project.classes import default_classes, with_free_letters
        from gui.shortcuts.keymap import command_letters

        classes = self.classes
        if not classes and self.active_model is not None:
            colours = tokens()["classes"]["colours"]
            classes = default_classes(
                self.active_model.class_set, self.active_model.card.classes, colours
            )
        # The letter on a badge always labels: one that is a command's key stands on none.
        return with_free_letters(classes, command_letters())

    def item(self, path: str) -> "ImageItem | None":
        """Return one image with all that is known of it now, None if there is no such image."""
        row = self.table.row(path) if self.table is not None else None
        return self.table.item(row) if self.table is not None and row is not None else None

    def set_current(self, path: str | None) -> None:
        """Look at another image."""
        if path != self._current:
            self._current = path
            self.current_changed.emit()

    def set_selection(self, path: str | None, selected: "Sequence[str]") -> None:
        """Take both at once: the image that is looked at, and those selected."""
        # Before either is told, so that nobody hears of one while the other is still of the past.
        self._selected = selected
        self.set_current(path)
        self.selection_changed.emit()

    def reading(self, path: str) -> "Reading | None":
        """Return the reading of an image if there is one."""
        row = self.table.row(path) if self.table is not None else None
        return self.table.reading(row) if self.table is not None and row is not None else None

    def unread(self) -> "list[ImageRecord]":
        """Return the images that no reading or problem is known of, in the source's order."""
        return self.table.unread() if self.table is not None else []

    def counts(self) -> tuple[int, int, int]:
        """Return how many images there are, were read, and could not be read."""
        if self.table is None:
            return 0, 0, 0
        return len(self.table), int(self.table.read.sum()), int(self.table.column("bad").sum())

    def open(self, source: "Source | None") -> None:
        """Take another source, with nothing known of it yet."""
        self.source = source
        self.table = None
        if source is not None:
            # Not above: NumPy loads after the window is up; by now a worker has brought it.
            from gui.state.image_table import ImageTable

            self.table = ImageTable()
            if self.active_model is not None:
                self.table.set_model(self.active_model.card)
        self._current = None
        self._selected = ()
        self.dismissed, self.moved = set(), {}
        self._set_classes(())
        garbage_collection.unfreeze()
        self.opened.emit()
        self.current_changed.emit()

    def add(self, found: "Sequence[ImageRecord | BadFile]") -> None:
        """Take what the scan found."""
        if self.table is not None:
            self.added.emit(self.table.add(found))

    def add_readings(self, results: "Iterable[tuple[ImageRecord, Reading | Message]]") -> None:
        """Take what the engine read, in batches as it comes."""
        if self.table is None:
            return
        changed = self.table.add_readings(results)
        self.updated.emit(changed)
        if self._current in changed:
            self.current_changed.emit()

    def attach(
        self,
        decisions: "dict[str, Decision]",
        classes: "tuple[ClassEntry, ...]",
        dismissed: Iterable[str] = (),
        moved: "Mapping[str, Any] | None" = None,
    ) -> None:
        """Take what the project of this source knows."""
        if self.table is None:
            return
        self.dismissed, self.moved = set(dismissed), dict(moved or {})
        self._set_classes(classes)
        self.table.set_decisions(decisions)
        self.decided.emit(list(decisions))
        self.current_changed.emit()

    def apply_edit(self, edit: "Edit") -> None:
        """Take an edit that the project has kept."""
        if self.table is None:
            return
        paths = []
        for change in edit.changes:
            if change.path is not None:
                self.table.apply_decision(change.path, change.field, change.new)
                paths.append(change.path)
            elif change.field == "classes":
                from engine.project.classes import decode_classes

                self._set_classes(decode_classes(change.new) if change.new else ())
            elif change.field.startswith(DISMISSED_PREFIX):
                key = change.field.removeprefix(DISMISSED_PREFIX)
                (self.dismissed.add if change.new else self.dismissed.discard)(key)
            elif change.field.startswith(MOVED_PREFIX):
                key = change.field.removeprefix(MOVED_PREFIX)
                self.moved.pop(key, None)
                if change.new:
                    self.moved[key] = change.new
        self.decided.emit(paths)
        self.current_changed.emit()

    def set_model(self, engine: "ActiveModel") -> None:
        """Take another model or device; readings of another model are forgotten."""
        other = self.active_model is None or engine.card.model_id != self.active_model.card.model_id
        self.active_model = engine
        self._refresh_class_styles()
        if other and self.table is not None:
            read = self.table.read
            changed = [path for path, one in zip(self.table.paths, read, strict=True) if one]
            self.table.set_model(engine.card)
            if changed:
                self.updated.emit(changed)
        self.model_changed.emit()
        self.current_changed.emit()

    def _set_classes(self, classes: "tuple[ClassEntry, ...]") -> None:
        if classes == self.classes:
            return
        self.classes = classes
        if self.table is not None:
            self.table.set_aliases({alias: one.id for one in classes for alias in one.aliases})
        self._refresh_class_styles()
        self.classes_changed.emit()

    def _refresh_class_styles(self) -> None:
        if self.active_model is not None:
            known = self.effective_classes()
            self.class_styles = ClassStyles(
                self.active_model.class_set, self.active_model.card.classes, known
            )
