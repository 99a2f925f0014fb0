"""The evaluation in the real window: its figures open the images behind them."""

import pytest
from gui_help import WAIT_MS
from PySide6.QtCore import Qt
from report_help import drawn


@pytest.fixture
def page(report, qtbot):
    """Return the page in front; one basophil was mislabelled, so one mistake is there."""
    report.show_page("evaluation")
    return report.evaluation


def shown(window):
    """Return the paths in the gallery, which is in front."""
    assert window.workspaces.current is window.review
    model = window.review.gallery.model
    return [model.path(row) for row in range(model.rowCount())]


def test_the_mistake_is_in_the_matrix_and_opens_by_the_keyboard(page, ready, qtbot):
    assert "24 labelled images 95.8%" in page.about.text()
    matrix = page.confusion
    matrix.setFocus()
    for _ in range(7):
        qtbot.keyClick(matrix, Qt.Key.Key_Right)
    assert "1 labelled Basophil, read as Platelet" in matrix.accessibleDescription()
    qtbot.keyClick(matrix, Qt.Key.Key_Return)
    assert shown(ready) == ["basophil/c3.png"]


def test_a_cell_opens_with_the_mouse_and_an_empty_one_does_not(page, ready, qtbot):
    matrix = page.confusion
    qtbot.mouseClick(matrix, Qt.MouseButton.LeftButton, pos=matrix.box(1, 2).center())
    assert ready.workspaces.current is not ready.review
    qtbot.mouseClick(matrix, Qt.MouseButton.LeftButton, pos=matrix.box(0, 0).center())
    assert len(shown(ready)) == 7


def test_the_mistakes_of_a_class_open_from_its_line(page, ready, qtbot):
    row = next(at for at, line in enumerate(page.table.lines) if line.texts[0] == "Platelet")
    page.table.selectRow(row)
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert shown(ready) == ["basophil/c3.png"]


@pytest.mark.parametrize("kind", ["acceptance", "roc", "precision_recall", "reliability"])
def test_each_figure_says_what_a_point_stands_for_and_opens_it(page, ready, qtbot, kind):
    figures = page.figures
    figures.kind.setCurrentIndex(figures.kind.findData(kind))
    assert not figures.show_images.isEnabled()
    for _ in range(2):
        qtbot.keyClick(figures.plot, Qt.Key.Key_Right)
    words = figures.said.text()
    assert "%" in words
    expected = figures._paths(figures._at)
    qtbot.keyClick(figures.plot, Qt.Key.Key_Return)
    if expected:
        assert sorted(shown(ready)) == sorted(expected)


def test_what_is_to_be_looked_at_is_what_the_report_says(page, report, ready):
    needs = report.reporting.report.evaluation.needs
    place = next(at for at, one in enumerate(needs) if one.look_at)
    page.needs.buttons[place].click()
    assert len(shown(ready)) == needs[place].look_at


def test_a_mistake_opens_its_image(page, ready, qtbot):
    (tile,) = page.mistakes.tiles.values()
    assert "Labelled Basophil, read as Platelet" in tile.accessibleName()
    page.mistakes.heat.setChecked(True)
    tile.click()
    assert ready.workspaces.current is ready.review
    assert ready.session.current.path == "basophil/c3.png"


def test_a_correction_changes_the_evaluation(page, report, ready, qtbot):
    ready.decisions.label(["basophil/c3.png"], "platelet")
    qtbot.waitUntil(lambda: "24 labelled images 100.0%" in page.about.text(), timeout=WAIT_MS)
    assert not page.mistakes.tiles


def test_robustness_is_measured_when_asked_for_and_printed(page, report, qtbot):
    assert not page.robustness.grid.isVisible()
    page.robustness.measure.click()
    qtbot.waitUntil(lambda: report.reporting.robustness is not None, timeout=4 * WAIT_MS)
    qtbot.waitUntil(drawn(report), timeout=WAIT_MS)
    assert page.robustness.grid.isVisible()
    assert "24 images" in page.robustness.said.text()
    found = report.reporting.report.evaluation.robustness
    assert len(found.corrupted) == 11
    assert all(0 <= one <= 1 for values in found.corrupted.values() for one in values)
    qtbot.waitUntil(lambda: page.robustness._task is None, timeout=WAIT_MS)


def test_without_a_label_it_says_so(window, cells, qtbot, tmp_path):
    from gui_help import all_read

    for number, file in enumerate(sorted(cells.glob("*/c?.png"))):
        target = tmp_path / "plain" / f"{number}.png"
        target.parent.mkdir(exist_ok=True)
        file.rename(target)
    window.open(tmp_path / "plain")
    qtbot.waitUntil(all_read(window), timeout=WAIT_MS)
    window.workspaces.go("report")
    workspace = window.workspaces.current
    qtbot.waitUntil(drawn(workspace), timeout=WAIT_MS)
    workspace.show_page("evaluation")
    assert "nothing to compare with" in workspace.evaluation.about.text()
