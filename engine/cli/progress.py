"""Progress for a person at a terminal: a bar there, nothing in a pipe."""

import contextlib
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any

from engine.jobs import Job, Progress
from engine.messages import render
from engine.writing import escape_controls


def say(text: str) -> None:
    """Tell the person one sentence, on standard error, so that results can go down a pipe."""
    # Nobody may be listening any more; that is no reason to stop the work.
    if sys.stderr is not None:
        with contextlib.suppress(OSError):
            print(escape_controls(text), file=sys.stderr, flush=True)


@contextlib.contextmanager
def progress_job(unit: str, on_partial: Callable[[Any], None] | None = None) -> Iterator[Job]:
    """Give a job whose progress is a bar on a terminal and which Ctrl-C cancels.

    A second Ctrl-C does not wait for the work's next report: it interrupts where the program is.
    """
    with contextlib.ExitStack() as stack:
        bar = stack.enter_context(_ProgressBar(unit)) if _is_terminal() else None
        job = Job(bar.show if bar else None, on_partial)
        stack.enter_context(_cancel_on_signal(job))
        yield job


class _ProgressBar:
    """A tqdm bar whose total may come late; nothing is drawn before there is progress."""

    def __init__(self, unit: str) -> None:
        self._unit = unit
        self._bar: Any = None

    def __enter__(self) -> "_ProgressBar":
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.close()

    def show(self, progress: Progress) -> None:
        """Draw how far the work is; a count that starts again starts a new bar."""
        from tqdm import tqdm

        if self._bar is not None and progress.done < self._bar.n:
            self._bar.close()
            self._bar = None
        says = escape_controls(render(progress.message)) if progress.message else None
        if self._bar is None:
            self._bar = tqdm(
                desc=says,
                total=progress.total,
                unit=f" {self._unit}",
                dynamic_ncols=True,
                leave=False,
                file=sys.stderr,
            )
        self._bar.total = progress.total
        if says:
            self._bar.set_description_str(says, refresh=False)
        self._bar.update(progress.done - self._bar.n)


def _is_terminal() -> bool:
    return sys.stderr is not None and sys.stderr.isatty()


@contextlib.contextmanager
def _cancel_on_signal(job: Job) -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def cancel(number: int, _frame: FrameType | None) -> None:
        if job.cancelled:
            raise KeyboardInterrupt
        job.cancel()

    # What is ignored stays so: a job in the background of a shell must not hear its Ctrl-C.
    heard = [
        number
        for number in (signal.SIGINT, signal.SIGTERM)
        if signal.getsignal(number) not in (signal.SIG_IGN, None)
    ]
    before = {number: signal.signal(number, cancel) for number in heard}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
