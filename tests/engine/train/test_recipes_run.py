"""Every shipped recipe on small images: trained with an interruption, evaluated, and used for inference."""

import msgspec
import numpy as np
import pytest

from engine.classify.devices import choose_device
from engine.classify.runtime import open_runtime
from engine.images.source import open_source
from engine.jobs import Cancelled, Job
from engine.messages import Problem
from engine.train.recipe import load_recipe, recipe_names
from engine.train.training import train
from tests.engine.train.test_training import folder_of

FEW = ("simple_cnn", "mobilenet_v3_small_searched")
SIZE = 64


@pytest.mark.keras
@pytest.mark.timeout(1800)
@pytest.mark.parametrize(
    "name",
    [
        name if name in FEW else pytest.param(name, marks=pytest.mark.every_network)
        for name in recipe_names()
    ],
)
def test_recipe_trains_a_usable_model(name, tmp_path):
    # One epoch per phase and random weights, as ImageNet weights are not available here.
    recipe = load_recipe(name)
    phases = tuple(msgspec.structs.replace(phase, epochs=1) for phase in recipe.phases)
    recipe = msgspec.structs.replace(recipe, size=SIZE, batch=8, start="none", phases=phases)
    source = open_source(folder_of(tmp_path / "images"))
    if recipe.epochs > 1:
        job = Job(on_partial=lambda partial: job.cancel() if "val_loss" in partial else None)
        with pytest.raises(Cancelled):
            train(job, source, recipe, tmp_path / "model")
    try:
        made = train(Job(), source, recipe, tmp_path / "model", resume=True)
    except Problem as problem:
        # A hundred layers after three steps from scratch can exceed half precision, which is reported;
        # test_architectures converts each architecture with settled statistics.
        if name in FEW or problem.message.id != "convert.differs":
            raise
        assert (tmp_path / "model-unfinished" / "weights.npz").exists()
        return
    assert made.card.architecture == recipe.architecture
    assert 0 <= made.card.metrics["test"]["accuracy"] <= 1
    runtime = open_runtime(made, choose_device("cpu"), Job())
    pixels = np.random.default_rng(0).integers(0, 256, (3, SIZE, SIZE, 3), np.uint8)
    ((_, outputs),) = runtime.stream([(None, pixels)])
    runtime.close()
    assert outputs.maps.shape == (3, *made.card.map_size, 2)
    assert np.isfinite(outputs.logits).all()
