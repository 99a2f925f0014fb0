"""A training that was broken off and went on is the training that never was: weight by weight."""

import numpy as np
import pytest

from engine.images.source import open_source
from engine.jobs import Cancelled, Job
from engine.train.recipe import Augmentation, Colour, Geometry, Phase, Recipe
from engine.train.train import train
from tests.engine.train.test_train import folder_of

RECIPE = Recipe(
    version=1,
    name="tiny",
    title="Tiny",
    architecture="simple_cnn",
    size=32,
    batch=4,
    phases=(
        Phase(epochs=2, optimizer="adam", learning_rate=1e-3, schedule="plateau"),
        Phase(epochs=3, optimizer="adamw", learning_rate=1e-3, ema=0.9, warmup=0.2),
    ),
    augmentation=Augmentation(geometry=Geometry(rotation=20), colour=Colour(share=0.5), ramp=0.5),
)
MOBILE = Recipe(
    version=1,
    name="tiny",
    title="Tiny",
    architecture="mobilenet_v3_small",
    size=32,
    batch=4,
    phases=(Phase(epochs=3, optimizer="lion", learning_rate=1e-4, ema=0.9),),
)


class StopsAfter:
    """Cancels at the first news after so many epochs."""

    def __init__(self, epochs):
        self.epochs = epochs
        self.job = Job(on_partial=self.hear)
        self.history = []

    def hear(self, told):
        if "val_loss" in told:
            self.history.append({k: v for k, v in told.items() if k not in ("seconds", "waiting")})
            if len(self.history) == self.epochs:
                self.job.cancel()


def weights_of(model):
    with np.load(model.folder / "weights.npz", allow_pickle=False) as arrays:
        return {name: arrays[name] for name in arrays}


@pytest.mark.keras
@pytest.mark.parametrize(
    ("recipe", "breaks"),
    # At the end of a phase, and within one with averaged weights.
    [(RECIPE, (2, 1)), (MOBILE, (1,))],
    ids=["simple_cnn", "mobilenet"],
)
def test_what_went_on_is_what_was_never_broken_off(tmp_path, recipe, breaks):
    source = open_source(folder_of(tmp_path / "images"))
    whole = StopsAfter(99)
    straight = train(whole.job, source, recipe, tmp_path / "straight")
    history = []
    for epochs in breaks:
        broken = StopsAfter(epochs)
        with pytest.raises(Cancelled):
            train(broken.job, source, recipe, tmp_path / "broken", resume=True)
        history += broken.history
    rest = StopsAfter(99)
    resumed = train(rest.job, source, recipe, tmp_path / "broken", resume=True)
    assert history + rest.history == whole.history
    expected, got = weights_of(straight), weights_of(resumed)
    assert expected.keys() == got.keys()
    for name, values in expected.items():
        assert np.array_equal(values, got[name]), name
