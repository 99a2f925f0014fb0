"""The one door to a person's disk: every result of every command and of the window gets its name here.

A result takes a name that is free, or the place of an earlier result of the same kind, which is known by its
content. Nothing else is ever replaced: no image, project, model, manifest or table of a person, whatever it
is called, and nothing that is reached through a link. Files that this program keeps for itself (caches,
settings) are written by `engine.writing` directly.
"""

import contextlib
import csv
import errno
import io
import json
import os
import shutil
import stat
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO

from engine.messages import Problem
from engine.renaming import rename_new
from engine.writing import STDOUT, disk_full_names, new_part, table_bytes, write_rows

Known = Callable[[bytes], bool]
"""What tells by the beginning and the end of a file whether it is an earlier result of the same kind."""

_END = 64 << 10
"""How many bytes at each end of a file are looked at to know it."""

_WORK_MARK = ".bloodbench-work"

NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
"""Flags with which a file is opened so that no link is followed and no pipe is waited for."""


def table(*header: str) -> Known:
    """Know a CSV that has exactly these columns."""
    line = table_bytes([list(header)])
    return lambda data: data.removeprefix(b"\xef\xbb\xbf").startswith(line)


def table_beginning(*header: str) -> Known:
    """Know a CSV whose first columns are these; others may follow."""
    begin = table_bytes([list(header)]).rstrip(b"\r\n") + b","
    return lambda data: data.startswith(begin)


def square_table(corner: str) -> Known:
    """Know a CSV of whole numbers whose rows are called as its columns, with `corner` above them."""

    def known(data: bytes) -> bool:
        try:
            head, *rows = list(csv.reader(io.StringIO(data.decode("utf-8"))))
        except (ValueError, csv.Error):
            return False
        names = [row[0] for row in rows if row]
        return [corner, *names] == head and all(
            cell.isdecimal() for row in rows for cell in row[1:]
        )

    return known


def json_object(*keys: str) -> Known:
    """Know a JSON object that begins with these keys, in this order."""

    def known(data: bytes) -> bool:
        at = 0
        for key in keys:
            place = data.find(json.dumps(key).encode() + b":", at)
            if place < 0:
                return False
            at = place
        return data.startswith(b"{")

    return known


def marked(begin: bytes, mark: bytes) -> Known:
    """Know a file of a format (its first bytes) that carries a mark of this program."""
    return lambda data: data.startswith(begin) and mark in data


class Output:
    """One file that a command writes, looked at when it is made and again when it gets its name.

    `known` tells an earlier result, which is replaced; without it the name must be free. `inputs` are files
    that are read: a result that is one of them, by whatever name, is refused with those words. "-" is
    standard output; a pipe or a terminal is written to as it is. Raises `Problem` (`write.*`) and `OSError`,
    before any work is done.
    """

    def __init__(
        self, path: Path | str, known: Known | None = None, inputs: Iterable[Path] = ()
    ) -> None:
        self.path = path
        self._known = known
        self._inputs = inputs
        self._look()

    @contextlib.contextmanager
    def open(self) -> Iterator[IO[bytes]]:
        """Open the file; it gets its name only when the block ends without an error.

        It is written beside its place under a hidden name. Folders on the way are made.
        """
        if str(self.path) == STDOUT:
            sys.stdout.flush()
            yield sys.stdout.buffer
            sys.stdout.buffer.flush()
            return
        with disk_full_names(self.path):
            target = Path(self.path)
            if _is_stream(target):
                with target.open("wb") as stream:
                    yield stream
                return
            self._look()
            target.parent.mkdir(parents=True, exist_ok=True)
            with new_part(target) as (part, stream):
                yield stream
                stream.flush()
                os.fsync(stream.fileno())
                stream.close()
                self._place(part, target)

    def write(self, data: bytes) -> None:
        """Write the whole file at once."""
        with self.open() as stream:
            stream.write(data)

    def table(self, header: Sequence[str], rows: Iterable[list[str]]) -> None:
        """Write a whole CSV at once."""
        with self.open() as stream:
            write_rows(stream, header, rows)

    def _place(self, part: Path, target: Path) -> None:
        # What came there in the meantime is looked at as well.
        if self._look():
            part.replace(target)
        else:
            give_name(part, target)

    def _look(self) -> bool:
        """Say whether an earlier result lies there; raises `Problem` where anything else does."""
        if str(self.path) == STDOUT:
            return False
        try:
            there = os.lstat(self.path)
        except FileNotFoundError:
            return False
        if stat.S_ISDIR(there.st_mode):
            raise Problem("write.is_folder", path=str(self.path))
        if _is_stream(Path(self.path)):
            return False
        # By device and inode: no name, and no number of links, hides that it is the same file.
        if any(_same(Path(self.path), one) for one in self._inputs):
            raise Problem("write.is_input", path=str(self.path))
        if stat.S_ISLNK(there.st_mode):
            raise Problem("write.is_link", path=str(self.path))
        if not (self._known and self._known(_ends(Path(self.path), there))):
            raise Problem("write.not_ours", path=str(self.path))
        return True


