"""The classes of a project: their order, names, letters, colours and keys; merging keeps old ids alive."""

import string
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from itertools import chain, product
from typing import TYPE_CHECKING, Any

from engine.messages import Problem
from engine.project.values import NOT_CLASSED

if TYPE_CHECKING:
    from engine.images.classes import ClassSet

Classes = tuple["ClassEntry", ...]

_DIGITS = "123456789"
_ALPHABET = string.ascii_uppercase + "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩ"


@dataclass(frozen=True, slots=True)
class ClassEntry:
    """One class of a project, as a person arranged it.

    `letter` is what a tile shows beside the colour, one or two characters; `colour` is `#RRGGBB`;
    `key` is typed to give the class, empty for none; `group` is what the class belongs to, in a
    person's words. `aliases` are the ids of classes that were merged into this one.
    """

    id: str
    name: str
    letter: str
    colour: str
    key: str = ""
    group: str = ""
    aliases: tuple[str, ...] = ()


def default(
    class_set: "ClassSet | None", model_classes: Iterable[str], colours: Sequence[str]
) -> Classes:
    """Return a class set's classes and those that only the model knows, in this order.

    `colours` are for the latter, the first one that is free each time.
    """
    classes = [
        ClassEntry(one.id, one.name, one.letter, one.colour, str(one.key))
        for one in (class_set.classes if class_set else ())
    ]
    known = {one.id for one in classes}
    for identity in dict.fromkeys(model_classes):
        if identity not in known:
            name = identity.replace("_", " ").strip().capitalize() or identity
            classes.append(new(classes, identity, name, colours))
    return tuple(classes)


def new(
    classes: Sequence[ClassEntry], identity: str, name: str, colours: Sequence[str]
) -> ClassEntry:
    """Return a class to be added to others: with a letter, a colour and a digit that are free."""
    used = {one.colour.upper() for one in classes}
    free = [colour.upper() for colour in colours if colour.upper() not in used]
    keys = {one.key for one in classes}
    return ClassEntry(
        id=identity,
        name=name,
        letter=free_letter(name, {one.letter for one in classes}),
        colour=free[0] if free else colours[len(classes) % len(colours)].upper(),
        key=next((digit for digit in _DIGITS if digit not in keys), ""),
    )


def new_id(classes: Iterable[ClassEntry], name: str, taken: Iterable[str] = ()) -> str:
    """Return an id for a class of this name that no class has or ever had; `taken` are others not to use."""
    used = {identity for one in classes for identity in (one.id, *one.aliases)} | set(taken)
    plain = "".join(one if one.isalnum() else "_" for one in name.casefold()).strip("_") or "class"
    numbered = (f"{plain}_{number}" for number in range(2, len(used) + 3))
    return next(one for one in (plain, *numbered) if one not in used)


def free_letter(name: str, used: Iterable[str]) -> str:
    """Return a letter that is free, one of the name's if there is one, else two letters."""
    taken = {one.upper() for one in used}
    # Some letters have no capital of one character (ß).
    own = [one.upper() for one in name if one.isalpha() and len(one.upper()) == 1]
    pairs = map("".join, product(_ALPHABET, string.ascii_uppercase))
    return next(letter for letter in chain(own, _ALPHABET, pairs) if letter not in taken)


def with_free_letters(classes: Iterable[ClassEntry], reserved: Iterable[str]) -> Classes:
    """Return classes of which none has a reserved letter, nor two the same."""
    listed, reserved = list(classes), {one.upper() for one in reserved}
    # Those that may keep their letters do.
    kept = {one.letter.upper() for one in listed} - reserved
    seen: set[str] = set()
    for place, one in enumerate(listed):
        letter = one.letter
        if letter.upper() in reserved | seen:
            letter = free_letter(one.name, reserved | kept | seen)
            listed[place] = replace(one, letter=letter)
        seen.add(letter.upper())
    return tuple(listed)


def resolve(classes: Iterable[ClassEntry], class_id: str) -> ClassEntry | None:
    """Return the class that an id means now: its own, or the one it was merged into; None if neither."""
    return next((one for one in classes if class_id == one.id or class_id in one.aliases), None)


def merged_into(classes: Iterable[ClassEntry]) -> dict[str, str]:
    """Return what each class that was merged means now: old id to the one that holds."""
    return {alias: entry.id for entry in classes for alias in entry.aliases}


def label_that_holds(
    decided: str | None, given: str | None, merged: Mapping[str, str]
) -> str | None:
    """Return the class of an image: a person's, else its folder's, in the classes that hold now.

    `merged` is `merged_into`; None where a person gave it no class, or nobody a class. This is the one
    rule for window, export, report, training and gate.
    """
    if decided == NOT_CLASSED:
        return None
    label = decided or given
    return None if label is None else merged.get(label, label)


def merge(classes: Sequence[ClassEntry], one: str, into: str) -> Classes:
    """Return the classes with `one` gone and its ids meaning `into`; `KeyError` if either is not there."""
    by_id = {entry.id: entry for entry in classes}
    gone, kept = by_id[one], by_id[into]
    if gone is kept:
        return tuple(classes)
    whole = replace(kept, aliases=(*kept.aliases, gone.id, *gone.aliases))
    return tuple(whole if entry is kept else entry for entry in classes if entry is not gone)


def to_json(classes: Iterable[ClassEntry]) -> list[dict[str, Any]]:
    """Return classes as plain values, to be kept in a project."""
    return [{**asdict(one), "aliases": list(one.aliases)} for one in classes]


def from_json(kept: Any) -> Classes:
    """Return classes that were kept; fields of a newer version are left out. Raises `Problem`."""
    try:
        return tuple(_entry(one) for one in kept)
    except (KeyError, TypeError, AttributeError) as error:
        raise Problem("project.bad_classes", reason=str(error)) from error


def _entry(kept: Mapping[str, Any]) -> ClassEntry:
    known = {one.name for one in fields(ClassEntry)} - {"aliases"}
    values = {name: value for name, value in kept.items() if name in known}
    aliases = tuple(kept.get("aliases", ()))
    if not all(isinstance(value, str) for value in (*values.values(), *aliases)):
        raise TypeError(f"{values}")
    return ClassEntry(**values, aliases=aliases)
