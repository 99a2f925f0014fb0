"""Fixtures: the window on real files with a tiny model; no thread or window may outlive a test."""

import gc
import os
import sys
import threading
import time
from collections.abc import Iterator
from importlib.abc import MetaPathFinder
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from gui_helpers import WAIT_MS, all_read, close_window
from PIL import Image
from PySide6.QtCore import QCoreApplication, QEvent, QLocale
from PySide6.QtWidgets import QApplication, QMainWindow

from gui import language, settings
from gui.app import make_app
from gui.shell.window import MainWindow
from gui.theme import Theme
from gui.widgets import dialogs


@pytest.fixture(scope="session")
def qapp() -> QApplication:
    """Return the application, made as the program makes it."""
    return make_app()


class _ThreadImports(MetaPathFinder):
    """Collects the modules with classes of Qt that a worker thread imports (see `gui.app.load_plots`)."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def find_spec(self, name, path=None, target=None):
        packages = ("PySide6", "shiboken6", "pyqtgraph", "gui")
        on_gui_thread = threading.current_thread() is threading.main_thread()
        if not on_gui_thread and name.partition(".")[0] in packages:
            self.names.append(name)


_thread_imports = _ThreadImports()
sys.meta_path.insert(0, _thread_imports)


@pytest.fixture(autouse=True)
def no_qt_imports_on_threads() -> Iterator[None]:
    """Fail a test in which a worker thread imports a part of Qt or of the window."""
    _thread_imports.names.clear()
    yield
    assert not _thread_imports.names


@pytest.fixture(autouse=True)
def leaves_nothing(qapp: QApplication) -> Iterator[None]:
    """Fail a test that leaves a thread or a window behind, or a closed window with a running timer."""
    threads = set(threading.enumerate())
    yield
    windows = [widget for widget in qapp.topLevelWidgets() if isinstance(widget, QMainWindow)]
    gc.collect()
    until = time.monotonic() + 2
    while (left := set(threading.enumerate()) - threads) and time.monotonic() < until:
        for thread in left:
            thread.join(0.1)
    assert not left, f"threads left: {left}"
    assert not windows, f"windows left open: {windows}"


@pytest.fixture(autouse=True)
def no_dialogs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail a test that would open a dialog nobody answers."""

    def ask(*_: object) -> Path | None:
        raise AssertionError("a dialog was opened")

    monkeypatch.setattr(dialogs, "ask", ask)
    monkeypatch.setattr(dialogs, "confirm", ask)


@pytest.fixture
def back_to_english(qapp: QApplication) -> Iterator[None]:
    """Say everything in English again after a test."""
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    settings.save_setting("language", "en")
    for child in qapp.children():
        if isinstance(child, language.LanguageTranslator):
            child.install()
    QLocale.setDefault(QLocale.system())


@pytest.fixture(scope="session")
def tiny_bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a real model that tells colours apart."""
    from tiny_model import make_tiny_bundle

    return make_tiny_bundle(tmp_path_factory.mktemp("models") / "tiny")


@pytest.fixture
def cells(tmp_path: Path) -> Path:
    """Return a folder of 24 images in three class folders, one of them mislabelled, and two bad files."""
    from tiny_model import CLASSES, class_image

    root = tmp_path / "cells"
    for number in (0, 5, 7):
        folder = root / CLASSES[number]
        folder.mkdir(parents=True)
        for seed in range(8):
            Image.fromarray(class_image(number, seed=seed + 100 * number)).save(
                folder / f"c{seed}.png"
            )
    Image.fromarray(class_image(7, seed=1)).save(root / "basophil" / "c3.png")
    (root / "basophil" / "zero.png").touch()
    (root / "monocyte" / "text.jpg").write_text("no image at all")
    return root


@pytest.fixture
def window(qapp: QApplication, tiny_bundle: Path) -> Iterator[MainWindow]:
    """Return the shown window with the tiny model; closed afterwards."""
    made = MainWindow(Theme(qapp), model=str(tiny_bundle))
    made.show()
    yield made
    close_window(made)


@pytest.fixture
def opened(window: MainWindow, cells: Path, qtbot: object) -> MainWindow:
    """Return the window with the cells open and read."""
    window.open(cells)
    qtbot.waitUntil(all_read(window), timeout=WAIT_MS)
    return window
