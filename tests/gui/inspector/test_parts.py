"""Parts of the inspector: reasons, neighbours, history, note, sections."""

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QImage
from PySide6.QtTest import QTest

from engine.messages import Message
from engine.project.decisions import Change, Edit
from gui.inspector.collapsible_section import CollapsibleSection
from gui.inspector.edit_history import EditHistory
from gui.inspector.neighbours import Neighbours
from gui.inspector.note_field import NoteField
from gui.inspector.probability_bars import text_width
from gui.inspector.reason_list import ReasonList
from gui.settings import save_setting
from gui.state.class_styles import ClassStyles
from gui.theme import Theme

Key = Qt.Key


@pytest.fixture
def theme(qapp):
    """Return the theme."""
    return Theme(qapp)


def shown(widget, qtbot, width=320, height=400):
    """Show a widget in a separate window."""
    qtbot.addWidget(widget)
    widget.resize(width, height)
    widget.show()
    return widget


def test_reason_list_shows_sentences_and_hides_when_empty(theme, qtbot):
    reasons = ReasonList(theme)
    qtbot.addWidget(reasons)
    assert reasons.isHidden()
    reasons.set_reasons([Message("image.scaled", {"bits": 16}), Message("image.on_white")])
    assert not reasons.isHidden()
    assert reasons.sentences[0] == "Scaled from 16 bits per channel to 8, by the brightest pixel."
    assert len(reasons.sentences) == 2
    reasons.set_reasons([Message("image.on_white")])
    assert len(reasons.sentences) == 1
    theme.set_dark(True)
    theme.set_dark(False)
    reasons.set_reasons([])
    assert reasons.isHidden()


def make_neighbours(theme, qtbot, pictures):
    class_styles = ClassStyles(model_classes=("monocyte", "lymphocyte"))
    return shown(Neighbours(class_styles.find, pictures.get, theme), qtbot)


def test_neighbours_without_labelled_images_show_a_hint(theme, qtbot):
    neighbours = make_neighbours(theme, qtbot, {})
    assert neighbours.empty_label.isVisible()
    assert "confirm some" in neighbours.empty_label.text()
    neighbours.set_groups([("monocyte", []), ("lymphocyte", [])])
    assert neighbours.empty_label.isVisible()
    assert not neighbours.paths


def test_neighbours_of_two_classes_can_be_picked(theme, qtbot):
    picture = QImage(40, 30, QImage.Format.Format_RGB32)
    pictures = {"a\udce9.png": picture}
    neighbours = make_neighbours(theme, qtbot, pictures)
    neighbours.set_groups(
        [
            ("monocyte", [("a\udce9.png", 0.934), ("b.png", 0.9)]),
            ("lymphocyte", [(f"{number}.png", 0.5) for number in range(20)]),
        ]
    )
    assert not neighbours.empty_label.isVisible()
    first, second = neighbours.rows
    assert first.name.text() == "monocyte"
    assert "runner-up" in second.role.text()
    assert neighbours.paths[:2] == ["a\udce9.png", "b.png"]
    assert 4 <= len(neighbours.paths) - 2 <= 6  # as many as fit
    assert "0.93" in first.strip.images[0].toolTip()
    chosen = []
    neighbours.picked.connect(chosen.append)
    QTest.mouseClick(first.strip.images[0], Qt.MouseButton.LeftButton)
    QTest.keyClick(first.strip.images[1], Key.Key_Return)
    assert chosen == ["a\udce9.png", "b.png"]
    pictures["b.png"] = picture
    neighbours.refresh("b.png")
    neighbours.grab()
    neighbours.request_thumbnails()
    neighbours.set_groups([("monocyte", [("b.png", 1.0)])])
    assert neighbours.paths == ["b.png"]
    assert not second.isVisible()


def test_arrows_move_between_neighbours(theme, qtbot):
    neighbours = make_neighbours(theme, qtbot, {})
    neighbours.set_groups([("monocyte", [("a", 1.0), ("b", 1.0), ("c", 1.0)])])
    neighbours.activateWindow()
    images = neighbours.rows[0].strip.images
    images[0].setFocus()
    qtbot.waitUntil(images[0].hasFocus)
    QTest.keyClick(images[0], Key.Key_Right)
    assert images[1].hasFocus()
    QTest.keyClick(images[1], Key.Key_Left)
    assert images[0].hasFocus()


def edits(count: int) -> list[Edit]:
    """Return edits of one image, newest first; the newest undoes the one before."""
    at = datetime.now(UTC) - timedelta(hours=1)
    made = [
        Edit(n, at, "Anna", "label", "", None, None, None, (Change("a", "label", None, f"c{n}"),))
        for n in range(1, count)
    ]
    change = Change("a", "label", f"c{count - 1}", None)
    made.append(Edit(count, at, "Anna", "label", "", None, count - 1, None, (change,)))
    return made[::-1]


