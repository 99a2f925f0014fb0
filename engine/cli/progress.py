"""Terminal output: progress bars (on a terminal only) and sentences on standard error."""

import contextlib
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any

from engine.jobs import Job, Progress
from engine.messages import render
from engine.text import escape_controls, plain_punctuation


def say(text: str) -> None:
    """Print one sentence on standard error; standard output is for results."""
    # A closed standard error must not stop the work.
    if sys.stderr is not None:
        with contextlib.suppress(OSError):
            text = plain_punctuation(escape_controls(text), sys.stderr.encoding or "utf-8")
            print(text, file=sys.stderr, flush=True)


@contextlib.contextmanager
def progress_job(unit: str, on_partial: Callable[[Any], None] | None = None) -> Iterator[Job]:
    """Yield a job that shows a progress bar on a terminal and that Ctrl-C cancels.

    A second Ctrl-C interrupts at once, without waiting for the next report.
    """
    with contextlib.ExitStack() as stack:
        bar = stack.enter_context(_ProgressBar(unit)) if _is_terminal() else None
        job = Job(bar.show if bar else None, on_partial)
        stack.enter_context(_cancel_on_signal(job))
        yield job


class _ProgressBar:
    """A tqdm bar that appears with the first progress and whose total may be set later."""

    def __init__(self, unit: str) -> None:
        self._unit = unit
        self._bar: Any = None

    def __enter__(self) -> "_ProgressBar":
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.close()

    def show(self, progress: Progress) -> None:
        """Draw the progress; a count that decreases starts a new bar."""
        from tqdm import tqdm

        if self._bar is not None and progress.done < self._bar.n:
            self._bar.close()
            self._bar = None
        description = escape_controls(render(progress.message)) if progress.message else None
        if self._bar is None:
            self._bar = tqdm(
                desc=description,
                total=progress.total,
                unit=f" {self._unit}",
                dynamic_ncols=True,
                leave=False,
                file=sys.stderr,
            )
        self._bar.total = progress.total
        if description:
            self._bar.set_description_str(description, refresh=False)
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

    # Ignored signals stay ignored: Ctrl-C must not reach a background job of a shell.
    handled = [
        number
        for number in (signal.SIGINT, signal.SIGTERM)
        if signal.getsignal(number) not in (signal.SIG_IGN, None)
    ]
    previous = {number: signal.signal(number, cancel) for number in handled}
    try:
        yield
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)
