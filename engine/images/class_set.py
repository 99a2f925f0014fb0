"""Class sets: the classes that a model distinguishes, read from small TOML files."""

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

from engine.damaged_data import DamagedData, decoding
from engine.messages import Problem
from engine.paths import resources_dir

_SEPARATORS = re.compile(r"[\s_.\-]+")

DifferentialGroup = Literal["leukocyte", "erythroblast", "platelet", "other"]
"""Group of a class in a differential count: leukocytes add up to 100%, all others are listed beside them."""


class CellClass(Struct, frozen=True, forbid_unknown_fields=True):
    """One cell class: its id in files and models, its English name, its look and its keys.

    `letter` and `key` (a digit) select it on the keyboard and mark its tiles; `colour` is `#RRGGBB`.
    """

    id: Annotated[str, Meta(pattern=r"^[a-z0-9_]+$")]
    name: Annotated[str, Meta(min_length=1)]
    letter: Annotated[str, Meta(pattern=r"^[A-Z]$")]
    key: Annotated[int, Meta(ge=1, le=9)]
    colour: Annotated[str, Meta(pattern=r"^#[0-9A-F]{6}$")]
    synonyms: tuple[str, ...] = ()
    group: DifferentialGroup = "leukocyte"


class ClassSet(Struct, frozen=True, forbid_unknown_fields=True):
    """Classes in the order of labels 0, 1, … in archives and of a model's outputs."""

    id: str
    title: str
    classes: Annotated[tuple[CellClass, ...], Meta(min_length=2)]

    def __post_init__(self) -> None:
        for attribute in ("id", "name", "letter", "key", "colour"):
            values = [getattr(cell_class, attribute) for cell_class in self.classes]
            if len(set(values)) < len(values):
                raise ValueError(f"two classes have the same {attribute}")
        _classes_by_name(self)

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the classes, in order."""
        return tuple(cell_class.id for cell_class in self.classes)

    def find(self, name: str) -> CellClass | None:
        """Return the class with this id, name or synonym, or None.

        Case, spaces, `_`, `-`, `.`, a plural s and the Unicode form are ignored.
        """
        return _classes_by_name(self).get(_normalise(name))


def class_set_names() -> list[str]:
    """Return the names of the shipped class sets."""
    return sorted(path.stem for path in (resources_dir() / "classes").glob("*.toml"))


def load_class_set(name: str | Path = "blood8") -> ClassSet:
    """Read a shipped class set by name, or any class set by path; raises `Problem` (`classes.*`)."""
    path = Path(name)
    if path.suffix != ".toml":
        path = resources_dir() / "classes" / f"{name}.toml"
        if str(name) not in class_set_names():
            raise Problem("classes.unknown", name=str(name), known=", ".join(class_set_names()))
    try:
        with decoding():
            return msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), ClassSet)
    except OSError as error:
        raise Problem("classes.unreadable", name=str(name), reason=error.strerror or "") from error
    except DamagedData as error:
        reason = str(error.message.params["reason"])
        raise Problem("classes.invalid", name=str(name), reason=reason) from error


def _normalise(name: str) -> str:
    return _SEPARATORS.sub("", unicodedata.normalize("NFKC", name).casefold()).removesuffix("s")


@lru_cache(maxsize=16)
def _classes_by_name(classes: ClassSet) -> Mapping[str, CellClass]:
    index: dict[str, CellClass] = {}
    for cell_class in classes.classes:
        for name in (cell_class.id, cell_class.name, *cell_class.synonyms):
            first = index.setdefault(_normalise(name), cell_class)
            if first is not cell_class:
                raise ValueError(f"{name!r} names both {first.id} and {cell_class.id}")
    return index