def test_history_shows_some_lines_and_all_on_demand(theme, qtbot):
    history = shown(EditHistory(str, theme), qtbot)
    assert history.empty_label.isVisible()
    history.set_edits(edits(20))
    assert not history.empty_label.isVisible()
    assert len(history.lines) == 6
    assert "undid" in history.lines[0]
    assert "20" in history.show_all_button.text()
    history.show_all_button.click()
    assert len(history.lines) == 20
    assert not history.show_all_button.isVisible()
    history.set_edits(edits(7))
    assert len(history.lines) == 7
    history.set_edits([])
    assert history.lines == []


def test_undone_edits_are_struck_out_and_announced(theme, qtbot):
    history = shown(EditHistory(str, theme), qtbot)
    history.set_edits(edits(3))
    back, taken, stands = history._lines[:3]
    assert taken.font().strikeOut()
    assert "undone" in taken.accessibleName()
    assert not back.font().strikeOut()
    assert not stands.font().strikeOut()


def make_note(theme, qtbot):
    note = shown(NoteField(theme), qtbot)
    kept: list[tuple[str, str]] = []
    note.edited.connect(lambda path, text: kept.append((path, text)))
    note.activateWindow()
    note.set_note("a\udce9.png", "old")
    note.setFocus()
    qtbot.waitUntil(note.hasFocus)
    return note, kept


def test_note_is_saved_by_shortcut_and_on_leaving(theme, qtbot):
    note, kept = make_note(theme, qtbot)
    note.selectAll()
    QTest.keyClicks(note, "New x1")
    assert kept == []
    with qtbot.waitSignal(note.finished):
        QTest.keyClick(note, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert kept == [("a\udce9.png", "New x1")]
    QTest.keyClicks(note, " and")
    note.clearFocus()
    assert len(kept) == 2
    note.setFocus()
    note.clearFocus()
    assert len(kept) == 2  # nothing new


def test_escape_saves_the_note_and_finishes(theme, qtbot):
    note, kept = make_note(theme, qtbot)
    note.selectAll()
    QTest.keyClicks(note, "more")
    with qtbot.waitSignal(note.finished):
        QTest.keyClick(note, Key.Key_Escape)
    note.clearFocus()
    assert note.toPlainText() == "more"
    assert kept == [("a\udce9.png", "more")]


def test_note_is_saved_after_a_pause_without_disturbing_typing(theme, qtbot):
    note, kept = make_note(theme, qtbot)
    note.selectAll()
    with qtbot.waitSignal(note.edited):
        QTest.keyClicks(note, "two ")
    assert kept == [("a\udce9.png", "two")]
    note.set_note("a\udce9.png", "two")  # saved
    QTest.keyClicks(note, "cells")
    assert note.toPlainText() == "two cells"


def test_pending_note_is_saved_for_its_own_image(theme, qtbot):
    note, kept = make_note(theme, qtbot)
    note.selectAll()
    QTest.keyClicks(note, "for a")
    note.set_note("a\udce9.png", "old")  # something else about the image changed meanwhile
    assert note.toPlainText() == "for a"
    note.set_note("b.png", "")
    assert kept == [("a\udce9.png", "for a")]
    assert note.toPlainText() == ""
    note.set_note(None, "")
    assert not note.isEnabled()
    assert len(kept) == 1


def test_keys_that_write_a_note_trigger_no_shortcuts(theme, qtbot):
    from PySide6.QtGui import QAction, QKeySequence

    note, _ = make_note(theme, qtbot)
    ran = []
    for key in ("X", "1", "Ctrl+Z", "Esc", "Return", "F11", "Left", "/"):
        action = QAction(note)
        action.setShortcut(QKeySequence(key))
        action.triggered.connect(lambda _=False, key=key: ran.append(key))
        note.addAction(action)
    QTest.keyClicks(note, "x1/")
    QTest.keyClick(note, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    for key in (Key.Key_Left, Key.Key_F11, Key.Key_Return, Key.Key_Escape):
        QTest.keyClick(note, key)
    # Function keys type nothing: they are commands here too.
    assert ran == ["F11"]


def test_section_state_is_remembered(theme, qtbot):
    section = shown(CollapsibleSection("history", "History", EditHistory(str, theme), theme), qtbot)
    assert section.body.isVisible()
    section.head.setFocus()
    QTest.keyClick(section.head, Key.Key_Space)
    assert not section.body.isVisible()
    again = shown(CollapsibleSection("history", "History", EditHistory(str, theme), theme), qtbot)
    other = shown(CollapsibleSection("note", "Note", NoteField(theme), theme), qtbot)
    assert not again.body.isVisible()
    assert other.body.isVisible()
    again.expand()
    assert again.body.isVisible()
    save_setting("folded", {"damaged": 1})
    assert shown(
        CollapsibleSection("history", "History", EditHistory(str, theme), theme), qtbot
    ).is_expanded


@pytest.mark.parametrize("name", ["Lymphocyte", "Eosinophil", "Immature granulocyte"])
def test_longest_class_name_is_not_elided(theme, name):
    font = theme.font(strong=True)
    width = text_width(font, ["Platelet", name])
    assert QFontMetrics(font).elidedText(name, Qt.TextElideMode.ElideRight, width) == name
