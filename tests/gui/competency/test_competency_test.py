"""A competency test with real keys in the real window: eligible, blind, saved, paused, scored, exported."""

import csv

import pytest
from gui_helpers import WAIT_MS, all_read, type_keys
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget

from engine.competency.store import CompetencyStore
from gui.second_reading.class_buttons import ClassButtons
from gui.widgets import dialogs


def stored():
    with CompetencyStore() as store:
        test = store.tests()[0]
        return test, store.cells(test)


def answers():
    return [cell.answer for cell in stored()[1]]


def key_of(window, class_id):
    classes = [entry.id for entry in window.session.project_or_model_classes()]
    return str(classes.index(class_id) + 1)


def true_key(window, place):
    return key_of(window, stored()[1][place].truth)


def texts_on_screen(window):
    texts = [window.windowTitle()]
    for widget in window.findChildren(QWidget):
        parent = widget
        while parent is not None and not isinstance(parent, ClassButtons):
            parent = parent.parentWidget()
        if not widget.isVisible() or parent is not None:
            continue
        texts += [widget.toolTip(), widget.accessibleName()]
        if isinstance(widget, QLabel | QAbstractButton | QLineEdit):
            texts.append(widget.text())
    return " ".join(texts).casefold()


def test_three_steps_from_a_signed_folder_to_a_running_test(signed, qtbot):
    control = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_T, control)
    page = signed.workspaces.current.competency
    qtbot.waitUntil(page.start.isEnabled, timeout=WAIT_MS)
    assert "24 cells of 3 classes, whose labels Anna signed off" in page.basis.text()
    # The reviewer is proposed, and is warned of being tested on their own labels.
    assert page.person.text() == "Anna"
    assert "agrees with their own labels" in page.own.text()
    assert QApplication.focusWidget() is page.start
    QTest.keyClick(page.start, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: signed.blind_reading.is_active, timeout=WAIT_MS)
    test, cells = stored()
    assert (test.person, test.author, test.basis, len(cells)) == ("Anna", "Anna", "signed", 24)
    assert all(cell.content for cell in cells)
    type_keys("\x1b")


def test_folder_without_enough_labels_says_why(labelled, qtbot):
    labelled.workspaces.show_competency()
    page = labelled.workspaces.current.competency
    qtbot.waitUntil(lambda: "one by one" in page.basis.text(), timeout=WAIT_MS)
    assert "labelled 0 cells of 0 classes one by one" in page.basis.text()
    assert not page.start.isEnabled()


def test_nothing_on_the_screen_tells_label_or_file(signed, blind, answer):
    for place in range(6):
        item = signed.session.current
        assert item.path == blind.current.path == stored()[1][place].path
        shown = texts_on_screen(signed)
        names = {item.folder_class, item.name, item.path, signed.session.title, "anna"}
        names |= set(signed.session.class_styles.ids)
        assert not [name for name in names if name.casefold() in shown]
        assert not blind.note.isVisible()
        answer(true_key(signed, place))
    assert "All cells have an answer" in blind.status.text()


def test_keys_answer_step_clear_and_undo_the_cell_on_the_screen(signed, blind, answer, qtbot):
    paths = [cell.path for cell in stored()[1]]
    answer("1")
    answer("0")
    assert answers()[:3] == ["basophil", "not_classed", None]
    assert "2 of 6 answered" in blind.header.text()
    assert (blind.current.path, signed.session.current.path) == (paths[2], paths[2])
    type_keys([Qt.Key.Key_Left])
    assert blind.classes.buttons["not_classed"].isChecked()
    answer("u")
    assert answers()[:2] == ["basophil", None]
    sheet = blind.sheet
    for key, expected in (
        (Qt.Key.Key_Z, ["basophil", "not_classed"]),
        (Qt.Key.Key_Z, ["basophil", None]),
        (Qt.Key.Key_Z, [None, None]),
        (Qt.Key.Key_Y, ["basophil", None]),
    ):
        with qtbot.waitSignal(sheet.reverted, timeout=WAIT_MS):
            QTest.keyClick(QApplication.focusWidget(), key, Qt.KeyboardModifier.ControlModifier)
        assert answers()[:2] == expected
    assert blind.current.path == signed.session.current.path == paths[0]
    answer("2")
    assert answers()[:2] == ["eosinophil", None]


