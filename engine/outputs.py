"""Output files: every result of a command or of the window is written here.

A result takes a free name, or replaces an earlier result of the same kind, recognised by its content.
Nothing else is ever replaced: no image, project, model, manifest or table of the user, whatever its name,
and nothing behind a link. The program's own files (caches, settings) are written by `engine.atomic_files`.
"""

import contextlib
import errno
import os
import shutil
import stat
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO

from engine.atomic_files import name_target_in_errors
from engine.csv_files import write_csv_rows
from engine.messages import Problem
from engine.output_recognisers import Recogniser
from engine.renaming import rename_noreplace
from engine.temporaries import open_temporary_file, temporary_folder
from engine.terminal_output import escaped_if_terminal

STDOUT = "-"

_END_BYTES = 64 << 10
"""Bytes read at each end of a file to recognise it."""

_MAX_RESULT_BYTES = 64 << 20

_WORK_MARK = ".bloodbench-work"

NO_FOLLOW_FLAGS = (
    getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
)
"""Flags for `os.open` that follow no link and do not block on a pipe."""


class Output:
    """One output file of a command, checked when it is created and again before it is moved into place.

    `recogniser` accepts an earlier result, which is replaced; without one the name must be free. `inputs`
    are files that are read; an output that is one of them, under any name, is refused. "-" is standard
    output; a pipe or a terminal is written to directly. Raises `Problem` (`write.*`) and `OSError` before any
    work is done.
    """

    def __init__(
        self, path: Path | str, recogniser: Recogniser | None = None, inputs: Iterable[Path] = ()
    ) -> None:
        self.path = path
        self._recogniser = recogniser
        self._inputs = inputs
        self._check_target()

    @contextlib.contextmanager
    def open(self) -> Iterator[IO[bytes]]:
        """Open the file; it appears under its name only if the block ends without an error.

        The data go to a hidden file beside it first. Missing folders are created.
        """
        if str(self.path) == STDOUT:
            sys.stdout.flush()
            yield sys.stdout.buffer
            sys.stdout.buffer.flush()
            return
        with name_target_in_errors(self.path):
            target = Path(self.path)
            if _is_stream(target):
                with target.open("wb") as raw, escaped_if_terminal(raw) as escaped:
                    yield escaped
                return
            self._check_target()
            target.parent.mkdir(parents=True, exist_ok=True)
            with open_temporary_file(target) as (part, stream):
                yield stream
                stream.flush()
                os.fsync(stream.fileno())
                stream.close()
                self._move_into_place(part, target)

    def write(self, data: bytes) -> None:
        """Write the whole file at once."""
        with self.open() as stream:
            stream.write(data)

    def write_table(self, header: Sequence[str], rows: Iterable[list[str]]) -> None:
        """Write a whole CSV at once."""
        with self.open() as stream:
            write_csv_rows(stream, header, rows)

    def _move_into_place(self, part: Path, target: Path) -> None:
        # Another program may have created the target meanwhile.
        if self._check_target():
            part.replace(target)
        else:
            move_into_place(part, target)

    def _check_target(self) -> bool:
        """Return whether an earlier result exists at the path; raises `Problem` if anything else does."""
        if str(self.path) == STDOUT:
            if sys.stdout is None:
                raise Problem("write.no_stdout")
            return False
        try:
            status = os.lstat(self.path or ".")  # An empty name is that of the working folder.
        except FileNotFoundError:
            return False
        if stat.S_ISDIR(status.st_mode):
            raise Problem("write.is_folder", path=str(self.path))
        if _is_stream(Path(self.path)):
            return False
        # By device and inode, so that other names of an input are found too.
        if any(_is_same_file(Path(self.path), path) for path in self._inputs):
            raise Problem("write.is_input", path=str(self.path))
        if stat.S_ISLNK(status.st_mode):
            raise Problem("write.is_link", path=str(self.path))
        if not (self._recogniser and self._recogniser(_read_both_ends(Path(self.path), status))):
            raise Problem("write.not_ours", path=str(self.path))
        return True


