"""Building blocks of a report, independent of the output format."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FactList:
    """Pairs of a name and a value."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A table; `text_columns` are the indices of columns that hold text, the others hold numbers."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    text_columns: frozenset[int] = frozenset({0})


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph, highlighted if it is a warning."""

    text: str
    warning: bool = False


@dataclass(frozen=True, slots=True)
class FigureBlock:
    """A figure by name, with its title and a description of what it shows."""

    name: str
    title: str
    description: str


@dataclass(frozen=True, slots=True)
class MistakeTiles:
    """The most confident mistakes: pairs of image name and caption."""

    tiles: tuple[tuple[str, str], ...]


Block = FactList | TableBlock | Paragraph | FigureBlock | MistakeTiles


@dataclass(frozen=True, slots=True)
class ReportSection:
    """One part of a report."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class PrintedDocument:
    """A printed document in one language: a report or a certificate.

    `created` is ISO 8601, `creator` marks files of this kind; `missing_glyphs` returns the sentence on so
    many letters that no installed font has.
    """

    title: str
    notice: str
    sections: tuple[ReportSection, ...]
    created: str
    creator: str
    missing_glyphs: Callable[[int], str]


ImagePreviews = Mapping[str, tuple[bytes, bytes | None]]
"""JPEGs by image name: the image, and the image with the heat map of the predicted class."""