class OutputFolder:
    """The files that a command writes into a folder, all looked at before any work is done.

    `files` says by name how an earlier one is known; the folder is made. Raises `Problem` (`write.*`) and
    `OSError`.
    """

    def __init__(
        self, folder: Path, files: Mapping[str, Known], inputs: Iterable[Path] = ()
    ) -> None:
        if os.path.lexists(folder) and not folder.is_dir():
            raise Problem("write.not_a_folder", path=str(folder))
        inputs = list(inputs)
        self._files = {name: Output(folder / name, known, inputs) for name, known in files.items()}
        folder.mkdir(parents=True, exist_ok=True)
        self.path = folder

    def __getitem__(self, name: str) -> Output:
        return self._files[name]


def check_free(path: Path) -> None:
    """Raise `Problem` unless nothing, or an empty folder that is no link, has this name."""
    if not os.path.lexists(path):
        return
    if path.is_symlink():
        raise Problem("write.is_link", path=str(path))
    if not path.is_dir() or any(path.iterdir()):
        raise Problem("write.exists", path=str(path))


def work_folder(path: Path) -> Path:
    """Return the folder in which long work lies until it is whole, made unless this program made it before.

    It is deleted with all that is in it when the work is done; so a folder of somebody else is refused.
    Raises `Problem` and `OSError`.
    """
    mark = path / _WORK_MARK
    if not mark.is_file() or path.is_symlink():
        check_free(path)
        path.mkdir(parents=True, exist_ok=True)
        mark.touch()
    return path


def delete_work_folder(path: Path) -> None:
    """Delete a folder of `work_folder`, as far as it can be deleted, and nothing else."""
    if (path / _WORK_MARK).is_file() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)


def give_name(made: Path, path: Path) -> None:
    """Give a finished file or folder its name, which must be free (or an empty folder, for a folder).

    Decided by the operating system at that instant; raises `Problem` and `OSError`.
    """
    check_free(path)
    try:
        if made.is_dir():
            if path.is_dir():
                path.rmdir()
            made.rename(
                path
            )  # a folder takes the place of no file, and of no folder that holds anything
        else:
            rename_new(made, path)
    except OSError as error:
        if error.errno not in (errno.EEXIST, errno.ENOTEMPTY, errno.ENOTDIR, errno.EISDIR):
            raise
        raise Problem("write.exists", path=str(path)) from error


def _is_stream(path: Path) -> bool:
    """Say whether a path is, or leads to, a pipe or a terminal: what has no content to lose."""
    try:
        mode = path.stat().st_mode
    except OSError:
        return False
    return stat.S_ISFIFO(mode) or stat.S_ISCHR(mode)


def _same(one: Path, other: Path) -> bool:
    with contextlib.suppress(OSError):
        return one.samefile(other)
    return False


def _ends(path: Path, expected: os.stat_result) -> bytes:
    """Return both ends of a file, which must still be the one that was looked at; raises `OSError`."""
    if not stat.S_ISREG(expected.st_mode):
        return b""
    with open(os.open(path, os.O_RDONLY | NO_FOLLOW), "rb") as stream:  # noqa: PTH123
        found = os.fstat(stream.fileno())
        if not (os.path.samestat(found, expected) and stat.S_ISREG(found.st_mode)):
            return b""
        data = stream.read(_END)
        if found.st_size > _END:
            stream.seek(max(_END, found.st_size - _END))
            data += stream.read(_END)
        return data
