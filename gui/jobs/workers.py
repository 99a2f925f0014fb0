"""Worker threads: run jobs and deliver their results on the GUI thread.

A worker thread only appends to a mailbox; the GUI thread empties it in short slices between its own
events, so that many messages never block the window. Messages of dropped tasks are discarded.
"""

import collections
import contextlib
import itertools
import logging
import os
import sys
import threading
import time
import traceback
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from engine.jobs import Cancelled, Job, Progress
from engine.messages import Problem

_SLICE_SECONDS = 0.008
_CLOSE_SECONDS = 15.0

log = logging.getLogger(__name__)


class Task(QObject):
    """A running job as the GUI thread sees it; all signals are emitted on the GUI thread.

    A result must not be a bare bool: PySide6 6.12 drops a reference to True or False each time one is
    emitted from Python, which in the end aborts Python 3.11. (For the same reason no signal of the
    window carries a bool.)

    Exactly one of `done`, `failed`, `crashed` and `stopped` ends a task, followed by `finished`; a
    dropped task emits only `dropped`. A task belongs to Python and has no parent (see `gui.deletion`).
    """

    progressed = Signal(Progress)
    partial = Signal(object)
    done = Signal(object)
    failed = Signal(object)
    """The message of a `Problem`, for a person."""
    crashed = Signal(str)
    """The traceback of an unexpected exception: a bug."""
    stopped = Signal()
    finished = Signal()
    dropped = Signal()

    def __init__(self, number: int, job: Job) -> None:
        super().__init__()
        self.number = number
        self.running = True
        self._job = job

    @property
    def paused(self) -> bool:
        """True if the work is asked to pause."""
        return self._job.paused

    def pause(self, paused: bool = True) -> None:
        """Ask the work to pause, or to continue; not all work can pause."""
        self._job.pause(paused)

    def cancel(self) -> None:
        """Ask the work to stop; `stopped` follows once it has."""
        self._job.cancel()


class Workers(QObject):
    """The worker threads of one window."""

    _mail = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._numbers = itertools.count(1)
        self._tasks: dict[int, Task] = {}
        self._threads: dict[int, threading.Thread] = {}
        self._letters: collections.deque[tuple[int, str, Any]] = collections.deque()
        self._latest: dict[int, Progress] = {}
        self._lock = threading.Lock()
        self._closing = False
        self._mail.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._more = QTimer(self, singleShot=True, interval=0)
        self._more.timeout.connect(self._deliver)

    def start(self, work: Callable[..., Any], *args: Any) -> Task:
        """Run `work(job, *args)` on a new thread and return its task."""
        number = next(self._numbers)
        job = Job(
            lambda progress: self._send(number, "progressed", progress),
            lambda value: self._send(number, "partial", value),
        )
        task = self._tasks[number] = Task(number, job)
        name = f"work-{number}-{getattr(work, '__name__', 'work')}"
        thread = threading.Thread(
            target=self._run, args=(number, job, work, args), name=name, daemon=True
        )
        self._threads = {
            name: thread for name, thread in self._threads.items() if thread.is_alive()
        }
        self._threads[number] = thread
        thread.start()
        return task

    def drop(self, task: Task | None) -> None:
        """Cancel a task and discard whatever it still reports."""
        if task is not None and task.number in self._tasks:
            del self._tasks[task.number]
            task.running = False
            task.cancel()
            task.dropped.emit()

    def close(self) -> None:
        """Cancel all tasks and wait for their threads; nothing is delivered afterwards."""
        self._closing = True
        for task in list(self._tasks.values()):
            self.drop(task)
        deadline = time.monotonic() + _CLOSE_SECONDS
        for thread in list(self._threads.values()):
            thread.join(max(0.0, deadline - time.monotonic()))
            if thread.is_alive():
                log.error("%s did not stop", thread.name)
        self._letters.clear()
        self._threads.clear()
        self._more.stop()

    def _run(self, number: int, job: Job, work: Callable[..., Any], args: tuple[Any, ...]) -> None:
        _lower_priority()
        try:
            self._send(number, "done", work(job, *args))
        except Cancelled:
            self._send(number, "stopped", None)
        except Problem as problem:
            self._send(number, "failed", problem.message)
        except BaseException:
            self._send(number, "crashed", traceback.format_exc())

    def _send(self, number: int, kind: str, value: Any) -> None:
        # Runs on the worker thread. Of several waiting progress reports only the last is delivered.
        if self._closing:
            return
        with self._lock:
            if kind == "progressed":
                is_waiting = number in self._latest
                self._latest[number] = value
                if is_waiting:
                    return
            self._letters.append((number, kind, value))
            was_empty = len(self._letters) == 1
        if was_empty:
            self._mail.emit()

    # Decorated: otherwise PySide adds the slot at run time, while another thread may be emitting.
    @Slot()
    def _deliver(self) -> None:
        until = time.monotonic() + _SLICE_SECONDS
        while self._letters:
            if time.monotonic() > until:
                self._more.start()
                return
            # Removed only after delivery: while the mailbox is not empty, no sender emits `_mail`.
            number, kind, value = self._letters[0]
            if kind == "progressed":
                with self._lock:
                    value = self._latest.pop(number)
            try:
                self._hand_over(number, kind, value)
            finally:
                if self._letters:
                    self._letters.popleft()

    def _hand_over(self, number: int, kind: str, value: Any) -> None:
        ends = kind not in ("progressed", "partial")
        task = self._tasks.pop(number, None) if ends else self._tasks.get(number)
        if task is None:
            return
        if ends:
            task.running = False
        if kind == "crashed":
            log.error("work broke\n%s", value)
        signal = getattr(task, kind)
        signal.emit() if kind == "stopped" else signal.emit(value)
        if ends:
            task.finished.emit()


def _lower_priority() -> None:
    # Linux has a priority per thread, inherited by the threads that OpenVINO starts here. Elsewhere the
    # window is only slightly less smooth.
    if sys.platform == "linux":
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), 5)
