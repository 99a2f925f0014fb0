"""`recipes`: the trainings there are."""

import argparse
from typing import Any


def add(commands: Any) -> None:
    """Add the command's arguments."""
    parser = commands.add_parser(
        "recipes",
        help="list the training recipes",
        description="Print one line per recipe: name, network, pixels, epochs, start and title.",
        allow_abbrev=False,
    )
    parser.set_defaults(run=run)


def run(_args: argparse.Namespace) -> int:
    """Print a table, tabs between."""
    from engine.classify.architectures import architecture
    from engine.train.recipe import load_recipe, recipe_names

    print("name", "network", "pixels", "epochs", "start", "title", sep="\t")
    for name in recipe_names():
        recipe = load_recipe(name)
        network = architecture(recipe.architecture).name
        print(name, network, recipe.size, recipe.epochs, recipe.start, recipe.title, sep="\t")
    return 0
