"""Tables of labels: CSV with any common delimiter, in UTF-8 or UTF-16."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.exchange.formats.untrusted_files import display_name, read_text
from engine.messages import Problem
from engine.text import collapse_whitespace

PATH_COLUMNS = (
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
LABEL_COLUMNS = (
    "label",
    "class",
    "category",
    "cell_type",
    "labels",
    "class_name",
    "celltype",
    "target",
)

_DELIMITERS = ",;\t|"
_MAX_SHOWN_LENGTH = 200


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row: its location in the file, for a person, and its cells by lower-case column name."""

    location: str
    cells: dict[str, str]

    def get(self, column: str | None) -> str:
        """Return the cell of a column, empty if the column is missing."""
        return self.cells.get(column, "") if column is not None else ""


def read_table(path: Path) -> tuple[tuple[str, ...], list[TableRow]]:
    """Return the lower-case column names, and all rows that are not empty.

    The delimiter (comma, semicolon, tab or bar) is detected from the first line, or taken from a line
    `sep=;` as spreadsheets write it. Raises `Problem` (`import.*`).
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
        raise Problem("import.damaged", name=display_name(path)) from error


def find_column(columns: Sequence[str], names: Sequence[str]) -> str | None:
    """Return the first of `names` that is a column, None if none is."""
    return next((name for name in names if name in columns), None)


def missing_columns_problem(path: Path, columns: Sequence[str]) -> Problem:
    """Return the problem of a table without a column of labels or of images, naming its columns."""
    shown = collapse_whitespace(", ".join(columns))[:_MAX_SHOWN_LENGTH]
    return Problem("import.no_columns", name=display_name(path), found=shown or "–")


def _delimiter(text: str) -> str:
    """Return the delimiter that yields the most known columns, then the most columns."""

    def column_counts(delimiter: str) -> tuple[int, int]:
        try:
            names = next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), [])
        except csv.Error:
            return 0, 0
        matched = {name.strip().casefold() for name in names} & {
            *PATH_COLUMNS,
            *LABEL_COLUMNS,
            "sha256",
        }
        return len(matched), len(names)

    return max(_DELIMITERS, key=column_counts)


def _rows(path: Path, rows: "Iterator[list[str]]", columns: Sequence[str]) -> Iterator[TableRow]:
    for row in rows:
        if any(cell.strip() for cell in row):
            number = getattr(rows, "line_num", 0)
            cells = dict(zip(reversed(columns), reversed(_pad(row, len(columns))), strict=True))
            yield TableRow(f"{display_name(path)}:{number}", cells)


def _pad(row: list[str], length: int) -> list[str]:
    return [*row, *[""] * length][:length]
