"""Resumed trainings give exactly the weights of an uninterrupted one."""

import msgspec
import numpy as np
import pytest

from engine.jobs import Cancelled, Job
from engine.processes import run_child
from engine.train.augmentation_recipe import Augmentation, Colour, Geometry
from engine.train.recipe import Phase, Recipe
from tests.engine.train.test_training_failures import request_of

RECIPE = Recipe(
    version=1,
    name="tiny",
    title="Tiny",
    architecture="simple_cnn",
    size=32,
    batch=4,
    phases=(
        Phase(epochs=1, optimizer="adam", learning_rate=1e-3, schedule="plateau"),
        Phase(epochs=2, optimizer="adamw", learning_rate=1e-3, ema=0.9, warmup=0.2),
    ),
    augmentation=Augmentation(geometry=Geometry(rotation=20), colour=Colour(share=0.5), ramp=0.5),
)


class StopsAfter:
    """A job that is cancelled after `epochs` epochs."""

    def __init__(self, epochs):
        self.epochs = epochs
        self.job = Job(on_partial=self.note_epoch)
        self.history = []

    def note_epoch(self, partial):
        if "val_loss" in partial:
            self.history.append(
                {k: v for k, v in partial.items() if k not in ("seconds", "waiting")}
            )
            if len(self.history) == self.epochs:
                self.job.cancel()


@pytest.mark.keras
@pytest.mark.parametrize(
    "architecture",
    ["simple_cnn", pytest.param("mobilenet_v3_small", marks=pytest.mark.every_network)],
)
def test_resumed_training_equals_an_uninterrupted_one(tmp_path, architecture):
    recipe = msgspec.structs.replace(RECIPE, architecture=architecture)
    outs = [tmp_path / "straight", tmp_path / "broken"]
    for out in outs:
        out.mkdir()
    straight, broken = (request_of(out, recipe=msgspec.to_builtins(recipe)) for out in outs)
    whole = StopsAfter(99)
    run_child(whole.job, "fit", straight)
    history = []
    # At the end of a phase, and within one with averaged weights.
    for _ in range(2):
        part = StopsAfter(1)
        with pytest.raises(Cancelled):
            run_child(part.job, "fit", broken)
        history += part.history
    rest = StopsAfter(99)
    run_child(rest.job, "fit", broken)
    assert history + rest.history == whole.history
    with np.load(straight["out"]) as expected, np.load(broken["out"]) as got:
        assert set(expected) == set(got)
        for name in expected:
            assert np.array_equal(expected[name], got[name]), name
