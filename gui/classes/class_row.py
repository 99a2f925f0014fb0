"""Class row: the editing widgets of one class in the classes editor."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, cast

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import (
    QCompleter,
    QGridLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QToolButton,
    QWidget,
)

from engine.project.classes import ClassEntry
from gui.classes.colour_button import ColourButton
from gui.shortcuts.key_field import KeyField
from gui.theme import Theme
from gui.words import class_name, number, without_mnemonic


class ClassRow(QObject):
    """The widgets of one class in two rows of a grid: the fields, and below them a message."""

    edited = Signal(object)
    """The edited `ClassEntry`."""
    moved = Signal(int)
    merged = Signal(object)
    """The id of the class to merge this one into."""
    removed = Signal()

    def __init__(self, entry: ClassEntry, images: int, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.entry = entry
        self._theme = theme
        wide = theme.space("wide")
        self.colour = ColourButton(theme)
        self.colour.chosen.connect(partial(self._change, "colour"))
        self.name = QLineEdit(class_name(entry.name), maxLength=60)
        self.name.setMinimumWidth(7 * wide)
        self.name.textEdited.connect(partial(self._change, "name"))
        self.letter = QLineEdit(entry.letter, maxLength=2)
        self.letter.setFixedWidth(2 * wide)
        self.letter.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.letter.textEdited.connect(self._type_letter)
        self.key = KeyField("", theme)
        self.key.set_key(entry.key)
        self.key.setFixedWidth(round(2.5 * wide))
        self.key.changed.connect(self._press)
        self.group = QLineEdit(entry.group, maxLength=40)
        self.group.setMinimumWidth(4 * wide)
        self.group.textEdited.connect(partial(self._change, "group"))
        self.images = QLabel(number(images) if images else "–")
        self.images.setProperty("role", "muted")
        self.images.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.up = self._tool("arrow-up")
        self.up.clicked.connect(self._up)
        self.down = self._tool("arrow-down")
        self.down.clicked.connect(self._down)
        self.more = self._tool("ellipsis")
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.menu = QMenu(self.more)
        self.more.setMenu(self.menu)
        self.message = QLabel(wordWrap=True)
        self.message.setFont(theme.font("small"))
        self.message.hide()
        self._update_accessible_names()

    @property
    def widgets(self) -> tuple[QWidget, ...]:
        """The widgets in the order of the columns."""
        fields = (self.colour, self.name, self.letter, self.key, self.group)
        return (*fields, self.images, self.up, self.down, self.more)

    def place_in(self, grid: QGridLayout, row: int) -> None:
        """Place the widgets in two rows of a grid, from `row` on."""
        for column, widget in enumerate(self.widgets):
            grid.addWidget(widget, row, column)
        grid.addWidget(self.message, row + 1, 1, 1, len(self.widgets) - 1)

    def fill_menu(self, other_classes: Sequence[ClassEntry], keep_reason: str) -> None:
        """Fill the menu: merge into another class, or remove unless `keep_reason` says why not."""
        self.menu.clear()
        into = self.menu.addMenu(self.tr("Merge into"))
        into.setEnabled(bool(other_classes))
        for other in other_classes:
            action = into.addAction(without_mnemonic(class_name(other.name)))
            action.triggered.connect(partial(self._merge, other.id))
        remove = self.menu.addAction(keep_reason or self.tr("Remove"))
        remove.setEnabled(not keep_reason)
        remove.triggered.connect(self._remove)

    def show_state(
        self, errors: Iterable[tuple[str, str]], hint: str, taken: dict[str, str]
    ) -> None:
        """Show errors as (field, text), else a hint; `taken` maps the other classes' colours to letters."""
        texts = dict(errors)
        self.message.setText(" ".join(texts.values()) or hint)
        self.message.setProperty("role", "warning" if texts else "muted")
        self.message.style().polish(self.message)
        self.message.setVisible(bool(texts or hint))
        for name in ("colour", "name", "letter", "key"):
            getattr(self, name).setAccessibleDescription(texts.get(name, ""))
        self.colour.taken = taken
        self.colour.show_colour(self.entry.colour, self.entry.letter)

    def set_letter(self, letter: str) -> None:
        """Set the letter; it follows the name until a letter is typed."""
        self.entry = replace(self.entry, letter=letter)
        self.letter.setText(letter)

    def offer_groups(self, groups: Iterable[str]) -> None:
        """Complete the group field with the existing groups."""
        completer = QCompleter(sorted(set(groups) - {""}), self.group)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.group.setCompleter(completer)

    def restyle(self) -> None:
        """Redraw the icons after a change of the colour scheme."""
        for button, icon in (
            (self.up, "arrow-up"),
            (self.down, "arrow-down"),
            (self.more, "ellipsis"),
        ):
            button.setIcon(self._theme.icon(icon))

    def _change(self, field: str, value: str) -> None:
        self.entry = replace(self.entry, **cast("dict[str, Any]", {field: value}))
        if field == "name":
            self._update_accessible_names()
        self.edited.emit(self.entry)

    def _type_letter(self, text: str) -> None:
        self._change("letter", text.strip().upper() if len(text.strip()) == 1 else text.strip())

    def _press(self) -> None:
        self._change("key", self.key.key)

    def _up(self) -> None:
        self.moved.emit(-1)

    def _down(self) -> None:
        self.moved.emit(1)

    def _merge(self, into: str, *_: object) -> None:
        self.merged.emit(into)

    def _remove(self) -> None:
        self.removed.emit()

    def _tool(self, icon: str) -> QToolButton:
        button = QToolButton()
        button.setProperty("role", "tool")
        button.setIconSize(self._theme.icon_size())
        button.setIcon(self._theme.icon(icon))
        return button

    def _update_accessible_names(self) -> None:
        name = class_name(self.entry.name) or self.tr("the new class")
        for widget, text in (
            (self.colour, self.tr("Colour of {name}")),
            (self.name, self.tr("Name of {name}")),
            (self.letter, self.tr("Letter of {name}")),
            (self.key, self.tr("Key of {name}")),
            (self.group, self.tr("Group of {name}")),
            (self.up, self.tr("Move {name} up")),
            (self.down, self.tr("Move {name} down")),
            (self.more, self.tr("Merge or remove {name}")),
        ):
            widget.setAccessibleName(text.format(name=name))
        for button in (self.up, self.down, self.more):
            button.setToolTip(button.accessibleName())
