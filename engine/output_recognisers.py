"""Recognisers of earlier results, which a new result of the same kind may replace."""

import csv
import io
import json
from collections.abc import Callable

from engine.csv_files import csv_bytes

Recogniser = Callable[[bytes], bool]
"""Function that recognises an earlier result of the same kind by the first and last bytes of a file."""


def table_recogniser(*header: str) -> Recogniser:
    """Return a recogniser of CSV files with exactly these columns."""
    line = csv_bytes([list(header)])
    return lambda data: data.removeprefix(b"\xef\xbb\xbf").startswith(line)


def table_prefix_recogniser(*header: str) -> Recogniser:
    """Return a recogniser of CSV files that begin with these columns."""
    beginning = csv_bytes([list(header)]).rstrip(b"\r\n") + b","
    return lambda data: data.startswith(beginning)


def square_table_recogniser(corner: str) -> Recogniser:
    """Return a recogniser of CSV tables of counts with equal row and column names under `corner`."""

    def recognise(data: bytes) -> bool:
        try:
            header, *rows = list(csv.reader(io.StringIO(data.decode("utf-8"))))
        except (ValueError, csv.Error):
            return False
        names = [row[0] for row in rows if row]
        return [corner, *names] == header and all(
            cell.isdecimal() for row in rows for cell in row[1:]
        )

    return recognise


def json_recogniser(*keys: str) -> Recogniser:
    """Return a recogniser of JSON objects that begin with these keys, in this order."""

    def recognise(data: bytes) -> bool:
        start = 0
        for key in keys:
            start = data.find(json.dumps(key).encode() + b":", start)
            if start < 0:
                return False
        return data.startswith(b"{")

    return recognise


def marked_recogniser(signature: bytes, mark: bytes) -> Recogniser:
    """Return a recogniser of files with a format's first bytes and a mark of this program."""
    return lambda data: data.startswith(signature) and mark in data
