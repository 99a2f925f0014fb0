"""Errors in the program itself, wherever Qt called it: once into the log, and once to the person."""

import logging
import sys
import threading
import traceback
from types import TracebackType

from PySide6.QtCore import QObject, Signal

log = logging.getLogger(__name__)


class UncaughtErrors(QObject):
    """What no caller caught. Qt's binding hands it to `sys.excepthook`, and goes on with the next event."""

    happened = Signal(str)
    """The traceback, on the GUI thread; not again for an error at the same place."""

    _elsewhere = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._known: set[tuple[type, str, int]] = set()
        # What breaks on another thread arrives queued.
        self._elsewhere.connect(self.happened)

    def install(self) -> None:
        """Take the errors of this process from now on."""
        sys.excepthook = self.handle

    def uninstall(self) -> None:
        """Take no more."""
        sys.excepthook = sys.__excepthook__

    def handle(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        """Log an error and tell of it, unless the same is known."""
        if not issubclass(kind, Exception):  # Ctrl+C ends the program as ever
            sys.__excepthook__(kind, error, trace)
            return
        frames = traceback.extract_tb(trace)
        place = (kind, frames[-1].filename, frames[-1].lineno or 0) if frames else (kind, "", 0)
        if place in self._known:
            return
        self._known.add(place)
        details = "".join(traceback.format_exception(kind, error, trace))
        log.error("an error in the program\n%s", details)
        on_gui_thread = threading.current_thread() is threading.main_thread()
        (self.happened if on_gui_thread else self._elsewhere).emit(details)
