"""The program with its window."""

import argparse
import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from gui.jobs.garbage_collection import GarbageCollector
from gui.language import LanguageTranslator
from gui.shell.uncaught_errors import UncaughtErrors
from gui.shell.view_state import restore_view_state
from gui.shell.window import MainWindow
from gui.shortcuts.enter_key import EnterKeyFilter
from gui.theme import Theme


def main(argv: list[str]) -> int:
    """Open the window, with a folder if one is given, and return the exit status."""
    parser = argparse.ArgumentParser(
        prog="main.py", description="Open the window.", allow_abbrev=False
    )
    parser.add_argument("path", metavar="FOLDER", nargs="?", type=Path, help="what to open")
    parser.add_argument("--model", metavar="NAME|PATH", help="the model to read with")
    given = parser.parse_args(argv)
    app = make_app()
    theme, translator, errors = Theme(app), LanguageTranslator(app), UncaughtErrors(app)
    errors.install()
    path, place = given.path.absolute() if given.path else None, None
    while True:
        translator.install()
        window = MainWindow(theme, model=given.model)
        told = errors.happened.connect(window.context.errors.report_bug)
        if place is not None:
            restore_view_state(window, place)
        window.show()
        if path:
            window.open(path)
        status = app.exec()
        errors.disconnect(told)
        window.deleteLater()
        if not window.restart_requested:
            errors.uninstall()
            return status
        path, place = window.session.root, window.place


def make_app() -> QApplication:
    """Return the application object, made the way every start and test makes it."""
    # Worker threads hand the interpreter over sooner than after Python's 5 ms: the GUI thread asks for
    # it many times in one repaint.
    sys.setswitchinterval(0.0002)
    app = QApplication.instance() or QApplication(sys.argv[:1])
    if app.findChild(GarbageCollector) is None:
        GarbageCollector(app)
        EnterKeyFilter(app)
    app.setApplicationName("Bloodbench")
    app.setStyle("Fusion")
    return app


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
