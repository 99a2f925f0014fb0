"""The program with its window."""

import argparse
import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from gui.enter import EnterPresses
from gui.faults import Faults
from gui.garbage import Garbage
from gui.language import Translation
from gui.place import return_to
from gui.theme import Theme
from gui.window import MainWindow


def main(argv: list[str]) -> int:
    """Open the window, with a folder if one is given, and return the exit status."""
    parser = argparse.ArgumentParser(
        prog="main.py", description="Open the window.", allow_abbrev=False
    )
    parser.add_argument("path", metavar="FOLDER", nargs="?", type=Path, help="what to open")
    parser.add_argument("--model", metavar="NAME|PATH", help="the model to read with")
    given = parser.parse_args(argv)
    app = make_app()
    theme, translation, faults = Theme(app), Translation(app), Faults(app)
    faults.watch()
    path, place = given.path.absolute() if given.path else None, None
    while True:
        translation.take()
        window = MainWindow(theme, model=given.model)
        told = faults.happened.connect(window.desk.tell_bug)
        if place is not None:
            return_to(window, place)
        window.show()
        if path:
            window.open(path)
        status = app.exec()
        faults.disconnect(told)
        window.deleteLater()
        if not window.comes_again:
            faults.rest()
            return status
        path, place = window.session.root, window.place


def make_app() -> QApplication:
    """Return the application object, made the way every start and test makes it."""
    # Worker threads hand the interpreter over sooner than after Python's 5 ms: the GUI thread asks for
    # it many times in one repaint.
    sys.setswitchinterval(0.0002)
    app = QApplication.instance() or QApplication(sys.argv[:1])
    if app.findChild(Garbage) is None:
        Garbage(app)
        EnterPresses(app)
    app.setApplicationName("Bloodbench")
    app.setStyle("Fusion")
    return app


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
