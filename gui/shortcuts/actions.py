"""The commands as they are bound to the window's parts, under the keys that hold now."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from gui.shortcuts.commands import BY_ID, COMMANDS, command_text
from gui.shortcuts.keymap import Keymap, class_keys, native_key_text
from gui.words import class_name

if TYPE_CHECKING:
    from engine.project.classes import ClassEntry


class KeyRow(NamedTuple):
    """One line of the list of keys."""

    group: str
    words: str
    keys: str


class Actions(QObject):
    """Binds commands and classes to widgets; their keys follow the keymap and the project's classes."""

    def __init__(self, keymap: Keymap, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.keymap = keymap
        self._bound: dict[str, list[QAction]] = {}
        self._homes: list[tuple[QWidget, Callable[[str], object]]] = []
        self._classes: tuple[ClassEntry, ...] = ()
        self._class_actions: list[tuple[QWidget, QAction]] = []
        keymap.changed.connect(self._renew)

    def add(
        self, identity: str, home: QWidget, run: Callable[[], object], *, inside: bool = False
    ) -> QAction:
        """Let a command do something: in the whole window of `home`, or only with the keyboard `inside` it."""
        action = QAction(command_text(BY_ID[identity].words), home)
        if inside:
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(_alone(run))
        home.addAction(action)
        self._bound.setdefault(identity, []).append(action)
        _press(action, self.keymap.keys(identity))
        return action

    def add_classes(self, home: QWidget, give: Callable[[str], object]) -> None:
        """Let the keys of classes call `give` with a class's id while the keyboard is inside `home`."""
        self._homes.append((home, give))
        self._renew_classes()

    def set_classes(self, classes: "Iterable[ClassEntry]") -> None:
        """Take the project's classes, in their order."""
        self._classes = tuple(classes)
        self._renew_classes()

    def rows(self) -> list[KeyRow]:
        """Return every key that does something now, with words for it."""
        keys = class_keys(self._classes, self.keymap)
        title = QCoreApplication.translate("commands", "Classes")
        found = [
            KeyRow(title, class_name(one.name), native_key_text(keys[one.id]))
            for one in self._classes
            if keys[one.id] and self._homes
        ]
        for one in COMMANDS:
            if one.fixed or one.id in self._bound:
                shown = (
                    command_text(one.shown)
                    if one.shown
                    else native_key_text(self.keymap.keys(one.id))
                )
                if shown:
                    found.append(
                        KeyRow(command_text(one.group), command_text(one.words).rstrip("…"), shown)
                    )
        return found

    def _renew(self) -> None:
        for identity, actions in self._bound.items():
            for action in actions:
                _press(action, self.keymap.keys(identity))
        self._renew_classes()

    def _renew_classes(self) -> None:
        for home, action in self._class_actions:
            home.removeAction(action)
            action.deleteLater()
        self._class_actions = []
        keys = class_keys(self._classes, self.keymap)
        for home, give in self._homes:
            for one in self._classes:
                if keys[one.id]:
                    action = QAction(class_name(one.name), home)
                    action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
                    action.triggered.connect(_alone(partial(give, one.id)))
                    _press(action, keys[one.id])
                    home.addAction(action)
                    self._class_actions.append((home, action))


def _press(action: QAction, keys: Iterable[str]) -> None:
    action.setShortcuts([QKeySequence(key) for key in keys])


def _alone(run: Callable[[], object]) -> Callable[..., object]:
    # Qt says with each press whether the action is checked, which is of no use to a command.
    return lambda *_: run()
