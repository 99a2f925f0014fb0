"""Terminal output: results printed on a terminal cannot control it.

File names may contain escape codes that clear a terminal, rename its window or type into it. In a pipe or a
file they are kept as they are.
"""

import codecs
import contextlib
import io
import sys
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING, TextIO, cast

from engine.text import escape_controls

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer


class EscapingStream(io.BufferedIOBase):
    """Binary stream that writes UTF-8 to a terminal, with control characters written as `\\x1b`."""

    def __init__(self, terminal: TextIO) -> None:
        self._terminal = terminal
        decoder = codecs.getincrementaldecoder("utf-8")("backslashreplace")
        self._decoder = io.IncrementalNewlineDecoder(decoder, translate=True)

    def writable(self) -> bool:
        """Return True."""
        return True

    def write(self, data: "ReadableBuffer", /) -> int:
        """Write the bytes; tabs and line ends are kept."""
        content = bytes(data)
        self._terminal.write(_escape(self._decoder.decode(content)))
        return len(content)

    def flush(self) -> None:
        """Flush the terminal."""
        if not self.closed:
            self._terminal.flush()

    def close(self) -> None:
        """Write what was held back, and leave the terminal open."""
        if not self.closed:
            self._terminal.write(_escape(self._decoder.decode(b"", final=True)))
            super().close()


@contextlib.contextmanager
def escaped_stdout() -> Iterator[None]:
    """Escape what the block prints on standard output, as text or bytes, if that is a terminal."""
    terminal = sys.stdout
    if terminal is None or not terminal.isatty():
        yield
        return
    stream = cast("IO[bytes]", EscapingStream(terminal))
    # The terminal itself replaces what it cannot show.
    text = io.TextIOWrapper(stream, "utf-8", "backslashreplace", line_buffering=True)
    sys.stdout = text
    try:
        yield
    finally:
        sys.stdout = terminal
        with contextlib.suppress(OSError, ValueError):  # a terminal that is gone
            text.close()


@contextlib.contextmanager
def escaped_if_terminal(stream: IO[bytes]) -> Iterator[IO[bytes]]:
    """Yield the stream, or one that escapes if it is a terminal."""
    if not stream.isatty():
        yield stream
        return
    terminal = io.TextIOWrapper(stream, "utf-8", newline="")
    with EscapingStream(terminal) as escaping:
        yield cast("IO[bytes]", escaping)
    terminal.flush()
    terminal.detach()


def _escape(text: str) -> str:
    return "\t".join(map(escape_controls, text.split("\t")))
