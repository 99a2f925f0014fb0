"""Which key does what: the standard keys, what a person changed, and what is left for the classes."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeySequence

from gui.settings import load_setting, save_setting
from gui.shortcuts.commands import BY_ID, COMMANDS, Command

if TYPE_CHECKING:
    from engine.project.classes import ClassEntry

Keys = tuple[str, ...]

_KEPT = "keys"


def normalise_key(key: object) -> str:
    """Return one key in Qt's portable spelling, empty if it is none or a sequence of several."""
    if not isinstance(key, str) or not key.strip():
        return ""
    sequence = QKeySequence(key, QKeySequence.SequenceFormat.PortableText)
    text = sequence.toString(QKeySequence.SequenceFormat.PortableText)
    # What Qt does not know is a key of code 0 or prints as nothing a keyboard has.
    return text if sequence.count() == 1 and text and sequence[0].key().value != 0 else ""


def native_key_text(keys: Iterable[str]) -> str:
    """Return keys as this computer's keyboard calls them."""
    shown = QKeySequence.SequenceFormat.NativeText
    # Some languages call Return and Enter the same.
    return " · ".join(dict.fromkeys(QKeySequence(key).toString(shown) for key in keys))


class Keymap(QObject):
    """The keys that hold; what a person changed is kept, and read again however damaged."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._own = _sensible(load_setting(_KEPT))

    def keys(self, identity: str) -> Keys:
        """Return the keys of a command."""
        return self.all()[identity]

    def all(self) -> dict[str, Keys]:
        """Return the keys of all commands; no key is there twice."""
        # What a person chose counts more than a standard key that a newer version brought.
        taken = {key for keys in self._own.values() for key in keys}
        return {
            one.id: self._own[one.id]
            if one.id in self._own
            else tuple(key for key in map(normalise_key, one.keys) if key not in taken)
            for one in COMMANDS
        }

    def owner(self, key: str) -> Command | None:
        """Return the command that a key belongs to."""
        key = normalise_key(key)
        return next((BY_ID[one] for one, keys in self.all().items() if key in keys), None)

    def set_keys(self, keys: Mapping[str, Keys]) -> None:
        """Take other keys for some commands, and keep them; they must not clash."""
        chosen = self.all() | {one: _unique(map(normalise_key, new)) for one, new in keys.items()}
        standard = {one.id: _unique(map(normalise_key, one.keys)) for one in COMMANDS}
        self._own = {one: new for one, new in chosen.items() if new != standard[one]}
        save_setting(_KEPT, {one: list(new) for one, new in self._own.items()})
        self.changed.emit()

    def reset(self) -> None:
        """Go back to the standard keys."""
        self.set_keys({one.id: one.keys for one in COMMANDS})


def find_clashes(
    keys: Mapping[str, Keys], classes: "Iterable[ClassEntry]"
) -> dict[str, tuple[str, str]]:
    """Return, for each command with a key that is not its own alone, that key and whose it is too.

    The letter on a class's badge is a key of the class, like its own.

    Whose it is: the id of a command, or `class:` and the name of a class. Fixed commands keep theirs.
    """
    owners: dict[str, str] = {}
    for one in classes:
        for key in filter(None, map(normalise_key, (one.letter, one.key))):
            owners.setdefault(key, f"class:{one.name}")
    found: dict[str, tuple[str, str]] = {}
    for command in sorted(COMMANDS, key=lambda one: not one.fixed):
        for key in keys[command.id]:
            other = owners.setdefault(key, command.id)
            if other != command.id and not command.fixed:
                found.setdefault(command.id, (key, other))
                if not other.startswith("class:") and not BY_ID[other].fixed:
                    found.setdefault(other, (key, command.id))
    return found


def class_keys(classes: "Iterable[ClassEntry]", keymap: Keymap) -> dict[str, Keys]:
    """Return which keys give each class: its own, and its letter where nothing else has it."""
    classes = tuple(classes)
    taken = {key for keys in keymap.all().values() for key in keys}
    found: dict[str, list[str]] = {one.id: [] for one in classes}
    letters = {normalise_key(one.letter) for one in classes}
    # The letter on a badge gives that class and no other.
    for wish in ("key", "letter"):
        for one in classes:
            key = normalise_key(getattr(one, wish))
            if wish == "key" and key in letters and key != normalise_key(one.letter):
                continue
            if key and key not in taken:
                taken.add(key)
                found[one.id].append(key)
    return {identity: tuple(keys) for identity, keys in found.items()}


def command_letters() -> frozenset[str]:
    """Return the letters and digits that are keys of commands: none of them stands on a class's badge."""
    keys = {key for keys in Keymap().all().values() for key in keys}
    return frozenset(key for key in keys if len(key) == 1 and key.isalnum())


def _sensible(kept: object) -> dict[str, Keys]:
    # What can be used of a file that a person, a crash or another version may have written.
    if not isinstance(kept, dict):
        return {}
    taken = {normalise_key(key) for one in COMMANDS if one.fixed for key in one.keys}
    found: dict[str, Keys] = {}
    for identity, keys in kept.items():
        if identity not in BY_ID or BY_ID[identity].fixed or not isinstance(keys, list):
            continue
        free = [key for key in map(normalise_key, keys) if key not in taken]
        found[identity] = _unique(free)
        taken.update(free)
    return found


def _unique(keys: Iterable[str]) -> Keys:
    return tuple(dict.fromkeys(key for key in keys if key))
