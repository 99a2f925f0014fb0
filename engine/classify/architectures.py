"""Registry of network architectures, without Keras; `engine.train.child` builds the networks."""

from dataclasses import dataclass
from typing import Literal

from engine.classify.efficientnet import B4, LITE0, LITE2, EfficientNetShape
from engine.messages import Problem

Downsampling = Literal["same", "centred", "pool"]
"""Padding of a layer with stride 2: TensorFlow's "same", half the kernel on both sides, or none with a
kernel of 2 (pooling)."""


@dataclass(frozen=True, slots=True)
class Architecture:
    """An architecture: its id in cards and recipes, its display name and its usual input size.

    `head` is how the last feature map becomes the embedding: `pooled` (its average), `dense` (dense
    layers) or `attention` (a weighted average). Only with `pooled` does the mean of an activation map
    plus the bias equal the logit. `has_imagenet_weights` is whether Keras offers pretrained weights.
    `downsampling` lists the layers of stride 2 from the image to the last feature map; they determine
    the positions of its cells. `is_fast` marks those whose shipped model is the one for slow machines.
    `efficientnet` is the structure of an EfficientNet, from which its network is built without Keras and
    into which a smaller one can grow.
    """

    id: str
    name: str
    input_size: int
    head: Literal["pooled", "dense", "attention"] = "pooled"
    has_imagenet_weights: bool = True
    downsampling: tuple[Downsampling, ...] = ("same",) * 5
    is_fast: bool = False
    efficientnet: EfficientNetShape | None = None


ARCHITECTURES = {
    architecture.id: architecture
    for architecture in (
        Architecture("efficientnet_b4", "EfficientNetB4", 380, efficientnet=B4),
        Architecture(
            "efficientnet_lite2",
            "EfficientNet-Lite2",
            129,
            has_imagenet_weights=False,
            efficientnet=LITE2,
        ),
        Architecture(
            "efficientnet_lite0",
            "EfficientNet-Lite0",
            129,
            has_imagenet_weights=False,
            is_fast=True,
            efficientnet=LITE0,
        ),
        Architecture("mobilenet_v3_small", "MobileNetV3Small", 128, is_fast=True),
        Architecture(
            "densenet169",
            "DenseNet169",
            224,
            downsampling=("centred", "centred", "pool", "pool", "pool"),
        ),
        Architecture("resnet101", "ResNet101", 224, downsampling=("centred",) * 5),
        Architecture(
            "hybrid_vit",
            "hybrid transformer",
            128,
            "attention",
            has_imagenet_weights=False,
            downsampling=("same",) * 4,
        ),
        Architecture(
            "vgg_half",
            "VGG16 with half its filters",
            96,
            "dense",
            has_imagenet_weights=False,
            downsampling=("pool",) * 5,
        ),
        Architecture(
            "simple_cnn",
            "four convolutions",
            96,
            has_imagenet_weights=False,
            downsampling=("pool",) * 3,
        ),
    )
}
"""Architectures by id, the most accurate first; the first shipped one is the default model."""

EFFICIENTNET_SHAPES = {
    architecture.id: architecture.efficientnet
    for architecture in ARCHITECTURES.values()
    if architecture.efficientnet is not None
}
"""Structures of the EfficientNets by architecture id."""


def find_architecture(architecture_id: str) -> Architecture:
    """Return the architecture with this id; raises `Problem` with the known ids."""
    if architecture_id not in ARCHITECTURES:
        raise Problem("model.architecture", name=architecture_id, known=", ".join(ARCHITECTURES))
    return ARCHITECTURES[architecture_id]
