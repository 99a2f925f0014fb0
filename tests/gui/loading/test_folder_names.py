"""Folder names of another language: asked about once, mapped, undone, and known to the command line."""

import json
import signal

import pytest
from gui_helpers import WAIT_MS, all_read
from PySide6.QtCore import Qt

from engine.cli.main import run


@pytest.fixture
def foreign(cells):
    """Return the folder of cells with Portuguese names, the last without a resemblance to a class."""
    for name, foreign_name in (
        ("basophil", "Basófilos"),
        ("monocyte", "01_Monócitos"),
        ("platelet", "Fragmentos"),
    ):
        (cells / name).rename(cells / foreign_name)
    return cells


def open_folder(window, folder, qtbot):
    window.open(folder)
    qtbot.waitUntil(all_read(window), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: window.decisions.writable, timeout=WAIT_MS)


def folder_classes(window):
    table = window.session.table
    return {table.item(row).folder_class for row in range(len(table))}


@pytest.fixture
def question(window, foreign, qtbot):
    open_folder(window, foreign, qtbot)
    window.decisions.reviewer = "Anna"
    return window.folder_names_question


def test_question_proposes_classes_and_leaves_the_focus(window, question):
    assert question.isVisible()
    proposed = {name: choice.currentData() for name, choice in question.choices.items()}
    assert proposed["Basófilos"] == "basophil"
    assert proposed["01_Monócitos"] == "monocyte"
    assert proposed["Fragmentos"] is None
    assert not question.has_keyboard
    assert folder_classes(window) == {None}


def test_names_of_other_languages_are_proposed_and_not_applied(window, cells, qtbot):
    names = {
        "immature_granulocyte": "unreife Granulozyten",
        "platelet": "Thrombozyten",
        "neutrophil": "Segmentkernige",
        "lymphocyte": "lymphs",
    }
    for name, foreign_name in names.items():
        if (cells / name).exists():
            (cells / name).rename(cells / foreign_name)
        else:
            (cells / foreign_name).mkdir()
            for file in (cells / "basophil").iterdir():
                (cells / foreign_name / file.name).write_bytes(file.read_bytes())
    open_folder(window, cells, qtbot)
    choices = window.folder_names_question.choices
    proposed = {name: choice.currentData() for name, choice in choices.items()}
    assert proposed == {foreign_name: name for name, foreign_name in names.items()}
    assert not {*names} & folder_classes(window)


def test_labels_follow_the_answer_and_undo(window, question, foreign, qtbot):
    qtbot.mouseClick(question.yes, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "basophil" in folder_classes(window), timeout=WAIT_MS)
    assert folder_classes(window) == {"basophil", "monocyte", None}
    assert not question.isVisible()
    window.decisions.undo()
    qtbot.waitUntil(lambda: folder_classes(window) == {None}, timeout=WAIT_MS)
    assert question.isVisible()
    window.decisions.redo()
    qtbot.waitUntil(lambda: "basophil" in folder_classes(window), timeout=WAIT_MS)
    assert not question.isVisible()


def test_answer_is_kept_for_the_next_opening(window, question, foreign, qtbot):
    qtbot.mouseClick(question.yes, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "basophil" in folder_classes(window), timeout=WAIT_MS)
    open_folder(window, foreign, qtbot)
    assert folder_classes(window) == {"basophil", "monocyte", None}
    assert not question.isVisible()


def test_refusal_is_kept_for_the_next_opening(window, question, foreign, qtbot):
    qtbot.mouseClick(question.no, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(window.session.folder_names), timeout=WAIT_MS)
    assert not question.isVisible()
    open_folder(window, foreign, qtbot)
    assert folder_classes(window) == {None}
    assert not question.isVisible()


def test_escape_in_the_question_postpones_it(window, question, foreign, qtbot):
    choice = question.choices["Fragmentos"]
    choice.setFocus()
    qtbot.keyClick(choice, Qt.Key.Key_Escape)
    assert not question.isVisible()
    assert not window.session.folder_names
    open_folder(window, foreign, qtbot)
    assert question.isVisible()


def test_command_line_uses_the_answer(
    window, question, foreign, tiny_bundle, tmp_path, qtbot, capsys
):
    choice = question.choices["Fragmentos"]
    choice.setCurrentIndex(choice.findData("platelet"))
    qtbot.mouseClick(question.yes, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "platelet" in folder_classes(window), timeout=WAIT_MS)
    out = tmp_path / "evaluation"
    handler = signal.getsignal(signal.SIGTERM)
    assert run(["evaluate", str(foreign), "--model", str(tiny_bundle), "--out", str(out)]) == 0
    signal.signal(signal.SIGTERM, handler)  # the command turns it into an exception
    assert "the 3 folder names" in capsys.readouterr().err
    figures = json.loads((out / "metrics.json").read_bytes())
    assert figures["n"] == 24
