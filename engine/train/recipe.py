"""Recipes: the parameters of a training, in small validated TOML files."""

import tomllib
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

from engine.damaged_data import DamagedData, decoding
from engine.messages import Problem
from engine.paths import resources_dir
from engine.train.augmentation_recipe import Augmentation, Positive, Share


class Phase(Struct, frozen=True, forbid_unknown_fields=True):
    """One phase of a training, with its own optimizer.

    `schedule`: the learning rate follows a cosine to zero, is constant, or is halved when the validation
    loss has not fallen for two epochs (`plateau`). `warmup` is a share of the phase's steps, for the cosine
    only. `ema` is the momentum of the moving average of the weights, which the phase ends with (0: off).
    `trainable`: all layers, the `head` alone, or the head and the `convolutions` (Conv2D and
    DepthwiseConv2D). The first `frozen` layers are frozen, counted as in Keras with ImageNet weights.
    `patience`: the phase ends when the validation loss has not fallen for so many epochs (0: never).
    """

    epochs: Annotated[int, Meta(ge=1, le=1000)]
    optimizer: Literal["adam", "adamw", "lion"]
    learning_rate: Positive
    weight_decay: Annotated[float, Meta(ge=0)] = 0.0
    warmup: Share = 0.05
    schedule: Literal["cosine", "constant", "plateau"] = "cosine"
    trainable: Literal["all", "head", "convolutions"] = "all"
    frozen: Annotated[int, Meta(ge=0)] = 0
    patience: Annotated[int, Meta(ge=0)] = 0
    ema: Annotated[float, Meta(ge=0, lt=1)] = 0.0


class Distillation(Struct, frozen=True, forbid_unknown_fields=True):
    """Share of a teacher's probabilities in the targets, and the temperature that softens them."""

    share: Share = 0.5
    temperature: Positive = 2.0


class Recipe(Struct, frozen=True, forbid_unknown_fields=True):
    """All parameters of a training except the images.

    `size` is the edge of the network's input in pixels; `stored_size` that of the stored images (0: the
    same), larger for sharp details under zoom. `validation` (calibration, choice of weights) and `test`
    (reported metrics) are shares of the images; the rest is for training.

    `start` gives the starting weights: `none`, `shipped` (the shipped bundle of the same architecture),
    `imagenet` (downloaded by Keras), `lite` (ImageNet weights of EfficientNet-Lite, see
    `engine.train.donors`) or `grown` (a smaller shipped network of the family, see `engine.train.growth`).
    `morph` is the share of all steps over which the activations of a grown network change from its donor's
    to its own.

    `balance`: class weights in the loss (`weights`), or oversampling to the largest class (`oversample`).
    `precision` `auto` is half precision on a GPU. An epoch goes through the images `passes` times, for GPUs
    on which one pass takes no longer than validation and checkpoint. `keep`: the weights with the lowest
    validation loss, or the last ones; the last are for a network that already fits its own laboratory and
    learns others, as validation images come from its own. `distillation` needs a teacher.
    """

    version: Literal[1]
    name: str
    title: str
    architecture: str
    size: Annotated[int, Meta(ge=32, le=1024)]
    phases: Annotated[tuple[Phase, ...], Meta(min_length=1)]
    class_set: str = "blood8"
    stored_size: Annotated[int, Meta(ge=0, le=1024)] = 0
    batch: Annotated[int, Meta(ge=1, le=4096)] = 64
    passes: Annotated[int, Meta(ge=1, le=100)] = 1
    dropout: Share = 0.2
    label_smoothing: Annotated[float, Meta(ge=0, lt=1)] = 0.0
    balance: Literal["none", "weights", "oversample"] = "none"
    precision: Literal["auto", "float32", "mixed_bfloat16"] = "auto"
    start: Literal["none", "shipped", "imagenet", "lite", "grown"] = "none"
    morph: Share = 0.0
    keep: Literal["best", "last"] = "best"
    validation: Annotated[float, Meta(gt=0, lt=0.5)] = 0.1
    test: Annotated[float, Meta(gt=0, lt=0.5)] = 0.2
    seed: int = 7
    augmentation: Augmentation = Augmentation()
    distillation: Distillation | None = None

    @property
    def epochs(self) -> int:
        """Total number of epochs of all phases."""
        return sum(phase.epochs for phase in self.phases)

    def with_epochs(self, epochs: int) -> "Recipe":
        """Return the recipe with about `epochs` in total, in the same proportions, at least 1 per phase."""
        phases = [
            msgspec.structs.replace(
                phase, epochs=max(1, round(phase.epochs * epochs / self.epochs))
            )
            for phase in self.phases
        ]
        return msgspec.structs.replace(self, phases=tuple(phases))


def recipe_names() -> list[str]:
    """Return the names of the shipped recipes."""
    return sorted(path.stem for path in (resources_dir() / "recipes").glob("*.toml"))


def load_recipe(name: str | Path) -> Recipe:
    """Load a shipped recipe by name, or any by its path; raises `Problem` (`recipe.*`)."""
    path = Path(name)
    if path.suffix != ".toml":
        path = resources_dir() / "recipes" / f"{name}.toml"
        if str(name) not in recipe_names():
            raise Problem("recipe.unknown", name=str(name), known=", ".join(recipe_names()))
    try:
        with decoding():
            return msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), Recipe)
    except OSError as error:
        raise Problem("recipe.unreadable", name=str(name), reason=error.strerror or "") from error
    except DamagedData as error:
        reason = str(error.message.params["reason"])
        raise Problem("recipe.invalid", name=str(name), reason=reason) from error
