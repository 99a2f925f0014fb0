"""After a crash the next start says what was kept, with details that name nobody and no place."""

import logging
import subprocess
import sys
from pathlib import Path

import pytest
from child_helpers import run_script
from gui_helpers import WAIT_MS, all_read
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from engine.project.library import Library
from engine.project.project import Project
from gui.shell.run_log import RunLog, report_details, take_unclean_exits
from gui.shell.unclean_exit import report_unclean_exit

ROOT = Path(__file__).resolve().parents[3]
START = f"import sys; sys.path.insert(0, {str(ROOT)!r}); from gui.shell.run_log import RunLog; log = RunLog()\n"

SWITCH_LANGUAGE = """
import json
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from gui.app import main, make_app
from gui.shell.window import MainWindow

app, texts = make_app(), []

def look():
    [window] = [w for w in app.topLevelWidgets() if isinstance(w, MainWindow) and w.isVisible()] or [None]
    if window is None or not window.crash_notice.isVisible() or window.activities.running:
        return
    texts.append(window.crash_notice.label.text())
    if len(texts) == 1:
        window.change_language("it")
    else:
        window.crash_notice.away.click()
        window.close()

timer = QTimer(interval=20)
timer.timeout.connect(look)
timer.start()
assert main([]) == 0
print(json.dumps(texts))
"""


def run(code, home):
    """Run code as another start of the program."""
    return subprocess.run([sys.executable, "-c", START + code], check=False).returncode


@pytest.fixture
def own_log():
    """Return the log of this run; finished afterwards, with pytest's own handler of fatal errors back."""
    log = RunLog()
    yield log
    log.finish()


def test_fatal_error_leaves_its_stack(home):
    assert run("import faulthandler\ndef victim(): faulthandler._sigsegv()\nvictim()", home) != 0
    [log] = take_unclean_exits()
    details = report_details(log, "CPU")
    assert "Segmentation fault" in details
    assert "in victim" in details
    assert take_unclean_exits() == []


def test_forced_end_is_noticed_without_a_stack(home):
    assert run("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", home) != 0
    assert take_unclean_exits() == [""]


def test_proper_end_leaves_nothing(home):
    assert run("log.finish()", home) == 0
    assert take_unclean_exits() == []


def test_open_window_is_no_crash(own_log):
    assert take_unclean_exits() == []


def test_details_name_no_person_and_no_place(own_log, home):
    try:
        Path("/home/anna/patients/Bianchi.png").read_bytes()
    except FileNotFoundError:
        logging.getLogger("x").exception("reading /home/anna/patients/Bianchi.png failed")
    [file] = (home / "cache" / "runs").iterdir()
    log = file.read_text()
    assert "Bianchi" in log
    details = report_details(log + '\n  File "/home/anna/bin/tool.py", line 3, in go\n', "CPU")
    assert "FileNotFoundError" in details
    assert "tests/gui/shell/test_run_log.py, line" in details
    assert "tool.py, line 3, in go" in details
    for private in ("Bianchi", "anna", str(ROOT), str(home)):
        assert private not in details
    assert "Python 3." in details


def test_next_start_says_what_was_kept_and_offers_the_details(window, cells, qtbot):
    library = Library()
    with Project.create(library.folder / "x.bloodbench", "x") as project:
        project.apply("note", [("a.png", "note", "x")], who="Anna")
    notice = window.crash_notice
    report_unclean_exit(window.context, notice, ["Fatal Python error: Segmentation fault"])
    qtbot.waitUntil(notice.isVisible, timeout=WAIT_MS)
    assert "did not close properly" in notice.label.text()
    assert "the last one: " in notice.label.text()
    assert notice.copy.text() == "Copy details for a report"
    notice.copy.setFocus()
    QTest.keyClick(notice.copy, Qt.Key.Key_Space)
    assert notice.copy.text() == "Details copied"
    assert "Segmentation fault" in QGuiApplication.clipboard().text()
    assert "Anna" not in QGuiApplication.clipboard().text()


def test_nothing_is_said_after_a_proper_end(window):
    assert report_unclean_exit(window.context, window.crash_notice, []) is None


def test_crash_and_damaged_project_are_both_said(window, cells, qtbot):
    folder = Library().folder
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "broken.bloodbench").write_bytes(b"no project" * 100)
    report_unclean_exit(window.context, window.crash_notice, [""])
    window.open(cells)
    qtbot.waitUntil(window.notice.isVisible, timeout=WAIT_MS)
    qtbot.waitUntil(window.crash_notice.isVisible, timeout=WAIT_MS)
    assert "is damaged" in window.notice.label.text()
    text = window.crash_notice.label.text()
    assert "did not close properly" in text
    assert "Every decision is kept" not in text
    # Esc closes one after the other.
    qtbot.waitUntil(all_read(window), timeout=WAIT_MS)
    window.escape()
    assert (window.notice.isVisible(), window.crash_notice.isVisible()) == (False, True)
    window.escape()
    assert not window.crash_notice.isVisible()


def test_crash_is_said_again_after_the_language_was_switched(home):
    assert run("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", home) != 0
    english, italian = run_script(SWITCH_LANGUAGE)
    assert "did not close properly" in english
    assert "correttamente" in italian
    # A person closed it there.
    assert take_unclean_exits() == []
