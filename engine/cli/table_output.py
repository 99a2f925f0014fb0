"""Table output of a command: the argument `--out`, and a stand-in where only other files are written."""

import argparse
import contextlib
import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING

from engine.cli.output_options import OutputKind
from engine.cli.parser import CommandParser
from engine.output_recognisers import Recogniser
from engine.outputs import Output

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer


def add_table_argument(parser: CommandParser, *others: str) -> None:
    """Add the argument for the table; with one of the options `others` it is not needed."""
    parser.add_output(
        "--out", OutputKind.FILE, metavar="FILE", help="the CSV (UTF-8); - is standard output"
    )

    def check(args: argparse.Namespace) -> str | None:
        if any(getattr(args, name.removeprefix("--")) is not None for name in ("--out", *others)):
            return None
        alone = f", unless {' or '.join(others)} is given" if others else ""
        return f"--out FILE is needed for the table (- is standard output){alone}"

    parser.add_check(check)


class _Nowhere(io.RawIOBase):
    """Stream that drops everything."""

    def writable(self) -> bool:
        return True

    def write(self, data: "ReadableBuffer", /) -> int:
        return memoryview(data).nbytes


class NoTable:
    """Table that is not written."""

    @contextlib.contextmanager
    def open(self) -> Iterator[IO[bytes]]:
        """Open a stream that drops everything."""
        with io.BufferedWriter(_Nowhere()) as stream:
            yield stream


def table_output(
    path: str | None, recogniser: Recogniser, inputs: Iterable[Path]
) -> Output | NoTable:
    """Return the output for the table at `path`, None for no table; raises `Problem` and `OSError`."""
    return NoTable() if path is None else Output(path, recogniser, inputs)
