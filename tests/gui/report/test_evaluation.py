"""The evaluation in the real window: its figures open the images behind them."""

from dataclasses import replace

import numpy as np
import pytest
from gui_help import WAIT_MS
from PySide6.QtCore import Qt
from report_help import drawn

from engine.evaluate.curves import reliability
from engine.evaluate.metrics import Metrics, evaluate
from gui.report.evaluated_images import EvaluatedImages
from gui.words import percent


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
    assert "1 labelled Basophil, predicted Platelet" in matrix.accessibleDescription()
    qtbot.keyClick(matrix, Qt.Key.Key_Return)
    assert shown(ready) == ["basophil/c3.png"]


def test_a_cell_opens_with_the_mouse_and_an_empty_one_does_not(page, ready, qtbot):
    matrix = page.confusion
    qtbot.mouseClick(matrix, Qt.MouseButton.LeftButton, pos=matrix.cell_box(1, 2).center())
    assert ready.workspaces.current is not ready.review
    qtbot.mouseClick(matrix, Qt.MouseButton.LeftButton, pos=matrix.cell_box(0, 0).center())
    assert len(shown(ready)) == 7


def test_the_mistakes_of_a_class_open_from_its_line(page, ready, qtbot):
    row = next(at for at, line in enumerate(page.table.rows) if line.texts[0] == "Platelet")
    page.table.selectRow(row)
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert shown(ready) == ["basophil/c3.png"]


@pytest.mark.parametrize("kind", ["acceptance", "roc", "precision_recall", "reliability"])
def test_each_figure_says_what_a_point_stands_for_and_opens_it(page, ready, qtbot, kind):
    figures = page.curves
    figures.curve_choice.setCurrentIndex(figures.curve_choice.findData(kind))
    assert not figures.show_images.isEnabled()
    for _ in range(2):
        qtbot.keyClick(figures.plot, Qt.Key.Key_Right)
    words = figures.description.text()
    assert "%" in words
    expected = figures._select_paths(figures._index)
    qtbot.keyClick(figures.plot, Qt.Key.Key_Return)
    if expected:
        assert sorted(shown(ready)) == sorted(expected)


def test_what_is_to_be_looked_at_is_what_the_report_says(page, report, ready):
    needs = report.reporting.report.evaluation.needs
    place = next(at for at, one in enumerate(needs) if one.look_at)
    page.review_effort.buttons[place].click()
    assert len(shown(ready)) == needs[place].look_at


def test_a_mistake_opens_its_image(page, ready, qtbot):
    (tile,) = page.mistakes.tiles.values()
    assert "Labelled Basophil, predicted Platelet" in tile.accessibleName()
    page.mistakes.heat.setChecked(True)
    tile.click()
    assert ready.workspaces.current is ready.review
    assert ready.session.current.path == "basophil/c3.png"


def test_a_mistake_has_the_new_name_of_a_class(page, ready, qtbot):
    (tile,) = page.mistakes.tiles.values()
    named = [
        replace(one, name="Thrombocyte") if one.id == "platelet" else one
        for one in ready.session.effective_classes()
    ]
    ready.decisions.set_classes(named, {})
    qtbot.waitUntil(lambda: "read as Thrombocyte" in tile.accessibleName(), timeout=WAIT_MS)


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
    assert "24 images" in page.robustness.status.text()
    found = report.reporting.report.evaluation.robustness
    assert len(found.corrupted) == 11
    assert all(0 <= one <= 1 for values in found.corrupted.values() for one in values)
    qtbot.waitUntil(lambda: page.robustness._task is None, timeout=WAIT_MS)
    grid, values = page.robustness.grid, list(found.corrupted.values())
    grid.setFocus()
    for _ in range(2):
        qtbot.keyClick(grid, Qt.Key.Key_Right)
    qtbot.keyClick(grid, Qt.Key.Key_Down)
    said = grid.accessibleDescription()
    assert "JPEG, strength 3 of 5" in said
    assert percent(values[1][2]) in said
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down):
        for _ in range(20):
            qtbot.keyClick(grid, key)
    assert "strength 5 of 5" in grid.accessibleDescription()
    assert grid.visibleRegion().boundingRect().contains(grid.cell_box(10, 4).center())
    qtbot.mouseClick(grid, Qt.MouseButton.LeftButton, pos=grid.cell_box(0, 1).center())
    assert "Pixelation, strength 2 of 5" in grid.accessibleDescription()


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
    assert "nothing to evaluate against" in workspace.evaluation.about.text()


def many(classes: int) -> Metrics:
    """Return the metrics of so many classes with long names, a few images each."""
    names = [f"a very long name of a class of cells, number {at}" for at in range(classes)]
    labels = np.repeat(np.arange(classes), 4)
    values = np.full((len(labels), classes), 0.01)
    values[np.arange(len(labels)), labels] = 1.0
    return evaluate(labels, values / values.sum(axis=1, keepdims=True), names)


def test_a_narrow_window_shows_every_column_by_the_keyboard_and_cuts_no_text(page, ready, qtbot):
    ready.resize(ready.minimumSizeHint().width(), 640)
    matrix = page.confusion
    matrix.show_metrics(many(40), ready.session.class_styles)
    frame = matrix.parentWidget().parentWidget()
    qtbot.waitUntil(lambda: frame.horizontalScrollBar().maximum() > 0, timeout=WAIT_MS)
    # The page itself stays: only the matrix goes sideways.
    assert page.horizontalScrollBar().maximum() == 0
    matrix.setFocus()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down):
        for _ in range(39):
            qtbot.keyClick(matrix, key)
    assert (
        page.viewport().rect().contains(matrix.mapTo(page.viewport(), matrix.cell_box(39, 39).center()))
    )
    assert matrix.visibleRegion().boundingRect().contains(matrix.cell_box(39, 39).center())
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Up):
        for _ in range(39):
            qtbot.keyClick(matrix, key)
    assert matrix.visibleRegion().boundingRect().contains(matrix.cell_box(0, 0).center())


def test_fifteen_classes_fit_the_page(page, ready, qtbot):
    ready.resize(1280, 800)
    matrix = page.confusion
    matrix.show_metrics(many(15), ready.session.class_styles)
    qtbot.waitUntil(lambda: matrix.cell_box(0, 14).right() < matrix.width(), timeout=WAIT_MS)
    frame = matrix.parentWidget().parentWidget()
    assert frame.horizontalScrollBar().maximum() == 0


def test_what_was_measured_of_one_model_is_not_said_of_the_next(page, ready, report, qtbot):
    page.robustness.measure.click()
    task = page.robustness._task
    with qtbot.waitSignal(task.dropped, timeout=WAIT_MS):
        ready.session.set_model(ready.session.active_model)
    assert report.reporting.robustness is None
    assert page.robustness.measure.isEnabled()


def test_a_bin_opens_as_many_images_as_it_counts_also_at_its_very_edge():
    sure = np.array([k / 15 for k in range(2, 15)], np.float32)
    rest = np.repeat(((1 - sure) / 15)[:, None], 15, axis=1)
    probabilities = np.hstack([sure[:, None], rest]).astype(np.float32)
    truth = np.zeros(len(sure), np.intp)
    paths, classes = list(map(str, truth)), tuple(map(str, range(16)))
    judged = EvaluatedImages(paths, classes, truth, probabilities.argmax(axis=1), probabilities)
    for one in reliability(truth, probabilities):
        assert len(judged.within_bin(one.low, one.high)) == one.n
