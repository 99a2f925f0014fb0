"""The classes of a project: added, renamed, merged, coloured, keyed and put in order."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
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
from gui.words import class_name

_NEW = "\0new"  # begins the ids of classes that have no name to make one of yet


class ClassesEditor(QDialog):
    """Classes in their order, one row each; nothing holds before it is saved.

    `images` counts images by class id: a class that has some, or that is one of `lasting` (the
    model's), can be merged into another but not removed. `taken` are ids not to give to a new class.
    """

    saved = Signal(object, object)
    """The classes as a tuple of `ClassEntry`, and the merged as a dict: id -> id of what it is now."""

    def __init__(
        self,
        classes: Sequence[ClassEntry],
        images: Mapping[str, int],
        lasting: Collection[str],
        keymap: Keymap,
        theme: Theme,
        parent: QWidget | None = None,
        *,
        taken: Collection[str] = (),
    ) -> None:
        super().__init__(parent)
        # As they are shown: a letter that is the key of a command stands on no badge.
        self._before = with_free_letters(classes, command_letters())
        self._now = list(self._before)
        self._images = images
        self._lasting = lasting
        self._taken = taken
        self._keymap = keymap
        self._theme = theme
        self._added = 0
        self._lettered: set[str] = set()
        self.rows: dict[str, ClassRow] = {}
        self.setWindowTitle(self.tr("Classes of the project"))
        self.add = QPushButton(self.tr("Add a class"))
        self.add.clicked.connect(self._add)
        self.cancel = QPushButton(self.tr("Cancel"))
        self.cancel.clicked.connect(self.reject)
        self.save = QPushButton(self.tr("Save"))
        self.save.setProperty("role", "primary")
        self.save.clicked.connect(self._save)
        for button in (self.add, self.cancel, self.save):
            button.setAutoDefault(False)
        self._compose()
        theme.changed.connect(self._restyle)
        self._build()

    @property
    def classes(self) -> tuple[ClassEntry, ...]:
        """The classes as they are arranged now."""
        return tuple(self._now)

    def _compose(self) -> None:
        theme = self._theme
        wide, small = theme.space("wide"), theme.space("small")
        hint = QLabel(
            self.tr(
                "All lists use this order. Merging moves all images of one class into "
                "another; like every change here, it can be undone."
            ),
            wordWrap=True,
        )
        hint.setProperty("role", "muted")
        hint.setContentsMargins(wide, wide, wide, 0)
        self._scroll = QScrollArea(widgetResizable=True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        foot = QHBoxLayout()
        foot.setContentsMargins(wide, small, wide, wide)
        foot.setSpacing(small)
        foot.addWidget(self.add)
        foot.addStretch()
        foot.addWidget(self.cancel)
        foot.addWidget(self.save)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(hint)
        rows.addWidget(self._scroll, 1)
        rows.addLayout(foot)
        self.resize(34 * wide, 24 * wide)

    def _build(self, focus: tuple[str, str] | None = None) -> None:
        # Anew after every change of which classes there are or of their order: there are a dozen.
        theme = self._theme
        inside = QWidget(objectName="scrolled")
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
        for place, one in enumerate(self._now):
            row = ClassRow(one, self._count(one), theme, inside)
            row.put(grid, 1 + 2 * place)
            row.up.setEnabled(place > 0)
            row.down.setEnabled(place < len(self._now) - 1)
            row.edited.connect(partial(self._edit, one.id))
            row.moved.connect(partial(self._move, one.id))
            row.merged.connect(partial(self._merge, one.id))
            row.removed.connect(partial(self._remove, one.id))
            self.rows[one.id] = row
        grid.setRowStretch(1 + 2 * len(self._now), 1)
        self._scroll.setWidget(inside)
        self._scroll.setMinimumWidth(inside.minimumSizeHint().width() + wide)
        self._check()
        if focus is not None and focus[0] in self.rows:
            widget = getattr(self.rows[focus[0]], focus[1])
            widget.setFocus(Qt.FocusReason.OtherFocusReason)
            self._scroll.ensureWidgetVisible(widget)

    def _check(self) -> None:
        found = find_errors(self._now, self._keymap)
        hints = find_unreachable(self._now, self._keymap)
        groups = [one.group for one in self._now]
        for one in self._now:
            row = self.rows[one.id]
            mine = [(field, said) for (which, field), said in found.items() if which == one.id]
            taken = {other.colour.upper(): other.letter for other in self._now if other != one}
            row.show_state(mine, self._merged_words(one) or hints.get(one.id, ""), taken)
            row.fill_menu([other for other in self._now if other.id != one.id], self._why_kept(one))
            row.offer_groups(groups)
        self.save.setEnabled(not found)

    def _edit(self, identity: str, entry: ClassEntry) -> None:
        place = self._place(identity)
        old, row = self._now[place], self.rows[identity]
        if entry.letter != old.letter:
            self._lettered.add(identity)
        elif identity.startswith(_NEW) and identity not in self._lettered:
            others = {one.letter for one in self._now if one.id != identity} | command_letters()
            row.set_letter(free_letter(entry.name, others))
            entry = row.entry
        self._now[place] = entry
        self._check()

    def _add(self) -> None:
        identity = f"{_NEW}{self._added}"
        self._added += 1
        made = new_class(self._now, identity, "", tokens()["classes"]["colours"])
        self._now = list(with_free_letters([*self._now, made], command_letters()))
        self._build((identity, "name"))

    def _move(self, identity: str, step: int) -> None:
        place = self._place(identity)
        if 0 <= place + step < len(self._now):
            self._now.insert(place + step, self._now.pop(place))
            button = "up" if step < 0 else "down"
            at_end = place + step in (0, len(self._now) - 1)
            self._build((identity, "name" if at_end else button))

    def _merge(self, identity: str, into: str) -> None:
        self._now = list(merge_classes(self._now, identity, into))
        self._build((into, "name"))

    def _remove(self, identity: str) -> None:
        place = self._place(identity)
        del self._now[place]
        near = self._now[min(place, len(self._now) - 1)].id if self._now else ""
        self._build((near, "name"))

    def _place(self, identity: str) -> int:
        return next(place for place, one in enumerate(self._now) if one.id == identity)

    def _count(self, one: ClassEntry) -> int:
        return sum(self._images.get(identity, 0) for identity in (one.id, *one.aliases))

    def _why_kept(self, one: ClassEntry) -> str:
        if self._count(one):
            return self.tr("It has images: merge it instead")
        if not {one.id, *one.aliases}.isdisjoint(self._lasting):
            return self.tr("The model knows it: merge it instead")
        return self.tr("The last class cannot be removed") if len(self._now) == 1 else ""

    def _merged_words(self, one: ClassEntry) -> str:
        before = {other.id: class_name(other.name) for other in self._before}
        names = [before.get(identity, identity) for identity in one.aliases]
        names = [name for name in names if not name.startswith(_NEW)]
        return self.tr("Includes {names}.").format(names=", ".join(names)) if names else ""

    def _save(self) -> None:
        now = self._named()
        there = {one.id for one in now}
        merged = {}
        for one in self._before:
            into = find_class(now, one.id)
            if one.id not in there and into is not None:
                merged[one.id] = into.id
        self.accept()
        if now != self._before:
            self.saved.emit(now, merged)

    def _named(self) -> tuple[ClassEntry, ...]:
        # New classes get their id of the name they have in the end.
        known = [*self._before, *(one for one in self._now if not one.id.startswith(_NEW))]
        named: list[ClassEntry] = []
        for one in self._now:
            clean = replace(
                one,
                name=" ".join(one.name.split()),
                group=" ".join(one.group.split()),
                colour=one.colour.upper(),
                aliases=tuple(alias for alias in one.aliases if not alias.startswith(_NEW)),
            )
            if one.id.startswith(_NEW):
                clean = replace(clean, id=new_class_id((*known, *named), clean.name, self._taken))
            named.append(clean)
        return tuple(named)

    def _restyle(self) -> None:
        for row in self.rows.values():
            row.restyle()
        self.update()
