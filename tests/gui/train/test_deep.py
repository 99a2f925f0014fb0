"""A training of a whole network in the real window, in its real child."""

from gui_help import WAIT_MS
from PySide6.QtCore import Qt
from train_help import LONG_MS, begin_deep


def test_deep_trains_keeps_the_best_and_is_judged(train, ready, qtbot):
    form = train.start.deep
    qtbot.waitUntil(lambda: form.recipe.count() > 0, timeout=WAIT_MS)
    names = [one.recipe.name for one in form._offers.recipes]
    form.recipe.setCurrentIndex(names.index("simple_cnn"))
    form.epochs.setValue(30)
    qtbot.mouseClick(form.begin, Qt.MouseButton.LeftButton)
    assert train.running.isVisible()
    qtbot.waitUntil(lambda: len(train.retraining.history) >= 1, timeout=LONG_MS)
    path = ready.session.table.paths[0]
    ready.decisions.label([path], "lymphocyte")
    qtbot.waitUntil(lambda: ready.session.item(path).label is not None, timeout=WAIT_MS)
    qtbot.mouseClick(train.running.best, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: train.retraining.outcome is not None, timeout=LONG_MS)
    qtbot.waitUntil(lambda: not train.retraining.running, timeout=WAIT_MS)
    assert train.card.isVisible()
    assert "many-simple_cnn" in train.card.about.text()


def test_closing_says_that_a_training_runs_and_closes_when_it_is_meant(train, ready, qtbot):
    begin_deep(train, qtbot)
    assert not ready.close()
    assert ready.isVisible()
    said = ready._told_of_closing
    assert "many-simple_cnn" in ready.hints.words(said)
    assert "kept" in ready.hints.words(said)
    qtbot.mouseClick(train.running.stop, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not train.retraining.running, timeout=LONG_MS)
    assert not ready.hints.words(said)
    # The next one is told of as well; who closes again, or says so, means it.
    qtbot.waitUntil(train.start.deep.left.resume.isVisible, timeout=WAIT_MS)
    qtbot.mouseClick(train.start.deep.left.resume, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(train.retraining.history) >= 1, timeout=LONG_MS)
    assert not ready.close()
    assert ready.close()
    assert not ready.isVisible()


def test_a_training_rests_goes_on_stops_goes_on_later_and_is_discarded(train, ready, qtbot):
    begin_deep(train, qtbot)
    running, retraining = train.running, train.retraining
    qtbot.mouseClick(running.pause, Qt.MouseButton.LeftButton)
    assert running.said.text() == "Paused."
    qtbot.mouseClick(running.pause, Qt.MouseButton.LeftButton)
    seen = len(retraining.history)
    qtbot.waitUntil(lambda: len(retraining.history) > seen, timeout=LONG_MS)
    # What is decided meanwhile is for the next training.
    paths = ready.session.table.paths
    ready.decisions.label(paths[3:6], "lymphocyte")
    ready.decisions.remove(paths[7:9])
    qtbot.waitUntil(lambda: ready.session.item(paths[8]).removed, timeout=WAIT_MS)
    seen = len(retraining.history)
    qtbot.mouseClick(running.stop, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not retraining.running, timeout=LONG_MS)
    form = train.start.deep
    qtbot.waitUntil(form.left.resume.isVisible, timeout=WAIT_MS)
    assert "many-simple_cnn" in form.left.said.text()
    qtbot.mouseClick(form.left.resume, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(retraining.history) >= 1, timeout=LONG_MS)
    assert retraining.history[0]["epoch"] > seen
    qtbot.mouseClick(running.stop, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not retraining.running, timeout=LONG_MS)
    qtbot.waitUntil(form.left.discard.isVisible, timeout=WAIT_MS)
    qtbot.mouseClick(form.left.discard, Qt.MouseButton.LeftButton)
    assert "cannot be undone" in form.left.said.text()
    assert form.left.no.hasFocus()
    qtbot.keyClick(form.left.no, Qt.Key.Key_Space)
    assert form.left.resume.isVisible()
    qtbot.mouseClick(form.left.discard, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(form.left.go, Qt.MouseButton.LeftButton)
    assert not form.left.resume.isVisible()
    train.enter()
    qtbot.waitUntil(lambda: form.recipe.count() > 0, timeout=WAIT_MS)
    assert not form.left.resume.isVisible()