def test_key_answers_no_cell_that_is_still_being_decoded(signed, blind, answer):
    loader, paths = signed.context.image_loader, [cell.path for cell in stored()[1]]
    # One of the first cells may have been shown in Review.
    while loader.size is not None:
        type_keys([Qt.Key.Key_Right])
    place = paths.index(blind.current.path)
    type_keys("11")
    assert blind.current.path == paths[place]
    answer("2")
    assert [n for n, given in enumerate(answers()) if given] == [place]
    assert answers()[place] == "eosinophil"


def test_test_changes_nothing_in_the_project(signed, blind, answer):
    before = signed.decisions.project.decisions()
    history = len(signed.decisions.project.history(None))
    answer("1")
    type_keys("\x1b")
    assert signed.decisions.project.decisions() == before
    assert len(signed.decisions.project.history(None)) == history
    assert signed.context.sign_off_monitor.sign_off.valid


def test_pause_and_continue_at_the_first_cell_without_an_answer(signed, page, blind, answer, qtbot):
    answer("1")
    type_keys("\x1b")
    assert not signed.blind_reading.is_active
    qtbot.waitUntil(lambda: "answered 1 of 6" in page.state.text(), timeout=WAIT_MS)
    # How well it goes is not shown while it runs.
    assert page.results.table.rows[0].texts[4] == "not ended"
    assert not page.results.result.table.isVisible()
    page.go_on.setFocus()
    QTest.keyClick(page.go_on, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: signed.blind_reading.is_active, timeout=WAIT_MS)
    assert blind.current.path == stored()[1][1].path
    type_keys("\x1b")


@pytest.fixture
def ended(signed, page, blind, answer, qtbot):
    """Return the page after a test in which four of six cells were right and one was left out."""
    for place in range(5):
        truth = stored()[1][place].truth
        answer(key_of(signed, truth if place else "eosinophil"))
    with qtbot.waitSignal(signed.workspaces.current.tests.ended, timeout=WAIT_MS):
        blind.end_button.click()
    return page


def test_score_is_shown_by_class_with_intervals(signed, ended):
    assert not signed.blind_reading.is_active
    assert (
        "4 of 6 cells correct: 66.7% (95% interval 30.0% to 90.3%)."
        in ended.results.result.summary.text()
    )
    assert "1 cell without an answer counts as missed" in ended.results.result.summary.text()
    rows = {row.texts[0]: row.texts for row in ended.results.result.table.rows}
    assert {texts[1] for texts in rows.values()} == {"2", "0"}
    assert "→ Eosinophil: 1" in ended.results.result.confused.text()
    assert ended.results.table.rows[0].texts[0] == "Bob"
    assert not ended.go_on.isVisible()


def test_results_of_each_person_are_kept_over_time(signed, page, ended, answer, qtbot):
    blind = start_again(signed, page, qtbot)
    answer("1")
    blind.end_button.click()
    qtbot.waitUntil(lambda: len(page.results.table.rows) == 2, timeout=WAIT_MS)
    assert [row.texts[0] for row in page.results.table.rows] == ["Carla", "Bob"]
    page.results.people.setCurrentText("Bob")
    assert [row.texts[0] for row in page.results.table.rows] == ["Bob"]
    assert "Bob: test of 6 cells" in page.results.result.title.text()


def test_names_are_compared_without_case_and_surplus_spaces(signed, page, ended, answer, qtbot):
    page.person.setText("  anna ")
    assert "agrees with their own labels" in page.own.text()
    assert page.own.isVisible()
    blind = start_again(signed, page, qtbot, person=" bob ")
    answer("1")
    blind.end_button.click()
    qtbot.waitUntil(lambda: len(page.results.table.rows) == 2, timeout=WAIT_MS)
    people = page.results.people
    assert [people.itemText(row) for row in range(people.count())] == ["all people", "bob"]
    people.setCurrentText("bob")
    assert len(page.results.table.rows) == 2


def start_again(window, page, qtbot, *, person="Carla"):
    page.person.setText(person)
    page.start.click()
    qtbot.waitUntil(lambda: window.blind_reading.is_active, timeout=WAIT_MS)
    return window.blind_reading.page


