"""Tables of strangers: CSV with whatever parts its cells, in whatever Unicode it was saved."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.exchange.formats.untrusted_files import read_text, shown
from engine.messages import Problem
from engine.writing import collapse_whitespace

PATHS = (
    "path",
    "file_name",
    "filename",
    "file",
    "image",
    "image_path",
    "filepath",
    "image_id",
    "name",
)
LABELS = ("label", "class", "category", "cell_type", "labels", "class_name", "celltype", "target")

_DELIMITERS = ",;\t|"
_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Cells:
    """One row: where it stands, for a person, and its cells by the columns' names in lower case."""

    where: str
    cells: dict[str, str]

    def get(self, column: str | None) -> str:
        """Return the cell of a column, empty where there is none."""
        return self.cells.get(column, "") if column is not None else ""


def read_table(path: Path) -> tuple[tuple[str, ...], list[Cells]]:
    """Return the names of the columns, in lower case, and all rows that are not empty.

    What parts the cells (comma, semicolon, tab or bar) is told by the first line, or by the line `sep=;` that
    spreadsheets write. Raises `Problem` (`import.*`).
    """
    text = read_text(path)
    head, _, rest = text.partition("\n")
    delimiter = ""
    if head.strip().casefold().startswith("sep=") and len(head.strip()) == len("sep=;"):
        delimiter, text = head.strip()[-1], rest
    elif head.rstrip("\r").casefold() == "sep=\t":
        delimiter, text = "\t", rest
    try:
        rows = csv.reader(
            io.StringIO(text, newline=""), delimiter=delimiter or _delimiter(text), strict=True
        )
        columns = tuple(name.strip().casefold() for name in next(rows, []))
        return columns, list(_rows(path, rows, columns))
    except csv.Error as error:
        raise Problem("import.damaged", name=shown(path)) from error


def column(columns: Sequence[str], names: Sequence[str]) -> str | None:
    """Return the first of `names` that is a column, or None."""
    return next((name for name in names if name in columns), None)


def no_columns(path: Path, columns: Sequence[str]) -> Problem:
    """Return the problem that a table has no column of labels or none of images, with those it has."""
    found = collapse_whitespace(", ".join(columns))[:_SHOWN]
    return Problem("import.no_columns", name=shown(path), found=found or "–")


def _delimiter(text: str) -> str:
    """Return what parts the first line into columns that are known, else into the most."""

    def parted(delimiter: str) -> tuple[int, int]:
        try:
            names = next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), [])
        except csv.Error:
            return 0, 0
        known = {name.strip().casefold() for name in names} & {*PATHS, *LABELS, "sha256"}
        return len(known), len(names)

    return max(_DELIMITERS, key=parted)


def _rows(path: Path, rows: "Iterator[list[str]]", columns: Sequence[str]) -> Iterator[Cells]:
    for row in rows:
        if any(cell.strip() for cell in row):
            number = getattr(rows, "line_num", 0)
            cells = dict(zip(reversed(columns), reversed(_even(row, len(columns))), strict=True))
            yield Cells(f"{shown(path)}:{number}", cells)


def _even(row: list[str], length: int) -> list[str]:
    return [*row, *[""] * length][:length]
