"""Actions: commands and class keys bound to widgets under the current keymap."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from gui.deletion import delete_later
from gui.shortcuts.commands import BY_ID, COMMANDS, command_text
from gui.shortcuts.keymap import Keymap, class_keys, native_key_text
from gui.words import class_name

if TYPE_CHECKING:
    from engine.project.classes import ClassEntry


class KeyRow(NamedTuple):
    """A line of the key sheet."""

    group: str
    text: str
    keys: str


class CommandActions(QObject):
    """Binds commands and classes to widgets; shortcuts follow the keymap and the project's classes."""

    def __init__(self, keymap: Keymap, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.keymap = keymap
        self._bound: dict[str, list[QAction]] = {}
        self._homes: list[tuple[QWidget, Callable[[str], object]]] = []
        self._classes: tuple[ClassEntry, ...] = ()
        self._class_actions: list[tuple[QWidget, QAction]] = []
        keymap.changed.connect(self._rebind)

    def add(
        self, command_id: str, home: QWidget, run: Callable[[], object], *, inside: bool = False
    ) -> QAction:
        """Bind a command to `run` in the whole window of `home`, or only while the focus is `inside` it."""
        action = QAction(command_text(BY_ID[command_id].text), home)
        if inside:
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(_without_arguments(run))
        home.addAction(action)
        self._bound.setdefault(command_id, []).append(action)
        _set_shortcuts(action, self.keymap.keys(command_id))
        return action

    def add_classes(self, home: QWidget, assign: Callable[[str], object]) -> None:
        """Bind the class keys to `assign(class id)` while the focus is inside `home`."""
        self._homes.append((home, assign))
        self._rebind_classes()

    def set_classes(self, classes: "Iterable[ClassEntry]") -> None:
        """Set the project's classes, in their order."""
        self._classes = tuple(classes)
        self._rebind_classes()

    def rows(self) -> list[KeyRow]:
        """Return the lines of the key sheet: every key with an effect now."""
        keys = class_keys(self._classes, self.keymap)
        title = QCoreApplication.translate("commands", "Classes")
        found = [
            KeyRow(title, class_name(entry.name), native_key_text(keys[entry.id]))
            for entry in self._classes
            if keys[entry.id] and self._homes
        ]
        for command in COMMANDS:
            if command.fixed or command.id in self._bound:
                shown = (
                    command_text(command.shown)
                    if command.shown
                    else native_key_text(self.keymap.keys(command.id))
                )
                if shown:
                    found.append(
                        KeyRow(
                            command_text(command.group),
                            command_text(command.text).rstrip("…"),
                            shown,
                        )
                    )
        return found

    def _rebind(self) -> None:
        for command_id, actions in self._bound.items():
            for action in actions:
                _set_shortcuts(action, self.keymap.keys(command_id))
        self._rebind_classes()

    def _rebind_classes(self) -> None:
        for home, action in self._class_actions:
            home.removeAction(action)
            delete_later(action)
        self._class_actions = []
        keys = class_keys(self._classes, self.keymap)
        for home, assign in self._homes:
            for entry in self._classes:
                if keys[entry.id]:
                    action = QAction(class_name(entry.name), home)
                    action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
                    action.triggered.connect(_without_arguments(partial(assign, entry.id)))
                    _set_shortcuts(action, keys[entry.id])
                    home.addAction(action)
                    self._class_actions.append((home, action))


def _set_shortcuts(action: QAction, keys: Iterable[str]) -> None:
    action.setShortcuts([QKeySequence(key) for key in keys])


def _without_arguments(run: Callable[[], object]) -> Callable[..., object]:
    # QAction.triggered passes whether the action is checked; commands take no argument.
    return lambda *_: run()
