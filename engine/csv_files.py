"""CSV files: UTF-8, RFC 4180."""

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import IO

from engine.atomic_files import atomic_open
from engine.messages import Message, render
from engine.text import collapse_whitespace, formula_safe_text, to_printable


class CsvWriter:
    """Row-by-row writer of a CSV file: UTF-8, RFC 4180 (line breaks inside cells survive)."""

    def __init__(self, stream: IO[bytes], header: list[str]) -> None:
        self._stream = stream
        self._rows = csv.writer(self)
        self.write_row(header)

    def write_row(self, cells: list[str]) -> None:
        """Write one row."""
        self._rows.writerow([to_printable(cell) for cell in cells])

    def write(self, line: str) -> None:
        """Receive a finished line from the csv module."""
        self._stream.write(line.encode("utf-8"))


def message_cell(*messages: Message) -> str:
    """Return messages as the text of one cell, empty without any."""
    return formula_safe_text(collapse_whitespace(" ".join(map(render, messages))))


def write_csv(path: Path, header: Sequence[str], rows: Iterable[list[str]]) -> None:
    """Write one of the program's own CSV files whole, or change nothing."""
    with atomic_open(path) as stream:
        write_csv_rows(stream, header, rows)


def write_csv_rows(stream: IO[bytes], header: Sequence[str], rows: Iterable[list[str]]) -> None:
    """Write a header and rows as CSV."""
    writer = CsvWriter(stream, list(header))
    for row in rows:
        writer.write_row(row)


def csv_bytes(rows: Iterable[list[str]]) -> bytes:
    """Return rows as `CsvWriter` writes them."""
    stream = io.BytesIO()
    header, *body = rows
    write_csv_rows(stream, header, body)
    return stream.getvalue()
