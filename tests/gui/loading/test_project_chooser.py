"""Question on the project of a folder: what tells the projects apart, and windows that answer at once."""

import shutil

import pytest
from gui_helpers import WAIT_MS, all_read, close_window
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from engine.images.source import open_source
from engine.jobs import Job
from engine.project.library import Library
from gui.shell.window import MainWindow
from gui.shortcuts.enter_key import EnterKeyFilter
from gui.theme import Theme


@pytest.fixture
def second(qapp, tiny_bundle):
    """Return another window on the same library of projects."""
    made = MainWindow(Theme(qapp), model=str(tiny_bundle))
    made.show()
    made.decisions.reviewer = "Bea"
    yield made
    close_window(made)


@pytest.fixture
def enter_presses(qapp):
    """Let Enter press the focused button, as in the program."""
    made = EnterKeyFilter(qapp)
    yield
    made.deleteLater()


def create(folder, *labels, who="Ada"):
    """Create a project of a folder with one decision for each label."""
    source = open_source(folder)
    records = [record for record in source.scan(Job()) if hasattr(record, "label")]
    with Library().create(source, records, folder.name) as project:
        project.link(Job(), source, records)
        for record, label in zip(records, labels, strict=False):
            project.apply("label", [(record.path, "label", label)], who=who)
        return project.file


def wait_for_question(window, qtbot):
    """Wait until the question is shown and has the keyboard, and all images are read."""
    qtbot.waitUntil(window.project_chooser.isVisible, timeout=WAIT_MS)
    qtbot.waitUntil(all_read(window), timeout=WAIT_MS)
    window.activateWindow()
    # The application's focus, not the window's: keys would reach the shortcuts of the other window.
    qtbot.waitUntil(
        lambda: window.project_chooser.isAncestorOf(QApplication.focusWidget()), timeout=WAIT_MS
    )


def start_new_project(window, qtbot):
    """Answer the question with the keyboard: the last line starts a new project."""
    wait_for_question(window, qtbot)
    buttons = window.project_chooser.buttons
    for button in buttons:
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
        assert window.focusWidget() is button
    QTest.keyClick(buttons[-1], Qt.Key.Key_Space)


def test_windows_that_answer_at_once_share_one_new_project(window, second, cells, qtbot, tmp_path):
    create(cells, "monocyte")
    copy = tmp_path / "copy"
    shutil.copytree(cells, copy)
    for each in (window, second):
        each.open(copy)
    for each in (window, second):
        wait_for_question(each, qtbot)
    for each in (window, second):
        start_new_project(each, qtbot)
    for each in (window, second):
        qtbot.waitUntil(lambda w=each: w.decisions.project is not None, timeout=WAIT_MS)
    assert window.decisions.project.file == second.decisions.project.file
    assert len(Library().recent()) == 2
    assert sorted([window.decisions.writable, second.decisions.writable]) == [False, True]


def test_windows_that_open_a_new_folder_at_once_share_its_project(window, second, cells, qtbot):
    for each in (window, second):
        each.open(cells)
    for each in (window, second):
        qtbot.waitUntil(all_read(each), timeout=WAIT_MS)
        qtbot.waitUntil(lambda w=each: w.decisions.project is not None, timeout=WAIT_MS)
    assert len(Library().recent()) == 1
    assert sorted([window.decisions.writable, second.decisions.writable]) == [False, True]


def test_keys_meant_for_an_image_do_not_answer(window, cells, qtbot, enter_presses):
    create(cells, "monocyte", who="Ada")
    create(cells)
    window.open(cells)
    wait_for_question(window, qtbot)
    keys = (
        Qt.Key.Key_Return,
        Qt.Key.Key_Enter,
        Qt.Key.Key_Space,
        Qt.Key.Key_Right,
        Qt.Key.Key_Down,
    )
    for key in (*keys, Qt.Key.Key_Return):
        QTest.keyClick(window.focusWidget(), key)
    assert window.project_chooser.isVisible()
    assert window.decisions.project is None
    assert all(item.label is None for item in map(window.session.item, window.session.table.paths))
    # The explanation has the keyboard, and says how to go on.
    assert "Tab goes to the answers" in window.focusWidget().text()


def test_tab_and_enter_choose_the_first_project(window, cells, qtbot, enter_presses):
    create(cells, "monocyte", who="Ada")
    create(cells)
    window.open(cells)
    wait_for_question(window, qtbot)
    first = window.project_chooser.buttons[0].text()
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.decisions.project is not None, timeout=WAIT_MS)
    assert not window.project_chooser.isVisible()
    paths = window.session.table.paths
    decided = sum(window.session.item(path).label is not None for path in paths)
    assert decided == ("by Ada" in first)
    # The images have the keyboard again.
    assert window.review.isAncestorOf(window.focusWidget())


def test_each_line_of_the_question_tells_its_project_apart(window, cells, qtbot):
    create(cells, "monocyte", "monocyte", who="Ada")
    create(cells, "basophil", who="Bea & Cyd")
    create(cells)
    window.open(cells)
    qtbot.waitUntil(window.project_chooser.isVisible, timeout=WAIT_MS)
    *lines, new = [button.text() for button in window.project_chooser.buttons]
    assert "new project" in new
    assert len({*lines}) == 3
    (by_ada,) = [line for line in lines if "by Ada" in line]
    assert "2 images decided" in by_ada
    (by_bea,) = [line for line in lines if "by Bea && Cyd" in line]
    assert "1 image decided" in by_bea
    (unused,) = [line for line in lines if "last change" not in line]
    assert "0 images decided" in unused
    qtbot.waitUntil(all_read(window), timeout=WAIT_MS)


def test_project_follows_the_name_of_its_folder(window, second, cells, qtbot):
    window.open(cells)
    qtbot.waitUntil(lambda: window.decisions.writable, timeout=WAIT_MS)
    qtbot.waitUntil(all_read(window), timeout=WAIT_MS)
    renamed = cells.rename(cells.with_name("renamed"))
    # The first window still has it under the old name.
    second.open(renamed)
    qtbot.waitUntil(lambda: second.decisions.project is not None, timeout=WAIT_MS)
    assert second.hints.hint_text("read_only").startswith("“renamed” is open in another window")
    qtbot.waitUntil(all_read(second), timeout=WAIT_MS)
    window.open(renamed)
    qtbot.waitUntil(lambda: window.decisions.writable, timeout=WAIT_MS)
    qtbot.waitUntil(all_read(window), timeout=WAIT_MS)
    # Once it is closed there, the button of the hint makes it writable here.
    window.decisions.release()
    second.hints._lines["read_only"].action.setFocus()
    QTest.keyClick(second.focusWidget(), Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: second.decisions.writable, timeout=WAIT_MS)
    qtbot.waitUntil(all_read(second), timeout=WAIT_MS)
    assert not second.hints.hint_text("read_only")
    assert [summary.name for summary in Library().recent()] == ["renamed"]
    assert second.decisions.project.name == "renamed"
