"""The networks there are, as far as it can be said without Keras; `engine.train.child` builds them."""

from dataclasses import dataclass
from typing import Literal

from engine.messages import Problem

Halving = Literal["same", "centred", "pool"]
"""How a layer of stride 2 is padded: as TensorFlow does, by half its kernel on both sides, or not at all
with a kernel of 2."""


@dataclass(frozen=True, slots=True)
class Architecture:
    """A kind of network: its id in cards and recipes, its name for people, its usual input size.

    `head` says how the last feature map becomes the embedding: `pooled` (its average), `dense` (dense
    layers), `attention` (a weighted average). Only with the first do a map's mean and the bias make the
    logit. `imagenet` tells whether Keras has weights to begin with. `halvings` are the layers of
    stride 2 from the image to the last feature map; they decide where its cells lie.
    """

    id: str
    name: str
    size: int
    head: Literal["pooled", "dense", "attention"] = "pooled"
    imagenet: bool = True
    halvings: tuple[Halving, ...] = ("same",) * 5


ARCHITECTURES = {
    one.id: one
    for one in (
        Architecture("efficientnet_b4", "EfficientNetB4", 380),
        Architecture("efficientnet_lite2", "EfficientNet-Lite2", 129, imagenet=False),
        Architecture("efficientnet_lite0", "EfficientNet-Lite0", 129, imagenet=False),
        Architecture("mobilenet_v3_small", "MobileNetV3Small", 128),
        Architecture(
            "densenet169",
            "DenseNet169",
            224,
            halvings=("centred", "centred", "pool", "pool", "pool"),
        ),
        Architecture("resnet101", "ResNet101", 224, halvings=("centred",) * 5),
        Architecture(
            "hybrid_vit",
            "hybrid transformer",
            128,
            "attention",
            imagenet=False,
            halvings=("same",) * 4,
        ),
        Architecture(
            "vgg_half",
            "VGG16 with half its filters",
            96,
            "dense",
            imagenet=False,
            halvings=("pool",) * 5,
        ),
        Architecture("simple_cnn", "four convolutions", 96, imagenet=False, halvings=("pool",) * 3),
    )
}
"""By id; the one that reads best first, which is the default of the shipped models."""


def architecture(name: str) -> Architecture:
    """Return the architecture with this id; raises `Problem` that lists what there is."""
    if name not in ARCHITECTURES:
        raise Problem("model.architecture", name=name, known=", ".join(ARCHITECTURES))
    return ARCHITECTURES[name]
