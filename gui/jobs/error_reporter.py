"""Error reports: one place that turns failures of any part of the window into a sentence for the person."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from engine.messages import Message, Problem
from gui.jobs.workers import Task
from gui.words import to_sentence


@dataclass(frozen=True, slots=True)
class ErrorReport:
    """A failure as a sentence; `details` can be copied for a bug report, by a button with `copy_text`."""

    text: str
    details: str = ""
    copy_text: str = ""


class ErrorReporter(QObject):
    """Collects the failures of one window; `reported` passes each on to the notice."""

    reported = Signal(object)
    """An `ErrorReport`."""

    def report(self, *messages: Message) -> None:
        """Report engine messages, as one text."""
        self.reported.emit(ErrorReport(" ".join(map(to_sentence, messages))))

    def report_bug(self, details: str) -> None:
        """Report an error in the program itself, with its traceback."""
        text = self.tr(
            "A program error stopped this task. Completed work is kept; please report the "
            "details and try again."
        )
        self.reported.emit(ErrorReport(text, details))

    def watch(self, task: Task) -> Task:
        """Report the task's failure or bug, if it has one; return the task."""
        task.failed.connect(self.report)
        task.crashed.connect(self.report_bug)
        return task

    @contextmanager
    def saving(self, file: Path) -> Iterator[None]:
        """Report why the block could not write `file`, instead of raising."""
        try:
            yield
        except Problem as problem:
            self.report(problem.message)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            self.report(Message("project.no_place", {"file": str(file), "reason": reason}))
