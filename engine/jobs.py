"""Long-running work: progress, partial results and cancellation.

Long work is a plain function `work(job, ...) -> result`. The window runs it on a worker thread
(`gui/jobs/workers.py`), the command line with a progress bar (`engine/cli/progress.py`), a test with
`Job()`. Failure is an exception: a `Problem` to show to the user; anything else is a bug.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from engine.messages import Message


class Cancelled(Exception):  # noqa: N818  (not an error)
    """Raised inside work that was cancelled; reported to nobody."""


@dataclass(frozen=True, slots=True)
class Progress:
    """Progress of a job: `done` of `total` (None while unknown), and the current step."""

    done: int
    total: int | None = None
    message: Message | None = None


class Job:
    """Handle to which long work reports and through which any thread cancels or pauses it."""

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
        """True once `cancel` was called."""
        return self._cancelled.is_set()

    def cancel(self) -> None:
        """Make the work stop at its next report; returns at once."""
        self._cancelled.set()

    @property
    def paused(self) -> bool:
        """True while the job is paused; only training supports it."""
        return self._paused.is_set()

    def pause(self, paused: bool = True) -> None:
        """Pause the work, or resume it; returns at once."""
        (self._paused.set if paused else self._paused.clear)()

    def check(self) -> None:
        """Raise `Cancelled` if the job was cancelled."""
        if self.cancelled:
            raise Cancelled

    def wait(self, seconds: float) -> None:
        """Sleep; raise `Cancelled` as soon as the job is cancelled."""
        if self._cancelled.wait(seconds):
            raise Cancelled

    def progress(self, done: int, total: int | None = None, message: Message | None = None) -> None:
        """Report progress; raises `Cancelled` if the job was cancelled."""
        self.check()
        if self._on_progress:
            self._on_progress(Progress(done, total, message))

    def partial(self, value: Any) -> None:
        """Deliver a partial result; raises `Cancelled` if the job was cancelled."""
        self.check()
        if self._on_partial:
            self._on_partial(value)


class NestedJob(Job):
    """A job inside another: progress, pause and cancel are those of `outer`, partial results its own."""

    def __init__(self, outer: Job, on_partial: Callable[[Any], None] | None = None) -> None:
        super().__init__(self._pass_on, on_partial)
        self._outer = outer

    @property
    def cancelled(self) -> bool:
        """True once the outer job was cancelled."""
        return self._outer.cancelled

    def cancel(self) -> None:
        """Cancel the outer job."""
        self._outer.cancel()

    @property
    def paused(self) -> bool:
        """True while the outer job is paused."""
        return self._outer.paused

    def pause(self, paused: bool = True) -> None:
        """Pause the outer job, or resume it."""
        self._outer.pause(paused)

    def wait(self, seconds: float) -> None:
        """Sleep; raise `Cancelled` as soon as the outer job is cancelled."""
        self._outer.wait(seconds)

    def _pass_on(self, progress: Progress) -> None:
        self._outer.progress(progress.done, progress.total, progress.message)


class StepJob(NestedJob):
    """A named step of a job: its progress carries the name, partial results are those of the job."""

    def __init__(self, outer: Job, step: Message) -> None:
        super().__init__(outer, outer.partial)
        self._step = step

    def _pass_on(self, progress: Progress) -> None:
        self._outer.progress(progress.done, progress.total, self._step)
