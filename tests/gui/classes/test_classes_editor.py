"""Arranging the classes of a project."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit

from engine.images.class_set import load_class_set
from engine.project.classes import ClassEntry, default_classes, find_class, merge_classes
from gui.classes.colour_button import ColourButton
from gui.classes.classes_editor import ClassesEditor
from gui.classes.class_rules import find_errors, find_unreachable
from gui.shortcuts.keymap import Keymap
from gui.theme import Theme, tokens

Key = Qt.Key
COLOURS = tokens()["classes"]["colours"]
BLOOD8 = default_classes(load_class_set(), (), COLOURS)
IMAGES = {"basophil": 12, "monocyte": 118}
LASTING = tuple(one.id for one in BLOOD8)


@pytest.fixture
def editor(qapp, qtbot):
    """Return the editor with the classes of blood, and one that is of no use to the model."""
    return make(
        qapp, qtbot, (*BLOOD8, replace(BLOOD8[0], id="smudge", name="Smudge", letter="S", key=""))
    )


def make(qapp, qtbot, classes):
    """Show an editor; what it saves is in `kept`."""
    made = ClassesEditor(classes, IMAGES, LASTING, Keymap(), Theme(qapp), taken={"blast_2"})
    qtbot.addWidget(made)
    made.kept = []
    made.saved.connect(lambda new, merged: made.kept.append((new, merged)))
    with qtbot.waitActive(made):
        made.show()
    return made


def entries(row) -> dict[str, object]:
    """Return the entries of a row's menu by their words."""
    return {action.text(): action for action in row.menu.actions()}


def typed(field: QLineEdit, text: str) -> None:
    """Type a text in place of what is there."""
    field.selectAll()
    QTest.keyClick(field, Key.Key_Delete)
    QTest.keyClicks(field, text)


def test_without_a_change_nothing_is_said_to_have_changed(editor):
    assert editor.save.isEnabled()
    editor.save.click()
    assert editor.kept == []
    assert editor.result() == ClassesEditor.DialogCode.Accepted


def test_a_class_is_renamed_grouped_keyed_and_coloured(editor):
    row = editor.rows["monocyte"]
    typed(row.name, "  Mono   cyte ")
    typed(row.group, "Mononuclear")
    typed(row.letter, "o")
    QTest.keyClick(row.key, Key.Key_Q)
    row.colour.offer()
    row.colour.choice.field.setText("123abc")
    QTest.keyClick(row.colour.choice.field, Key.Key_Return)
    editor.save.click()
    ((classes, merged),) = editor.kept
    assert find_class(classes, "monocyte") == ClassEntry(
        "monocyte", "Mono cyte", "O", "#123ABC", "Q", "Mononuclear"
    )
    assert merged == {}
    assert [one.id for one in classes] == [*LASTING, "smudge"]


def test_a_new_class_gets_letter_key_and_id_of_its_name(editor):
    editor.add.click()
    row = list(editor.rows.values())[-1]
    assert row.name.hasFocus()
    assert not editor.save.isEnabled()  # it has no name yet
    assert row.message.isVisible()
    QTest.keyClicks(row.name, "Blast 2")
    assert row.letter.text() == "A"  # B, L are taken
    assert editor.save.isEnabled()
    editor.save.click()
    ((classes, _),) = editor.kept
    assert classes[-1].id == "blast_2_2"  # blast_2 is not to be given again
    assert classes[-1].name == "Blast 2"
    assert classes[-1].key == "9"
    assert classes[-1].colour.lower() in COLOURS
    assert classes[-1].colour not in {one.colour for one in BLOOD8}


def test_a_letter_that_was_typed_stays(editor):
    editor.add.click()
    row = list(editor.rows.values())[-1]
    QTest.keyClicks(row.name, "Bl")
    typed(row.letter, "zz")
    QTest.keyClicks(row.name, "ast")
    assert row.entry.letter == "zz"


def test_the_order_is_changed_by_the_keyboard(editor):
    row = editor.rows["lymphocyte"]
    row.up.setFocus()
    QTest.keyClick(row.up, Key.Key_Space)
    assert editor.rows["lymphocyte"].up.hasFocus()
    QTest.keyClick(editor.rows["lymphocyte"].up, Key.Key_Space)
    editor.rows["smudge"].up.click()
    assert not editor.rows["basophil"].up.isEnabled()
    assert not editor.rows["platelet"].down.isEnabled()
    editor.save.click()
    ((classes, _),) = editor.kept
    assert [one.id for one in classes] == [
        "basophil", "eosinophil", "lymphocyte", "erythroblast", "immature_granulocyte",
        "monocyte", "neutrophil", "smudge", "platelet",
    ]  # fmt: skip


def test_classes_are_merged_and_all_of_their_images_go_along(editor):
    merge_into(editor, "erythroblast", "Lymphocyte")
    merge_into(editor, "lymphocyte", "Monocyte")
    row = editor.rows["monocyte"]
    assert "Erythroblast" in row.message.text()
    assert row.images.text() == "118"
    editor.save.click()
    ((classes, merged),) = editor.kept
    assert merged == {"erythroblast": "monocyte", "lymphocyte": "monocyte"}
    assert classes == tuple(
        one
        for one in merge_classes(
            merge_classes(editor._before, "erythroblast", "lymphocyte"), "lymphocyte", "monocyte"
        )
    )


