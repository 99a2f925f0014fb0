"""Project classes: order, names, letters, colours and keys; merging keeps old ids valid."""

import string
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from itertools import chain, product
from typing import TYPE_CHECKING, Any

from engine.messages import Problem
from engine.project.decisions import NOT_CLASSED

if TYPE_CHECKING:
    from engine.images.class_set import ClassSet

Classes = tuple["ClassEntry", ...]

_DIGITS = "123456789"
_ALPHABET = string.ascii_uppercase + "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩ"


@dataclass(frozen=True, slots=True)
class ClassEntry:
    """One class of a project.

    `letter` is shown on tiles beside the colour, one or two characters; `colour` is `#RRGGBB`; `key`
    is the keyboard key that assigns the class, empty for none; `group` is free text. `aliases` are the
    ids of classes merged into this one.
    """

    id: str
    name: str
    letter: str
    colour: str
    key: str = ""
    group: str = ""
    aliases: tuple[str, ...] = ()


def default_classes(
    class_set: "ClassSet | None", model_classes: Iterable[str], colours: Sequence[str]
) -> Classes:
    """Return the classes of a class set, then those that only the model has.

    A class of the model gets the first free colour of `colours`.
    """
    classes = [
        ClassEntry(
            cell_class.id,
            cell_class.name,
            cell_class.letter,
            cell_class.colour,
            str(cell_class.key),
        )
        for cell_class in (class_set.classes if class_set else ())
    ]
    known_ids = {cell_class.id for cell_class in classes}
    for class_id in dict.fromkeys(model_classes):
        if class_id not in known_ids:
            name = class_id.replace("_", " ").strip().capitalize() or class_id
            classes.append(new_class(classes, class_id, name, colours))
    return tuple(classes)


def new_class(
    classes: Sequence[ClassEntry], class_id: str, name: str, colours: Sequence[str]
) -> ClassEntry:
    """Return a new class with a letter, a colour and a digit key that no other class uses."""
    used = {entry.colour.upper() for entry in classes}
    free = [colour.upper() for colour in colours if colour.upper() not in used]
    keys = {entry.key for entry in classes}
    return ClassEntry(
        id=class_id,
        name=name,
        letter=free_letter(name, {entry.letter for entry in classes}),
        colour=free[0] if free else colours[len(classes) % len(colours)].upper(),
        key=next((digit for digit in _DIGITS if digit not in keys), ""),
    )


def new_class_id(classes: Iterable[ClassEntry], name: str, taken: Iterable[str] = ()) -> str:
    """Return an id for a class of this name that no class has or had; ids in `taken` are avoided too."""
    used_ids = {class_id for entry in classes for class_id in (entry.id, *entry.aliases)} | set(
        taken
    )
    plain = (
        "".join(char if char.isalnum() else "_" for char in name.casefold()).strip("_") or "class"
    )
    numbered = (f"{plain}_{number}" for number in range(2, len(used_ids) + 3))
    return next(candidate for candidate in (plain, *numbered) if candidate not in used_ids)


def free_letter(name: str, used: Iterable[str]) -> str:
    """Return an unused letter, preferably one of the name's; two letters if all are used."""
    taken = {letter.upper() for letter in used}
    # Some letters have no one-character capital (ß).
    letters_of_name = [char.upper() for char in name if char.isalpha() and len(char.upper()) == 1]
    pairs = map("".join, product(_ALPHABET, string.ascii_uppercase))
    return next(
        letter for letter in chain(letters_of_name, _ALPHABET, pairs) if letter not in taken
    )


def with_free_letters(classes: Iterable[ClassEntry], reserved: Iterable[str]) -> Classes:
    """Return classes with distinct letters, none of them in `reserved`."""
    listed, reserved = list(classes), {letter.upper() for letter in reserved}
    # Letters already in use are not given to another class.
    kept_letters = {entry.letter.upper() for entry in listed} - reserved
    seen_letters: set[str] = set()
    for index, entry in enumerate(listed):
        letter = entry.letter
        if letter.upper() in reserved | seen_letters:
            letter = free_letter(entry.name, reserved | kept_letters | seen_letters)
            listed[index] = replace(entry, letter=letter)
        seen_letters.add(letter.upper())
    return tuple(listed)


def find_class(classes: Iterable[ClassEntry], class_id: str) -> ClassEntry | None:
    """Return the class with this id, or the one it was merged into; None if there is neither."""
    return next(
        (entry for entry in classes if class_id == entry.id or class_id in entry.aliases), None
    )


def merge_map(classes: Iterable[ClassEntry]) -> dict[str, str]:
    """Return the current id of each merged class, by its old id."""
    return {alias: entry.id for entry in classes for alias in entry.aliases}


def effective_label(
    decided: str | None, given: str | None, merged: Mapping[str, str]
) -> str | None:
    """Return an image's label: the person's, else the folder's, mapped through `merged` (`merge_map`).

    None where a person marked it as not classed, or where it has no label. Window, export, report,
    training and gate all use this rule.
    """
    if decided == NOT_CLASSED:
        return None
    label = decided or given
    return None if label is None else merged.get(label, label)


def merge_classes(classes: Sequence[ClassEntry], class_id: str, into: str) -> Classes:
    """Return the classes with `class_id` merged into `into`; raises `KeyError` if either is missing."""
    by_id = {entry.id: entry for entry in classes}
    removed, target = by_id[class_id], by_id[into]
    if removed is target:
        return tuple(classes)
    merged = replace(target, aliases=(*target.aliases, removed.id, *removed.aliases))
    return tuple(merged if entry is target else entry for entry in classes if entry is not removed)


def encode_classes(classes: Iterable[ClassEntry]) -> list[dict[str, Any]]:
    """Return classes as plain values, as a project stores them."""
    return [{**asdict(entry), "aliases": list(entry.aliases)} for entry in classes]


def decode_classes(stored: Any) -> Classes:
    """Return stored classes, ignoring fields of newer versions; raises `Problem`."""
    try:
        return tuple(_entry(item) for item in stored)
    except (KeyError, TypeError, AttributeError) as error:
        raise Problem("project.bad_classes", reason=str(error)) from error


def _entry(stored: Mapping[str, Any]) -> ClassEntry:
    known_fields = {field.name for field in fields(ClassEntry)} - {"aliases"}
    values = {name: value for name, value in stored.items() if name in known_fields}
    aliases = tuple(stored.get("aliases", ()))
    if not all(isinstance(value, str) for value in (*values.values(), *aliases)):
        raise TypeError(f"{values}")
    return ClassEntry(**values, aliases=aliases)
