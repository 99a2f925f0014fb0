"""Writing results so that a file is either whole or not there."""

import contextlib
import csv
import errno
import os
import secrets
import stat
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

from engine.messages import Problem

STDOUT = "-"


@contextlib.contextmanager
def open_whole(path: Path | str) -> Iterator[IO[bytes]]:
    """Open a file for writing that gets its name only when the block ends without an error.

    It is written beside its place under a hidden name and then moved over what was there; a run
    that is cancelled or fails leaves what was there. "-" is standard output; pipes and devices are
    written to directly. Folders on the way are made. Raises `Problem` when `path` is a folder,
    `OSError` when it cannot be written.
    """
    try:
        with _opened(path) as stream:
            yield stream
    except OSError as error:
        # Writing says only that the disk is full, not which file was being written.
        if error.filename is None and error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            error.filename = str(path)
        raise


@contextlib.contextmanager
def _opened(path: Path | str) -> Iterator[IO[bytes]]:
    if str(path) == STDOUT:
        sys.stdout.flush()
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    # Through a link, what it points to is replaced and the link stays.
    target = Path(path).resolve()
    if target.is_dir():
        raise Problem("write.is_folder", path=str(path))
    if target.exists() and not stat.S_ISREG(target.stat().st_mode):
        with target.open("wb") as stream:
            yield stream
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{target.name[:100]}.{secrets.token_hex(4)}.part")
    try:
        with part.open("xb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


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


def write_table(path: Path, header: list[str], rows: Iterable[list[str]]) -> None:
    """Write a whole CSV at once, or leave what was there."""
    with open_whole(path) as stream:
        table = Table(stream, header)
        for row in rows:
            table.row(row)


def printable(text: str) -> str:
    """Return text that UTF-8 can hold: bytes of a file name that are no text become `\\xe9`."""
    try:
        return text.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    except UnicodeEncodeError:  # half of a pair in a Windows name, which stands for no byte
        return text.encode("utf-8", "backslashreplace").decode("utf-8")


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
