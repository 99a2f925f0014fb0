"""Augmentation part of a recipe: how training images are varied, and how strongly."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

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
