import pytest

from engine.messages import Problem
from engine.train.recipe import load_recipe, recipe_names


@pytest.mark.parametrize("name", recipe_names())
def test_shipped_recipes_are_valid_and_named_like_their_files(name):
    recipe = load_recipe(name)
    assert recipe.name == name
    assert recipe.epochs >= 1


def test_unknown_recipe_lists_the_known_ones():
    with pytest.raises(Problem) as caught:
        load_recipe("nonesuch")
    assert caught.value.message.id == "recipe.unknown"
    assert "mobilenet_v3_small" in str(caught.value)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("version = 1", "missing required field"),
        ("version = 2", "Invalid enum value 2"),
        ("not toml at all", "Expected"),
    ],
)
def test_invalid_recipe_gives_the_reason(tmp_path, text, says):
    path = tmp_path / "mine.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Problem) as caught:
        load_recipe(path)
    assert caught.value.message.id == "recipe.invalid"
    assert says in str(caught.value)


def test_misspelt_field_is_an_error(tmp_path):
    from engine.paths import resources_dir

    text = (resources_dir() / "recipes" / "mobilenet_v3_small.toml").read_text(encoding="utf-8")
    path = tmp_path / "mine.toml"
    path.write_text(text.replace("dropout", "droppout"), encoding="utf-8")
    with pytest.raises(Problem, match="droppout"):
        load_recipe(path)


def test_missing_recipe_file_raises_a_problem(tmp_path):
    with pytest.raises(Problem) as caught:
        load_recipe(tmp_path / "none.toml")
    assert caught.value.message.id == "recipe.unreadable"


def test_epochs_are_spread_over_the_phases():
    recipe = load_recipe("mobilenet_v3_small")
    assert recipe.with_epochs(3).epochs == 3
    assert recipe.with_epochs(3).phases[0].learning_rate == recipe.phases[0].learning_rate
