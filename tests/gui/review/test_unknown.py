"""Cells of none of the classes in the window: band, facet, sentence, limit, and prediction sets."""

import pytest
from bundle_with_limits import make_bundle_with_limits, save_foreign_cell
from gui_helpers import WAIT_MS, all_read, close_window
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from report_helpers import is_report_current

from gui.gallery.bands import UNKNOWN_KEY
from gui.shell.unknown_limit_menu import UnknownLimitMenu
from gui.shell.window import MainWindow
from gui.theme import Theme

Key = Qt.Key
FOREIGN = "platelet/foreign.png"


@pytest.fixture
def reviewed(qapp, qtbot, tmp_path, cells):
    """Return the window with the cells and a foreign one, read by a model that knows its limits."""
    save_foreign_cell(cells / FOREIGN)
    model = make_bundle_with_limits(tmp_path / "models" / "tiny")
    made = MainWindow(Theme(qapp), model=str(model))
    made.show()
    made.open(cells)
    qtbot.waitUntil(all_read(made), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: made.decisions.writable, timeout=WAIT_MS)
    made.decisions.reviewer = "Anna"
    yield made
    close_window(made)


def group_by_class(window):
    gallery = window.review.gallery
    gallery.bands_box.setCurrentIndex(gallery.bands_box.findData("class"))
    gallery.bands_box.activated.emit(gallery.bands_box.currentIndex())
    return gallery.model


def test_a_cell_of_no_class_is_the_first_band_until_it_is_labelled(reviewed, qtbot):
    model = group_by_class(reviewed)
    assert (model.bands[0].key, model.bands[0].count) == (UNKNOWN_KEY, 1)
    assert model.item(0).path == FOREIGN
    view = reviewed.review.gallery.view
    view.show_path(FOREIGN)
    view.setFocus()
    predicted = reviewed.session.current.prediction.class_id
    QTest.keyClick(view, Key.Key_Return)  # confirms the prediction
    qtbot.waitUntil(lambda: reviewed.session.item(FOREIGN).label == predicted, timeout=WAIT_MS)
    assert UNKNOWN_KEY not in [band.key for band in model.bands]


