"""Serial thread: runs functions one after another and passes their results to the GUI thread."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal, Slot


class SerialThread(QObject):
    """A thread that begins with the first function and ends when it is closed."""

    _call_requested = Signal(object)
    """A function to call on the GUI thread."""

    def __init__(self, name: str, parent: QObject) -> None:
        super().__init__(parent)
        self._name = name
        self._pool: ThreadPoolExecutor | None = None
        # Queued: emitted on the thread, received on the GUI thread.
        self._call_requested.connect(self._call, Qt.ConnectionType.QueuedConnection)

    def submit(
        self, work: Callable[[], Any], take: Callable[[Future[Any]], object] = lambda _: None
    ) -> None:
        """Run `work` after all that was submitted before; pass the ended future to `take` on the GUI thread."""
        if self._pool is None:
            self._pool = ThreadPoolExecutor(1, self._name)
        future = self._pool.submit(work)
        future.add_done_callback(lambda done: self.call_on_gui_thread(partial(take, done)))

    def call_on_gui_thread(self, function: Callable[[], object]) -> None:
        """Call a function on the GUI thread, soon; may be called from any thread."""
        self._call_requested.emit(function)

    def close(self) -> None:
        """Wait until everything submitted is done; results still reach the GUI thread."""
        if self._pool is not None:
            self._pool.shutdown(wait=True)
            self._pool = None

    @property
    def is_running(self) -> bool:
        """True between the first function and `close`."""
        return self._pool is not None

    @Slot(object)
    def _call(self, function: Callable[[], object]) -> None:
        function()
