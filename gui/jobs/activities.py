"""Activities: running work that a person can watch and cancel in the job strip."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from engine.jobs import Progress
from gui.jobs.workers import Task


@dataclass(frozen=True, slots=True, eq=False)
class Activity:
    """A running task with its texts for the job strip.

    `text` is shown while there is no total; `progress_text`, with `{done}` and `{total}`, once there is.
    `counts_images` and `in_bytes` give the unit. `stop` replaces the task's own cancelling. `names_steps`:
    its steps are shown by their names, because each counts from the beginning.
    """

    task: Task
    text: str
    progress_text: str = ""
    stop: Callable[[], object] | None = None
    counts_images: bool = True
    in_bytes: bool = False
    names_steps: bool = False

    def cancel(self) -> None:
        """Ask the work to stop; its results so far are kept."""
        (self.stop or self.task.cancel)()


class Activities(QObject):
    """The activities of one window, the newest last."""

    changed = Signal()
    """An activity was added or withdrawn."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._running: dict[Activity, Progress | None] = {}

    @property
    def running(self) -> tuple[Activity, ...]:
        """The activities that run now."""
        return tuple(self._running)

    def progress(self, activity: Activity) -> Progress | None:
        """Return the last progress of an activity, None before the first."""
        return self._running.get(activity)

    def show(self, activity: Activity) -> None:
        """Show an activity until its task is finished or dropped."""
        self._running[activity] = None
        activity.task.progressed.connect(lambda progress: self._set_progress(activity, progress))
        activity.task.finished.connect(lambda: self.withdraw(activity))
        activity.task.dropped.connect(lambda: self.withdraw(activity))
        self.changed.emit()

    def withdraw(self, activity: Activity) -> None:
        """Remove an activity, if it is shown."""
        if activity in self._running:
            del self._running[activity]
            self.changed.emit()

    def _set_progress(self, activity: Activity, progress: Progress) -> None:
        if activity in self._running:
            self._running[activity] = progress
