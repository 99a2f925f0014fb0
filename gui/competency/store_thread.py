"""Thread of the competency store: the only one that reads and writes it, with its backups."""

from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from engine.messages import Message, Problem
from gui.jobs.serial_thread import SerialThread
from gui.state.backup_schedule import FIRST_MS, INTERVAL_MS

if TYPE_CHECKING:
    from engine.competency.store import CompetencyStore


class StoreThread(QObject):
    """Runs work on the store in order, and passes the results to the GUI thread."""

    failed = Signal(object)
    """A `Message` on why nothing could be read or saved, or that a damaged store was recovered."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._thread = SerialThread("competency", self)
        self._store: CompetencyStore | None = None
        self._is_used = False
        self.backup_timer = QTimer(self, singleShot=True)
        self.backup_timer.timeout.connect(self._back_up)

    def submit(
        self,
        work: "Callable[[CompetencyStore], Any]",
        take: Callable[[Any], object] = lambda _: None,
        refuse: Callable[[Message], object] | None = None,
    ) -> None:
        """Run `work` on the thread of the store; pass its result, or why it failed, to a function."""
        hand_over = partial(_hand_over, take, refuse or self.failed.emit)
        self._thread.submit(partial(self._with_store, work), hand_over)
        if work is not _back_up_store and not self.backup_timer.isActive():
            # Soon after it was opened, for what was written since the last backup, then as projects.
            self.backup_timer.start(INTERVAL_MS if self._is_used else FIRST_MS)
            self._is_used = True

    def close(self) -> None:
        """Save what is pending and close the store."""
        self.backup_timer.stop()
        if self._thread.is_running:
            self._thread.submit(self._close_store)
            self._thread.close()

    def _with_store(self, work: "Callable[[CompetencyStore], Any]") -> Any:
        from engine.competency.store import CompetencyStore

        if self._store is None:
            self._store = CompetencyStore()
            if (recovery := self._store.recovery) is not None:
                self._thread.call_on_gui_thread(partial(self.failed.emit, recovery))
        return work(self._store)

    def _back_up(self) -> None:
        self.submit(_back_up_store)

    def _close_store(self) -> None:
        if self._store is not None:
            self._store.close()
            self._store = None


def _hand_over(
    take: Callable[[Any], object], refuse: Callable[[Message], object], done: "Future[Any]"
) -> None:
    error = done.exception()
    if isinstance(error, Problem):
        refuse(error.message)
    elif error is not None:
        raise error
    else:
        take(done.result())


def _back_up_store(store: "CompetencyStore") -> None:
    store.back_up()