def merge_into(editor, identity, name):
    """Choose from the menu of a row."""
    into = entries(editor.rows[identity])["Merge into"].menu()
    next(one for one in into.actions() if one.text() == name).trigger()


def test_what_was_new_and_merged_at_once_leaves_no_trace(editor):
    editor.add.click()
    row = list(editor.rows.values())[-1]
    QTest.keyClicks(row.name, "Blast")
    merge_into(editor, row.entry.id, "Monocyte")
    editor.save.click()
    assert editor.kept == []


def test_only_what_nothing_uses_is_removed(editor):
    assert not entries(editor.rows["basophil"])["It has images: merge it instead"].isEnabled()
    assert not entries(editor.rows["platelet"])["The model knows it: merge it instead"].isEnabled()
    entries(editor.rows["smudge"])["Remove"].trigger()
    assert "smudge" not in editor.rows
    editor.save.click()
    ((classes, merged),) = editor.kept
    assert [one.id for one in classes] == list(LASTING)
    assert merged == {}


def test_the_last_class_stays(qapp, qtbot):
    alone = ClassEntry("a", "A cell", "A", "#000000")
    editor = make(qapp, qtbot, (alone,))
    assert not entries(editor.rows["a"])["The last class cannot be removed"].isEnabled()
    assert not entries(editor.rows["a"])["Merge into"].isEnabled()


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("name", "", "needs a name"),
        ("name", "monoCYTE ", "“Monocyte” already has this name"),
        ("letter", "", "needs one or two letters"),
        ("letter", "?", "needs one or two letters"),
        ("letter", "m", "“Monocyte” already has this letter"),
        ("colour", "#12345", "six hexadecimal digits"),
        ("key", "6", "“Monocyte” already has this key"),
        ("key", "X", "“Remove"),
        ("key", "+", "“Zoom"),
    ],
)
def test_faults_are_said_in_words(qapp, field, value, said):
    classes = (replace(BLOOD8[0], **{field: value}), *BLOOD8[1:])
    found = find_errors(classes, Keymap())
    assert said in found["basophil", field]


def test_the_classes_of_blood_have_no_fault(qapp):
    assert find_errors(BLOOD8, Keymap()) == {}
    assert find_unreachable(BLOOD8, Keymap()) == {}
    assert find_unreachable((replace(BLOOD8[6], key=""),), Keymap()) == {}
    two = (replace(BLOOD8[6], key="", letter="Ne"),)
    assert list(find_unreachable(two, Keymap())) == ["neutrophil"]


def test_a_letter_labels_so_it_is_no_command_and_no_other_classes_key(qapp):
    typed = (replace(BLOOD8[0], letter="D"), replace(BLOOD8[1], key="N"), *BLOOD8[2:])
    found = find_errors(typed, Keymap())
    assert "dismiss" in found["basophil", "letter"]
    assert "letter of “Neutrophil”" in found["eosinophil", "key"]
    assert len(found) == 2


def test_a_fault_is_said_beside_its_field_and_nothing_is_saved(editor):
    row = editor.rows["basophil"]
    QTest.keyClick(row.key, Key.Key_X)
    assert "Remove" in row.message.text()
    assert "Remove" in row.key.accessibleDescription()
    assert not editor.save.isEnabled()
    QTest.keyClick(row.key, Key.Key_Backspace)
    assert editor.save.isEnabled()
    QTest.keyClick(row.key, Key.Key_Escape)
    assert editor.kept == []


def test_colours_of_other_classes_are_marked_and_all_are_reached_by_keys(qapp, qtbot):
    button = ColourButton(Theme(qapp))
    qtbot.addWidget(button)
    button.show()
    button.show_colour("#0072B2", "B")
    button.taken = {"#E69F00": "E"}
    chosen = []
    button.chosen.connect(chosen.append)
    QTest.keyClick(button, Key.Key_Return)
    choice = button.choice
    assert len(choice.swatches) == len(COLOURS)
    assert choice.swatches[0].letter == "E"
    now = next(one for one in choice.swatches if one.colour == "#0072B2")
    QTest.keyClick(now, Key.Key_Down)
    QTest.keyClick(choice.swatches[choice.swatches.index(now) + 7], Key.Key_Return)
    assert chosen == [COLOURS[11].upper()]
    button.show_colour("no colour", "B")
    button.grab()


def test_every_control_has_a_name(editor):
    for kind in (QAbstractButton, QLineEdit):
        for control in editor.findChildren(kind):
            if control.isVisible():
                words = control.text() if isinstance(control, QAbstractButton) else ""
                assert words or control.accessibleName(), control


def test_many_classes_fit(qapp, qtbot):
    classes = default_classes(None, [f"class {number}" for number in range(30)], COLOURS)
    editor = make(qapp, qtbot, classes)
    editor.resize(editor.minimumSizeHint())
    row = editor.rows["class 29"]
    row.name.setFocus()
    inside = editor._scroll.widget()
    assert inside.minimumSizeHint().width() <= editor._scroll.viewport().width()
    assert editor.save.isEnabled()
