"""What a page of a report is made of, whatever prints it: facts, tables, paragraphs, figures, tiles."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Facts:
    """Pairs of a name and a value."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: the first column is text, the others are figures unless `text` says otherwise."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    text: frozenset[int] = frozenset({0})


@dataclass(frozen=True, slots=True)
class Text:
    """One paragraph; `warning`: it must be seen."""

    says: str
    warning: bool = False


@dataclass(frozen=True, slots=True)
class Drawing:
    """A figure by name, with its title and what it shows, for those who cannot see it."""

    name: str
    title: str
    says: str


@dataclass(frozen=True, slots=True)
class Tiles:
    """The surest mistakes: name of the image, and what it is called under its picture."""

    tiles: tuple[tuple[str, str], ...]


Block = Facts | Table | Text | Drawing | Tiles


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a report."""

    title: str
    blocks: tuple[Block, ...]


Pictures = Mapping[str, tuple[bytes, bytes | None]]
"""Name of an image to a small JPEG of it, and one with the heat of the predicted class."""
