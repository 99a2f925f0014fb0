"""`recipes` command: the shipped training recipes."""

import argparse
from typing import Any


def add_command(commands: Any) -> None:
    """Add the command and its arguments."""
    parser = commands.add_parser(
        "recipes",
        help="list the training recipes",
        description="Print one line per recipe: name, network, pixels, epochs, start and title.",
        allow_abbrev=False,
    )
    parser.set_defaults(run=run)


def run(_args: argparse.Namespace) -> int:
    """Print a tab-separated table of the recipes."""
    from engine.classify.architectures import find_architecture
    from engine.train.recipe import load_recipe, recipe_names

    print("name", "network", "pixels", "epochs", "start", "title", sep="\t")
    for name in recipe_names():
        recipe = load_recipe(name)
        network = find_architecture(recipe.architecture).name
        print(name, network, recipe.size, recipe.epochs, recipe.start, recipe.title, sep="\t")
    return 0
