"""Evaluation page in the real window: figures open the images behind them."""

from dataclasses import replace

import msgspec
import numpy as np
import pytest
from gui_helpers import WAIT_MS
from PIL import Image
from PySide6.QtCore import Qt
from report_helpers import is_report_current
from tiny_model import class_image

from engine.evaluate.curves import ReviewEffort, reliability_bins
from engine.evaluate.metrics import Metrics, compute_metrics
from gui.report.evaluated_images import EvaluatedImages
from gui.words import percent


@pytest.fixture
def page(report, qtbot):
    """Return the shown page; one basophil is mislabelled, so there is one mistake."""
    report.show_page("evaluation")
    return report.evaluation


@pytest.fixture
def wrong_slide(cells):
    """Add a slide whose platelets are labelled as basophils."""
    folder = cells / "slide" / "basophil"
    folder.mkdir(parents=True)
    for seed in range(25):
        Image.fromarray(class_image(7, seed=500 + seed)).save(folder / f"{seed:02}.png")


def shown(window):
    """Return the paths in the gallery, which must be shown."""
    assert window.workspaces.current is window.review
    model = window.review.gallery.model
    return [model.path(row) for row in range(model.rowCount())]


def test_mistake_opens_from_the_matrix_by_keyboard(page, ready, qtbot):
    assert "Accuracy 95.8% on 24 labelled images" in page.about.text()
    matrix = page.confusion
    matrix.setFocus()
    for _ in range(7):
        qtbot.keyClick(matrix, Qt.Key.Key_Right)
    assert "1 labelled Basophil, predicted Platelet" in matrix.accessibleDescription()
    qtbot.keyClick(matrix, Qt.Key.Key_Return)
    assert shown(ready) == ["basophil/c3.png"]


def test_review_effort_says_what_to_review_for_which_accuracy(page, ready, qtbot):
    effort = ReviewEffort(0.99, 5, 0.05, 0.7)
    efforts = [
        msgspec.structs.replace(effort, images_to_review=0, share=0.0),
        effort,
        msgspec.structs.replace(effort, confidence=None),
    ]
    assert [page.review_effort._text(effort) for effort in efforts] == [
        "At least 99.0% of all images are correct without any review",
        "Review the 5 least certain images (5.0%): at least 99.0% of the rest are correct",
        "No confidence reaches 99.0%: review all images",
    ]


def test_click_opens_only_cells_with_images(page, ready, qtbot):
    matrix = page.confusion
    qtbot.mouseClick(matrix, Qt.MouseButton.LeftButton, pos=matrix.cell_box(1, 2).center())
    assert ready.workspaces.current is not ready.review
    qtbot.mouseClick(matrix, Qt.MouseButton.LeftButton, pos=matrix.cell_box(0, 0).center())
    assert len(shown(ready)) == 7


def test_class_row_opens_its_mistakes(page, ready, qtbot):
    row = next(index for index, row in enumerate(page.table.rows) if row.texts[0] == "Platelet")
    page.table.selectRow(row)
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert shown(ready) == ["basophil/c3.png"]


@pytest.mark.parametrize("kind", ["acceptance", "roc", "precision_recall", "reliability"])
def test_each_curve_describes_and_opens_its_points(page, ready, qtbot, kind):
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


def test_review_effort_shows_as_many_images_as_it_says(page, report, ready):
    needs = report.reporting.report.evaluation.review_efforts
    place = next(index for index, need in enumerate(needs) if need.images_to_review)
    page.review_effort.buttons[place].click()
    assert len(shown(ready)) == needs[place].images_to_review


def test_mistake_opens_its_image(page, ready, qtbot):
    (tile,) = page.mistakes.tiles.values()
    assert "Labelled Basophil, predicted Platelet" in tile.accessibleName()
    page.mistakes.heat.setChecked(True)
    tile.click()
    assert ready.workspaces.current is ready.review
    assert ready.session.current.path == "basophil/c3.png"


def test_no_mistakes_are_said(page, report, ready, qtbot):
    mistakes = page.mistakes
    assert mistakes.heat.isVisible()
    assert not mistakes.empty.isVisible()
    view = ready.review.gallery.view
    ready.workspaces.go("review")
    view.show_path("basophil/c3.png")
    qtbot.keyClick(view, Qt.Key.Key_Return)
    ready.workspaces.go("report")
    qtbot.waitUntil(mistakes.empty.isVisible, timeout=WAIT_MS)
    assert mistakes.empty.text() == "Every prediction matches its label."
    assert not mistakes.heat.isVisible()
    assert not mistakes.tiles


def test_mistake_shows_a_renamed_class(page, ready, qtbot):
    (tile,) = page.mistakes.tiles.values()
    renamed = [
        replace(class_entry, name="Thrombocyte") if class_entry.id == "platelet" else class_entry
        for class_entry in ready.session.project_or_model_classes()
    ]
    ready.decisions.set_classes(renamed, {})
    qtbot.waitUntil(lambda: "predicted Thrombocyte" in tile.accessibleName(), timeout=WAIT_MS)


def test_correction_changes_the_evaluation(page, report, ready, qtbot):
    ready.decisions.label(["basophil/c3.png"], "platelet")
    qtbot.waitUntil(
        lambda: "Accuracy 100.0% on 24 labelled images" in page.about.text(), timeout=WAIT_MS
    )
    assert not page.mistakes.tiles


