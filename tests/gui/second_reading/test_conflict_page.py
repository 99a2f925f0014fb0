"""Conflicts of readers with real key presses: seen side by side, settled by keys, undone."""

import pytest
from gui_helpers import WAIT_MS, type_keys
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from second_reading_helpers import ANNAS, readings

from engine.project.reading_draw import DrawCandidate
from engine.project.reading_edits import end_round, record_label, record_note, start_round
from engine.project.second_reading import read_rounds


def test_agreement_is_shown_and_conflicts_are_settled_by_keys(
    opened, report, disagreeing, press, qtbot
):
    assert "kappa" in disagreeing.agreement.summary.text()
    assert "Monocyte → Basophil" in disagreeing.agreement.confusion.text()
    disagreeing.agreement.conflicts.setFocus()
    QTest.keyClick(disagreeing.agreement.conflicts, Qt.Key.Key_Space)
    page = report.conflicts
    total = len(report.readings.conflicts())
    assert total == 16
    _, image = page.current
    assert image.path == opened.session.current.path
    assert image.path in page.title.text()
    assert "Basophil" in page.cards.second.text()
    type_keys([Qt.Key.Key_F2])
    QTest.keyClicks(QApplication.focusWidget(), "nuclear shape")
    type_keys("\r")
    press("m")
    edit = opened.decisions.project.history(image.path)[0]
    assert (edit.action, edit.who, edit.reason) == ("settle_conflict", "Anna", "nuclear shape")
    qtbot.waitUntil(lambda: len(report.readings.conflicts()) == total - 1, timeout=WAIT_MS)
    assert page.current[1].path != image.path
    assert page.reason.text() == ""
    with qtbot.waitSignal(opened.decisions.saved, timeout=WAIT_MS):
        opened.decisions.undo()
    qtbot.waitUntil(lambda: len(report.readings.conflicts()) == total, timeout=WAIT_MS)
    assert page.current[1].path == image.path


def test_conflicts_opened_from_the_list_are_settled_by_keys_at_once(
    opened, report, disagreeing, press, qtbot
):
    QTest.mouseClick(report.page_list.buttons["conflicts"], Qt.MouseButton.LeftButton)
    left = len(report.readings.conflicts())
    first = report.conflicts.current[1].path
    type_keys([Qt.Key.Key_Down])
    assert report.conflicts.current[1].path == report.readings.conflicts()[1][1].path != first
    type_keys([Qt.Key.Key_Up])
    path = report.conflicts.current[1].path
    assert path == first
    press("m")
    qtbot.waitUntil(lambda: len(report.readings.conflicts()) == left - 1, timeout=WAIT_MS)
    assert opened.decisions.project.history(path)[0].action == "settle_conflict"


def test_settling_the_last_conflict_says_so(opened, report, disagreeing, qtbot):
    report.show_page("conflicts")
    page, loader = report.conflicts, opened.context.image_loader
    while report.readings.conflicts():
        left = len(report.readings.conflicts())
        qtbot.waitUntil(lambda: loader.size is not None, timeout=WAIT_MS)
        page.cards.take_second.click()
        qtbot.waitUntil(lambda n=left: len(report.readings.conflicts()) < n, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: "No conflicts" in page.title.text(), timeout=WAIT_MS)
    assert not page.image.isVisible()


def test_conflict_of_an_image_that_cannot_be_shown_stays_open(
    opened, report, disagreeing, cells, qtbot
):
    left = len(report.readings.conflicts())
    path = report.readings.conflicts()[1][1].path
    (cells / path).unlink()
    report.show_page("conflicts")
    report.conflicts.image.setFocus()
    type_keys([Qt.Key.Key_Down])
    loader = opened.context.image_loader
    qtbot.waitUntil(lambda: loader.path == path and loader.problem is not None, timeout=WAIT_MS)
    with qtbot.waitSignal(opened.decisions.failed, timeout=WAIT_MS) as failed:
        type_keys("m")
    assert failed.args[0].id == "project.conflict_not_shown"
    assert report.conflicts.current[1].path == path
    assert len(report.readings.conflicts()) == left


@pytest.fixture
def conflicts(opened, report, disagreeing, qtbot):
    """Return the conflict page, opened with the key, its first image shown."""
    disagreeing.agreement.conflicts.setFocus()
    QTest.keyClick(disagreeing.agreement.conflicts, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: opened.context.image_loader.size is not None, timeout=WAIT_MS)
    return report.conflicts


def go_to(page, path):
    """Step with the arrow key to the conflict of an image."""
    while page.current[1].path != path:
        type_keys([Qt.Key.Key_Right])


def settlements(window, path):
    return [e for e in window.decisions.project.history(path) if e.action == "settle_conflict"]


