"""Training the whole network from the window: real children that rest, stop, go on and die."""

import subprocess
import sys

import pytest
from gui_help import WAIT_MS
from PySide6.QtCore import Qt
from train_help import LONG_MS, begin_deep


def test_deep_trains_keeps_the_best_and_is_judged(train, qtbot):
    form = train.start.deep
    qtbot.waitUntil(lambda: form.recipe.count() > 0, timeout=WAIT_MS)
    names = [one.recipe.name for one in form._offers.recipes]
    form.recipe.setCurrentIndex(names.index("simple_cnn"))
    form.epochs.setValue(30)
    qtbot.mouseClick(form.begin, Qt.MouseButton.LeftButton)
    assert train.running.isVisible()
    qtbot.waitUntil(lambda: len(train.retraining.history) >= 1, timeout=LONG_MS)
    qtbot.mouseClick(train.running.best, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: train.retraining.outcome is not None, timeout=LONG_MS)
    qtbot.waitUntil(lambda: not train.retraining.running, timeout=WAIT_MS)
    assert train.card.isVisible()
    assert "many-simple_cnn" in train.card.about.text()


def test_a_training_rests_goes_on_stops_goes_on_later_and_is_discarded(train, qtbot):
    begin_deep(train, qtbot)
    running, retraining = train.running, train.retraining
    qtbot.mouseClick(running.pause, Qt.MouseButton.LeftButton)
    assert running.said.text() == "Paused."
    qtbot.mouseClick(running.pause, Qt.MouseButton.LeftButton)
    seen = len(retraining.history)
    qtbot.waitUntil(lambda: len(retraining.history) > seen, timeout=LONG_MS)
    qtbot.mouseClick(running.stop, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not retraining.running, timeout=LONG_MS)
    form = train.start.deep
    qtbot.waitUntil(form.resume.isVisible, timeout=WAIT_MS)
    assert "many-simple_cnn" in form.left.text()
    qtbot.mouseClick(form.resume, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(retraining.history) >= 1, timeout=LONG_MS)
    assert retraining.history[0]["epoch"] > seen
    qtbot.mouseClick(running.stop, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not retraining.running, timeout=LONG_MS)
    qtbot.waitUntil(form.discard.isVisible, timeout=WAIT_MS)
    qtbot.mouseClick(form.discard, Qt.MouseButton.LeftButton)
    assert form.resume.isVisible()  # asked again first
    assert "cannot be undone" in form.left.text()
    qtbot.mouseClick(form.discard, Qt.MouseButton.LeftButton)
    assert not form.resume.isVisible()
    train.enter()
    qtbot.waitUntil(lambda: form.recipe.count() > 0, timeout=WAIT_MS)
    assert not form.resume.isVisible()


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_a_training_that_dies_says_so_and_can_go_on(train, qtbot, monkeypatch):
    children, popen = [], subprocess.Popen

    class Remembered(popen):
        def __init__(self, *args, **options):
            super().__init__(*args, **options)
            children.append(self)

    monkeypatch.setattr(subprocess, "Popen", Remembered)
    begin_deep(train, qtbot)
    children[-1].kill()
    qtbot.waitUntil(lambda: not train.retraining.running, timeout=LONG_MS)
    assert "ended unexpectedly" in train.start.trouble.text()
    assert train.start.trouble.isVisible()
    qtbot.waitUntil(train.start.deep.resume.isVisible, timeout=WAIT_MS)


def test_the_looks_of_an_augmentation_are_shown_on_ones_own_image(train, qtbot):
    form, augmented = train.start.deep, train.start.augmented
    qtbot.waitUntil(lambda: form.recipe.count() > 0, timeout=WAIT_MS)
    augmented.button.click()
    qtbot.waitUntil(augmented.looks.isVisible, timeout=WAIT_MS)
