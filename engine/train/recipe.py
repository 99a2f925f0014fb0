"""A recipe: everything that decides a training, as a small validated file a person can read."""

import tomllib
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

from engine.messages import Problem
from engine.paths import resources

Share = Annotated[float, Meta(ge=0, le=1)]
Zoom = Annotated[float, Meta(ge=0.25, le=4)]
Positive = Annotated[float, Meta(gt=0)]


class Geometry(Struct, frozen=True, forbid_unknown_fields=True):
    """Where the cell lies: all drawn symmetrically, in one resampling.

    `rotation` in degrees either way, `shift` as a share of the edge either way, `zoom` as the largest
    factor either way (1.25: from 1/1.25 to 1.25). `far` of the images are zoomed from the first to the
    second `far_zoom` instead: in other laboratories' pictures a cell may be small, or fill the frame.
    """

    flip: bool = True
    rotation: Annotated[float, Meta(ge=0, le=180)] = 180
    shift: Share = 0.08
    zoom: Annotated[float, Meta(ge=1, le=4)] = 1.0
    far: Share = 0.0
    far_zoom: tuple[Zoom, Zoom] = (1.0, 1.0)


class Colour(Struct, frozen=True, forbid_unknown_fields=True):
    """How the stain, lamp and camera differ; `share` of the images get it.

    `density`: largest factor on each channel's optical density, either way (stain strength and hue);
    `brightness`, `contrast`, `saturation`: largest relative change either way; `hue` in degrees; `gain`:
    largest factor by which the light is less (or, as a camera saturates, half of that in stops more).
    """

    share: Share = 0.5
    density: Annotated[float, Meta(ge=1, le=4)] = 1.0
    brightness: Share = 0.0
    contrast: Share = 0.0
    saturation: Share = 0.0
    hue: Annotated[float, Meta(ge=0, le=180)] = 0.0
    gain: Annotated[float, Meta(ge=1, le=4)] = 1.0


class Degrade(Struct, frozen=True, forbid_unknown_fields=True):
    """What spoils a picture; each of `share` of the images gets one of these.

    As shares of the edge, at most: `blur`, the sigma of a Gaussian; `defocus`, the radius of a disc;
    `motion`, the length of a smear. `jpeg`: lowest quality, 1-100 (100: none); `noise`: largest standard
    deviation in grey levels; `pixels`: largest factor of downscaling.
    """

    share: Share = 0.0
    blur: Share = 0.0
    defocus: Share = 0.0
    motion: Share = 0.0
    jpeg: Annotated[int, Meta(ge=1, le=100)] = 100
    noise: Annotated[float, Meta(ge=0, le=64)] = 0.0
    pixels: Annotated[float, Meta(ge=1, le=8)] = 1.0


class RandAugment(Struct, frozen=True, forbid_unknown_fields=True):
    """So many operations an image, each drawn for it alone (Cubuk et al. 2020); see `engine.train.policies`.

    `magnitude` 0..1 is the share of each operation's largest strength. `ops` 0: none.
    """

    ops: Annotated[int, Meta(ge=0, le=8)] = 0
    magnitude: Share = 0.3


class AugMix(Struct, frozen=True, forbid_unknown_fields=True):
    """A weighted average of chains of operations and the image itself (Hendrycks et al. 2020).

    `severity` 0..1 is the share of each operation's largest strength; 0: none.
    """

    severity: Share = 0.0
    chains: Annotated[int, Meta(ge=1, le=8)] = 3
    depth: Annotated[int, Meta(ge=1, le=4)] = 3


class Stain(Struct, frozen=True, forbid_unknown_fields=True):
    """Another stain: in optical density, along the image's own two stain directions (Macenko et al. 2009).

    `strength`: largest factor either way on each stain; `shift`: largest share of the image's mean density
    added or taken.
    """

    share: Share = 0.0
    strength: Annotated[float, Meta(ge=1, le=4)] = 1.3
    shift: Share = 0.05


class Laboratory(Struct, frozen=True, forbid_unknown_fields=True):
    """Another laboratory's dyes, glass and lamp, for `share` of the images, in optical density.

    `mixing`: largest share of each channel's density that is added to another's, or taken from it: the
    dyes' own colours; `strength`: largest factor on all of it, either way; `tint`: how much less light
    the empty slide lets through at most, each channel by itself.
    """

    share: Share = 0.0
    mixing: Share = 0.3
    strength: Annotated[float, Meta(ge=1, le=4)] = 1.5
    tint: Share = 0.2


