"""Retraining in the real window: quick, the gate, adopting, going back; real children, tiny models."""

import errno
import shutil
import subprocess
import sys
import threading

import pytest
from gui_help import WAIT_MS, all_read
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractSpinBox, QComboBox, QLineEdit

from engine.classify import bundle
from engine.train import recipe

LONG_MS = 4 * WAIT_MS


@pytest.fixture
def judged(train, qtbot):
    """Return the workspace with a candidate that the gate has judged."""
    qtbot.mouseClick(train.start.quick, Qt.MouseButton.LeftButton)
    assert train.retraining.running
    qtbot.waitUntil(lambda: not train.retraining.running, timeout=LONG_MS)
    assert not train.retraining.trouble
    return train


def test_what_there_is_to_learn_from_is_told_and_one_button_begins(train):
    assert "90" in train.start.said.text()
    assert "Platelet" in train.start.bars.accessibleName()
    assert train.start.quick.isEnabled()
    assert train.start.quick.hasFocus()


def test_a_candidate_is_judged_on_few_images_and_needs_a_reason(judged, ready, qtbot):
    card = judged.card
    assert card.isVisible()
    assert "cannot be told" in card.title.text()
    assert not card.adopt.isEnabled()
    before = ready.session.engine.bundle.folder
    qtbot.keyClicks(card.word, "our stain")
    qtbot.keyClick(card.word, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: ready.session.engine.bundle.folder != before, timeout=WAIT_MS)
    assert ready.session.engine.bundle.folder.name == "many-quick"
    assert judged.start.isVisible()
    edit = ready.decisions.project.history(None)[0]
    assert edit.action == "adopt_model"
    assert "our stain" in edit.reason
    qtbot.waitUntil(lambda: not ready.flow.busy, timeout=WAIT_MS)


def test_undo_passes_over_the_model_and_the_locked_images(judged, ready, qtbot):
    before = ready.session.engine.bundle.folder
    ready.decisions.label([ready.session.table.paths[0]], "monocyte")
    judged.retraining.adopt("our stain")
    qtbot.waitUntil(lambda: ready.session.engine.bundle.folder != before, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: not ready.flow.busy, timeout=WAIT_MS)
    ready.decisions.undo()
    first = ready.session.table.paths[0]
    qtbot.waitUntil(lambda: ready.session.item(first).label is None, timeout=WAIT_MS)
    assert ready.session.engine.bundle.folder != before
    assert ready.decisions.project.next_undo() is None
    assert ready.decisions.project.get("gate")


def test_a_project_opens_with_its_own_model_and_another_without(judged, ready, qtbot, tmp_path):
    before = ready.session.engine.bundle.folder
    judged.retraining.adopt("our stain")
    qtbot.waitUntil(lambda: ready.session.engine.bundle.folder != before, timeout=WAIT_MS)
    own, root = ready.session.engine.bundle.folder, ready.session.root
    qtbot.waitUntil(lambda: not ready.flow.busy, timeout=WAIT_MS)
    other = tmp_path / "other" / "one.png"
    other.parent.mkdir()
    other.write_bytes((root / ready.session.table.paths[0]).read_bytes())
    ready.open(other.parent)
    qtbot.waitUntil(lambda: ready.session.root == other.parent, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: ready.session.engine.bundle.folder != own, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: not ready.flow.busy, timeout=WAIT_MS)
    ready.open(root)
    qtbot.waitUntil(lambda: ready.session.root == root, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: ready.session.engine.bundle.folder == own, timeout=WAIT_MS)
    qtbot.waitUntil(all_read(ready), timeout=WAIT_MS)


def test_an_earlier_model_is_one_click_back(judged, ready, qtbot):
    before = ready.session.engine.bundle.folder
    judged.retraining.adopt("our stain")
    qtbot.waitUntil(lambda: ready.session.engine.bundle.folder != before, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: bool(judged.start.earlier.buttons), timeout=WAIT_MS)
    judged.start.earlier.buttons[-1].click()
    qtbot.waitUntil(lambda: ready.session.engine.bundle.folder == before, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: not ready.flow.busy, timeout=WAIT_MS)


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


