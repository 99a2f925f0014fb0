"""Decoding what was stored, by this program or by a stranger: whatever goes wrong means that it is damaged.

Decoders fail in more ways than can be listed (nesting, numbers out of range, types that do not fit, tokens that
end too early); none of them is an error in this program.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from engine.jobs import Cancelled
from engine.messages import Problem


class Damaged(Problem):
    """Stored data that cannot be what this program wrote; who knows its file says so in its stead."""

    def __init__(self, reason: str) -> None:
        super().__init__("stored.damaged", reason=reason)


@contextmanager
def decoding() -> Iterator[None]:
    """Turn every failure of a decoder in the block into `Damaged`; the system's own errors stay as they are."""
    try:
        yield
    except (Problem, Cancelled, OSError, MemoryError, sqlite3.Error):
        raise
    except Exception as error:
        raise Damaged(f"{type(error).__name__}: {error}"[:200]) from error
