"""Deep training in the real window, with a real child process."""

from gui_helpers import WAIT_MS, all_read
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QDropEvent
from train_helpers import LONG_MS, start_deep_training


def test_deep_training_finishes_with_best_and_is_evaluated(train, ready, qtbot):
    form = train.setup_page.form
    qtbot.waitUntil(lambda: form.recipe.count() > 0, timeout=WAIT_MS)
    names = [option.recipe.name for option in form._options.recipes]
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


def test_closing_warns_once_while_a_training_runs(train, ready, qtbot):
    start_deep_training(train, qtbot)
    assert not ready.close()
    assert ready.isVisible()
    hint = ready.folder_hints.closing_warning
    assert "many-simple_cnn" in ready.hints.hint_text(hint)
    assert "kept" in ready.hints.hint_text(hint)
    qtbot.mouseClick(train.progress_page.cancel, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not train.retraining.is_running, timeout=LONG_MS)
    assert not ready.hints.hint_text(hint)
    # The next training is reported as well; closing again confirms.
    qtbot.waitUntil(train.setup_page.form.unfinished.resume.isVisible, timeout=WAIT_MS)
    qtbot.mouseClick(train.setup_page.form.unfinished.resume, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(train.retraining.history) >= 1, timeout=LONG_MS)
    assert not ready.close()
    assert ready.close()
    assert not ready.isVisible()


def test_training_pauses_cancels_resumes_and_is_discarded(train, ready, qtbot):
    start_deep_training(train, qtbot)
    running, retraining = train.progress_page, train.retraining
    qtbot.mouseClick(running.pause, Qt.MouseButton.LeftButton)
    assert running.status.text() == "Paused."
    qtbot.mouseClick(running.pause, Qt.MouseButton.LeftButton)
    seen = len(retraining.history)
    qtbot.waitUntil(lambda: len(retraining.history) > seen, timeout=LONG_MS)
    # Decisions made meanwhile are for the next training.
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


def test_opening_another_folder_asks_before_a_training_stops(train, ready, cells, qtbot):
    start_deep_training(train, qtbot)
    retraining, question = train.retraining, ready.opening_question
    folder = ready.session.root
    url = QUrl.fromLocalFile(str(cells))
    for open_cells in (
        lambda: ready.opener.open_dropped([cells]),
        lambda: ready.opener.open_dropped([cells, cells / "basophil"]),
        lambda: ready.recent.chosen.emit(cells),
        lambda: ready.dataset_download.open_requested.emit(cells),
        ready.opener.open_sample,
        lambda: drop(ready, url),
    ):
        open_cells()
        assert question.isVisible()
        assert "many-simple_cnn" in question.label.text()
        assert "kept" in question.label.text()
        assert question.no.hasFocus()
        assert retraining.is_running
        assert not ready.loader.busy
        qtbot.keyClick(question.no, Qt.Key.Key_Escape)
        assert not question.isVisible()
    ready.open(cells)
    qtbot.mouseClick(question.no, Qt.MouseButton.LeftButton)
    assert not question.isVisible()
    assert ready.session.root == folder
    seen = len(retraining.history)
    qtbot.waitUntil(lambda: len(retraining.history) > seen, timeout=LONG_MS)
    ready.open(cells)
    qtbot.mouseClick(question.yes, Qt.MouseButton.LeftButton)
    assert not question.isVisible()
    qtbot.waitUntil(lambda: ready.session.root == cells, timeout=WAIT_MS)
    qtbot.waitUntil(all_read(ready), timeout=WAIT_MS)
    assert not retraining.is_running
    # Back in its folder, what was trained is offered.
    ready.open(folder)
    assert not question.isVisible()
    qtbot.waitUntil(lambda: ready.session.root == folder, timeout=WAIT_MS)
    qtbot.waitUntil(all_read(ready), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: ready.decisions.writable, timeout=WAIT_MS)
    ready.workspaces.go("train")
    qtbot.waitUntil(train.setup_page.form.unfinished.resume.isVisible, timeout=WAIT_MS)
    assert "many-simple_cnn" in train.setup_page.form.unfinished.status.text()


def test_opening_another_folder_asks_before_a_quick_retraining_stops(train, ready, cells, qtbot):
    retraining, question = train.retraining, ready.opening_question
    folder = ready.session.root
    retraining.start_quick()
    ready.open(cells)
    assert question.isVisible()
    assert "“Retraining” is running" in question.label.text()
    assert question.no.hasFocus()
    qtbot.keyClick(question.no, Qt.Key.Key_Escape)
    assert not question.isVisible()
    assert retraining.is_running
    assert ready.session.root == folder
    ready.close()
    assert ready.isVisible()
    qtbot.waitUntil(lambda: not retraining.is_running, timeout=LONG_MS)
    assert not retraining.error
    # The comparison is asked about too, and a yes opens.
    retraining.compare_again()
    ready.open(cells)
    assert "“Comparing both models” is running" in question.label.text()
    qtbot.mouseClick(question.yes, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: ready.session.root == cells, timeout=WAIT_MS)
    assert not retraining.is_running


def test_question_about_opening_ends_with_the_training(train, ready, cells, qtbot):
    start_deep_training(train, qtbot)
    ready.open(cells)
    assert ready.opening_question.isVisible()
    qtbot.mouseClick(train.progress_page.cancel, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not train.retraining.is_running, timeout=LONG_MS)
    assert not ready.opening_question.isVisible()
    ready.open(cells)
    qtbot.waitUntil(lambda: ready.session.root == cells, timeout=WAIT_MS)
    assert not ready.opening_question.isVisible()


def drop(window, url):
    """Drop a file on the window."""
    data = QMimeData()
    data.setUrls([url])
    event = QDropEvent(
        window.rect().center().toPointF(),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    window.dropEvent(event)
