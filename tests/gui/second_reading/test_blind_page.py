"""Blind reading with real key presses: nothing on the screen tells the first reader's label."""

from gui_helpers import WAIT_MS, all_read, type_keys
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)
from second_reading_helpers import readings

from gui.second_reading.class_buttons import ClassButtons


def texts_on_screen(window):
    """Return all texts of the visible widgets outside the class buttons, and of the title."""
    texts = [window.windowTitle()]
    for widget in window.findChildren(QWidget):
        parents = []
        parent = widget
        while parent is not None:
            parents.append(parent)
            parent = parent.parentWidget()
        if not widget.isVisible() or any(isinstance(parent, ClassButtons) for parent in parents):
            continue
        texts += [widget.toolTip(), widget.accessibleName(), widget.statusTip()]
        if isinstance(widget, QLabel | QAbstractButton | QLineEdit):
            texts.append(widget.text())
        if isinstance(widget, QPlainTextEdit):
            texts += [widget.toPlainText(), widget.placeholderText()]
    return " ".join(texts).casefold()


def test_no_text_tells_label_prediction_or_file(opened, blind, press, qtbot):
    for _ in range(len(readings(opened))):
        item = opened.session.current
        assert item.path == blind.current.path
        shown = texts_on_screen(opened)
        names = {item.folder_class, item.name, item.path, opened.session.title, "anna"}
        names |= set(opened.session.class_styles.ids)
        names |= {opened.session.class_styles.find(name).name for name in names}
        assert not [name for name in names if name.casefold() in shown]
        assert not [b for b in blind.classes.buttons.values() if b.isChecked()]
        press("1")


def test_screen_is_the_same_whatever_the_first_reader_decided(opened, blind, qtbot):
    path = blind.current.path
    pictures = []
    # Neither is the label that Anna may have given the drawn image: that would be no edit.
    for label in ("lymphocyte", "platelet", None):
        with qtbot.waitSignal(opened.decisions.saved, timeout=WAIT_MS):
            opened.decisions.relabel({path: label})
        with qtbot.waitSignal(opened.decisions.saved, timeout=WAIT_MS):
            opened.decisions.set_note(path, f"surely {label}")
        with qtbot.waitSignal(opened.decisions.saved, timeout=WAIT_MS):
            opened.decisions.set_tags([path], [f"surely {label}"], True)
        assert opened.session.current.path == path
        pictures.append(opened.grab().toImage())
    assert pictures[0] == pictures[1] == pictures[2]
    assert blind.note.toPlainText() == ""
    # Nor can the reader give tags, which belong to the image.
    type_keys([Qt.Key.Key_F3, *"exam", Qt.Key.Key_Return])
    assert opened.focusWidget() is not opened.context.inspector.tags.line
    assert "exam" not in opened.session.table.tags.all()


def test_keys_label_step_clear_and_undo_the_image_on_the_screen(opened, blind, press, qtbot):
    before = opened.decisions.project.decisions()
    first, second = [image.path for image in readings(opened)[:2]]
    assert (blind.current.path, opened.session.current.path) == (first, first)
    press("1")
    assert blind.current.path == second
    press("0")
    assert [image.label for image in readings(opened)[:3]] == ["basophil", "not_classed", None]
    assert "2 of 24 read" in blind.header.text()
    assert "Bob Second" in blind.header.text()
    type_keys([Qt.Key.Key_Left])
    assert blind.classes.buttons["not_classed"].isChecked()
    press("u")
    assert [image.label for image in readings(opened)[:2]] == ["basophil", None]
    control = Qt.KeyboardModifier.ControlModifier
    for _ in range(6):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Z, control)
    qtbot.waitUntil(lambda: not any(i.label for i in readings(opened)), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: blind.current.path == first, timeout=WAIT_MS)
    assert opened.session.current.path == first
    # Edits are written one after the other: this one after all that were undone.
    press("2")
    assert [image.label for image in readings(opened)[:2]] == ["eosinophil", None]
    # The first reader's decisions and the start of the reading are out of reach of the reader's undo.
    assert opened.decisions.project.decisions() == before
    assert before


def test_no_key_brings_the_rest_of_the_window_back(opened, blind):
    control = Qt.KeyboardModifier.ControlModifier
    for key in (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4, Qt.Key.Key_R, Qt.Key.Key_L):
        QTest.keyClick(QApplication.focusWidget(), key, control)
    for key in (Qt.Key.Key_G, Qt.Key.Key_F, Qt.Key.Key_Question, Qt.Key.Key_Space):
        QTest.keyClick(QApplication.focusWidget(), key)
    for _ in range(12):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        assert blind.isAncestorOf(QApplication.focusWidget())
    assert opened.blind_reading.is_active
    assert not opened.context.inspector.isVisible()
    assert not opened.review.isVisible()
    assert not opened.top_bar.isVisible()
    assert all(image.label is None for image in readings(opened))


