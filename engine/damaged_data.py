"""Decoding of stored data: any decoder failure means that the data are damaged.

Decoders fail in too many ways to list (nesting depth, numbers out of range, wrong types, truncated tokens);
none of them is a bug of this program.
"""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from engine.jobs import Cancelled
from engine.messages import Problem


class DamagedData(Problem):
    """Stored data that this program cannot have written; callers raise a clearer `Problem`."""

    def __init__(self, reason: str) -> None:
        super().__init__("stored.damaged", reason=reason)


@contextmanager
def decoding() -> Iterator[None]:
    """Turn decoder failures in the block into `DamagedData`; system errors pass through."""
    try:
        yield
    except OSError as error:
        # A damaged archive makes the decoder seek to an impossible place in the open file.
        if error.errno == errno.EINVAL and error.filename is None:
            raise DamagedData(str(error)) from error
        raise
    except (Problem, Cancelled, MemoryError, sqlite3.Error):
        raise
    except Exception as error:
        raise DamagedData(f"{type(error).__name__}: {error}"[:200]) from error
