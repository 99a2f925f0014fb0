"""Writing results so that a file is either whole or not there."""

import contextlib
import csv
import errno
import io
import os
import secrets
import stat
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO

STDOUT = "-"
_PART_SUFFIX = ".part"


@contextlib.contextmanager
def atomic_open(path: Path) -> Iterator[IO[bytes]]:
    """Open one of the program's own files for writing; it appears only if the block ends without an error.

    The data go to a hidden file beside `path`, which then replaces `path`; a block that is cancelled or
    fails changes nothing. Missing folders are created. Files that a user asked for are written by
    `engine.outputs`, which never replaces a file it does not recognise. A pipe or a device is never
    replaced. Raises `OSError`.
    """
    with name_target_in_errors(path):
        check_is_regular(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        with open_part(path) as (part, stream):
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
            stream.close()
            part.replace(path)


def check_is_regular(path: Path) -> None:
    """Raise `OSError` if `path` is a pipe, a socket or a device, which a rename would replace."""
    with contextlib.suppress(FileNotFoundError):
        mode = path.lstat().st_mode
        if not (stat.S_ISREG(mode) or stat.S_ISLNK(mode) or stat.S_ISDIR(mode)):
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), str(path))


@contextlib.contextmanager
def open_part(path: Path) -> Iterator[tuple[Path, IO[bytes]]]:
    """Open a new hidden file beside `path`; it is deleted after the block unless it was renamed."""
    part = path.with_name(f".{path.name[:100]}.{secrets.token_hex(4)}{_PART_SUFFIX}")
    try:
        with part.open("xb") as stream:
            yield part, stream
    finally:
        part.unlink(missing_ok=True)


@contextlib.contextmanager
def name_target_in_errors(path: Path | str) -> Iterator[None]:
    """Name the target file in the `OSError` that the block raises.

    The error of a full disk names no file, and other errors name the hidden temporary file.
    """
    try:
        yield
    except OSError as error:
        is_disk_full = error.filename is None and error.errno in (
            errno.ENOSPC,
            errno.EDQUOT,
            errno.EFBIG,
        )
        if is_disk_full or str(error.filename or "").endswith(_PART_SUFFIX):
            error.filename = str(path)
        raise


def atomic_write(path: Path, data: bytes) -> None:
    """Write a whole file, or change nothing."""
    with atomic_open(path) as stream:
        stream.write(data)


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
    header, *others = rows
    write_csv_rows(stream, header, others)
    return stream.getvalue()


def to_printable(text: str) -> str:
    """Return text that UTF-8 can encode: undecodable bytes of a file name become `\\xe9`."""
    try:
        return text.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    except UnicodeEncodeError:  # an unpaired surrogate in a Windows name
        return text.encode("utf-8", "backslashreplace").decode("utf-8")


def escape_controls(text: str) -> str:
    """Return text with control characters written as `\\x1b`, so that it is safe to print.

    File names may contain escape codes that clear a terminal, rename its window or type into it.
    """
    return "".join(
        char if char == "\n" or unicodedata.category(char) not in ("Cc", "Cf") or char in _JOINERS
        else char.encode("unicode_escape").decode("ascii")
        for char in text
    )  # fmt: skip


_JOINERS = "\u200c\u200d"
"""Zero-width characters that belong to words and to composed emoji."""


def collapse_whitespace(text: str) -> str:
    """Return the text on one line, without repeated spaces."""
    return " ".join(text.split())


_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def formula_safe_path(path: str) -> str:
    """Return a relative path that no spreadsheet reads as a formula: `=1.jpg` becomes `./=1.jpg`.

    Joined to its folder, it still names the same file.
    """
    return f"./{path}" if path.startswith(_FORMULA_STARTS) else path


def formula_safe_text(text: str) -> str:
    """Return text that no spreadsheet reads as a formula: `=1` becomes `'=1`.

    `original_text` reverses it; text that already looks escaped gets one more quote.
    """
    return f"'{text}" if _looks_like_formula(text) else text


def original_path(cell: str) -> str:
    """Return the path that `formula_safe_path` wrote."""
    return cell.removeprefix("./")


def original_text(cell: str) -> str:
    """Return the text that `formula_safe_text` wrote."""
    return cell[1:] if cell.startswith("'") and _looks_like_formula(cell) else cell


def _looks_like_formula(text: str) -> bool:
    return text.lstrip("'").startswith(_FORMULA_STARTS)
