"""Budget of an image: memory and seconds of decoding, for every reader and all decoding threads together."""

import contextlib
import io
import threading
import time
from collections.abc import Iterator
from typing import Protocol

from engine.messages import Problem

LARGE_PIXELS = 4_000_000
"""Images with more pixels are decoded one at a time: decoding needs up to 20 bytes a pixel."""

LARGE_BYTES = 32 * 1024**2
"""Files with more bytes are read one at a time."""

MAX_SECONDS = 30.0
"""Most processor time for one image. The largest intact images take about four."""

_POLL_SECONDS = 0.05


class Stoppable(Protocol):
    """Anything that raises when its work should stop; a `Job`."""

    def check(self) -> None:
        """Raise if the work was cancelled."""


class _ThreadState(threading.local):
    job: Stoppable | None = None
    deadline: float | None = None


_state = _ThreadState()
_large_image = threading.RLock()


@contextlib.contextmanager
def stopped_by(job: Stoppable) -> Iterator[None]:
    """Let images that this thread decodes in the block stop as soon as `job` is cancelled."""
    before, _state.job = _state.job, job
    try:
        yield
    finally:
        _state.job = before


@contextlib.contextmanager
def image_budget() -> Iterator[None]:
    """Start the time of one image; a block inside another one shares its time."""
    if _state.deadline is not None:
        yield
        return
    _state.deadline = time.thread_time() + MAX_SECONDS
    try:
        yield
    finally:
        _state.deadline = None


def check_budget() -> None:
    """Raise `Problem` (`image.too_slow`) once an image took too long, and `Cancelled` if it should stop."""
    if _state.job is not None:
        _state.job.check()
    if _state.deadline is not None and time.thread_time() > _state.deadline:
        raise Problem("image.too_slow", limit=round(MAX_SECONDS))


@contextlib.contextmanager
def reserve_memory(*, pixels: int = 0, file_bytes: int = 0) -> Iterator[None]:
    """Wait until no other thread decodes a large image, if this one is large."""
    if pixels <= LARGE_PIXELS and file_bytes <= LARGE_BYTES:
        yield
        return
    while not _large_image.acquire(timeout=_POLL_SECONDS):
        check_budget()
    try:
        yield
    finally:
        _large_image.release()


class BudgetedFile(io.BytesIO):
    """The content of a file, whose decoder stops at the next read once the budget is spent."""

    def read(self, size: int | None = -1, /) -> bytes:
        """Return the next bytes; raises as `check_budget`."""
        check_budget()
        return super().read(size)
