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
_PART = ".part"


@contextlib.contextmanager
def open_whole(path: Path) -> Iterator[IO[bytes]]:
    """Open a file of the program's own for writing; it gets its name when the block ends without an error.

    It is written beside its place under a hidden name and then moved over what was there; a run that is
    cancelled or fails leaves what was there. Folders on the way are made. What a person asked for is
    written by `engine.outputs`, which never replaces what it does not know. A pipe or a device is never
    replaced. Raises `OSError`.
    """
    with disk_full_names(path):
        check_plain(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        with new_part(path) as (part, stream):
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
            stream.close()
            part.replace(path)


def check_plain(path: Path) -> None:
    """Raise `OSError` where a pipe, a socket or a device lies: a rename would take its place."""
    with contextlib.suppress(FileNotFoundError):
        mode = path.lstat().st_mode
        if not (stat.S_ISREG(mode) or stat.S_ISLNK(mode) or stat.S_ISDIR(mode)):
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), str(path))


@contextlib.contextmanager
def new_part(path: Path) -> Iterator[tuple[Path, IO[bytes]]]:
    """Open a new hidden file beside `path`, which is gone after the block unless it was renamed."""
    part = path.with_name(f".{path.name[:100]}.{secrets.token_hex(4)}{_PART}")
    try:
        with part.open("xb") as stream:
            yield part, stream
    finally:
        part.unlink(missing_ok=True)


@contextlib.contextmanager
def disk_full_names(path: Path | str) -> Iterator[None]:
    """Name the file that was meant in what the block raises.

    Of a full disk, writing does not say which it was; and opening names a hidden part that only we know.
    """
    try:
        yield
    except OSError as error:
        full = error.filename is None and error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
        if full or str(error.filename or "").endswith(_PART):
            error.filename = str(path)
        raise


def write_whole(path: Path, data: bytes) -> None:
    """Write a whole file at once, or leave what was there."""
    with open_whole(path) as stream:
        stream.write(data)


class Table:
    """A CSV that is written row by row: UTF-8, RFC 4180 (so line ends inside names survive)."""

    def __init__(self, stream: IO[bytes], header: list[str]) -> None:
        self._stream = stream
        self._rows = csv.writer(self)
        self.row(header)

    def row(self, cells: list[str]) -> None:
        """Write one row."""
        self._rows.writerow([printable(cell) for cell in cells])

    def write(self, line: str) -> None:
        """Take a finished line from the csv writer."""
        self._stream.write(line.encode("utf-8"))


def write_table(path: Path, header: Sequence[str], rows: Iterable[list[str]]) -> None:
    """Write a whole CSV of the program's own at once, or leave what was there."""
    with open_whole(path) as stream:
        write_rows(stream, header, rows)


def write_rows(stream: IO[bytes], header: Sequence[str], rows: Iterable[list[str]]) -> None:
    """Write a CSV, row by row."""
    table = Table(stream, list(header))
    for row in rows:
        table.row(row)


def table_bytes(rows: Iterable[list[str]]) -> bytes:
    """Return rows as a `Table` writes them."""
    out = io.BytesIO()
    first, *others = rows
    write_rows(out, first, others)
    return out.getvalue()


def printable(text: str) -> str:
    """Return text that UTF-8 can hold: bytes of a file name that are no text become `\\xe9`."""
    try:
        return text.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    except UnicodeEncodeError:  # half of a pair in a Windows name, which stands for no byte
        return text.encode("utf-8", "backslashreplace").decode("utf-8")


def visible(text: str) -> str:
    """Return text that commands nothing where it is shown: control characters are written as `\\x1b`.

    Names of files may hold escape codes that clear a terminal, rename its window or type into it.
    """
    return "".join(
        one if one == "\n" or unicodedata.category(one) not in ("Cc", "Cf") or one in _JOINERS
        else one.encode("unicode_escape").decode("ascii")
        for one in text
    )  # fmt: skip


_JOINERS = "\u200c\u200d"
"""Invisible letters that belong to words and to pictures of several parts."""


def one_line(text: str) -> str:
    """Return the text without line ends and doubled spaces."""
    return " ".join(text.split())


_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def safe_path(path: str) -> str:
    """Return a relative path that no spreadsheet takes for a formula: `=1.jpg` becomes `./=1.jpg`.

    It still names the same file when it is joined to its folder.
    """
    return f"./{path}" if path.startswith(_FORMULA) else path


def safe_text(text: str) -> str:
    """Return text that no spreadsheet takes for a formula: `=1` becomes `'=1`.

    `plain_text` takes the mark away again; so text that looks marked already gets one more.
    """
    return f"'{text}" if _looks_marked(text) else text


def plain_path(cell: str) -> str:
    """Return the path that `safe_path` wrote."""
    return cell.removeprefix("./")


def plain_text(cell: str) -> str:
    """Return the text that `safe_text` wrote."""
    return cell[1:] if cell.startswith("'") and _looks_marked(cell) else cell


def _looks_marked(text: str) -> bool:
    return text.lstrip("'").startswith(_FORMULA)
