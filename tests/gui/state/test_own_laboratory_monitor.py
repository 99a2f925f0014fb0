"""Confirmed cells in the window: measured accuracy, recalibrated sets, and what does not count."""

import pytest
from gui_helpers import WAIT_MS, all_read
from PIL import Image
from tiny_model import CLASSES, class_image

SINGLE = 110


@pytest.fixture
def many(window, tmp_path, qtbot):
    """Return the window with 120 images of one class, read by the tiny model."""
    folder = tmp_path / "many"
    folder.mkdir()
    for seed in range(120):
        Image.fromarray(class_image(7, seed=seed)).save(folder / f"{seed:03}.png")
    window.open(folder)
    qtbot.waitUntil(all_read(window), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: window.decisions.writable, timeout=WAIT_MS)
    window.decisions.reviewer = "Anna"
    return window


def label_each(window, qtbot, count, wrong=0):
    """Label images one by one, the first `wrong` of them against the prediction."""
    paths = window.session.table.paths[:count]
    for number, path in enumerate(paths):
        window.decisions.label([path], CLASSES[0] if number < wrong else CLASSES[7])
    qtbot.waitUntil(lambda: window.session.item(paths[-1]).label is not None, timeout=WAIT_MS)


def test_single_decisions_measure_the_accuracy_and_recalibrate_the_sets(many, qtbot):
    monitor, changes = many.context.own_laboratory, []
    many.session.assessments_changed.connect(lambda: changes.append(True))
    label_each(many, qtbot, SINGLE, wrong=22)
    # It may be measured before the last of them.
    qtbot.waitUntil(
        lambda: monitor.current is not None and monitor.current.count == SINGLE, timeout=WAIT_MS
    )
    assert monitor.current.accuracy == 0.8
    # Sets that hold the wrong fifth too are larger, also for images that nobody confirmed.
    assert many.session.table.readings.set_threshold > 0.95
    assert changes
    assert many.session.table.column("possible")[-1] > 1
    qtbot.waitUntil(lambda: "110" in many.hints.hint_text("accuracy"), timeout=WAIT_MS)
    assert "80%" in many.hints.hint_text("accuracy")


def test_predictions_confirmed_together_do_not_count(many, qtbot):
    monitor = many.context.own_laboratory
    paths = list(many.session.table.paths)
    many.decisions.confirm(paths)
    qtbot.waitUntil(lambda: many.session.item(paths[-1]).label is not None, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: monitor._task is not None, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: not monitor._task.running, timeout=WAIT_MS)
    assert monitor.current is None
    assert many.session.table.readings.set_threshold == 0.95
