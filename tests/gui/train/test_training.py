"""A training of a whole network in the real window, in its real child."""

from gui_help import WAIT_MS
from PySide6.QtCore import Qt
from train_help import LONG_MS, begin_deep


def test_deep_trains_keeps_the_best_and_is_judged(train, ready, qtbot):
    form = train.setup_page.form
    qtbot.waitUntil(lambda: form.recipe.count() > 0, timeout=WAIT_MS)
    names = [one.recipe.name for one in form._options.recipes]
    form.recipe.setCurrentIndex(names.index("simple_cnn"))
    form.epochs.setValue(30)
    qtbot.mouseClick(form.start, Qt.MouseButton.LeftButton)
    assert train.progress_page.isVisible()
    qtbot.waitUntil(lambda: len(train.retraining.history) >= 1, timeout=LONG_MS)
    path = ready.session.table.paths[0]
    ready.decisions.label([path], "lymphocyte")
    qtbot.waitUntil(lambda: ready.session.item(path).label is not None, timeout=WAIT_MS)
    qtbot.mouseClick(train.progress_page.finish, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: train.retraining.outcome is not None, timeout=LONG_MS)
    qtbot.waitUntil(lambda: not train.retraining.is_running, timeout=WAIT_MS)
    assert train.gate_card.isVisible()
    assert "many-simple_cnn" in train.gate_card.about.text()


def test_closing_says_that_a_training_runs_and_closes_when_it_is_meant(train, ready, qtbot):
    begin_deep(train, qtbot)
    assert not ready.close()
    assert ready.isVisible()
    said = ready._told_of_closing
    assert "many-simple_cnn" in ready.hints.hint_text(said)
    assert "kept" in ready.hints.hint_text(said)
    qtbot.mouseClick(train.progress_page.cancel, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not train.retraining.is_running, timeout=LONG_MS)
    assert not ready.hints.hint_text(said)
    # The next one is told of as well; who closes again, or says so, means it.
    qtbot.waitUntil(train.setup_page.form.unfinished.resume.isVisible, timeout=WAIT_MS)
    qtbot.mouseClick(train.setup_page.form.unfinished.resume, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(train.retraining.history) >= 1, timeout=LONG_MS)
    assert not ready.close()
    assert ready.close()
    assert not ready.isVisible()


def test_a_training_rests_goes_on_stops_goes_on_later_and_is_discarded(train, ready, qtbot):
    begin_deep(train, qtbot)
    running, retraining = train.progress_page, train.retraining
    qtbot.mouseClick(running.pause, Qt.MouseButton.LeftButton)
    assert running.status.text() == "Paused."
    qtbot.mouseClick(running.pause, Qt.MouseButton.LeftButton)
    seen = len(retraining.history)
    qtbot.waitUntil(lambda: len(retraining.history) > seen, timeout=LONG_MS)
    # What is decided meanwhile is for the next training.
    paths = ready.session.table.paths
    ready.decisions.label(paths[3:6], "lymphocyte")
    ready.decisions.remove(paths[7:9])
    qtbot.waitUntil(lambda: ready.session.item(paths[8]).removed, timeout=WAIT_MS)
    seen = len(retraining.history)
    qtbot.mouseClick(running.cancel, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not retraining.is_running, timeout=LONG_MS)
    form = train.setup_page.form
    qtbot.waitUntil(form.unfinished.resume.isVisible, timeout=WAIT_MS)
    assert "many-simple_cnn" in form.unfinished.status.text()
    qtbot.mouseClick(form.unfinished.resume, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(retraining.history) >= 1, timeout=LONG_MS)
    assert retraining.history[0]["epoch"] > seen
    qtbot.mouseClick(running.cancel, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not retraining.is_running, timeout=LONG_MS)
    qtbot.waitUntil(form.unfinished.discard.isVisible, timeout=WAIT_MS)
    qtbot.mouseClick(form.unfinished.discard, Qt.MouseButton.LeftButton)
    assert "cannot be undone" in form.unfinished.status.text()
    assert form.unfinished.cancel.hasFocus()
    qtbot.keyClick(form.unfinished.cancel, Qt.Key.Key_Space)
    assert form.unfinished.resume.isVisible()
    qtbot.mouseClick(form.unfinished.discard, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(form.unfinished.confirm, Qt.MouseButton.LeftButton)
    assert not form.unfinished.resume.isVisible()
    train.enter()
    qtbot.waitUntil(lambda: form.recipe.count() > 0, timeout=WAIT_MS)
    assert not form.unfinished.resume.isVisible()
