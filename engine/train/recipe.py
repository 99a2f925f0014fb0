"""Recipes: the parameters of a training, in small validated TOML files."""

import tomllib
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

from engine.damaged_data import DamagedData, decoding
from engine.messages import Problem
from engine.paths import resources_dir

Share = Annotated[float, Meta(ge=0, le=1)]
Zoom = Annotated[float, Meta(ge=0.25, le=4)]
Positive = Annotated[float, Meta(gt=0)]


class Geometry(Struct, frozen=True, forbid_unknown_fields=True):
    """Random geometry, symmetric around the identity and applied in one resampling.

    `rotation` is in degrees, `shift` a fraction of the edge, `zoom` the largest factor (1.25: from 1/1.25
    to 1.25). A share `far` of the images is zoomed within the range `far_zoom` instead, as cells in images
    of other laboratories may be small or fill the frame.
    """

    flip: bool = True
    rotation: Annotated[float, Meta(ge=0, le=180)] = 180
    shift: Share = 0.08
    zoom: Annotated[float, Meta(ge=1, le=4)] = 1.0
    far: Share = 0.0
    far_zoom: tuple[Zoom, Zoom] = (1.0, 1.0)


class Colour(Struct, frozen=True, forbid_unknown_fields=True):
    """Random variation of stain, illumination and camera, for `share` of the images.

    `density`: largest factor on the optical density of each channel (stain strength and hue);
    `brightness`, `contrast`, `saturation`: largest relative change; `hue`: largest rotation in degrees;
    `gain`: largest factor of underexposure (overexposure: half of that in stops, as cameras saturate).
    """

    share: Share = 0.5
    density: Annotated[float, Meta(ge=1, le=4)] = 1.0
    brightness: Share = 0.0
    contrast: Share = 0.0
    saturation: Share = 0.0
    hue: Annotated[float, Meta(ge=0, le=180)] = 0.0
    gain: Annotated[float, Meta(ge=1, le=4)] = 1.0


class Degradation(Struct, frozen=True, forbid_unknown_fields=True):
    """Random degradation: one of these for `share` of the images.

    Largest values, as fractions of the edge: `blur`, the sigma of a Gaussian; `defocus`, the radius of a
    disc; `motion`, the length of a motion blur. `jpeg`: lowest quality, 1-100 (100: off); `noise`: largest
    standard deviation in grey levels; `pixels`: largest factor of downscaling.
    """

    share: Share = 0.0
    blur: Share = 0.0
    defocus: Share = 0.0
    motion: Share = 0.0
    jpeg: Annotated[int, Meta(ge=1, le=100)] = 100
    noise: Annotated[float, Meta(ge=0, le=64)] = 0.0
    pixels: Annotated[float, Meta(ge=1, le=8)] = 1.0


class RandAugment(Struct, frozen=True, forbid_unknown_fields=True):
    """RandAugment (Cubuk et al. 2020): `ops` random operations per image (0: off).

    `magnitude` (0..1) limits the strength of each operation of `engine.train.image_operations`.
    """

    ops: Annotated[int, Meta(ge=0, le=8)] = 0
    magnitude: Share = 0.3


class AugMix(Struct, frozen=True, forbid_unknown_fields=True):
    """AugMix (Hendrycks et al. 2020): the image blended with an average of `chains` of operations.

    `severity` (0..1) limits the strength of each operation (0: off); `depth` is the longest chain.
    """

    severity: Share = 0.0
    chains: Annotated[int, Meta(ge=1, le=8)] = 3
    depth: Annotated[int, Meta(ge=1, le=4)] = 3


class Stain(Struct, frozen=True, forbid_unknown_fields=True):
    """Stain variation in optical density, along the image's two stain vectors (Macenko et al. 2009).

    `strength`: largest factor on each stain; `shift`: largest offset, as a fraction of the mean density.
    """

    share: Share = 0.0
    strength: Annotated[float, Meta(ge=1, le=4)] = 1.3
    shift: Share = 0.05


class Laboratory(Struct, frozen=True, forbid_unknown_fields=True):
    """Variation of dyes, glass, lamp and camera between laboratories, for `share` of the images.

    In optical density: `mixing`: largest share of a channel's density added to or taken from another (hue of
    the dyes); `strength`: largest factor on all densities; `tint`: largest loss of light through the empty
    slide, per channel. Of the camera: `haze`: largest share of stray light of one colour over the image;
    `sharpening`: largest amplification of detail, as cameras do, with bright rims around the cells.
    """

    share: Share = 0.0
    mixing: Share = 0.3
    strength: Annotated[float, Meta(ge=1, le=4)] = 1.5
    tint: Share = 0.2
    haze: Share = 0.0
    sharpening: Share = 0.0


class Dirt(Struct, frozen=True, forbid_unknown_fields=True):
    """Dirt on the slide: stain deposits or bubbles, for `share` of the images.

    Up to `deposits` dark blots with a radius of up to `deposit` of the edge, or up to `bubbles` pale discs
    of up to `bubble`.
    """

    share: Share = 0.0
    deposits: Annotated[int, Meta(ge=0, le=16)] = 3
    deposit: Share = 0.2
    bubbles: Annotated[int, Meta(ge=0, le=64)] = 14
    bubble: Share = 0.08


class Erasing(Struct, frozen=True, forbid_unknown_fields=True):
    """Random erasing (Zhong et al. 2020): noise over up to `area` of `share` of the images."""

    share: Share = 0.0
    area: Share = 0.2


class Mixing(Struct, frozen=True, forbid_unknown_fields=True):
    """MixUp (Zhang et al. 2018) and CutMix (Yun et al. 2019) within a batch.

    `mixup` and `cutmix` are shares of the images; `alpha` is the parameter of the Beta distribution.
    """

    mixup: Share = 0.0
    cutmix: Share = 0.0
    alpha: Positive = 0.2


Operation = Literal[
    "rotate",
    "shear_x",
    "shear_y",
    "shift_x",
    "shift_y",
    "brightness",
    "contrast",
    "saturation",
    "autocontrast",
    "equalise",
    "solarise",
    "sharpness",
]


class Step(Struct, frozen=True, forbid_unknown_fields=True):
    """One operation of `engine.train.image_operations`, applied to `share` of the images with `strength`."""

    operation: Operation
    share: Share
    strength: Share


SubPolicy = tuple[Step, ...]
"""Steps applied to an image, in order."""


class Augmentation(Struct, frozen=True, forbid_unknown_fields=True):
    """Augmentation of training images.

    The strength of everything except geometry grows from 0 over the first `ramp` share of the training.
    With both RandAugment and AugMix each image gets one of them at random (RandMix in the report). Each
    image also gets a random one of the sub-policies `searched` (see `engine.train.policy_search`).
    """

    geometry: Geometry = Geometry()
    colour: Colour = Colour(share=0.0)
    degrade: Degradation = Degradation()
    randaugment: RandAugment = RandAugment()
    augmix: AugMix = AugMix()
    stain: Stain = Stain()
    laboratory: Laboratory = Laboratory()
    dirt: Dirt = Dirt()
    erasing: Erasing = Erasing()
    mixing: Mixing = Mixing()
    searched: tuple[SubPolicy, ...] = ()
    ramp: Share = 0.0


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
    learns others, as validation images come from its own.
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