def test_who_retrains_is_asked_before_anything_is_locked(train, ready, qtbot):
    ready.decisions.who = None
    qtbot.mouseClick(train.start.quick, Qt.MouseButton.LeftButton)
    assert not train.retraining.running
    assert ready.name_bar.isVisible()
    assert ready.decisions.project.get("gate") is None
    qtbot.keyClicks(ready.name_bar.field, "Bo")
    qtbot.keyClick(ready.name_bar.field, Qt.Key.Key_Return)
    assert train.retraining.running
    qtbot.waitUntil(lambda: not train.retraining.running, timeout=LONG_MS)
    assert ready.decisions.project.history(None)[-1].who == "Bo"


def test_only_a_label_of_a_compared_image_asks_for_another_comparison(judged, ready, qtbot):
    compared = judged.retraining.outcome.verdict.paths
    other = next(path for path in ready.session.table.paths if path not in compared)
    ready.decisions.label([other], "basophil")
    qtbot.waitUntil(lambda: ready.session.item(other).label == "basophil", timeout=WAIT_MS)
    assert not judged.card.compare.isVisible()
    ready.decisions.label([compared[0]], "platelet")
    qtbot.waitUntil(judged.card.compare.isVisible, timeout=WAIT_MS)
    before = judged.retraining.outcome.verdict.comparison
    qtbot.mouseClick(judged.card.compare, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not judged.retraining.running, timeout=LONG_MS)
    after = judged.retraining.outcome.verdict.comparison
    assert after.n == before.n
    assert after.current.accuracy != before.current.accuracy
    assert not judged.card.compare.isVisible()


def begin_deep(train, qtbot, epochs=60):
    """Begin a training of a small network, and wait for its first epoch."""
    form = train.start.deep
    qtbot.waitUntil(lambda: form.recipe.count() > 0, timeout=WAIT_MS)
    names = [one.recipe.name for one in form._offers.recipes]
    form.recipe.setCurrentIndex(names.index("simple_cnn"))
    form.epochs.setValue(epochs)
    qtbot.mouseClick(form.begin, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(train.retraining.history) >= 1, timeout=LONG_MS)


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


def test_what_to_label_next_and_what_labels_bring(train, ready, qtbot):
    paths = ready.session.table.paths[::2]
    ready.decisions.not_classed(paths)
    qtbot.waitUntil(lambda: ready.session.item(paths[-1]).label is not None, timeout=WAIT_MS)
    train.start.next.draw.click()
    qtbot.waitUntil(train.start.next.said.isVisible, timeout=LONG_MS)
    assert "labels" in train.start.next.said.text()
    assert train.start.next._curve.isVisible()


def test_one_class_alone_is_nothing_to_learn_from(train, ready, qtbot):
    ready.decisions.label(ready.session.table.paths, "monocyte")
    qtbot.waitUntil(lambda: not train.start.quick.isEnabled(), timeout=WAIT_MS)
    assert "one class" in train.start.trouble.text()


def test_the_looks_of_an_augmentation_are_shown_on_ones_own_image(train, qtbot):
    form, augmented = train.start.deep, train.start.augmented
    qtbot.waitUntil(lambda: form.recipe.count() > 0, timeout=WAIT_MS)
    augmented.button.click()
    qtbot.waitUntil(augmented.looks.isVisible, timeout=WAIT_MS)


def test_from_the_labels_to_another_model_by_the_keyboard_alone(train, ready, qtbot):
    before = ready.session.engine.bundle.folder
    assert train.start.quick.hasFocus()
    qtbot.keyClick(train.start.quick, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: train.retraining.outcome is not None, timeout=LONG_MS)
    qtbot.waitUntil(lambda: not train.retraining.running, timeout=WAIT_MS)
    train.enter()
    assert train.card.word.hasFocus()
    qtbot.keyClicks(train.card.word, "a new stain")
    qtbot.keyClick(train.card.word, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: ready.session.engine.bundle.folder != before, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: not ready.flow.busy, timeout=WAIT_MS)


