"""What runs that a person may watch: told by whoever starts it, shown by the job strip."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from engine.jobs import Progress
from gui.jobs.workers import Task


@dataclass(frozen=True, slots=True, eq=False)
class Activity:
    """A piece of work that a person may watch and cancel.

    `words` say what it does while that cannot be counted; `counted`, with `{done}` and `{total}` in it,
    what it does to how many; `images` says that these are images, `in_bytes` that they are bytes. `stop`
    is asked instead of the task where cancelling takes more.
    """

    task: Task
    words: str
    counted: str = ""
    stop: Callable[[], object] | None = None
    counts_images: bool = True
    in_bytes: bool = False

    def cancel(self) -> None:
        """Ask the work to stop; what it did is kept."""
        (self.stop or self.task.cancel)()


class Activities(QObject):
    """The activities of one window, the newest last."""

    changed = Signal()
    """One began or ended."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._running: dict[Activity, Progress | None] = {}

    @property
    def running(self) -> tuple[Activity, ...]:
        """What runs now."""
        return tuple(self._running)

    def progress(self, activity: Activity) -> Progress | None:
        """Return what an activity said last of how far it is."""
        return self._running.get(activity)

    def show(self, activity: Activity) -> None:
        """Tell of an activity until its task is finished or dropped."""
        self._running[activity] = None
        activity.task.progressed.connect(lambda progress: self._note(activity, progress))
        activity.task.finished.connect(lambda: self.withdraw(activity))
        activity.task.dropped.connect(lambda: self.withdraw(activity))
        self.changed.emit()

    def withdraw(self, activity: Activity) -> None:
        """Tell of an activity no longer."""
        if activity in self._running:
            del self._running[activity]
            self.changed.emit()

    def _note(self, activity: Activity, progress: Progress) -> None:
        if activity in self._running:
            self._running[activity] = progress
