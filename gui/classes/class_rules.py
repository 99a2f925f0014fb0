"""Class rules: checks of a project's classes, with messages per class and field."""

import re
from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication

from engine.project.classes import ClassEntry
from gui.shortcuts.commands import command_text
from gui.shortcuts.keymap import Keymap, class_keys, native_key_text, normalise_key
from gui.words import class_name

_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
ClassErrors = dict[tuple[str, str], str]
"""(class id, field) → message; the field is `name`, `letter`, `colour` or `key`."""


def find_errors(classes: Sequence[ClassEntry], keymap: Keymap) -> ClassErrors:
    """Return the errors to fix before the classes can be saved."""
    errors: ClassErrors = {}
    for entry in classes:
        if not entry.name.strip():
            errors[entry.id, "name"] = _tr("A class needs a name.")
        if not (1 <= len(entry.letter) <= 2 and entry.letter.isalnum()):
            errors[entry.id, "letter"] = _tr("A class needs one or two letters.")
        elif (owner := keymap.owner(entry.letter)) is not None:
            errors[entry.id, "letter"] = _tr("{key} is the key of “{name}”.").format(
                key=native_key_text([entry.letter]), name=command_text(owner.text).rstrip("…")
            )
        if not _COLOUR.fullmatch(entry.colour):
            errors[entry.id, "colour"] = _tr("A colour is # and six hexadecimal digits (0–9, A–F).")
        owner = keymap.owner(entry.key) if normalise_key(entry.key) else None
        if owner is not None:
            errors[entry.id, "key"] = _tr("{key} is the key of “{name}”.").format(
                key=native_key_text([entry.key]), name=command_text(owner.text).rstrip("…")
            )
        letter_owner = next(
            (
                other
                for other in classes
                if other.id != entry.id and _normal_key(entry) == other.letter
            ),
            None,
        )
        if letter_owner is not None:
            errors[entry.id, "key"] = _tr("{key} is the letter of “{name}”.").format(
                key=native_key_text([entry.key]), name=class_name(letter_owner.name)
            )
    for field, normalise, text in (
        ("name", _normal_name, _tr("“{name}” already has this name.")),
        ("letter", _normal_letter, _tr("“{name}” already has this letter.")),
        ("key", _normal_key, _tr("“{name}” already has this key.")),
    ):
        errors = _find_repeats(classes, field, normalise, text) | errors
    return errors


def find_unreachable(classes: Sequence[ClassEntry], keymap: Keymap) -> dict[str, str]:
    """Return a hint for each class without any key: class id → text. Not an error."""
    keys = class_keys(classes, keymap)
    return {
        entry.id: _tr(
            "No key assigns this class: its letter is taken and it has no key of its own."
        )
        for entry in classes
        if not keys[entry.id]
    }


def _find_repeats(
    classes: Sequence[ClassEntry], field: str, normalise: Callable[[ClassEntry], str], text: str
) -> ClassErrors:
    errors: ClassErrors = {}
    for entry in classes:
        same = next(
            (
                other
                for other in classes
                if other.id != entry.id and normalise(other) == normalise(entry)
            ),
            None,
        )
        if same is not None and normalise(entry):
            errors[entry.id, field] = text.format(name=class_name(same.name))
    return errors


def _normal_name(entry: ClassEntry) -> str:
    return " ".join(class_name(entry.name).split()).casefold()


def _normal_letter(entry: ClassEntry) -> str:
    return entry.letter.upper()


def _normal_key(entry: ClassEntry) -> str:
    return normalise_key(entry.key)


def _tr(text: str) -> str:
    return QCoreApplication.translate("class_rules", text)
