"""Classes editor and class rules."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit

from engine.images.class_set import load_class_set
from engine.project.classes import ClassEntry, default_classes, find_class, merge_classes
from gui.classes.class_rules import find_errors, find_unreachable
from gui.classes.classes_editor import ClassesEditor
from gui.classes.colour_button import ColourButton
from gui.shortcuts.keymap import Keymap
from gui.theme import Theme, tokens

Key = Qt.Key
COLOURS = tokens()["classes"]["colours"]
BLOOD8 = default_classes(load_class_set(), (), COLOURS)
IMAGES = {"basophil": 12, "monocyte": 118}
LASTING = tuple(cell_class.id for cell_class in BLOOD8)


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


def test_saving_without_changes_emits_nothing(editor):
    assert editor.save.isEnabled()
    editor.save.click()
    assert editor.kept == []
    assert editor.result() == ClassesEditor.DialogCode.Accepted


def test_fields_of_a_class_are_edited(editor):
    row = editor.rows["monocyte"]
    typed(row.name, "  Mono   cyte ")
    typed(row.group, "Mononuclear")
    typed(row.letter, "o")
    QTest.keyClick(row.key, Key.Key_Q)
    row.colour.offer()
    row.colour.palette_popup.field.setText("123abc")
    QTest.keyClick(row.colour.palette_popup.field, Key.Key_Return)
    editor.save.click()
    ((classes, merged),) = editor.kept
    assert find_class(classes, "monocyte") == ClassEntry(
        "monocyte", "Mono cyte", "O", "#123ABC", "Q", "Mononuclear"
    )
    assert merged == {}
    assert [entry.id for entry in classes] == [*LASTING, "smudge"]


def test_new_class_gets_letter_key_and_id_from_its_name(editor):
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
    assert classes[-1].colour not in {cell_class.colour for cell_class in BLOOD8}


def test_typed_letter_is_kept(editor):
    editor.add.click()
    row = list(editor.rows.values())[-1]
    QTest.keyClicks(row.name, "Bl")
    typed(row.letter, "zz")
    QTest.keyClicks(row.name, "ast")
    assert row.entry.letter == "zz"


def test_order_is_changed_by_keyboard(editor):
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
    assert [entry.id for entry in classes] == [
        "basophil", "eosinophil", "lymphocyte", "erythroblast", "immature_granulocyte",
        "monocyte", "neutrophil", "smudge", "platelet",
    ]  # fmt: skip


def test_merging_classes_moves_all_their_images(editor):
    merge_into(editor, "erythroblast", "Lymphocyte")
    merge_into(editor, "lymphocyte", "Monocyte")
    row = editor.rows["monocyte"]
    assert "Erythroblast" in row.message.text()
    assert row.images.text() == "118"
    editor.save.click()
    ((classes, merged),) = editor.kept
    assert merged == {"erythroblast": "monocyte", "lymphocyte": "monocyte"}
    assert classes == tuple(
        entry
        for entry in merge_classes(
            merge_classes(editor._original, "erythroblast", "lymphocyte"), "lymphocyte", "monocyte"
        )
    )


def merge_into(editor, identity, name):
    """Choose from the menu of a row."""
    into = entries(editor.rows[identity])["Merge into"].menu()
    next(action for action in into.actions() if action.text() == name).trigger()


def test_new_class_merged_at_once_leaves_no_trace(editor):
    editor.add.click()
    row = list(editor.rows.values())[-1]
    QTest.keyClicks(row.name, "Blast")
    merge_into(editor, row.entry.id, "Monocyte")
    editor.save.click()
    assert editor.kept == []


def test_only_unused_classes_can_be_removed(editor):
    assert not entries(editor.rows["basophil"])["It has images: merge it instead"].isEnabled()
    assert not entries(editor.rows["platelet"])["The model knows it: merge it instead"].isEnabled()
    entries(editor.rows["smudge"])["Remove"].trigger()
    assert "smudge" not in editor.rows
    editor.save.click()
    ((classes, merged),) = editor.kept
    assert [entry.id for entry in classes] == list(LASTING)
    assert merged == {}


def test_last_class_cannot_be_removed(qapp, qtbot):
    alone = ClassEntry("a", "A cell", "A", "#000000")
    editor = make(qapp, qtbot, (alone,))
    assert not entries(editor.rows["a"])["The last class cannot be removed"].isEnabled()
    assert not entries(editor.rows["a"])["Merge into"].isEnabled()


@pytest.mark.parametrize(
    ("field", "value", "message"),
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
def test_errors_have_messages(qapp, field, value, message):
    classes = (replace(BLOOD8[0], **{field: value}), *BLOOD8[1:])
    found = find_errors(classes, Keymap())
    assert message in found["basophil", field]


def test_blood_classes_have_no_errors(qapp):
    assert find_errors(BLOOD8, Keymap()) == {}
    assert find_unreachable(BLOOD8, Keymap()) == {}
    assert find_unreachable((replace(BLOOD8[6], key=""),), Keymap()) == {}
    two = (replace(BLOOD8[6], key="", letter="Ne"),)
    assert list(find_unreachable(two, Keymap())) == ["neutrophil"]


def test_letter_must_not_be_a_command_key_or_another_classes_key(qapp):
    typed = (replace(BLOOD8[0], letter="D"), replace(BLOOD8[1], key="N"), *BLOOD8[2:])
    found = find_errors(typed, Keymap())
    assert "Dismiss" in found["basophil", "letter"]
    assert "letter of “Neutrophil”" in found["eosinophil", "key"]
    assert len(found) == 2


def test_error_is_shown_beside_its_field_and_blocks_saving(editor):
    row = editor.rows["basophil"]
    QTest.keyClick(row.key, Key.Key_X)
    assert "Remove" in row.message.text()
    assert "Remove" in row.key.accessibleDescription()
    assert not editor.save.isEnabled()
    QTest.keyClick(row.key, Key.Key_Backspace)
    assert editor.save.isEnabled()
    QTest.keyClick(row.key, Key.Key_Escape)
    assert editor.kept == []


def test_palette_marks_used_colours_and_works_by_keyboard(qapp, qtbot):
    button = ColourButton(Theme(qapp))
    qtbot.addWidget(button)
    button.show()
    button.show_colour("#0072B2", "B")
    button.taken = {"#E69F00": "E"}
    chosen = []
    button.chosen.connect(chosen.append)
    QTest.keyClick(button, Key.Key_Return)
    choice = button.palette_popup
    assert len(choice.swatches) == len(COLOURS)
    assert choice.swatches[0].letter == "E"
    now = next(swatch for swatch in choice.swatches if swatch.colour == "#0072B2")
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
    inside = editor.form.widget()
    assert inside.minimumSizeHint().width() <= editor.form.viewport().width()
    assert editor.save.isEnabled()
