"""Registry of architectures: what an entry says is what the program can do with it."""

from engine.classify.architectures import ARCHITECTURES, EFFICIENTNET_SHAPES
from engine.train.recipe import load_recipe, recipe_names


def test_efficientnets_have_their_structure():
    assert set(EFFICIENTNET_SHAPES) == {name for name in ARCHITECTURES if "efficientnet" in name}


def test_every_architecture_has_a_recipe():
    trained = {load_recipe(name).architecture for name in recipe_names()}
    assert trained == set(ARCHITECTURES)
