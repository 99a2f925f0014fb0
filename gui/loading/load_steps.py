"""Loading steps: the tasks of the folder loader, at most one of each step."""

import enum
from collections.abc import Callable
from functools import partial
from typing import Any

from gui.jobs.error_reporter import ErrorReporter
from gui.jobs.workers import Task, Workers


class LoadStep(enum.Enum):
    """A step of loading."""

    MODEL = enum.auto()
    SCAN = enum.auto()
    ATTACH = enum.auto()
    READ = enum.auto()
    CONFIRM = enum.auto()


class LoadSteps:
    """The running task of each step; `on_finished` is called when any task has ended."""

    def __init__(
        self, workers: Workers, errors: ErrorReporter, on_finished: Callable[[], object]
    ) -> None:
        self._workers = workers
        self._errors = errors
        self._on_finished = on_finished
        self._running: dict[LoadStep, Task] = {}

    def start(self, step: LoadStep, work: Callable[..., Any], *args: Any) -> Task:
        """Start the task of a step; an earlier one of the same step is dropped."""
        self._workers.drop(self._running.get(step))
        task = self._running[step] = self.run(work, *args)
        return task

    def run(self, work: Callable[..., Any], *args: Any) -> Task:
        """Start a task that belongs to no step."""
        task = self._workers.start(work, *args)
        self._errors.watch(task)
        task.finished.connect(partial(self._end, task))
        return task

    def task(self, step: LoadStep) -> Task | None:
        """Return the running task of a step."""
        return self._running.get(step)

    def are_running(self, *steps: LoadStep) -> bool:
        """Return whether a task of any of these steps runs."""
        return not self._running.keys().isdisjoint(steps)

    def cancel(self, *steps: LoadStep) -> None:
        """Ask the tasks of steps to stop; what they found is kept."""
        for step in steps:
            if step in self._running:
                self._running[step].cancel()

    def drop(self, *steps: LoadStep) -> None:
        """Stop the tasks of steps and discard what they still report."""
        for step in steps:
            self._workers.drop(self._running.pop(step, None))

    def mark_done(self, *steps: LoadStep) -> None:
        """Count steps as done from now on, before their tasks have ended."""
        for step in steps:
            self._running.pop(step, None)

    def _end(self, ended: Task) -> None:
        self._running = {step: task for step, task in self._running.items() if task is not ended}
        self._on_finished()