def test_both_readings_notes_model_and_similar_cells_are_side_by_side(
    opened, report, disagreeing, qtbot
):
    note = {"path": ANNAS, "text": "kidney-shaped"}
    with qtbot.waitSignal(opened.decisions.saved, timeout=WAIT_MS):
        opened.decisions.set_note(**note)
    reading = report.readings.rounds[0][0]
    with qtbot.waitSignal(report.readings.changed, timeout=WAIT_MS):
        opened.decisions.run_edit(
            lambda project, _: record_note(project, reading, ANNAS, "dark"), reading.reader
        )
        report.readings.refresh()
    report.show_page("conflicts")
    page = report.conflicts
    page.focus()
    qtbot.waitUntil(lambda: page.current is not None, timeout=WAIT_MS)
    go_to(page, ANNAS)
    qtbot.waitUntil(lambda: "dark" in page.cards.second.text(), timeout=WAIT_MS)
    assert page.cards.first.text() == "First reading by Anna: Monocyte\nNote: kidney-shaped"
    assert page.cards.second.text() == "Second reading by Bob Second: Basophil\nNote: dark"
    assert page.cards.model.text().startswith("Model: Monocyte, ")
    gallery = page.similar.gallery

    def similar():
        return {
            row.name.text(): [tile.cell.path for tile in row.shown_tiles]
            for row in gallery.rows
            if row.isVisible()
        }

    def are_found():
        found = similar()
        return list(found) == ["Monocyte", "Basophil"] and all(map(len, found.values()))

    qtbot.waitUntil(are_found, timeout=WAIT_MS)
    found = similar()
    assert ANNAS not in found["Monocyte"]
    assert all(path.startswith("monocyte/") for path in found["Monocyte"])
    assert all(path.startswith("basophil/") for path in found["Basophil"])
    assert gallery.own.cell.path == ANNAS
    remarks = [row.remark.toolTip() or row.remark.text() for row in gallery.rows[:2]]
    assert remarks == ["Anna, the model", "Bob Second"]
    type_keys([Qt.Key.Key_Right])
    assert page.cards.first.text().startswith("First label, of the folder: ")


def test_class_keys_act_wherever_the_focus_is_on_the_page_but_in_the_reason(
    opened, conflicts, press, qtbot
):
    for button in (conflicts.cards.take_second, conflicts.cards.show_image, conflicts.back):
        button.setFocus()
        path = conflicts.current[1].path
        press("m")
        assert settlements(opened, path)
    conflicts.reason.setFocus()
    path = conflicts.current[1].path
    type_keys("m0")
    assert conflicts.reason.text() == "m0"
    type_keys("\x1b")
    assert (conflicts.isVisible(), QApplication.focusWidget()) == (True, conflicts.image)
    assert not settlements(opened, path)


def test_settling_is_said_with_the_key_that_takes_it_back(opened, conflicts, press, qtbot):
    go_to(conflicts, ANNAS)
    qtbot.waitUntil(lambda: opened.context.image_loader.size is not None, timeout=WAIT_MS)
    press("b")
    said = opened.job_strip.label.text()
    assert "Monocyte → Basophil, conflict of the readers settled as Basophil" in said
    assert ANNAS in said
    assert "Ctrl+Z takes it back" in said
    # The next one is on the screen: title, image and selection are one and the same.
    path = conflicts.current[1].path
    assert path != ANNAS
    assert path in conflicts.title.text()
    assert opened.session.current.path == path
    QTest.keySequence(QApplication.focusWidget(), "Ctrl+Z")
    qtbot.waitUntil(lambda: conflicts.current[1].path == ANNAS, timeout=WAIT_MS)
    assert ANNAS in conflicts.title.text()
    assert opened.session.current.path == ANNAS


def test_undo_before_the_readings_are_read_again_brings_the_conflict_back(
    opened, report, conflicts, press, qtbot
):
    total, path = len(report.readings.conflicts()), conflicts.current[1].path
    press("m")
    QTest.keySequence(QApplication.focusWidget(), "Ctrl+Z")
    qtbot.waitUntil(lambda: conflicts.current[1].path == path, timeout=WAIT_MS)
    with qtbot.waitSignal(report.readings.changed, timeout=WAIT_MS):
        pass
    assert conflicts.current[1].path == path
    assert f"of {total}:" in conflicts.title.text()


def test_last_conflict_is_settled_once_however_often_the_key_is_pressed(
    opened, report, conflicts, qtbot
):
    while len(report.readings.conflicts()) > 1:
        left = len(report.readings.conflicts())
        qtbot.waitUntil(lambda: opened.context.image_loader.size is not None, timeout=WAIT_MS)
        type_keys("b")
        qtbot.waitUntil(lambda n=left: len(report.readings.conflicts()) < n, timeout=WAIT_MS)
    path = conflicts.current[1].path
    qtbot.waitUntil(lambda: opened.context.image_loader.size is not None, timeout=WAIT_MS)
    type_keys("bbb")
    qtbot.waitUntil(lambda: not report.readings.conflicts(), timeout=WAIT_MS)
    assert len(settlements(opened, path)) == 1
    assert "No conflicts" in conflicts.title.text()
    assert QApplication.focusWidget() is conflicts.back
    type_keys("\x1b")
    assert report.second_reading.isVisible()


