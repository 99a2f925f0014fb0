"""Class sets: the classes a model tells apart, as a small validated file a person can read."""

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

from engine.messages import Problem
from engine.paths import resources

_SEPARATORS = re.compile(r"[\s_.\-]+")

Group = Literal["leukocyte", "erythroblast", "platelet", "other"]
"""What a class counts as in a differential: leukocytes make its 100%, all else is given beside them."""


class CellClass(Struct, frozen=True, forbid_unknown_fields=True):
    """One class: its id in files and models, its English name, and how it is shown and typed.

    `letter` and `key` (a digit) name it on the keyboard and on a tile; `colour` is `#RRGGBB`.
    """

    id: Annotated[str, Meta(pattern=r"^[a-z0-9_]+$")]
    name: Annotated[str, Meta(min_length=1)]
    letter: Annotated[str, Meta(pattern=r"^[A-Z]$")]
    key: Annotated[int, Meta(ge=1, le=9)]
    colour: Annotated[str, Meta(pattern=r"^#[0-9A-F]{6}$")]
    synonyms: tuple[str, ...] = ()
    group: Group = "leukocyte"


class ClassSet(Struct, frozen=True, forbid_unknown_fields=True):
    """Classes in their order: that of labels 0, 1, … in archives, and of a model's outputs."""

    id: str
    title: str
    classes: Annotated[tuple[CellClass, ...], Meta(min_length=2)]

    def __post_init__(self) -> None:
        for attribute in ("id", "name", "letter", "key", "colour"):
            values = [getattr(one, attribute) for one in self.classes]
            if len(set(values)) < len(values):
                raise ValueError(f"two classes have the same {attribute}")
        _index(self)

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the classes, in order."""
        return tuple(one.id for one in self.classes)

    def find(self, name: str) -> CellClass | None:
        """Return the class called `name` by id, name or synonym, or None.

        Case, spaces, `_`, `-`, `.` and a plural s make no difference, nor does the Unicode form.
        """
        return _index(self).get(_plain(name))


def class_set_names() -> list[str]:
    """Return the names of the shipped class sets."""
    return sorted(path.stem for path in (resources() / "classes").glob("*.toml"))


def load_class_set(name: str | Path = "blood8") -> ClassSet:
    """Read a shipped class set by name, or any by its path; raises `Problem` (`classes.*`)."""
    path = Path(name)
    if path.suffix != ".toml":
        path = resources() / "classes" / f"{name}.toml"
        if str(name) not in class_set_names():
            raise Problem("classes.unknown", name=str(name), known=", ".join(class_set_names()))
    try:
        return msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), ClassSet)
    except OSError as error:
        raise Problem("classes.unreadable", name=str(name), reason=error.strerror or "") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, msgspec.ValidationError) as error:
        raise Problem("classes.invalid", name=str(name), reason=str(error)) from error


def _plain(name: str) -> str:
    return _SEPARATORS.sub("", unicodedata.normalize("NFKC", name).casefold()).removesuffix("s")


@lru_cache(maxsize=16)
def _index(classes: ClassSet) -> Mapping[str, CellClass]:
    index: dict[str, CellClass] = {}
    for one in classes.classes:
        for word in (one.id, one.name, *one.synonyms):
            known = index.setdefault(_plain(word), one)
            if known is not one:
                raise ValueError(f"{word!r} names both {known.id} and {one.id}")
    return index