def test_certificate_and_exports(ended, monkeypatch, tmp_path, qtbot):
    result = ended.results.result
    for button, name in (
        (result.certificate, "certificate.pdf"),
        (result.as_csv, "test.csv"),
        (result.as_json, "test.json"),
    ):
        file = tmp_path / name
        monkeypatch.setattr(dialogs, "ask", lambda *_, file=file: file)
        button.setFocus()
        QTest.keyClick(button, Qt.Key.Key_Space)
        qtbot.waitUntil(lambda name=name: name in result.saved.text(), timeout=WAIT_MS)
        assert file.exists()
    assert (tmp_path / "certificate.pdf").read_bytes().startswith(b"%PDF-")
    rows = list(csv.DictReader((tmp_path / "test.csv").open(encoding="utf-8")))
    assert [row["correct"] for row in rows].count("yes") == 4


def test_file_that_cannot_be_written_is_reported(signed, ended, monkeypatch, tmp_path, qtbot):
    place = tmp_path / "no folder"
    place.write_text("a file")
    monkeypatch.setattr(dialogs, "ask", lambda *_: place / "certificate.pdf")
    ended.results.result.certificate.click()
    qtbot.waitUntil(lambda: "the test is kept" in signed.notice.label.text(), timeout=WAIT_MS)


def test_time_limit_ends_the_test(signed, page, answer, qtbot):
    page.person.setText("Bob")
    page.count.setValue(6)
    page.minutes.setValue(1)
    page.start.click()
    qtbot.waitUntil(lambda: signed.blind_reading.is_active, timeout=WAIT_MS)
    blind = signed.blind_reading.page
    assert blind.clock.text() == "1:00 left"
    answer("1")
    type_keys("\x1b")
    # The minute is nearly over when the test goes on.
    tests = signed.workspaces.current.tests
    test = stored()[0]
    tests.store.submit(lambda store: store.save_time(test, 59.0))
    tests.refresh()
    qtbot.waitUntil(lambda: [r.test.used_s for r in tests.results] == [59.0], timeout=WAIT_MS)
    page.go_on.click()
    qtbot.waitUntil(lambda: signed.blind_reading.is_active, timeout=WAIT_MS)
    with qtbot.waitSignal(tests.ended, timeout=WAIT_MS):
        pass
    assert not signed.blind_reading.is_active
    result = page.results.result
    assert result.summary.text().startswith("Time ran out with 1 of 6 cells answered.")
    assert "5 cells without an answer count as missed" in result.summary.text()
    qtbot.waitUntil(lambda: not result.summary.visibleRegion().isEmpty(), timeout=WAIT_MS)
    assert not result.title.visibleRegion().isEmpty()


def test_test_goes_on_in_the_moved_folder(signed, page, blind, answer, cells, qtbot):
    answer("1")
    type_keys("\x1b")
    second = stored()[1][1]
    moved = cells.with_name("elsewhere")
    cells.rename(moved)
    for folder in list(moved.iterdir()):
        folder.rename(moved / f"new-{folder.name}")
    signed.open(moved)
    qtbot.waitUntil(all_read(signed), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: signed.decisions.writable, timeout=WAIT_MS)
    signed.workspaces.show_competency()
    qtbot.waitUntil(lambda: "answered 1 of 6" in page.state.text(), timeout=WAIT_MS)
    page.go_on.click()
    qtbot.waitUntil(lambda: signed.blind_reading.is_active, timeout=WAIT_MS)
    assert blind.current.path == f"new-{second.path}"
    assert signed.session.current.path == blind.current.path


def test_folder_without_the_cells_says_so_and_keeps_the_answers(
    signed, page, blind, answer, cells, qtbot
):
    answer("1")
    type_keys("\x1b")
    for cell in stored()[1]:
        (cells / cell.path).unlink()
    signed.open(cells)
    qtbot.waitUntil(all_read(signed), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: signed.decisions.writable, timeout=WAIT_MS)
    signed.workspaces.show_competency()
    qtbot.waitUntil(page.go_on.isVisible, timeout=WAIT_MS)
    page.go_on.click()
    qtbot.waitUntil(page.failure.isVisible, timeout=WAIT_MS)
    assert "None of the cells of this test is in the open folder" in page.failure.text()
    assert answers()[0] == "basophil"


