"""Key settings: a dialog with two key fields per command; saving needs all clashes resolved."""

from collections.abc import Callable, Iterable
from itertools import groupby
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QWidget

from gui.shortcuts.commands import BY_ID, COMMANDS, Command, command_text
from gui.shortcuts.key_field import KeyField
from gui.shortcuts.keymap import Keymap, Keys, find_clashes, native_key_text
from gui.theme import Theme
from gui.widgets.edit_dialog import EditDialog
from gui.words import class_name

if TYPE_CHECKING:
    from engine.project.classes import ClassEntry

_FIELDS_PER_COMMAND = 2


class KeySettings(EditDialog):
    """All commands with changeable keys; `classes` of the open project are checked for clashes too."""

    def __init__(
        self,
        keymap: Keymap,
        classes: "Iterable[ClassEntry]",
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, parent)
        self._keymap = keymap
        self._classes = tuple(classes)
        self.fields: dict[str, list[KeyField]] = {}
        self.clash_labels: dict[str, QLabel] = {}
        self.save.clicked.connect(self._save)
        self.standard = QPushButton(self.tr("Standard keys"))
        self.standard.setProperty("role", "flat")
        self.standard.setToolTip(self.tr("Reset all commands to their standard keys"))
        self.standard.clicked.connect(self._reset)
        hint = self.tr("Click a field and press a key. Class keys are set in the class editor.")
        self.compose(self.tr("Keys"), hint, self.standard)
        self._build()
        self._show(keymap.all())
        self._check()

    def _build(self) -> None:
        theme = self._theme
        inside = QWidget()
        inside.setObjectName("scrolled")
        grid = QGridLayout(inside)
        wide, small = theme.space("wide"), theme.space("small")
        grid.setContentsMargins(wide, small, wide, wide)
        grid.setHorizontalSpacing(small)
        grid.setVerticalSpacing(theme.space("tight"))
        grid.setColumnStretch(3, 1)
        commands = [command for command in COMMANDS if not command.fixed]
        row = 0
        for group, members in groupby(
            sorted(commands, key=_order(commands)), key=lambda command: command.group
        ):
            head = QLabel(command_text(group))
            head.setProperty("role", "muted")
            head.setFont(theme.font("small", strong=True))
            head.setContentsMargins(0, wide if row else small, 0, 0)
            grid.addWidget(head, row, 0, 1, 4)
            for command in members:
                row += 1
                self._add(command, grid, row)
            row += 1
        grid.setRowStretch(row, 1)
        self.form.setWidget(inside)
        self.form.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def _add(self, command: Command, grid: QGridLayout, row: int) -> None:
        name = command_text(command.text).rstrip("…")
        label, clash_label = QLabel(name), QLabel(wordWrap=True)
        clash_label.setProperty("role", "warning")
        grid.addWidget(label, row, 0)
        self.fields[command.id] = []
        for index in range(_FIELDS_PER_COMMAND):
            field = KeyField(self.tr("Key of “{name}”").format(name=name), self._theme)
            field.changed.connect(self._check)
            grid.addWidget(field, row, 1 + index)
            self.fields[command.id].append(field)
        grid.addWidget(clash_label, row, 3)
        self.clash_labels[command.id] = clash_label

    def _show(self, keys: dict[str, Keys]) -> None:
        for command_id, fields in self.fields.items():
            for index, field in enumerate(fields):
                field.set_key(keys[command_id][index] if index < len(keys[command_id]) else "")

    def _entered_keys(self) -> dict[str, Keys]:
        return {
            command_id: tuple(dict.fromkeys(field.key for field in fields if field.key))
            for command_id, fields in self.fields.items()
        }

    def _check(self) -> None:
        clashes = find_clashes(self._keymap.all() | self._entered_keys(), self._classes)
        for command_id, label in self.clash_labels.items():
            text = self._clash_text(*clashes[command_id]) if command_id in clashes else ""
            label.setText(text)
            for field in self.fields[command_id]:
                field.setAccessibleDescription(text)
        self.save.setEnabled(not clashes)

    def _clash_text(self, key: str, owner: str) -> str:
        kind, _, name = owner.partition(":")
        if kind == "class":
            return self.tr("{key} assigns the class “{name}”").format(
                key=native_key_text([key]), name=class_name(name)
            )
        return self.tr("{key} is the key of “{name}”").format(
            key=native_key_text([key]), name=command_text(BY_ID[owner].text).rstrip("…")
        )

    def _reset(self) -> None:
        self._show({command.id: command.keys for command in COMMANDS})

    def _save(self) -> None:
        self._keymap.set_keys(self._entered_keys())
        self.accept()


def _order(commands: list[Command]) -> Callable[[Command], int]:
    groups = list(dict.fromkeys(command.group for command in commands))
    return lambda command: groups.index(command.group)
