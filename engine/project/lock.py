"""One writer a project: a file beside it that the operating system locks while the program lives."""

import contextlib
import os
from pathlib import Path

from engine.locks import try_lock


class WriterLock:
    """The right to write to a project; gone with the process, however that ends."""

    def __init__(self, file: Path) -> None:
        self._path = Path(f"{file}.lock")
        self._number: int | None = None

    def take(self) -> bool:
        """Take the lock; False if another program, or another window, has it.

        Raises OSError where no file can be made beside the project.
        """
        while True:
            number = self._open()
            if not try_lock(number):
                os.close(number)
                return False
            # Whoever had it may have removed the file between our opening and our locking it.
            if self._is(number):
                self._number = number
                return True
            os.close(number)

    def release(self) -> None:
        """Let the next one in, and leave nothing behind."""
        # Closed once, whoever else releases it meanwhile: the number may be another file's by then.
        number, self._number = self._number, None
        if number is None:
            return
        if os.name == "posix":
            with contextlib.suppress(OSError):
                self._path.unlink()
        os.close(number)
        if os.name != "posix":  # Windows removes no file that is open.
            with contextlib.suppress(OSError):
                self._path.unlink()

    def _open(self) -> int:
        try:
            return os.open(self._path, os.O_RDWR | os.O_CREAT, 0o666)
        except PermissionError:
            # Another person's file, who uses the project or whose program was killed.
            return os.open(self._path, os.O_RDONLY)

    def _is(self, number: int) -> bool:
        try:
            return os.path.samestat(os.fstat(number), self._path.stat())
        except FileNotFoundError:
            return False
