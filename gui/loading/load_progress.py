"""Progress of loading: the stage that a person waits for, as the job strip shows it."""

import enum
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from gui.jobs.activities import Activities, Activity
from gui.jobs.workers import Task


class LoadStage(enum.Enum):
    """A stage of loading, as the job strip shows it."""

    SCAN = enum.auto()
    FIND = enum.auto()
    SAMPLE = enum.auto()
    PREPARE = enum.auto()
    MAKE = enum.auto()
    READ = enum.auto()


class LoadProgress(QObject):
    """The activities of loading, one for each task that a person waits for."""

    stage_started = Signal(object)
    """The `LoadStage` that a person waits for now."""

    def __init__(
        self, activities: Activities, cancel: Callable[[], object], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._activities = activities
        self._cancel = cancel
        self._shown: list[Activity] = []

    def announce(self, stage: LoadStage, task: Task, model: str = "") -> None:
        """Show a stage of a task; `model` is the title of the model that is being prepared."""
        making = self.tr("Preparing {model} (once on this computer)").format(model=model)
        text, progress_text = {
            LoadStage.SCAN: (self.tr("Looking for images: {done}"), ""),
            LoadStage.FIND: (
                self.tr("Finding cells"),
                self.tr("Finding cells: field {done} of {total}"),
            ),
            LoadStage.SAMPLE: (self.tr("Drawing the sample"), ""),
            LoadStage.PREPARE: (self.tr("Loading the model"), ""),
            LoadStage.MAKE: (making, ""),
            LoadStage.READ: (self.tr("Reading"), self.tr("Reading {done} of {total}")),
        }[stage]
        # A task that goes on to its next stage is shown once.
        for shown in [shown for shown in self._shown if shown.task is task]:
            self._shown.remove(shown)
            self._activities.withdraw(shown)
        counts_images = stage not in (LoadStage.MAKE, LoadStage.FIND)
        activity = Activity(task, text, progress_text, self._cancel, counts_images=counts_images)
        self._shown.append(activity)
        self._activities.show(activity)
        self.stage_started.emit(stage)

    def clear(self) -> None:
        """Show no stage any more."""
        for activity in self._shown:
            self._activities.withdraw(activity)
        self._shown.clear()