def test_robustness_is_measured_on_request(page, report, qtbot):
    assert not page.robustness.grid.isVisible()
    page.robustness.measure.click()
    qtbot.waitUntil(lambda: report.reporting.robustness is not None, timeout=4 * WAIT_MS)
    qtbot.waitUntil(is_report_current(report), timeout=WAIT_MS)
    assert page.robustness.grid.isVisible()
    assert "24 images" in page.robustness.status.text()
    scorecard = report.reporting.report.evaluation.robustness
    assert len(scorecard.corrupted) == 11
    assert all(0 <= accuracy <= 1 for values in scorecard.corrupted.values() for accuracy in values)
    qtbot.waitUntil(lambda: page.robustness._task is None, timeout=WAIT_MS)
    grid, values = page.robustness.grid, list(scorecard.corrupted.values())
    grid.setFocus()
    for _ in range(2):
        qtbot.keyClick(grid, Qt.Key.Key_Right)
    qtbot.keyClick(grid, Qt.Key.Key_Down)
    description = grid.accessibleDescription()
    assert "JPEG, strength 3 of 5" in description
    assert percent(values[1][2]) in description
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down):
        for _ in range(20):
            qtbot.keyClick(grid, key)
    assert "strength 5 of 5" in grid.accessibleDescription()
    assert grid.visibleRegion().boundingRect().contains(grid.cell_box(10, 4).center())
    qtbot.mouseClick(grid, Qt.MouseButton.LeftButton, pos=grid.cell_box(0, 1).center())
    assert "Pixelation, strength 2 of 5" in grid.accessibleDescription()


def test_evaluation_without_labels_is_explained(window, cells, qtbot, tmp_path):
    from gui_helpers import all_read

    for number, file in enumerate(sorted(cells.glob("*/c?.png"))):
        target = tmp_path / "plain" / f"{number}.png"
        target.parent.mkdir(exist_ok=True)
        file.rename(target)
    window.open(tmp_path / "plain")
    qtbot.waitUntil(all_read(window), timeout=WAIT_MS)
    window.workspaces.go("report")
    workspace = window.workspaces.current
    qtbot.waitUntil(is_report_current(workspace), timeout=WAIT_MS)
    workspace.show_page("evaluation")
    assert "nothing to evaluate against" in workspace.evaluation.about.text()


def many(classes: int) -> Metrics:
    """Return metrics of `classes` classes with long names, four images each."""
    names = [f"a very long name of a class of cells, number {index}" for index in range(classes)]
    labels = np.repeat(np.arange(classes), 4)
    values = np.full((len(labels), classes), 0.01)
    values[np.arange(len(labels)), labels] = 1.0
    return compute_metrics(labels, values / values.sum(axis=1, keepdims=True), names)


def test_narrow_window_reaches_every_cell_by_keyboard(page, ready, qtbot):
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
        page.viewport()
        .rect()
        .contains(matrix.mapTo(page.viewport(), matrix.cell_box(39, 39).center()))
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


def test_robustness_is_dropped_when_the_model_changes(page, ready, report, qtbot):
    page.robustness.measure.click()
    task = page.robustness._task
    with qtbot.waitSignal(task.dropped, timeout=WAIT_MS):
        ready.session.set_model(ready.session.active_model)
    assert report.reporting.robustness is None
    assert page.robustness.measure.isEnabled()


def test_reliability_bin_opens_as_many_images_as_it_counts():
    confidence = np.array([k / 15 for k in range(2, 15)], np.float32)
    others = np.repeat(((1 - confidence) / 15)[:, None], 15, axis=1)
    probabilities = np.hstack([confidence[:, None], others]).astype(np.float32)
    truth = np.zeros(len(confidence), np.intp)
    paths, classes = list(map(str, truth)), tuple(map(str, range(16)))
    evaluated = EvaluatedImages(paths, classes, truth, probabilities.argmax(axis=1), probabilities)
    for bin_ in reliability_bins(truth, probabilities):
        assert len(evaluated.within_bin(bin_.low, bin_.high)) == bin_.n


def test_weakest_slice_comes_first_and_opens_its_images(wrong_slide, page, ready, report, qtbot):
    assert not page.slices.buttons
    page.slices.measure.click()
    qtbot.waitUntil(lambda: bool(page.slices.buttons), timeout=4 * WAIT_MS)
    first = page.slices.buttons[0]
    assert "slide/basophil: 0.0% of 25" in first.accessibleName()
    assert "Slide slide: 0.0% of 25" in page.slices.buttons[1].accessibleName()
    assert "on all 49 images" in page.slices.status.text()
    first.click()
    assert shown(ready) == [f"slide/basophil/{seed:02}.png" for seed in range(25)]
    # The rows stay while their images are decided on, and say that they are old.
    ready.decisions.label(["slide/basophil/00.png"], "platelet")
    qtbot.waitUntil(lambda: "measure again" in page.slices.status.text(), timeout=WAIT_MS)
    assert page.slices.buttons[0] is first


def test_even_figures_have_no_weak_slice(page, report, qtbot):
    page.slices.measure.click()
    qtbot.waitUntil(lambda: page.slices._task is None, timeout=4 * WAIT_MS)
    assert "No folder and no group of similar images" in page.slices.status.text()
    assert page.slices.measure.isEnabled()
