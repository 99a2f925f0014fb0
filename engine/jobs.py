"""One contract for long work: progress, partial results, cancel.

Long work is a plain function `work(job, ...) -> result`. The window runs it on a worker thread
(`gui/workers.py`), the command line with a progress bar (`engine/cli/progress.py`), a test with
`Job()`. Failure is an exception: a `Problem` for a person, anything else is a bug.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from engine.messages import Message


class Cancelled(Exception):  # noqa: N818  (it is no error)
    """Raised inside work whose cancel was asked for; silent at the top."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job is: `done` of `total` (None while unknown), and what it does now."""

    done: int
    total: int | None = None
    message: Message | None = None


class Job:
    """The handle that long work reports to and that others cancel, from any thread."""

    def __init__(
        self,
        on_progress: Callable[[Progress], None] | None = None,
        on_partial: Callable[[Any], None] | None = None,
    ) -> None:
        self._on_progress = on_progress
        self._on_partial = on_partial
        self._cancelled = threading.Event()
        self._paused = threading.Event()

    @property
    def cancelled(self) -> bool:
        """True once cancel was asked for."""
        return self._cancelled.is_set()

    def cancel(self) -> None:
        """Ask the work to stop at its next report; returns at once."""
        self._cancelled.set()

    @property
    def paused(self) -> bool:
        """True while a person wants the work to rest; only work that can (training) looks."""
        return self._paused.is_set()

    def pause(self, rest: bool = True) -> None:
        """Ask the work to rest, or to go on; returns at once."""
        (self._paused.set if rest else self._paused.clear)()

    def check(self) -> None:
        """Raise `Cancelled` if cancel was asked for."""
        if self.cancelled:
            raise Cancelled

    def wait(self, seconds: float) -> None:
        """Sleep, but raise `Cancelled` the moment cancel is asked for."""
        if self._cancelled.wait(seconds):
            raise Cancelled

    def progress(self, done: int, total: int | None = None, message: Message | None = None) -> None:
        """Report progress; raises `Cancelled` if cancel was asked for."""
        self.check()
        if self._on_progress:
            self._on_progress(Progress(done, total, message))

    def partial(self, value: Any) -> None:
        """Hand out a partial result; raises `Cancelled` if cancel was asked for."""
        self.check()
        if self._on_partial:
            self._on_partial(value)
