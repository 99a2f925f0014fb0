"""The parts of the inspector that are filled from outside: reasons, neighbours, history, sections."""

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest

from engine.messages import Message
from engine.project.decisions import Change, Edit
from gui.inspector.collapsible_section import Section
from gui.inspector.edit_history import History
from gui.inspector.neighbours import Neighbours
from gui.inspector.note_field import NoteField
from gui.inspector.reason_list import Reasons
from gui.settings import save_setting
from gui.state.class_styles import ClassStyles
from gui.theme import Theme

Key = Qt.Key


@pytest.fixture
def theme(qapp):
    """Return the theme."""
    return Theme(qapp)


def shown(widget, qtbot, width=320, height=400):
    """Show a widget in a window of its own."""
    qtbot.addWidget(widget)
    widget.resize(width, height)
    widget.show()
    return widget


def test_reasons_are_sentences_and_none_takes_no_room(theme, qtbot):
    reasons = Reasons(theme)
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
    class_styles = ClassStyles(extra=("monocyte", "lymphocyte"))
    return shown(Neighbours(class_styles.find, pictures.get, theme), qtbot)


def test_without_labelled_images_one_line_says_what_to_do(theme, qtbot):
    neighbours = make_neighbours(theme, qtbot, {})
    assert neighbours.nothing.isVisible()
    assert "confirm some" in neighbours.nothing.text()
    neighbours.set_groups([("monocyte", []), ("lymphocyte", [])])
    assert neighbours.nothing.isVisible()
    assert not neighbours.paths


def test_neighbours_of_two_classes_are_shown_and_chosen(theme, qtbot):
    picture = QImage(40, 30, QImage.Format.Format_RGB32)
    pictures = {"a\udce9.png": picture}
    neighbours = make_neighbours(theme, qtbot, pictures)
    neighbours.set_groups(
        [
            ("monocyte", [("a\udce9.png", 0.934), ("b.png", 0.9)]),
            ("lymphocyte", [(f"{number}.png", 0.5) for number in range(20)]),
        ]
    )
    assert not neighbours.nothing.isVisible()
    first, second = neighbours.rows
    assert first.name.text() == "monocyte"
    assert "runner-up" in second.role.text()
    assert neighbours.paths[:2] == ["a\udce9.png", "b.png"]
    assert 4 <= len(neighbours.paths) - 2 <= 6  # what there is room for
    assert "0.93" in first.strip.images[0].toolTip()
    chosen = []
    neighbours.chosen.connect(chosen.append)
    QTest.mouseClick(first.strip.images[0], Qt.MouseButton.LeftButton)
    QTest.keyClick(first.strip.images[1], Key.Key_Return)
    assert chosen == ["a\udce9.png", "b.png"]
    pictures["b.png"] = picture
    neighbours.refresh("b.png")
    neighbours.grab()
    neighbours.ask_again()
    neighbours.set_groups([("monocyte", [("b.png", 1.0)])])
    assert neighbours.paths == ["b.png"]
    assert not second.isVisible()


def test_arrows_walk_along_neighbours(theme, qtbot):
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
    """Return edits of one image, the newest first; the last one takes the one before back."""
    at = datetime.now(UTC) - timedelta(hours=1)
    made = [
        Edit(n, at, "Anna", "label", "", None, None, None, (Change("a", "label", None, f"c{n}"),))
        for n in range(1, count)
    ]
    change = Change("a", "label", f"c{count - 1}", None)
    made.append(Edit(count, at, "Anna", "label", "", None, count - 1, None, (change,)))
    return made[::-1]


def test_history_shows_a_screenful_and_all_on_demand(theme, qtbot):
    history = shown(History(str, theme), qtbot)
    assert history.nothing.isVisible()
    history.set_edits(edits(20))
    assert not history.nothing.isVisible()
    assert len(history.lines) == 6
    assert "undid" in history.lines[0]
    assert "20" in history.all.text()
    history.all.click()
    assert len(history.lines) == 20
    assert not history.all.isVisible()
    history.set_edits(edits(7))
    assert len(history.lines) == 7
    history.set_edits([])
    assert history.lines == []


def test_what_was_taken_back_is_marked_and_can_be_heard(theme, qtbot):
    history = shown(History(str, theme), qtbot)
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


def test_a_note_is_kept_by_its_key_or_by_leaving(theme, qtbot):
    note, kept = make_note(theme, qtbot)
    note.selectAll()
    QTest.keyClicks(note, "New x1")
    assert kept == []
    with qtbot.waitSignal(note.done):
        QTest.keyClick(note, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert kept == [("a\udce9.png", "New x1")]
    QTest.keyClicks(note, " and")
    note.clearFocus()
    assert len(kept) == 2
    note.setFocus()
    note.clearFocus()
    assert len(kept) == 2  # nothing new


def test_escape_keeps_the_note_and_goes_back(theme, qtbot):
    note, kept = make_note(theme, qtbot)
    note.selectAll()
    QTest.keyClicks(note, "more")
    with qtbot.waitSignal(note.done):
        QTest.keyClick(note, Key.Key_Escape)
    note.clearFocus()
    assert note.toPlainText() == "more"
    assert kept == [("a\udce9.png", "more")]


def test_a_note_is_kept_in_a_pause_and_typing_goes_on_where_it_was(theme, qtbot):
    note, kept = make_note(theme, qtbot)
    note.selectAll()
    with qtbot.waitSignal(note.edited):
        QTest.keyClicks(note, "two ")
    assert kept == [("a\udce9.png", "two")]
    note.set_note("a\udce9.png", "two")  # it is on the disk
    QTest.keyClicks(note, "cells")
    assert note.toPlainText() == "two cells"


def test_a_note_stays_with_its_image_when_another_comes(theme, qtbot):
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


def test_no_key_of_a_note_is_a_command(theme, qtbot):
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
    assert ran == []


def test_a_section_stays_as_it_was_left(theme, qtbot):
    section = shown(Section("history", "History", History(str, theme), theme), qtbot)
    assert section.body.isVisible()
    section.head.setFocus()
    QTest.keyClick(section.head, Key.Key_Space)
    assert not section.body.isVisible()
    again = shown(Section("history", "History", History(str, theme), theme), qtbot)
    other = shown(Section("note", "Note", NoteField(theme), theme), qtbot)
    assert not again.body.isVisible()
    assert other.body.isVisible()
    again.unfold()
    assert again.body.isVisible()
    save_setting("folded", {"damaged": 1})
    assert shown(Section("history", "History", History(str, theme), theme), qtbot).unfolded
