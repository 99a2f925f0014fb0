"""Starting weights of a training: those of a bundle, of ImageNet, or of a smaller network, grown."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from engine.classify.architectures import EFFICIENTNET_SHAPES
from engine.classify.bundle import WEIGHTS_FILE, Bundle
from engine.classify.models import installed_models, open_model
from engine.messages import Problem
from engine.train import donors
from engine.train.growth import grow_weights
from engine.train.recipe import Recipe

_GROWN_FILE = "start.npz"


@dataclass(frozen=True, slots=True)
class StartingWeights:
    """Weights file to start from, None for random or downloaded weights."""

    file: Path | None = None
    grown: bool = False


def find_parent(recipe: Recipe) -> Bundle | None:
    """Return the shipped bundle that a recipe starts from, None if it starts from none.

    For `shipped` it is the one of the same architecture, for `grown` the largest that can grow into it.
    Raises `Problem` (`start.no_model`) if there is no such bundle.
    """
    if recipe.start not in ("shipped", "grown"):
        return None
    if recipe.start == "shipped":
        candidates = [recipe.architecture]
    else:
        candidates = [name for name in EFFICIENTNET_SHAPES if can_grow(name, recipe.architecture)]
        candidates.sort(key=lambda name: sum(EFFICIENTNET_SHAPES[name].repeats), reverse=True)
    for name in candidates:
        model = open_shipped_model(name)
        if model is not None:
            return model
    raise Problem("start.no_model", name=recipe.architecture)


def open_shipped_model(architecture: str) -> Bundle | None:
    """Open the shipped bundle of an architecture; None if there is none."""
    for model in installed_models():
        if model.is_shipped and model.card and model.card.architecture == architecture:
            return open_model(model.folder)
    return None


def can_grow(old: str, new: str) -> bool:
    """Return whether weights of one architecture can grow into those of another."""
    old_shape, new_shape = EFFICIENTNET_SHAPES.get(old), EFFICIENTNET_SHAPES.get(new)
    if old_shape is None or new_shape is None or old_shape.has_squeeze_excitation:
        return False
    return sum(old_shape.repeats) < sum(new_shape.repeats)


def prepare_start(recipe: Recipe, parent: Bundle | None, work: Path) -> StartingWeights:
    """Return the starting weights; a parent of a smaller architecture is grown into a file in `work`.

    Their checksums are compared first. Raises `Problem`: `start.no_donor` if the recipe needs donor weights
    that are not installed, `start.damaged_donor` or `bundle.damaged` if the file is damaged.
    """
    if parent is not None:
        parent.verify([WEIGHTS_FILE])
        weights_file = parent.folder / WEIGHTS_FILE
        if not can_grow(parent.card.architecture, recipe.architecture):
            return StartingWeights(weights_file)
        with np.load(weights_file, allow_pickle=False) as donor:
            old = EFFICIENTNET_SHAPES[parent.card.architecture]
            new = EFFICIENTNET_SHAPES[recipe.architecture]
            arrays = grow_weights(donor, old, new, seed=recipe.seed)
        grown = work / _GROWN_FILE
        with grown.open("wb") as stream:
            np.savez(stream, allow_pickle=False, **arrays)
        return StartingWeights(grown, grown=True)
    if recipe.start == "lite":
        donor_file = donors.open_donor_weights(recipe.architecture)
        if donor_file is None:
            package = donors.donor_package(recipe.architecture)
            raise Problem("start.no_donor", name=recipe.architecture, package=package)
        return StartingWeights(donor_file)
    return StartingWeights()
