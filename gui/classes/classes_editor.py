"""Classes editor: a dialog to add, rename, merge, colour, key and reorder a project's classes."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QLabel,
    QPushButton,
    QWidget,
)

from engine.project.classes import (
    ClassEntry,
    find_class,
    free_letter,
    merge_classes,
    new_class,
    new_class_id,
    with_free_letters,
)
from gui.classes.class_row import ClassRow
from gui.classes.class_rules import find_errors, find_unreachable
from gui.shortcuts.keymap import Keymap, command_letters
from gui.theme import Theme, tokens
from gui.widgets.edit_dialog import EditDialog
from gui.words import class_name

_NEW = "\0new"  # prefix of the ids of new classes; their final id is made from the name


class ClassesEditor(EditDialog):
    """The classes in order, entry row each; changes take effect when saved.

    `images` counts the images of each class id, each image once. A class in `used` (by default one with
    images) or in `model_classes` can be merged but not removed. `taken` are ids that a new class must not
    get.
    """

    saved = Signal(object, object)
    """The classes as a tuple of `ClassEntry`, and the merged ones: class id → id it was merged into."""

    def __init__(
        self,
        classes: Sequence[ClassEntry],
        images: Mapping[str, int],
        model_classes: Collection[str],
        keymap: Keymap,
        theme: Theme,
        parent: QWidget | None = None,
        *,
        taken: Collection[str] = (),
        used: Collection[str] | None = None,
    ) -> None:
        super().__init__(theme, parent)
        # Letters that are keys of commands are replaced, as everywhere in the window.
        self._original = with_free_letters(classes, command_letters())
        self._entries = list(self._original)
        self._images = images
        self._used = {name for name, count in images.items() if count} if used is None else used
        self._model_classes = model_classes
        self._taken = taken
        self._keymap = keymap
        self._new_count = 0
        self._typed_letters: set[str] = set()
        self.rows: dict[str, ClassRow] = {}
        self.add = QPushButton(self.tr("Add a class"))
        self.add.clicked.connect(self._add)
        self.save.clicked.connect(self._save)
        hint = self.tr(
            "All lists use this order. Merging moves all images of one class into "
            "another; like every change here, it can be undone."
        )
        self.compose(self.tr("Classes of the project"), hint, self.add)
        theme.changed.connect(self._restyle)
        self._build()

    @property
    def classes(self) -> tuple[ClassEntry, ...]:
        """The classes as edited so far."""
        return tuple(self._entries)

    def _build(self, focus: tuple[str, str] | None = None) -> None:
        # Rebuilt after every change of the set or order of classes; there are about a dozen.
        theme = self._theme
        inside = QWidget()
        inside.setObjectName("scrolled")
        grid = QGridLayout(inside)
        wide, small = theme.space("wide"), theme.space("small")
        grid.setContentsMargins(wide, small, wide, small)
        grid.setHorizontalSpacing(small)
        grid.setVerticalSpacing(theme.space("tight"))
        grid.setColumnStretch(1, 3)
        grid.setColumnStretch(4, 2)
        titles = ("", self.tr("Name"), self.tr("Letter"), self.tr("Key"), self.tr("Group"))
        for column, title in enumerate((*titles, self.tr("Images"))):
            head = QLabel(title)
            head.setProperty("role", "muted")
            head.setFont(theme.font("small", strong=True))
            grid.addWidget(head, 0, column)
        self.rows = {}
        for index, entry in enumerate(self._entries):
            row = ClassRow(entry, self._count(entry), theme, inside)
            row.place_in(grid, 1 + 2 * index)
            row.up.setEnabled(index > 0)
            row.down.setEnabled(index < len(self._entries) - 1)
            row.edited.connect(partial(self._edit, entry.id))
            row.moved.connect(partial(self._move, entry.id))
            row.merged.connect(partial(self._merge, entry.id))
            row.removed.connect(partial(self._remove, entry.id))
            self.rows[entry.id] = row
        grid.setRowStretch(1 + 2 * len(self._entries), 1)
        self.form.setWidget(inside)
        self.form.setMinimumWidth(inside.minimumSizeHint().width() + wide)
        self._check()
        if focus is not None and focus[0] in self.rows:
            widget = getattr(self.rows[focus[0]], focus[1])
            widget.setFocus(Qt.FocusReason.OtherFocusReason)
            self.form.ensureWidgetVisible(widget)

    def _check(self) -> None:
        errors = find_errors(self._entries, self._keymap)
        hints = find_unreachable(self._entries, self._keymap)
        groups = [entry.group for entry in self._entries]
        for entry in self._entries:
            row = self.rows[entry.id]
            own_errors = [
                (field, text) for (class_id, field), text in errors.items() if class_id == entry.id
            ]
            taken = {
                other.colour.upper(): other.letter for other in self._entries if other != entry
            }
            row.show_state(own_errors, self._merged_text(entry) or hints.get(entry.id, ""), taken)
            row.fill_menu(
                [other for other in self._entries if other.id != entry.id], self._keep_reason(entry)
            )
            row.offer_groups(groups)
        self.save.setEnabled(not errors)

    def _edit(self, class_id: str, entry: ClassEntry) -> None:
        index = self._index(class_id)
        old, row = self._entries[index], self.rows[class_id]
        if entry.letter != old.letter:
            self._typed_letters.add(class_id)
        elif class_id.startswith(_NEW) and class_id not in self._typed_letters:
            used_letters = {
                entry.letter for entry in self._entries if entry.id != class_id
            } | command_letters()
            row.set_letter(free_letter(entry.name, used_letters))
            entry = row.entry
        self._entries[index] = entry
        self._check()

    def _add(self) -> None:
        class_id = f"{_NEW}{self._new_count}"
        self._new_count += 1
        new = new_class(self._entries, class_id, "", tokens()["classes"]["colours"])
        self._entries = list(with_free_letters([*self._entries, new], command_letters()))
        self._build((class_id, "name"))

    def _move(self, class_id: str, step: int) -> None:
        index = self._index(class_id)
        if 0 <= index + step < len(self._entries):
            self._entries.insert(index + step, self._entries.pop(index))
            button = "up" if step < 0 else "down"
            at_end = index + step in (0, len(self._entries) - 1)
            self._build((class_id, "name" if at_end else button))

    def _merge(self, class_id: str, into: str) -> None:
        self._entries = list(merge_classes(self._entries, class_id, into))
        self._build((into, "name"))

    def _remove(self, class_id: str) -> None:
        index = self._index(class_id)
        del self._entries[index]
        neighbour = self._entries[min(index, len(self._entries) - 1)].id if self._entries else ""
        self._build((neighbour, "name"))

    def _index(self, class_id: str) -> int:
        return next(index for index, entry in enumerate(self._entries) if entry.id == class_id)

    def _count(self, entry: ClassEntry) -> int:
        return sum(self._images.get(class_id, 0) for class_id in (entry.id, *entry.aliases))

    def _keep_reason(self, entry: ClassEntry) -> str:
        if not {entry.id, *entry.aliases}.isdisjoint(self._used):
            return self.tr("It has images: merge it instead")
        if not {entry.id, *entry.aliases}.isdisjoint(self._model_classes):
            return self.tr("The model knows it: merge it instead")
        return self.tr("The last class cannot be removed") if len(self._entries) == 1 else ""

    def _merged_text(self, entry: ClassEntry) -> str:
        before = {other.id: class_name(other.name) for other in self._original}
        names = [before.get(class_id, class_id) for class_id in entry.aliases]
        names = [name for name in names if not name.startswith(_NEW)]
        return self.tr("Includes {names}.").format(names=", ".join(names)) if names else ""

    def _save(self) -> None:
        final = self._final_entries()
        final_ids = {entry.id for entry in final}
        merged = {}
        for entry in self._original:
            into = find_class(final, entry.id)
            if entry.id not in final_ids and into is not None:
                merged[entry.id] = into.id
        self.accept()
        if final != self._original:
            self.saved.emit(final, merged)

    def _final_entries(self) -> tuple[ClassEntry, ...]:
        # The id of a new class is made from its final name.
        existing = [
            *self._original,
            *(entry for entry in self._entries if not entry.id.startswith(_NEW)),
        ]
        named: list[ClassEntry] = []
        for entry in self._entries:
            clean = replace(
                entry,
                name=" ".join(entry.name.split()),
                group=" ".join(entry.group.split()),
                colour=entry.colour.upper(),
                aliases=tuple(alias for alias in entry.aliases if not alias.startswith(_NEW)),
            )
            if entry.id.startswith(_NEW):
                clean = replace(
                    clean, id=new_class_id((*existing, *named), clean.name, self._taken)
                )
            named.append(clean)
        return tuple(named)

    def _restyle(self) -> None:
        for row in self.rows.values():
            row.restyle()
        self.update()