class Dirt(Struct, frozen=True, forbid_unknown_fields=True):
    """What lies on a slide over the cell: each of `share` of the images gets deposits or bubbles.

    Up to `deposits` dark blots with a radius of up to `deposit` of the edge, or up to `bubbles` pale discs
    of up to `bubble`.
    """

    share: Share = 0.0
    deposits: Annotated[int, Meta(ge=0, le=16)] = 3
    deposit: Share = 0.2
    bubbles: Annotated[int, Meta(ge=0, le=64)] = 14
    bubble: Share = 0.08


class Erasing(Struct, frozen=True, forbid_unknown_fields=True):
    """A rectangle of noise over `area`, at most, of `share` of the images (Zhong et al. 2020)."""

    share: Share = 0.0
    area: Share = 0.2


class Mixing(Struct, frozen=True, forbid_unknown_fields=True):
    """Pairs of a batch: blended (Zhang et al. 2018) or one pasted into the other (Yun et al. 2019).

    `mixup` and `cutmix` are the shares of images; `alpha` is that of the Beta distribution.
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
    """One operation of `engine.train.policies`, on `share` of the images, up to `strength` either way."""

    operation: Operation
    share: Share
    strength: Share


SubPolicy = tuple[Step, ...]
"""What is done to one image, in this order."""


class Augmentation(Struct, frozen=True, forbid_unknown_fields=True):
    """What a training image may look like instead; strengths of colour and degradation grow from 0
    to their full value over the first `ramp` share of the training.

    Where both RandAugment and AugMix are set, each image gets one of them at random: the report's
    RandMix. Of `searched`, which `engine.train.searching` finds, each image gets one at random as well.
    """

    geometry: Geometry = Geometry()
    colour: Colour = Colour(share=0.0)
    degrade: Degrade = Degrade()
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
    """One stretch of training with one optimizer.

    `schedule`: the learning rate falls to zero as a cosine, stays, or is halved when held-out loss has not
    fallen for two epochs (`plateau`); `warmup`, a share of the phase's steps, is for the cosine. `ema` is
    the momentum of the weights' moving average that the phase ends with (0: none). `trainable`: all
    layers, the `head` alone, or the head and the `convolutions` (Conv2D and DepthwiseConv2D). The first
    `frozen` layers stay as they are, counted as Keras has them with ImageNet weights. `patience` ends
    the phase when held-out loss has not fallen for so many epochs (0: never).
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
    """Everything that decides a training, besides the images.

    `size` is the input's edge in pixels, `stored_size` that of the images that training images are made from
    (0: the same): from larger ones, what augmentation zooms in on stays sharp. `validation` and `test` are
    the shares of images held out to watch and calibrate, and to report; the rest is learned from. `start`
    says which weights it begins with: `none`, `shipped` (the shipped bundle of the same architecture),
    `imagenet` (Keras's own, which are downloaded), `lite` (ImageNet weights of EfficientNet-Lite, see
    `engine.train.donors`) or `grown` (a smaller shipped network of the family, see `engine.train.growth`);
    `morph` is the share of all steps over which a grown network's activations turn from its donor's into its
    own. `balance`: rare classes weigh more in the loss (`weights`), or are seen as often as the largest
    (`oversample`). `precision` `auto` is half on a graphics card. An epoch goes through the images `passes`
    times: where a card needs seconds for one, looking at the held-out images and writing a checkpoint takes
    as long. `keep`: the weights that the held-out images liked best, or the last. Held-out images are from
    home: a network that begins there and learns other laboratories would else be given back as it began.
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
        """Epochs of all phases together."""
        return sum(phase.epochs for phase in self.phases)

    def with_epochs(self, epochs: int) -> "Recipe":
        """Return the recipe with `epochs` in all, spread over the phases as before, at least 1 each."""
        phases = [
            msgspec.structs.replace(
                phase, epochs=max(1, round(phase.epochs * epochs / self.epochs))
            )
            for phase in self.phases
        ]
        return msgspec.structs.replace(self, phases=tuple(phases))


def recipe_names() -> list[str]:
    """Return the names of the shipped recipes."""
    return sorted(path.stem for path in (resources() / "recipes").glob("*.toml"))


def load_recipe(name: str | Path) -> Recipe:
    """Read a shipped recipe by name, or any by its path; raises `Problem` saying what is wrong."""
    path = Path(name)
    if path.suffix != ".toml":
        path = resources() / "recipes" / f"{name}.toml"
        if str(name) not in recipe_names():
            raise Problem("recipe.unknown", name=str(name), known=", ".join(recipe_names()))
    try:
        return msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), Recipe)
    except OSError as error:
        raise Problem("recipe.unreadable", name=str(name), reason=error.strerror or "") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, msgspec.ValidationError) as error:
        raise Problem("recipe.invalid", name=str(name), reason=str(error)) from error