def test_command_leads_to_the_name_and_return_starts(opened, report, qtbot):
    report.show_page("competency")
    report.page_list.buttons["competency"].setFocus()
    opened.workspaces.show_second_reading()
    assert QApplication.focusWidget() is report.second_reading.reader
    QTest.keyClicks(QApplication.focusWidget(), "Bob")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: opened.blind_reading.is_active, timeout=WAIT_MS)


def test_pause_and_continue_at_the_first_image_without_a_label(opened, report, blind, press, qtbot):
    press("1")
    type_keys("\x1b")
    assert not opened.blind_reading.is_active
    assert report.isVisible()
    assert opened.session.title in opened.windowTitle()
    page = report.second_reading
    qtbot.waitUntil(lambda: "has read 1 of 24" in page.state.text(), timeout=WAIT_MS)
    assert not page.agreement.isVisible()
    page.go_on.click()
    qtbot.waitUntil(lambda: opened.blind_reading.is_active, timeout=WAIT_MS)
    assert blind.current.path == readings(opened)[1].path


def test_note_of_the_second_reader_is_kept_apart(opened, blind, press):
    path = blind.current.path
    type_keys([Qt.Key.Key_F2])
    QTest.keyClicks(QApplication.focusWidget(), "1 smudged")
    press("\x1b")
    assert readings(opened)[0].note == "1 smudged"
    assert blind.current.path == path
    assert opened.session.item(path).note == ""
    press("1")
    assert readings(opened)[0].label == "basophil"


def test_reading_survives_opening_another_folder(opened, blind, press, cells, qtbot):
    press("1")
    opened.open(cells)
    qtbot.waitUntil(all_read(opened), timeout=WAIT_MS)
    assert not opened.blind_reading.is_active
    qtbot.waitUntil(lambda: opened.decisions.writable, timeout=WAIT_MS)
    assert readings(opened)[0].label == "basophil"


def test_ended_reading_is_continued_with_the_images_that_were_not_read(
    opened, report, blind, press, qtbot
):
    press("1")
    press("0")
    before = readings(opened)
    blind.end_button.setFocus()
    press(" ")
    page = report.second_reading
    qtbot.waitUntil(lambda: "Continue with 22 unread images" in page.go_on.text(), timeout=WAIT_MS)
    qtbot.waitUntil(page.agreement.isVisible, timeout=WAIT_MS)
    page.go_on.setFocus()
    press(" ")
    qtbot.waitUntil(lambda: opened.blind_reading.is_active, timeout=WAIT_MS)
    # The agreement may have been seen: what was read stays as it is.
    assert "0 of 22 read" in blind.header.text()
    type_keys([Qt.Key.Key_Home, Qt.Key.Key_Left])
    press("1")
    assert readings(opened)[:2] == before[:2]
    assert readings(opened)[2].label == "basophil"
    type_keys("\x1b")
    qtbot.waitUntil(lambda: "has read 3 of 24" in page.state.text(), timeout=WAIT_MS)
    assert not page.agreement.isVisible()
    assert page.go_on.text() == "Continue reading"
    page.end.setFocus()
    press(" ")
    qtbot.waitUntil(page.agreement.isVisible, timeout=WAIT_MS)

    def summary():
        return report.reporting.report.second_readings[0]

    # The report is brought up to date a moment later.
    qtbot.waitUntil(lambda: (summary().read, summary().resumed) == (3, 1), timeout=WAIT_MS)


def test_second_reader_who_labelled_the_images_is_warned(report, qtbot):
    page = report.second_reading
    page.reader.setFocus()
    QTest.keyClicks(page.reader, " anna ")
    assert page.own.isVisible()
    assert "anna has already labelled images here" in page.own.text()
    QTest.keyClicks(page.reader, "b")
    assert not page.own.isVisible()


def test_key_labels_no_image_that_is_still_being_decoded(opened, blind, press, qtbot):
    loader = opened.context.image_loader
    # One of the first images may have been shown before.
    while loader.size is not None:
        type_keys([Qt.Key.Key_Right])
    path = blind.current.path
    type_keys("10")
    blind.classes.buttons["monocyte"].click()
    assert blind.current.path == path
    press("2")
    labels = {image.path: image.label for image in readings(opened)}
    assert {label for label in labels.values() if label} == {"eosinophil"}
    assert labels[path] == "eosinophil"


def test_class_keys_act_on_the_whole_blind_page_but_in_the_note(opened, blind, press):
    blind.pause_button.setFocus()
    press("1")
    assert readings(opened)[0].label == "basophil"
