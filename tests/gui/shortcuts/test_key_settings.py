"""Key settings dialog."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from engine.images.class_set import load_class_set
from engine.project.classes import default_classes
from gui.shortcuts.commands import COMMANDS
from gui.shortcuts.key_field import KeyField
from gui.shortcuts.key_settings import KeySettings
from gui.shortcuts.keymap import Keymap
from gui.theme import Theme

Key, Modifier = Qt.Key, Qt.KeyboardModifier
BLOOD8 = default_classes(load_class_set(), (), ("#E69F00",))


@pytest.fixture
def page(qapp, qtbot):
    """Return the page with the classes of blood."""
    made = KeySettings(Keymap(), BLOOD8, Theme(qapp))
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
    return made


def test_every_changeable_command_is_listed(page):
    assert set(page.fields) == {command.id for command in COMMANDS if not command.fixed}
    assert [field.key for field in page.fields["redo"]] == ["Ctrl+Shift+Z", "Ctrl+Y"]
    assert page.save.isEnabled()
    assert not any(fault.text() for fault in page.clash_labels.values())
    assert all(field.accessibleName() for fields in page.fields.values() for field in fields)


def test_pressed_key_is_saved(page):
    field = page.fields["remove"][0]
    field.setFocus()
    QTest.keyClick(field, Key.Key_Q)
    assert field.key == "Q"
    QTest.keyClick(page.fields["heat"][0], Key.Key_Backspace)
    page.save.click()
    assert page.result() == KeySettings.DialogCode.Accepted
    keymap = Keymap()
    assert keymap.keys("remove") == ("Q", "Del")
    assert keymap.keys("heat") == ()


@pytest.mark.parametrize(
    ("identity", "key", "message"),
    [
        ("remove", "U", "Clear"),
        ("remove", "3", "Erythroblast"),
        ("remove", "+", "Zoom"),
        ("remove", "Left", "Move to another image"),
    ],
)
def test_clash_is_shown_beside_the_field_and_blocks_saving(page, identity, key, message):
    field = page.fields[identity][0]
    field.set_key(key)
    assert message in page.clash_labels[identity].text()
    assert message in field.accessibleDescription()
    assert not page.save.isEnabled()
    field.set_key("Q")
    assert page.clash_labels[identity].text() == ""
    assert page.save.isEnabled()


def test_both_clashing_commands_are_marked(page):
    page.fields["remove"][0].set_key("U")
    assert page.clash_labels["clear"].text()
    assert page.clash_labels["heat"].text() == ""


def test_standard_keys_are_restored(page):
    page.fields["remove"][0].set_key("Q")
    page.save.click()
    page.standard.click()
    assert page.fields["remove"][0].key == "X"
    assert Keymap().keys("remove") == ("Q", "Del")  # not before it is saved
    page.save.click()
    assert Keymap().keys("remove") == ("X", "Del")


def test_escape_changes_nothing(page):
    field = page.fields["remove"][0]
    QTest.keyClick(field, Key.Key_Q)
    QTest.keyClick(field, Key.Key_Escape)
    assert page.result() == KeySettings.DialogCode.Rejected
    assert Keymap().keys("remove") == ("X", "Del")


@pytest.mark.parametrize(
    ("key", "modifier", "text", "taken"),
    [
        (Key.Key_A, Modifier.NoModifier, "a", "A"),
        (Key.Key_A, Modifier.ShiftModifier, "A", "Shift+A"),
        (Key.Key_Question, Modifier.ShiftModifier, "?", "?"),
        (Key.Key_Slash, Modifier.ShiftModifier, "/", "/"),
        (Key.Key_5, Modifier.KeypadModifier, "5", "5"),
        (Key.Key_Return, Modifier.NoModifier, "\r", "Return"),
        (Key.Key_Enter, Modifier.KeypadModifier, "\r", "Enter"),
        (Key.Key_Space, Modifier.NoModifier, " ", "Space"),
        (Key.Key_Delete, Modifier.NoModifier, "", "Del"),
        (Key.Key_Z, Modifier.ControlModifier | Modifier.ShiftModifier, "\x1a", "Ctrl+Shift+Z"),
        (Key.Key_F5, Modifier.NoModifier, "", "F5"),
        (Key.Key_Shift, Modifier.ShiftModifier, "", ""),
        (Key.Key_Egrave, Modifier.NoModifier, "è", "È"),
    ],
)
def test_key_field_records_the_key(qapp, qtbot, key, modifier, text, taken):
    from PySide6.QtGui import QKeyEvent

    field = KeyField("a key", Theme(qapp))
    qtbot.addWidget(field)
    field.keyPressEvent(QKeyEvent(QKeyEvent.Type.KeyPress, key, modifier, text))
    assert field.key == taken
    QTest.keyClick(field, Key.Key_Backspace)
    assert field.key == ""


def test_tab_moves_to_the_next_field(page):
    first, second = page.fields["confirm"]
    first.setFocus()
    QTest.keyClick(first, Key.Key_Tab)
    assert second.hasFocus()
    assert first.key == "Return"
