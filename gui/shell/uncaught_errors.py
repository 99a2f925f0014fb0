"""Uncaught errors: exceptions that no caller handled, on any thread, logged and reported once each."""

import logging
import sys
import threading
import traceback
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QObject, QtMsgType, Signal, qInstallMessageHandler

log = logging.getLogger(__name__)


class UncaughtErrors(QObject):
    """Replaces the hooks of Python and Qt for what nobody handled.

    PySide passes exceptions raised in slots and events to `sys.excepthook`.
    """

    happened = Signal(str)
    """The traceback, on the GUI thread; once per place in the code."""

    _raised_elsewhere = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reported_places: set[tuple[type, str, int]] = set()
        # Errors on other threads arrive queued.
        self._raised_elsewhere.connect(self.happened)

    def install(self) -> None:
        """Handle the uncaught errors of this process from now on."""
        sys.excepthook = self.handle
        threading.excepthook = self._handle_in_thread
        qInstallMessageHandler(_log_qt_message)

    def uninstall(self) -> None:
        """Restore Python's own handler."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__
        qInstallMessageHandler(None)

    def _handle_in_thread(self, args: threading.ExceptHookArgs) -> None:
        error = args.exc_value
        if error is not None:
            self.handle(args.exc_type, error, args.exc_traceback)

    def handle(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        """Log and report an error, unless one at the same place was reported before."""
        if not issubclass(kind, Exception):  # Ctrl+C ends the program as usual
            sys.__excepthook__(kind, error, trace)
            return
        frames = traceback.extract_tb(trace)
        place = (kind, frames[-1].filename, frames[-1].lineno or 0) if frames else (kind, "", 0)
        if place in self._reported_places:
            return
        self._reported_places.add(place)
        details = "".join(traceback.format_exception(kind, error, trace))
        log.error("an error in the program\n%s", details)
        on_gui_thread = threading.current_thread() is threading.main_thread()
        (self.happened if on_gui_thread else self._raised_elsewhere).emit(details)


def _log_qt_message(kind: QtMsgType, _: QMessageLogContext, text: str) -> None:
    serious = kind in (QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg)
    logging.getLogger("qt").log(logging.ERROR if serious else logging.WARNING, "%s", text)
