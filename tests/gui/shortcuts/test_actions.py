"""Commands bound to widgets under the current keymap."""

import pytest
from gui_helpers import show_keyboard_host
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from engine.images.class_set import load_class_set
from engine.project.classes import default_classes, merge_classes
from gui.shortcuts.actions import CommandActions
from gui.shortcuts.key_sheet import KeySheet
from gui.shortcuts.keymap import Keymap
from gui.theme import Theme

Key = Qt.Key
BLOOD8 = default_classes(load_class_set(), (), ("#E69F00",))


@pytest.fixture
def host(qapp, qtbot):
    """Return a window with a place for the keyboard and a field to type in."""
    field = QLineEdit()
    made = show_keyboard_host(qtbot, field)
    made.field = field
    return made


@pytest.fixture
def ran() -> list[str]:
    """Return what was done."""
    return []


@pytest.fixture
def actions(host, ran):
    """Return a few bound commands and the classes."""
    made = CommandActions(Keymap(), host)
    for identity in ("remove", "heat", "undo", "note", "large"):
        made.add(identity, host, lambda identity=identity: ran.append(identity))
    made.add_classes(host, ran.append)
    made.set_classes(BLOOD8)
    return made


def test_keys_run_their_commands(host, actions, ran):
    QTest.keyClicks(host.place, "xgn16bm")
    QTest.keyClick(host.place, Key.Key_F2)
    QTest.keyClick(host.place, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert ran == [
        "remove", "heat", "neutrophil", "basophil", "monocyte", "basophil", "monocyte", "note",
        "undo",
    ]  # fmt: skip


def test_changed_keys_work_at_once(host, actions, ran):
    actions.keymap.set_keys({"remove": ("Q",), "note": ("J",)})
    QTest.keyClicks(host.place, "xqn")
    assert ran == ["remove", "neutrophil"]
    actions.keymap.reset()
    QTest.keyClicks(host.place, "xjn")
    assert ran[2:] == ["remove", "neutrophil"]


def test_changed_classes_work_at_once(host, actions, ran):
    actions.set_classes(merge_classes(BLOOD8, "basophil", "monocyte"))
    QTest.keyClicks(host.place, "1b6")
    assert ran == ["monocyte"]
    actions.set_classes(())
    QTest.keyClicks(host.place, "6")
    assert ran == ["monocyte"]


def test_typing_into_a_field_runs_no_command(host, actions, ran):
    host.field.setFocus()
    QTest.keyClicks(host.field, "x1 b")
    assert ran == []
    assert host.field.text() == "x1 b"


def test_key_sheet_lists_exactly_the_current_keys(host, actions):
    rows = {row.text: row.keys for row in actions.rows()}
    assert rows["Basophil"] == "1 · B"
    assert rows["Neutrophil"] == "7 · N"
    assert rows["Remove, or bring back"].startswith("X")
    assert "Search" not in rows  # not bound
    assert rows["Move to another image"] == "Arrow keys"
    actions.keymap.set_keys({"remove": (), "heat": ("H",)})
    rows = {row.text: row.keys for row in actions.rows()}
    assert "Remove, or bring back" not in rows
    assert rows["Grad-CAM"] == "H"


def test_inside_command_needs_the_focus_there(host, ran):
    actions = CommandActions(Keymap(), host)
    actions.add("clear", host.place, lambda: ran.append("clear"), inside=True)
    QTest.keyClicks(host.place, "u")
    assert ran == ["clear"]
    host.field.setFocus()
    QTest.keyClicks(host.field, "u")
    assert ran == ["clear"]


@pytest.mark.parametrize("size", [(900, 600), (500, 260), (1600, 1000)])
def test_key_sheet_fits_any_size(qapp, host, actions, size):
    host.resize(*size)
    overlay = KeySheet(host, actions.rows, Theme(qapp))
    overlay.toggle()
    assert overlay.isVisible()
    assert overlay.hasFocus()
    card = overlay._card
    assert card.width() <= host.width()
    assert card.height() <= host.height()
    assert card.widget().sizeHint().width() <= card.viewport().width() or size[0] < 900
    host.resize(size[0] + 100, size[1])
    QTest.keyClick(overlay, Key.Key_PageDown)
    assert overlay.isVisible()
    QTest.keyClick(overlay, Key.Key_Escape)
    assert not overlay.isVisible()
    assert host.place.hasFocus()
