"""Application entry point: starts Qt and opens the main window."""

import argparse
import contextlib
import importlib
import sys
from pathlib import Path
from typing import cast

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from gui.jobs.garbage_collection import GarbageCollector
from gui.language import LanguageTranslator
from gui.shell.run_log import RunLog, take_unclean_exits
from gui.shell.uncaught_errors import UncaughtErrors
from gui.shell.unclean_exit import report_unclean_exit
from gui.shell.window import MainWindow
from gui.shell.window_placement import place_window
from gui.shortcuts.enter_key import EnterKeyFilter
from gui.theme import Theme

_LATER_MODULES = ("PySide6.QtOpenGL", "PySide6.QtOpenGLWidgets", "PySide6.QtTest")
"""Parts of Qt that pyqtgraph needs."""
_PLOT_MODULES = (
    "gui.gallery.embedding_map",
    "gui.report.evaluation.point_plot",
    "gui.train.curve_plot",
)
"""The modules that use pyqtgraph, which takes half a second to load."""
_PLOT_DELAY_MS = 100


def main(argv: list[str]) -> int:
    """Open the window, with a folder if one is given; return the exit status.

    A change of language closes the window and opens a new one in its place.
    """
    parser = argparse.ArgumentParser(
        prog="main.py", description="Open the window.", allow_abbrev=False
    )
    parser.add_argument("path", metavar="FOLDER", nargs="?", type=Path, help="what to open")
    parser.add_argument("--model", metavar="NAME|PATH", help="the model to read with")
    options = parser.parse_args(argv)
    app = make_app()
    theme, translator, errors = Theme(app), LanguageTranslator(app), UncaughtErrors(app)
    errors.install()
    unclean_exits, run_log = take_unclean_exits(), RunLog()
    path, view_state = options.path.absolute() if options.path else None, None
    while True:
        translator.install()
        window = MainWindow(theme, model=options.model)
        connection = errors.happened.connect(window.context.errors.report_bug)
        place_window(window)
        if view_state is not None:
            window.restore_view(view_state)
        window.show()
        QTimer.singleShot(_PLOT_DELAY_MS, load_plots)
        report_unclean_exit(window.context, window.crash_notice, unclean_exits)
        if path:
            window.open(path)
        status = app.exec()
        if window.crash_notice.is_dismissed:
            unclean_exits = []
        errors.disconnect(connection)  # type: ignore[call-overload]  # missing in the type stubs
        window.deleteLater()
        if not window.restart_requested:
            errors.uninstall()
            run_log.finish()
            return status
        path, view_state = window.session.root, window.view_state


def load_plots() -> None:
    """Load the plots right after the start, so that no later click has to wait for them.

    Not on a worker thread: before Python 3.12, PySide keeps its types in a table without a lock, and a
    class made on another thread can crash the event loop.
    """
    for module in _PLOT_MODULES:
        importlib.import_module(module)


def make_app() -> QApplication:
    """Return the application object, configured alike for the program and for tests."""
    # Worker threads release the interpreter sooner than after Python's 5 ms: the GUI thread needs it
    # many times in one repaint.
    sys.setswitchinterval(0.0002)
    # Loading a library with thread-local variables while another thread starts has crashed the process
    # (glibc 2.36); these few milliseconds are spent before there are threads.
    for module in _LATER_MODULES:
        with contextlib.suppress(ImportError):
            importlib.import_module(module)
    app = cast("QApplication", QApplication.instance() or QApplication(sys.argv[:1]))
    if app.findChild(GarbageCollector) is None:
        GarbageCollector(app)
        EnterKeyFilter(app)
    app.setApplicationName("Bloodbench")
    app.setStyle("Fusion")
    return app


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
