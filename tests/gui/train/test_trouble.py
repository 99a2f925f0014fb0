"""What goes wrong with a retraining in the window ends in a sentence, and nothing is lost."""

import errno
import shutil
import threading

from gui_help import WAIT_MS
from train_help import LONG_MS, begin_deep

from engine.classify import bundle
from engine.train import recipe


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