def test_confirming_all_leaves_it_to_a_single_decision(reviewed, qtbot):
    view, question = reviewed.review.gallery.view, reviewed.overwrite_question
    view.setFocus()
    QTest.keyClick(view, Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(view, Key.Key_Return)
    qtbot.waitUntil(lambda: reviewed.session.item("monocyte/c0.png").label, timeout=WAIT_MS)
    assert reviewed.session.item(FOREIGN).label is None
    assert "1 doubtful cell left for single decisions." in question.label.text()
    reviewed.workspaces.go("report")
    report = reviewed.workspaces.current
    report.show_page("signing")
    qtbot.waitUntil(is_report_current(report), timeout=WAIT_MS)
    assert not report.sign_off.sign.isEnabled()
    assert "check_reviewed" in report.sign_off.show_buttons


def test_filter_order_and_bulk_confirmation_agree_on_what_is_doubtful(reviewed, qtbot):
    session, gallery = reviewed.session, reviewed.review.gallery
    view, model, question = gallery.view, gallery.model, reviewed.overwrite_question
    several = ["basophil/c2.png", "platelet/c5.png"]
    session.table._columns["possible"][session.table.rows(several)] = 2
    expected = {FOREIGN, *several}
    facet = reviewed.review.facets.rows
    model.recount()
    assert facet["marks", "doubtful"].accessibleName() == "Doubtful: 3"
    gallery.order_box.setCurrentIndex(gallery.order_box.findText("Doubtful first"))
    gallery.order_box.activated.emit(gallery.order_box.currentIndex())
    assert {model.path(row) for row in range(3)} == expected
    view.setFocus()
    QTest.keyClick(view, Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(view, Key.Key_Return)
    qtbot.waitUntil(lambda: session.item("monocyte/c0.png").label is not None, timeout=WAIT_MS)
    paths = [path for path in session.table.paths if session.item(path).prediction]
    assert {path for path in paths if session.item(path).label is None} == expected
    assert "3 doubtful cells left for single decisions." in question.label.text()
    QTest.mouseClick(facet["marks", "doubtful"], Qt.MouseButton.LeftButton)
    assert {model.path(row) for row in range(model.rowCount())} == expected
    # A single decision ends the doubt.
    view.show_path(several[0])
    view.setFocus()
    QTest.keyClick(view, Key.Key_Return)
    qtbot.waitUntil(lambda: model.rowCount() == 2, timeout=WAIT_MS)


def test_confirming_it_alone_needs_no_question(reviewed, qtbot):
    view = reviewed.review.gallery.view
    view.show_path(FOREIGN)
    view.setFocus()
    QTest.keyClick(view, Key.Key_Return)
    qtbot.waitUntil(lambda: reviewed.session.item(FOREIGN).label, timeout=WAIT_MS)
    assert not reviewed.overwrite_question.isVisible()


def test_the_facet_shows_it_alone_and_takes_no_drops(reviewed, qtbot):
    facets = reviewed.review.facets
    qtbot.waitUntil(lambda: ("class", UNKNOWN_KEY) in facets.rows, timeout=WAIT_MS)
    row = facets.rows["class", UNKNOWN_KEY]
    assert row.accessibleName().endswith(": 1")
    assert not row.acceptDrops()
    row.click()
    model = reviewed.review.gallery.model
    assert [model.path(number) for number in range(model.rowCount())] == [FOREIGN]


def test_class_facet_its_images_and_the_report_count_the_same(reviewed, qtbot):
    facets, model = reviewed.review.facets, reviewed.review.gallery.model
    qtbot.waitUntil(lambda: ("class", UNKNOWN_KEY) in facets.rows, timeout=WAIT_MS)
    predicted = reviewed.session.item(FOREIGN).prediction.class_id
    row = facets.rows["class", predicted]
    assert "perhaps none of these, as the report does" in row.toolTip()
    assert "also counts in its predicted class" in facets.rows["class", UNKNOWN_KEY].toolTip()
    row.setFocus()
    QTest.keyClick(row, Key.Key_Space)
    shown = [model.path(number) for number in range(model.rowCount())]
    assert FOREIGN in shown
    assert row.accessibleName().endswith(f": {len(shown)}")
    reviewed.workspaces.go("report")
    report = reviewed.workspaces.current.reporting
    qtbot.waitUntil(lambda: report.report is not None and not report.is_stale, timeout=WAIT_MS)
    counts = {counted.id: counted.n for counted in report.report.differential.rows}
    assert counts[predicted] == len(shown)
    for class_id, n in counts.items():
        if ("class", class_id) in facets.rows:
            name = facets.rows["class", class_id].accessibleName()
            assert name.endswith(f": {n}")


def test_the_inspector_says_so(reviewed, qtbot):
    inspector = reviewed.context.inspector
    reviewed.review.gallery.view.show_path(FOREIGN)
    assert "none of these" in inspector.possible.text()
    qtbot.waitUntil(
        lambda: any("none of the model's classes" in line for line in inspector.reasons.sentences),
        timeout=WAIT_MS,
    )
    assert any("less than 98.0% of usual cells" in line for line in inspector.reasons.sentences)
    reviewed.review.gallery.view.show_path("basophil/c0.png")
    assert not inspector.possible.isVisible()


def test_another_limit_applies_at_once_and_is_kept(reviewed):
    model = group_by_class(reviewed)
    reviewed.session.set_unknown_share(0.01)
    assert UNKNOWN_KEY not in [band.key for band in model.bands]
    assert not reviewed.session.item(FOREIGN).is_unknown
    reviewed.session.set_model(reviewed.session.active_model)
    assert not reviewed.session.item(FOREIGN).is_unknown
    reviewed.session.set_unknown_share(0.02)
    assert model.bands[0].key == UNKNOWN_KEY


def test_the_limit_is_chosen_in_the_menu_of_the_folder(reviewed):
    menu = reviewed.top_bar.folder.menu().findChild(UnknownLimitMenu)
    by_text = {action.text(): action for action in menu.actions()}
    assert [action.text() for action in menu.actions() if action.isChecked()] == [
        "flags 2.0% of usual cells"
    ]
    by_text["flags 0.5% of usual cells"].trigger()
    assert not reviewed.session.item(FOREIGN).is_unknown
    by_text["flags 5.0% of usual cells"].trigger()
    assert reviewed.session.item(FOREIGN).is_unknown


def test_older_models_have_no_limit_to_choose(opened):
    menu = opened.top_bar.folder.menu().findChild(UnknownLimitMenu)
    assert not menu.menuAction().isVisible()


def test_the_inspector_names_the_possible_classes(opened):
    # It has the folder's wrong label and the colour of a platelet.
    table = opened.session.table
    row = table.row("platelet/c0.png")
    table.readings.logits[row] = 0
    table.readings.logits[row, [0, 7]] = 8
    opened.review.gallery.view.show_path("platelet/c0.png")
    opened.session.current_changed.emit()
    assert opened.session.current.possible == ("basophil", "platelet")
    text = opened.context.inspector.possible.text()
    assert text == "Basophil or Platelet"
