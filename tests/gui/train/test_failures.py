"""Failures of a training: each is reported in one sentence, and nothing is lost."""

import errno
import shutil
import subprocess
import sys

import pytest
from gui_helpers import WAIT_MS
from train_helpers import LONG_MS, start_deep_training

from engine.classify import bundle
from engine.train import recipe


def full(*_, **__):
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_killed_training_is_reported_and_can_resume(train, qtbot, monkeypatch):
    children, popen = [], subprocess.Popen

    class Remembered(popen):
        def __init__(self, *args, **options):
            super().__init__(*args, **options)
            children.append(self)

    monkeypatch.setattr(subprocess, "Popen", Remembered)
    start_deep_training(train, qtbot)
    children[-1].kill()
    qtbot.waitUntil(lambda: not train.retraining.is_running, timeout=LONG_MS)
    assert "ended unexpectedly" in train.setup_page.warning.text()
    assert train.setup_page.warning.isVisible()
    qtbot.waitUntil(train.setup_page.form.unfinished.resume.isVisible, timeout=WAIT_MS)


def test_full_disk_during_quick_retrain_is_reported(train, ready, qtbot, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(bundle, "write_bundle", full)
        train.setup_page.quick.click()
        qtbot.waitUntil(lambda: not train.retraining.is_running, timeout=LONG_MS)
    assert "no space left" in train.setup_page.warning.text()
    assert not ready.activities.running
    train.setup_page.quick.click()
    qtbot.waitUntil(lambda: train.retraining.outcome is not None, timeout=LONG_MS)
    qtbot.waitUntil(lambda: not train.retraining.is_running, timeout=WAIT_MS)
    assert not train.retraining.error


def test_full_disk_at_the_end_of_a_training_loses_nothing(train, qtbot, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(bundle, "write_bundle", full)
        start_deep_training(train, qtbot, epochs=1)
        qtbot.waitUntil(lambda: not train.retraining.is_running, timeout=LONG_MS)
    assert "no space left" in train.setup_page.warning.text()
    qtbot.waitUntil(train.setup_page.form.unfinished.resume.isVisible, timeout=WAIT_MS)
    train.setup_page.form.unfinished.resume.click()
    qtbot.waitUntil(lambda: train.retraining.outcome is not None, timeout=LONG_MS)
    qtbot.waitUntil(lambda: not train.retraining.is_running, timeout=WAIT_MS)
    # It was trained before: only what could not be written is done again.
    assert not train.retraining.history


def test_unreadable_recipe_is_named_and_others_are_offered(train, qtbot, monkeypatch, tmp_path):
    form = train.setup_page.form
    qtbot.waitUntil(lambda: form.recipe.count() > 0, timeout=WAIT_MS)
    count = form.recipe.count()
    shutil.copytree(recipe.resources_dir() / "recipes", tmp_path / "res" / "recipes")
    broken = tmp_path / "res" / "recipes" / "vgg_half.toml"
    broken.write_text("epochs = = 3", encoding="utf-8")
    monkeypatch.setattr(recipe, "resources_dir", lambda: tmp_path / "res")
    form.load_options()
    qtbot.waitUntil(form.warning.isVisible, timeout=WAIT_MS)
    assert "vgg_half" in form.warning.text()
    assert form.recipe.count() == count - 1
    assert form.start.isEnabled()