def test_key_settles_no_image_that_is_still_being_decoded(opened, conflicts, qtbot):
    loader, seen = opened.context.image_loader, set()
    # The images that were read last are still decoded.
    while loader.size is not None:
        seen.add(conflicts.current[1].path)
        type_keys([Qt.Key.Key_Right])
        assert conflicts.current[1].path not in seen
    path = conflicts.current[1].path
    type_keys("b")
    conflicts.cards.take_second.click()
    assert conflicts.current[1].path == path
    qtbot.waitUntil(lambda: loader.size is not None, timeout=WAIT_MS)
    assert not settlements(opened, path)


def read_again(window, reader, label):
    """Read every image again as another person, with one class for all."""
    project = window.decisions.project
    drawn = [DrawCandidate(image.path, image.first) for image in readings(window)]
    start_round(project, drawn, reader=reader, method="all", seed=2, who="Anna")
    reading = read_rounds(project)[0]
    for image in drawn:
        record_label(project, reading, image.path, label)
    return end_round(project, reading, who=reader)


def test_earlier_readings_are_listed_and_opened(opened, report, disagreeing, press, qtbot):
    first_id = report.readings.rounds[0][0].id
    assert not disagreeing.list.isVisible()
    opened.decisions.run_edit(lambda *_: read_again(opened, "Carla", "monocyte"), "Carla")
    qtbot.waitUntil(lambda: len(report.readings.rounds) == 2, timeout=WAIT_MS)
    summary = disagreeing.agreement.summary
    qtbot.waitUntil(lambda: "the second (Carla) agree" in summary.text(), timeout=WAIT_MS)
    assert "Carla has read 24 of 24 images again" in disagreeing.state.text()
    assert "First reading: Anna, labels of the folder." in disagreeing.state.text()
    table = disagreeing.list.table
    assert [row.texts[0] for row in table.rows] == ["Carla", "Bob Second"]
    assert [row.texts[5] for row in table.rows] == ["16", "16"]
    table.setFocus()
    type_keys([Qt.Key.Key_Down])
    assert "the second (Bob Second)" in summary.text()
    assert "→ Bob Second" in disagreeing.agreement.confusion.text()
    disagreeing.agreement.conflicts.setFocus()
    type_keys(" ")
    page = report.conflicts
    assert {pair[0].id for pair in page._open.conflicts()} == {first_id}
    assert "of 16:" in page.title.text()
    # All readings: an image on which two second readers disagree with the first is settled for each.
    page.reading.setFocus()
    type_keys([Qt.Key.Key_Up, Qt.Key.Key_Up])
    assert "of 32:" in page.title.text()
    seen = []
    for _ in range(32):
        seen.append((page.current[0].id, page.current[1].path))
        page.image.setFocus()
        type_keys([Qt.Key.Key_Right])
    assert len(set(seen)) == 32
    type_keys("\x1b")
    assert "the second (Bob Second)" in summary.text()


def test_sign_off_mentions_open_conflicts_and_stays_possible(
    opened, report, disagreeing, press, qtbot
):
    table = opened.session.table
    read = dict(zip(table.paths, table.read.tolist(), strict=True))
    opened.decisions.relabel({path: path.partition("/")[0] for path in table.paths})
    opened.decisions.remove([path for path, is_read in read.items() if not is_read])
    report.show_page("signing")
    page = report.sign_off
    qtbot.waitUntil(page.sign.isEnabled, timeout=WAIT_MS)
    assert page.conflicts.text().startswith("Not settled: 16 conflicts between readers")
    assert page.conflicts.isVisible()
    page.note.setFocus()
    type_keys("\r")
    qtbot.waitUntil(lambda: "Signed by Anna" in page.status.text(), timeout=WAIT_MS)
    assert not page.conflicts.isVisible()


def test_keyboard_stays_with_what_comes_next_in_a_second_reading(
    opened, report, blind, press, qtbot
):
    press("2")
    type_keys("\x1b")
    page = report.second_reading
    qtbot.waitUntil(lambda: page.go_on.isVisible() and page.end.isVisible(), timeout=WAIT_MS)
    opened.workspaces.show_second_reading()
    assert QApplication.focusWidget() is page.go_on
    page.end.setFocus()
    press(" ")
    qtbot.waitUntil(page.agreement.conflicts.isVisible, timeout=WAIT_MS)
    qtbot.waitUntil(
        lambda: page.isAncestorOf(QApplication.focusWidget() or report), timeout=WAIT_MS
    )


def test_tab_leads_down_the_page_of_the_second_reading(opened, report, disagreeing, qtbot):
    opened.decisions.run_edit(lambda *_: read_again(opened, "Carla", "monocyte"), "Carla")
    qtbot.waitUntil(disagreeing.list.isVisible, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: "(Carla)" in disagreeing.agreement.summary.text(), timeout=WAIT_MS)
    disagreeing.start.setFocus()
    reached = []
    for _ in range(3):
        type_keys([Qt.Key.Key_Tab])
        reached.append(QApplication.focusWidget())
    agreement = disagreeing.agreement
    assert reached == [disagreeing.list.table, agreement.conflicts, agreement.table]
