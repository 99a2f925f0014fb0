"""Keymap: standard keys, a person's changes, and the keys left for classes."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QKeyCombination, QObject, Signal
from PySide6.QtGui import QKeySequence

from gui.settings import load_setting, save_setting
from gui.shortcuts.commands import BY_ID, COMMANDS, Command

if TYPE_CHECKING:
    from engine.project.classes import ClassEntry

Keys = tuple[str, ...]

_SETTING = "keys"


def normalise_key(key: object) -> str:
    """Return a key in Qt's portable spelling, empty if it is invalid or a sequence of keys."""
    if not isinstance(key, str) or not key.strip():
        return ""
    sequence = QKeySequence(key, QKeySequence.SequenceFormat.PortableText)
    text = sequence.toString(QKeySequence.SequenceFormat.PortableText)
    # Qt parses unknown keys to code 0 or to an empty text.
    if sequence.count() != 1 or not text:
        return ""
    # The type stubs do not declare indexing.
    first = cast("Sequence[QKeyCombination]", sequence)[0]
    return text if first.key().value != 0 else ""


def native_key_text(keys: Iterable[str]) -> str:
    """Return keys as text in the platform's own spelling."""
    shown = QKeySequence.SequenceFormat.NativeText
    # Return and Enter have one name in some languages.
    return " · ".join(dict.fromkeys(QKeySequence(key).toString(shown) for key in keys))


class Keymap(QObject):
    """The current keys of all commands; changes are stored, invalid stored keys ignored."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._changed_keys = _valid_keys(load_setting(_SETTING))

    def keys(self, command_id: str) -> Keys:
        """Return the keys of a command."""
        return self.all()[command_id]

    def all(self) -> dict[str, Keys]:
        """Return the keys of all commands; no key occurs twice."""
        # A person's keys override standard keys that a newer version added.
        taken = {key for keys in self._changed_keys.values() for key in keys}
        return {
            command.id: self._changed_keys[command.id]
            if command.id in self._changed_keys
            else tuple(key for key in map(normalise_key, command.keys) if key not in taken)
            for command in COMMANDS
        }

    def owner(self, key: str) -> Command | None:
        """Return the command of a key, None if it has none."""
        key = normalise_key(key)
        return next(
            (BY_ID[command_id] for command_id, keys in self.all().items() if key in keys), None
        )

    def set_keys(self, keys: Mapping[str, Keys]) -> None:
        """Change and store the keys of some commands; they must not clash."""
        chosen = self.all() | {
            command_id: _unique(map(normalise_key, new)) for command_id, new in keys.items()
        }
        standard = {command.id: _unique(map(normalise_key, command.keys)) for command in COMMANDS}
        self._changed_keys = {
            command_id: new for command_id, new in chosen.items() if new != standard[command_id]
        }
        save_setting(
            _SETTING, {command_id: list(new) for command_id, new in self._changed_keys.items()}
        )
        self.changed.emit()

    def reset(self) -> None:
        """Restore the standard keys."""
        self.set_keys({command.id: command.keys for command in COMMANDS})


def find_clashes(
    keys: Mapping[str, Keys], classes: "Iterable[ClassEntry]"
) -> dict[str, tuple[str, str]]:
    """Return each command with a clashing key: command id → (key, other owner).

    The other owner is a command id, or `class:` and a class name. A class owns its key and its letter;
    fixed commands never clash.
    """
    owners: dict[str, str] = {}
    for entry in classes:
        for key in filter(None, map(normalise_key, (entry.letter, entry.key))):
            owners.setdefault(key, f"class:{entry.name}")
    found: dict[str, tuple[str, str]] = {}
    for command in sorted(COMMANDS, key=lambda command: not command.fixed):
        for key in keys[command.id]:
            other = owners.setdefault(key, command.id)
            if other != command.id and not command.fixed:
                found.setdefault(command.id, (key, other))
                if not other.startswith("class:") and not BY_ID[other].fixed:
                    found.setdefault(other, (key, command.id))
    return found


def class_keys(classes: "Iterable[ClassEntry]", keymap: Keymap) -> dict[str, Keys]:
    """Return the keys of each class: its own key, and its letter where it is free."""
    classes = tuple(classes)
    taken = {key for keys in keymap.all().values() for key in keys}
    found: dict[str, list[str]] = {entry.id: [] for entry in classes}
    letters = {normalise_key(entry.letter) for entry in classes}
    # A letter on a badge always belongs to its class.
    for field in ("key", "letter"):
        for entry in classes:
            key = normalise_key(getattr(entry, field))
            if field == "key" and key in letters and key != normalise_key(entry.letter):
                continue
            if key and key not in taken:
                taken.add(key)
                found[entry.id].append(key)
    return {class_id: tuple(keys) for class_id, keys in found.items()}


def command_letters() -> frozenset[str]:
    """Return the letters and digits that are keys of commands and so cannot be class letters."""
    keys = {key for keys in Keymap().all().values() for key in keys}
    return frozenset(key for key in keys if len(key) == 1 and key.isalnum())


def _valid_keys(stored: object) -> dict[str, Keys]:
    # The settings file may be damaged or come from another version.
    if not isinstance(stored, dict):
        return {}
    taken = {normalise_key(key) for command in COMMANDS if command.fixed for key in command.keys}
    found: dict[str, Keys] = {}
    for command_id, keys in stored.items():
        if command_id not in BY_ID or BY_ID[command_id].fixed or not isinstance(keys, list):
            continue
        free = [key for key in map(normalise_key, keys) if key not in taken]
        found[command_id] = _unique(free)
        taken.update(free)
    return found


def _unique(keys: Iterable[str]) -> Keys:
    return tuple(dict.fromkeys(key for key in keys if key))