def check_is_free(path: Path) -> None:
    """Raise `Problem` unless the path is free or an empty folder (not a link)."""
    if not os.path.lexists(path):
        return
    if path.is_symlink():
        raise Problem("write.is_link", path=str(path))
    if not path.is_dir() or any(path.iterdir()):
        raise Problem("write.exists", path=str(path))


def make_writable_folder(path: Path) -> None:
    """Create a folder for results, or take an existing one that can be written to; raises `OSError`."""
    path.mkdir(parents=True, exist_ok=True)
    if not os.access(path, os.W_OK | os.X_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))


def make_work_folder(path: Path) -> Path:
    """Return a folder for unfinished work, created unless this program created it before.

    It is deleted with its content when the work is done, so any other existing folder is refused.
    Raises `Problem` and `OSError`.
    """
    mark = path / _WORK_MARK
    if not mark.is_file() or path.is_symlink():
        check_is_free(path)
        path.mkdir(parents=True, exist_ok=True)
        mark.touch()
    return path


def delete_work_folder(path: Path) -> None:
    """Delete a folder that `make_work_folder` created, as far as possible, and nothing else."""
    if (path / _WORK_MARK).is_file() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)


@contextlib.contextmanager
def staging_folder(out: Path) -> Iterator[Path]:
    """Create a temporary folder beside `out`, for what is moved into place when it is complete."""
    out.parent.mkdir(parents=True, exist_ok=True)
    with temporary_folder(out.name, out.parent) as folder:
        yield folder


def move_into_place(source: Path, path: Path) -> None:
    """Rename a finished file or folder to `path`, which must be free (or an empty folder, for a folder).

    Atomic: the operating system decides. Raises `Problem` and `OSError`.
    """
    check_is_free(path)
    # A path such as `folder/../folder` is gone as soon as the empty folder is.
    target = path.parent.resolve() / path.name
    try:
        if source.is_dir():
            if target.is_dir():
                target.rmdir()
            # A folder never replaces a file, nor a folder that is not empty.
            source.rename(target)
        else:
            rename_noreplace(source, target)
    except OSError as error:
        if error.errno not in (errno.EEXIST, errno.ENOTEMPTY, errno.ENOTDIR, errno.EISDIR):
            raise
        raise Problem("write.exists", path=str(path)) from error


def read_earlier_result(file: Path) -> bytes:
    """Return the content of an earlier result, if it is a file of usual size; raises `OSError`.

    No link is followed, and no pipe blocks.
    """
    with open(os.open(file, os.O_RDONLY | NO_FOLLOW_FLAGS), "rb") as stream:  # noqa: PTH123
        is_file = stat.S_ISREG(os.fstat(stream.fileno()).st_mode)
        return stream.read(_MAX_RESULT_BYTES) if is_file else b""


def _is_stream(path: Path) -> bool:
    """Return whether a path is, or links to, a pipe or a terminal, which have no content to lose."""
    try:
        mode = path.stat().st_mode
    except OSError:
        return False
    return stat.S_ISFIFO(mode) or stat.S_ISCHR(mode)


def _is_same_file(first: Path, second: Path) -> bool:
    with contextlib.suppress(OSError):
        return first.samefile(second)
    return False


def _read_both_ends(path: Path, expected: os.stat_result) -> bytes:
    """Return the first and last bytes of a file if it is still the `expected` one; raises `OSError`."""
    if not stat.S_ISREG(expected.st_mode):
        return b""
    with open(os.open(path, os.O_RDONLY | NO_FOLLOW_FLAGS), "rb") as stream:  # noqa: PTH123
        status = os.fstat(stream.fileno())
        if not (os.path.samestat(status, expected) and stat.S_ISREG(status.st_mode)):
            return b""
        data = stream.read(_END_BYTES)
        if status.st_size > _END_BYTES:
            stream.seek(max(_END_BYTES, status.st_size - _END_BYTES))
            data += stream.read(_END_BYTES)
        return data
