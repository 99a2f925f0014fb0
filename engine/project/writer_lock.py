"""Writer lock of a project: a file beside it, locked by the operating system until the process ends."""

import contextlib
import os
from pathlib import Path

from engine.locks import try_lock


class WriterLock:
    """Exclusive right to write to a project; released when the process ends, however it ends."""

    def __init__(self, file: Path) -> None:
        self._path = Path(f"{file}.lock")
        self._descriptor: int | None = None

    def acquire(self) -> bool:
        """Acquire the lock; return False if another process or window holds it.

        Raises OSError where no file can be created beside the project.
        """
        while True:
            descriptor = self._open_file()
            if not try_lock(descriptor):
                os.close(descriptor)
                return False
            # The previous holder may have removed the file between opening and locking it here.
            if self._is_current_file(descriptor):
                self._descriptor = descriptor
                return True
            os.close(descriptor)

    def release(self) -> None:
        """Release the lock and remove its file; calling it again does nothing."""
        # Taken out first, so that no second call closes a descriptor that was reused since.
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is None:
            return
        if os.name == "posix":
            with contextlib.suppress(OSError):
                self._path.unlink()
        os.close(descriptor)
        if os.name != "posix":  # Windows cannot remove an open file.
            with contextlib.suppress(OSError):
                self._path.unlink()

    def _open_file(self) -> int:
        try:
            return os.open(self._path, os.O_RDWR | os.O_CREAT, 0o666)
        except PermissionError:
            # The file belongs to another user.
            return os.open(self._path, os.O_RDONLY)

    def _is_current_file(self, descriptor: int) -> bool:
        try:
            return os.path.samestat(os.fstat(descriptor), self._path.stat())
        except FileNotFoundError:
            return False
