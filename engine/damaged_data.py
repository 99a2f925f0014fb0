"""Decoding of stored data: any decoder failure means that the data are damaged.

Decoders fail in too many ways to list (nesting depth, numbers out of range, wrong types, truncated tokens);
none of them is a bug of this program.
"""

import errno
import sqlite3
from types import TracebackType

from engine.jobs import Cancelled
from engine.messages import Problem


class DamagedData(Problem):
    """Stored data that this program cannot have written; callers raise a clearer `Problem`."""

    def __init__(self, reason: str) -> None:
        super().__init__("stored.damaged", reason=reason)


class decoding:  # noqa: N801  # reads like a function: `with decoding():`
    """Turn decoder failures in the block into `DamagedData`; system errors pass through."""

    # No generator: a project of 10,000 images enters it 20,000 times.
    __slots__ = ()

    def __enter__(self) -> None:
        return None

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is None or not isinstance(error, Exception):
            return
        if isinstance(error, OSError):
            # A damaged archive makes the decoder seek to an impossible place in the open file.
            if error.errno == errno.EINVAL and error.filename is None:
                raise DamagedData(str(error)) from error
            return
        if isinstance(error, (Problem, Cancelled, MemoryError, sqlite3.Error)):
            return
        raise DamagedData(f"{type(error).__name__}: {error}"[:200]) from error
