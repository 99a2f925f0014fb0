"""Tags in the window: given and taken away by keys, on one or many images, found again, undone."""

import pytest
from gui_helpers import WAIT_MS
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from engine.project.project import Project

Key = Qt.Key
FIRST, SECOND, THIRD = "basophil/c0.png", "basophil/c1.png", "basophil/c2.png"


@pytest.fixture
def tagging(opened, qtbot):
    """Return the window with Anna reviewing, the first image current."""
    qtbot.waitUntil(lambda: opened.decisions.writable, timeout=WAIT_MS)
    opened.decisions.reviewer = "Anna"
    opened.review.gallery.view.show_path(FIRST)
    opened.review.focus_images()
    return opened


def tags(window):
    return {path: d.tags for path, d in window.decisions.project.decisions().items() if d.tags}


def press_f3(window):
    QTest.keyClick(QApplication.focusWidget(), Key.Key_F3)
    field = window.context.inspector.tags
    assert window.focusWidget() is field.line
    return field


def enter(window, qtbot, text):
    """Type a text into the tag field and press Enter."""
    line = window.context.inspector.tags.line
    line.setFocus()
    QTest.keyClicks(line, text)
    with qtbot.waitSignal(window.decisions.saved, timeout=WAIT_MS):
        QTest.keyClick(line, Key.Key_Return)


def test_tag_is_given_and_taken_away_by_keys(tagging, qtbot):
    field = press_f3(tagging)
    enter(tagging, qtbot, "Blast?, smear 2")
    assert tags(tagging) == {FIRST: ("Blast?", "smear 2")}
    assert tagging.session.current.path == FIRST
    assert [chip.text() for chip in field.chips.values()] == ["Blast?", "smear 2"]
    assert (field.line.text(), field.line.hasFocus()) == ("", True)
    # In other capitals it is the same tag; and one that is there already is taken away.
    enter(tagging, qtbot, "blast?")
    assert tags(tagging) == {FIRST: ("smear 2",)}
    QTest.keyClick(field.line, Key.Key_Escape)
    assert tagging.focusWidget() is tagging.review.gallery.view
    with qtbot.waitSignal(tagging.decisions.saved, timeout=WAIT_MS):
        QTest.keySequence(tagging, "Ctrl+Z")
    assert tags(tagging) == {FIRST: ("Blast?", "smear 2")}


def test_selected_images_get_a_tag_as_one_edit(tagging, qtbot):
    tagging.review.gallery.select([FIRST, SECOND])
    field = press_f3(tagging)
    assert field.count.text() == "Tags of the 2 selected images"
    enter(tagging, qtbot, "teaching")
    assert tags(tagging) == {FIRST: ("teaching",), SECOND: ("teaching",)}
    tagging.review.gallery.select([SECOND, THIRD])
    assert field.chips["teaching"].text() == "teaching (1)"
    # Not all have it yet, so all get it.
    enter(tagging, qtbot, "teaching")
    assert set(tags(tagging)) == {FIRST, SECOND, THIRD}
    with qtbot.waitSignal(tagging.decisions.saved, timeout=WAIT_MS):
        field.chips["teaching"].setFocus()
        QTest.keyClick(field.chips["teaching"], Key.Key_Space)
    assert tags(tagging) == {FIRST: ("teaching",)}
    assert field.line.hasFocus()
    # Without text in the field, undo is that of the project, here of the last edit only.
    with qtbot.waitSignal(tagging.decisions.saved, timeout=WAIT_MS):
        QTest.keySequence(field.line, "Ctrl+Z")
    assert set(tags(tagging)) == {FIRST, SECOND, THIRD}


def test_tags_of_the_project_complete_what_is_typed(tagging, qtbot):
    press_f3(tagging)
    enter(tagging, qtbot, "teaching set")
    tagging.review.gallery.view.show_path(SECOND)
    field = press_f3(tagging)
    QTest.keyClicks(field.line, "TEA")
    popup = field.line.popup
    assert popup.isVisible()
    QTest.keyClick(popup, Key.Key_Down)
    with qtbot.waitSignal(tagging.decisions.saved, timeout=WAIT_MS):
        QTest.keyClick(popup, Key.Key_Return)
    assert tags(tagging) == {FIRST: ("teaching set",), SECOND: ("teaching set",)}
    assert field.line.text() == ""
    QTest.keyClicks(field.line, "tea")
    QTest.keyClick(popup, Key.Key_Escape)
    assert (popup.isVisible(), field.line.text()) == (False, "tea")
    assert tagging.focusWidget() is field.line


def test_letters_and_digits_in_the_field_are_no_commands(tagging, qtbot):
    field = press_f3(tagging)
    QTest.keyClicks(field.line, "x1 d")
    QTest.keyClick(field.line, Key.Key_F2)
    assert field.line.text() == "x1 d"
    assert tagging.decisions.project.decisions() == {}
    # Typed but not entered: it does not stay for another image.
    tagging.review.gallery.view.show_path(SECOND)
    assert field.line.text() == ""


def test_too_long_tag_is_refused_and_stays_to_be_shortened(tagging):
    field = press_f3(tagging)
    QTest.keyClicks(field.line, "x" * 61)
    QTest.keyClick(field.line, Key.Key_Return)
    assert field.problem.isVisible()
    assert "60 characters" in field.problem.text()
    assert len(field.line.text()) == 61


@pytest.mark.parametrize("text", ["blast; smear", "a|b", "x, y;z", ";"])
def test_separator_of_files_is_refused_and_nothing_is_cut(tagging, qtbot, text):
    field = press_f3(tagging)
    QTest.keyClicks(field.line, text)
    QTest.keyClick(field.line, Key.Key_Return)
    assert field.problem.isVisible()
    assert "separate several tags with commas" in field.problem.text()
    assert field.line.text() == text
    assert tagging.decisions.project.decisions() == {}
    field.line.clear()
    enter(tagging, qtbot, "blast, smear")
    assert tags(tagging) == {FIRST: ("blast", "smear")}
    assert not field.problem.isVisible()


