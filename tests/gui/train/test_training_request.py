"""Training requests: which recipes and initial weights are offered, and in which order."""

import pytest

from engine.classify.bundle import Bundle
from engine.classify.models import installed_models
from engine.jobs import Job
from gui.train.training_request import CURRENT_MODEL, load_options


@pytest.mark.parametrize(
    "model", [m for m in installed_models() if m.is_shipped], ids=lambda m: m.name
)
def test_the_recipe_of_the_current_model_comes_first(model, tmp_path):
    bundle = Bundle.open(model.folder)
    options = load_options(Job(), bundle, tmp_path).recipes
    first = options[0]
    assert first.recipe.name == bundle.card.recipe["name"]
    assert first.recipe.size == bundle.card.preprocessing.size
    assert first.starts[0] == CURRENT_MODEL
    same = [option.recipe.architecture == bundle.card.architecture for option in options]
    assert same == sorted(same, reverse=True)
