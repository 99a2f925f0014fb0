"""What is wrong with the classes of a project as somebody arranges them, in words."""

import re
from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication

from engine.project.classes import ClassEntry
from gui.shortcuts.commands import command_text
from gui.shortcuts.keymap import Keymap, class_keys, native_key_text, normalise_key
from gui.words import class_name

_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
ClassErrors = dict[tuple[str, str], str]
"""Class id and field (`name`, `letter`, `colour`, `key`), and the sentence to say beside it."""


def find_errors(classes: Sequence[ClassEntry], keymap: Keymap) -> ClassErrors:
    """Return what has to be mended before the classes can be kept."""
    found: ClassErrors = {}
    for one in classes:
        if not one.name.strip():
            found[one.id, "name"] = _tr("A class needs a name.")
        if not (1 <= len(one.letter) <= 2 and one.letter.isalnum()):
            found[one.id, "letter"] = _tr("A class needs one or two letters.")
        elif (owner := keymap.owner(one.letter)) is not None:
            found[one.id, "letter"] = _tr("{key} is the key of “{name}”.").format(
                key=native_key_text([one.letter]), name=command_text(owner.words).rstrip("…")
            )
        if not _COLOUR.fullmatch(one.colour):
            found[one.id, "colour"] = _tr("A colour is # and six hexadecimal digits (0–9, A–F).")
        owner = keymap.owner(one.key) if normalise_key(one.key) else None
        if owner is not None:
            found[one.id, "key"] = _tr("{key} is the key of “{name}”.").format(
                key=native_key_text([one.key]), name=command_text(owner.words).rstrip("…")
            )
        letter = next(
            (other for other in classes if other.id != one.id and _plain_key(one) == other.letter),
            None,
        )
        if letter is not None:
            found[one.id, "key"] = _tr("{key} is the letter of “{name}”.").format(
                key=native_key_text([one.key]), name=class_name(letter.name)
            )
    for field, plain, said in (
        ("name", _plain_name, _tr("“{name}” already has this name.")),
        ("letter", _plain_letter, _tr("“{name}” already has this letter.")),
        ("key", _plain_key, _tr("“{name}” already has this key.")),
    ):
        found = _twice(classes, field, plain, said) | found
    return found


def find_unreachable(classes: Sequence[ClassEntry], keymap: Keymap) -> dict[str, str]:
    """Return, by id, a sentence for each class that no key gives: nothing that must be mended."""
    keys = class_keys(classes, keymap)
    return {
        one.id: _tr("No key assigns this class: its letter is taken and it has no key of its own.")
        for one in classes
        if not keys[one.id]
    }


def _twice(
    classes: Sequence[ClassEntry], field: str, plain: Callable[[ClassEntry], str], said: str
) -> ClassErrors:
    found: ClassErrors = {}
    for one in classes:
        same = next(
            (other for other in classes if other.id != one.id and plain(other) == plain(one)), None
        )
        if same is not None and plain(one):
            found[one.id, field] = said.format(name=class_name(same.name))
    return found


def _plain_name(one: ClassEntry) -> str:
    return " ".join(class_name(one.name).split()).casefold()


def _plain_letter(one: ClassEntry) -> str:
    return one.letter.upper()


def _plain_key(one: ClassEntry) -> str:
    return normalise_key(one.key)


def _tr(text: str) -> str:
    return QCoreApplication.translate("class_rules", text)