def test_closing_the_window_in_the_middle_keeps_answers_and_time(signed, blind, answer, qtbot):
    answer("1")
    qtbot.waitUntil(lambda: signed.context.image_loader.size is not None, timeout=WAIT_MS)
    type_keys("1")
    signed.close()
    test, cells = stored()
    assert [cell.answer for cell in cells][:2] == ["basophil", "basophil"]
    assert test.used_s > 0


def test_damaged_store_is_reported_and_left_unchanged(signed, qtbot):
    from engine.competency.store import default_file

    default_file().write_bytes(b"no database" * 300)
    signed.workspaces.show_competency()
    page = signed.workspaces.current.competency
    qtbot.waitUntil(page.failure.isVisible, timeout=WAIT_MS)
    assert "left unchanged" in page.failure.text()
    assert default_file().read_bytes() == b"no database" * 300


def test_missed_cells_are_shown_beside_reference_cells(signed, ended, qtbot):
    report = signed.workspaces.current
    qtbot.waitUntil(ended.results.result.missed.isVisible, timeout=WAIT_MS)
    assert QApplication.focusWidget() is ended.results.result.missed
    QTest.keyClick(ended.results.result.missed, Qt.Key.Key_Space)
    page = report.missed
    cells = stored()[1]
    qtbot.waitUntil(lambda: page.current is not None, timeout=WAIT_MS)
    assert QApplication.focusWidget() is page.image
    assert (page.current.path, signed.session.current.path) == (cells[0].path, cells[0].path)
    assert "Missed cell 1 of 2" in page.title.text()
    assert "The answer was: Eosinophil" in page.answer.text()
    truth, answer = page.gallery.rows
    qtbot.waitUntil(lambda: len(truth.shown_tiles) > 2, timeout=WAIT_MS)
    shown = {tile.cell.path for tile in truth.shown_tiles}
    assert {path.split("/")[0] for path in shown} == {cells[0].truth}
    assert cells[0].path not in shown
    # No cell is labelled eosinophil here: the program draws some.
    assert {tile.cell.drawn_class for tile in answer.shown_tiles} == {"eosinophil"}
    assert "drawn" in answer.remark.toolTip()
    tiles = [page.gallery.own, *truth.shown_tiles]
    qtbot.waitUntil(lambda: all(tile.image for tile in tiles), timeout=WAIT_MS)
    assert len({tile.scale for tile in tiles}) == 1
    type_keys([Qt.Key.Key_Right])
    assert (page.current.path, signed.session.current.path) == (cells[5].path, cells[5].path)
    assert "The answer was: no answer" in page.answer.text()
    assert len(page.gallery.rows[1].shown_tiles) == 0
    # The buttons do what the arrow keys do, and never lose the keyboard.
    assert not page.next.isEnabled()
    page.previous.setFocus()
    QTest.keyClick(page.previous, Qt.Key.Key_Space)
    assert page.current.path == cells[0].path
    assert QApplication.focusWidget() is page.image
    page.next.setFocus()
    QTest.keyClick(page.next, Qt.Key.Key_Space)
    assert page.current.path == cells[5].path
    type_keys("\x1b")
    assert ended.isVisible()
    assert QApplication.focusWidget() is ended.results.result.missed


def test_a_cell_that_cannot_be_shown_is_not_answered_and_not_scored(
    signed, cells, blind, answer, qtbot
):
    loader, paths = signed.context.image_loader, [cell.path for cell in stored()[1]]
    # One that was decoded in Review would still be shown.
    place = next(n for n in range(1, 5) if paths[n] not in loader._decoded)
    (cells / paths[place]).unlink()
    for _ in range(place):
        answer("1")
    qtbot.waitUntil(lambda: loader.problem is not None, timeout=WAIT_MS)
    assert blind.current.path == paths[place]
    type_keys("1")
    assert "cannot be shown" in blind.status.text()
    type_keys("0")
    assert blind.current.path == paths[place]
    type_keys([Qt.Key.Key_Right])
    qtbot.waitUntil(lambda: loader.problem is None and loader.size is not None, timeout=WAIT_MS)
    answer("1")
    assert [row for row, answer in enumerate(answers()) if answer] == [*range(place), place + 1]
    blind.end_button.click()
    qtbot.waitUntil(lambda: stored()[0].ended is not None, timeout=WAIT_MS)
    assert [cell.is_absent for cell in stored()[1]] == [row == place for row in range(6)]