def test_large_view_tags_the_image_that_it_shows(tagging, qtbot):
    tagging.review.gallery.select([FIRST, SECOND, THIRD])
    QTest.keyClick(tagging.review.gallery.view, Key.Key_Space)
    assert tagging.review.is_large
    field = press_f3(tagging)
    assert field.count.isHidden()
    enter(tagging, qtbot, "one")
    assert set(tags(tagging)) == {tagging.session.current.path}


def test_selection_of_review_is_not_tagged_in_clean(tagging):
    tagging.review.gallery.select([FIRST, SECOND, THIRD])
    field = tagging.context.inspector.tags
    assert field.line.isEnabled()
    tagging.workspaces.go("clean")
    assert not field.line.isEnabled()
    tagging.workspaces.go("review")
    assert field.count.text() == "Tags of the 3 selected images"


def test_tags_are_filters_and_are_searched_together_with_notes(tagging, qtbot):
    model, facets = tagging.review.gallery.model, tagging.review.facets
    tagging.review.gallery.select([FIRST, SECOND])
    enter(tagging, qtbot, "Teaching & exam")
    with qtbot.waitSignal(tagging.decisions.saved, timeout=WAIT_MS):
        tagging.decisions.set_note(THIRD, "for TEACHING too")
    row = facets.rows["tag", "Teaching & exam"]
    assert row.accessibleName() == "Teaching & exam: 2"
    row.click()
    assert model.rowCount() == 2
    assert "Tags: Teaching & exam" in model.data(model.index(0), Qt.ItemDataRole.ToolTipRole)
    facets.show_all_button.click()
    search = tagging.review.gallery.search
    search.setFocus()
    QTest.keyClicks(search, "teaching")
    qtbot.waitUntil(lambda: model.rowCount() == 3, timeout=WAIT_MS)


def test_image_that_leaves_the_filter_with_its_tag_is_not_acted_on_any_more(tagging, qtbot):
    tagging.review.gallery.select([FIRST, SECOND])
    enter(tagging, qtbot, "exam")
    tagging.review.facets.rows["tag", "exam"].click()
    view, model = tagging.review.gallery.view, tagging.review.gallery.model
    tagging.review.gallery.select([FIRST])
    assert [*tagging.session.targets] == [FIRST]
    enter(tagging, qtbot, "exam")
    assert model.rowCount() == 1
    assert [*tagging.session.targets] == [view.current_path] == [SECOND]
    enter(tagging, qtbot, "exam")
    assert (model.rowCount(), tags(tagging)) == (0, {})
    row = tagging.review.facets.rows["tag", "exam"]
    assert (row.isChecked(), row.accessibleName()) == (True, "exam: 0")


def test_tags_are_there_after_opening_again_and_in_the_history(tagging, qtbot, cells):
    enter(tagging, qtbot, "exam")
    history = tagging.context.inspector.history
    qtbot.waitUntil(lambda: bool(history.lines), timeout=WAIT_MS)
    assert history.lines[0].endswith("Anna: tag “exam”")
    file = tagging.decisions.project.file
    tagging.open(cells)
    qtbot.waitUntil(
        lambda: tagging.decisions.writable and tagging.session.item(FIRST) is not None,
        timeout=WAIT_MS,
    )
    qtbot.waitUntil(lambda: tagging.session.item(FIRST).tags == ("exam",), timeout=WAIT_MS)
    with Project.open(file) as second:
        assert second.decisions()[FIRST].tags == ("exam",)


def test_the_key_for_tags_works_while_a_note_is_written(opened, qtbot):
    qtbot.waitUntil(lambda: opened.decisions.writable, timeout=WAIT_MS)
    opened.reviewers.choose("Anna")
    opened.review.gallery.view.show_path("basophil/c0.png")
    opened.review.focus_images()
    QTest.keyClick(QApplication.focusWidget(), Key.Key_F2)
    note = opened.context.inspector.note
    QTest.keyClicks(note, "pale")
    QTest.keyClick(note, Key.Key_F3)
    line = opened.context.inspector.tags.line
    assert line.hasFocus()
    QTest.keyClicks(line, "exam")
    QTest.keyClick(line, Key.Key_Return)

    def saved():
        decision = opened.decisions.project.decisions().get("basophil/c0.png")
        return decision is not None and (decision.note, decision.tags) == ("pale", ("exam",))

    qtbot.waitUntil(saved, timeout=WAIT_MS)  # The note is an edit of its own.
    QTest.keyClick(line, Key.Key_F2)
    assert note.hasFocus()


def test_message_on_a_refused_tag_ends_when_the_person_goes_on(tagging, qtbot):
    field = press_f3(tagging)
    enter(tagging, qtbot, "teaching")
    for leave in ("undo", "escape", "undo in the line"):
        field.line.setFocus()
        field.line.clear()
        QTest.keyClicks(field.line, "x" * 61)
        QTest.keyClick(field.line, Key.Key_Return)
        assert field.problem.isVisible()
        match leave:
            case "undo":
                tagging.review.focus_images()
                with qtbot.waitSignal(tagging.decisions.saved, timeout=WAIT_MS):
                    QTest.keySequence(QApplication.focusWidget(), "Ctrl+Z")
            case "escape":
                QTest.keyClick(field.line, Key.Key_Escape)
            case _:
                QTest.keySequence(field.line, "Ctrl+Z")
        assert not field.problem.isVisible(), leave