def full(*_):
    raise OSError(errno.ENOSPC, "No space left on device")


def test_a_full_disk_ends_a_quick_retrain_in_a_sentence(train, ready, qtbot, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(bundle, "write", full)
        train.start.quick.click()
        qtbot.waitUntil(lambda: not train.retraining.running, timeout=LONG_MS)
    assert "no room left" in train.start.trouble.text()
    assert not ready.activities.running
    train.start.quick.click()
    qtbot.waitUntil(lambda: train.retraining.outcome is not None, timeout=LONG_MS)
    qtbot.waitUntil(lambda: not train.retraining.running, timeout=WAIT_MS)
    assert not train.retraining.trouble


def test_a_full_disk_at_the_end_of_a_training_loses_nothing(train, qtbot, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(bundle, "write", full)
        begin_deep(train, qtbot, epochs=1)
        qtbot.waitUntil(lambda: not train.retraining.running, timeout=LONG_MS)
    assert "no room left" in train.start.trouble.text()
    qtbot.waitUntil(train.start.deep.resume.isVisible, timeout=WAIT_MS)
    train.start.deep.resume.click()
    qtbot.waitUntil(lambda: train.retraining.outcome is not None, timeout=LONG_MS)
    qtbot.waitUntil(lambda: not train.retraining.running, timeout=WAIT_MS)
    # It was trained before: only what could not be written is done again.
    assert not train.retraining.history


def test_a_recipe_that_cannot_be_read_is_named_and_the_others_are_offered(
    train, qtbot, monkeypatch, tmp_path
):
    form = train.start.deep
    qtbot.waitUntil(lambda: form.recipe.count() > 0, timeout=WAIT_MS)
    count = form.recipe.count()
    shutil.copytree(recipe.resources() / "recipes", tmp_path / "res" / "recipes")
    broken = tmp_path / "res" / "recipes" / "vgg_half.toml"
    broken.write_text("epochs = = 3", encoding="utf-8")
    monkeypatch.setattr(recipe, "resources", lambda: tmp_path / "res")
    form.ask()
    qtbot.waitUntil(form.broken.isVisible, timeout=WAIT_MS)
    assert "vgg_half" in form.broken.text()
    assert form.recipe.count() == count - 1
    assert form.begin.isEnabled()


def test_a_window_that_writes_much_does_not_wait_for_its_earlier_models(train, ready, qtbot):
    project, held, enough = ready.decisions.project, threading.Event(), threading.Event()

    def hold():
        with project._store.looking():
            held.set()
            enough.wait(WAIT_MS / 1000)

    # As a decision on very many images holds the file.
    holder = threading.Thread(target=hold)
    holder.start()
    assert held.wait(WAIT_MS / 1000)
    train.start.earlier.refresh()
    train.start.refresh()
    assert holder.is_alive()
    enough.set()
    holder.join()
    qtbot.waitUntil(lambda: not train.start.earlier._task.running, timeout=WAIT_MS)


def test_nothing_is_cut_at_the_side_of_a_narrow_window(judged, ready, qtbot):
    ready.resize(900, 640)
    qtbot.waitUntil(lambda: ready.width() == 900, timeout=WAIT_MS)
    scroll = judged.card.parentWidget()
    assert judged.card.minimumSizeHint().width() <= scroll.width()
    assert judged.card.recalls.geometry().right() <= scroll.width()
    judged.card.decline.click()
    page = judged.start
    qtbot.waitUntil(lambda: page.deep.recipe.count() > 0, timeout=WAIT_MS)
    assert page.widget().width() <= page.viewport().width()


def test_every_control_says_what_it_is(judged):
    for kind in (QAbstractButton, QComboBox, QAbstractSpinBox, QLineEdit):
        for one in judged.findChildren(kind):
            inner = isinstance(one.parentWidget(), QAbstractSpinBox | QComboBox)
            text = one.text() if isinstance(one, QAbstractButton) else ""
            hidden = one.objectName().startswith("qt_")
            assert inner or hidden or one.accessibleName() or text, one
