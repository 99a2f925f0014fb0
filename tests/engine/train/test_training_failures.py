"""Failures of a training with real child processes: each gives one message and loses nothing."""

import os
import shutil
import signal
import subprocess
import sys

import msgspec
import numpy as np
import pytest
from tiny_model import save_class_image

from engine.images.source import open_source
from engine.jobs import Job
from engine.messages import Problem
from engine.processes import ChildProcess, run_child
from engine.train.recipe import Phase, Recipe
from engine.train.retraining import is_unfinished
from engine.train.training import train

RECIPE = Recipe(
    version=1,
    name="tiny",
    title="Tiny",
    architecture="simple_cnn",
    size=32,
    batch=8,
    phases=(Phase(epochs=3, optimizer="adam", learning_rate=1e-3),),
)


@pytest.fixture
def folder(tmp_path):
    for number, name in enumerate(("basophil", "monocyte")):
        (tmp_path / "images" / name).mkdir(parents=True)
        for index in range(12):
            save_class_image(tmp_path / "images" / name / f"{index}.png", number, seed=index)
    return tmp_path / "images"


def request_of(tmp_path, **changes):
    images = tmp_path / "images.npy"
    np.save(images, np.random.default_rng(0).integers(0, 256, (24, 32, 32, 3), np.uint8))
    return {
        "resume": True,
        "recipe": msgspec.to_builtins(RECIPE),
        "classes": 2,
        "images": str(images),
        "labels": np.arange(24) % 2,
        "split": np.arange(24) % 4 == 0,
        "out": str(tmp_path / "weights.npz"),
        "start": None,
        "skip_head": False,
        **changes,
    }


def epochs_of(messages):
    return [
        message["value"]["epoch"]
        for message in messages
        if message["kind"] == "partial" and "epoch" in message["value"]
    ]


@pytest.mark.keras
@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_killed_child_is_reported_and_training_can_finish(tmp_path, folder, monkeypatch):
    source, out = open_source(folder), tmp_path / "model"
    children = []
    popen = subprocess.Popen

    class Remembered(popen):
        def __init__(self, *args, **options):
            super().__init__(*args, **options)
            children.append(self)

    monkeypatch.setattr(subprocess, "Popen", Remembered)
    seen = []

    def kill_in_second_epoch(partial):
        if "epoch" in partial:
            seen.append(partial["epoch"])
            if partial["epoch"] == 2:
                os.kill(children[-1].pid, signal.SIGKILL)

    recipe = RECIPE.with_epochs(60)
    with pytest.raises(Problem) as caught:
        train(Job(on_partial=kill_in_second_epoch), source, recipe, out)
    assert caught.value.message.id == "child.died"
    assert is_unfinished(out)
    assert not out.exists()
    # The best weights so far give a complete model.
    made = train(Job(), source, recipe, out, finish=True)
    made.verify()
    assert not is_unfinished(out)


@pytest.mark.keras
def test_diverged_loss_is_reported_and_best_weights_are_kept(tmp_path):
    hot = msgspec.structs.replace(
        RECIPE,
        phases=(
            RECIPE.phases[0],
            Phase(epochs=9, optimizer="adam", learning_rate=1e30, schedule="constant"),
        ),
    )
    request = request_of(tmp_path, recipe=msgspec.to_builtins(hot))
    with pytest.raises(Problem) as caught:
        run_child(Job(), "fit", request)
    assert caught.value.message.id == "train.not_a_number"
    result = run_child(Job(), "fit", {**request, "finish": True})
    assert len(result["history"]) >= 3
    with np.load(request["out"], allow_pickle=False) as arrays:
        assert all(np.isfinite(arrays[name]).all() for name in arrays)


def test_vanished_folder_is_reported(tmp_path, folder):
    source = open_source(folder)
    records = list(source.scan(Job()))
    # Scanned, then the drive is removed.
    listed = _Listed(source, records)
    shutil.rmtree(folder)
    with pytest.raises(Problem) as caught:
        train(Job(), listed, RECIPE, tmp_path / "model")
    assert caught.value.message.id == "source.missing"
    assert not (tmp_path / "model").exists()


class _Listed:
    """A source with the records of an earlier scan."""

    def __init__(self, source, records):
        self._source, self._records = source, records

    def __getattr__(self, name):
        return getattr(self._source, name)

    def scan(self, job):
        yield from self._records


FULL = """
import errno, sys
sys.path.insert(0, {root!r})
from engine.train.child import checkpoint
real = checkpoint.save_checkpoint
def save(path, model, state):
    if state.epoch == 2:
        raise OSError(errno.ENOSPC, "No space left on device")
    real(path, model, state)
checkpoint.save_checkpoint = save
from engine.child.__main__ import main
main("fit")
"""
SMALL = """
import sys
sys.path.insert(0, {root!r})
from engine.train.child.batches import Batches
submit = Batches._submit
def small(self, number):
    if self.batch_size > 4 and self._epoch == 1:
        raise MemoryError
    return submit(self, number)
Batches._submit = small
from engine.child.__main__ import main
main("fit")
"""


def spoiled(monkeypatch, program):
    """Make children run a program that is broken in one place."""
    import engine.processes as module
    from engine.paths import program_dir as root

    text = program.format(root=str(root()))
    monkeypatch.setattr(module, "child_command", lambda name: [sys.executable, "-c", text])


@pytest.mark.keras
def test_full_disk_is_reported_and_last_checkpoint_is_kept(tmp_path, monkeypatch):
    request = request_of(tmp_path)
    with monkeypatch.context() as patch:
        spoiled(patch, FULL)
        with pytest.raises(Problem) as caught:
            run_child(Job(), "fit", request)
    assert caught.value.message.id == "train.disk_full"
    result = run_child(Job(), "fit", request)
    assert len(result["history"]) == 3


@pytest.mark.keras
def test_out_of_memory_halves_the_batch(tmp_path, monkeypatch):
    spoiled(monkeypatch, SMALL)
    result, messages = None, []
    with ChildProcess("fit", request_of(tmp_path)) as child:
        for message in child.messages(Job()):
            messages.append(message)
            result = message
    assert [
        message["value"]["batch"] for message in messages if "batch" in (message.get("value") or ())
    ] == [4]
    # Only the interrupted epoch is repeated.
    assert epochs_of(messages) == [1, 2, 3]
    assert result["batch"] == 4
