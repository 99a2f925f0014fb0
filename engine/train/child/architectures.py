"""The networks, as Keras models: one builder an architecture, one head for all of them.

The head is global average pooling, dropout and one dense layer. So Grad-CAM of a class logit is the
class activation map (Zhou et al. 2016, "Learning Deep Features for Discriminative Localization"),
and `reading_model` gives the maps of all classes as one more 1x1 convolution.
"""

from collections.abc import Callable
from typing import Literal

import keras

Start = Literal["imagenet"] | None
Backbone = Callable[[int, Start], keras.Model]


def _efficientnet_b4(size: int, start: Start) -> keras.Model:
    # Rescaling and normalisation are inside. `weights` may not be a path: Keras would then leave out
    # the layer that its ImageNet weights expect and load them with the wrong input scale.
    return keras.applications.EfficientNetB4(
        include_top=False, weights=start, input_shape=(size, size, 3), name="efficientnet_b4"
    )


def _mobilenet_v3_small(size: int, start: Start) -> keras.Model:
    backbone = keras.applications.MobileNetV3Small(
        include_top=False,
        weights=start,
        input_shape=(size, size, 3),
        include_preprocessing=True,
        name="mobilenet_v3_small",
    )
    # Keras has 0.999 here: after ten epochs the moving statistics still lag far behind the weights.
    for layer in batch_norms(backbone):
        layer.momentum = 0.99
    return backbone


BACKBONES: dict[str, Backbone] = {
    "efficientnet_b4": _efficientnet_b4,
    "mobilenet_v3_small": _mobilenet_v3_small,
}


def build(
    architecture: str, size: int, classes: int, dropout: float = 0.2, start: Start = None
) -> keras.Model:
    """Return the classifier: RGB 0-255 (n, size, size, 3) -> logits (n, classes).

    Layer `classifier` is the dense layer; its input is the pooled embedding.
    """
    # Keras numbers layers by what was built before (`normalization_1`); weights go by name, so a name
    # may not depend on that.
    keras.utils.clear_session()
    backbone = BACKBONES[architecture](size, start)
    pooled = keras.layers.GlobalAveragePooling2D(name="embedding")(backbone.output)
    dropped = keras.layers.Dropout(dropout, name="dropout")(pooled)
    logits = keras.layers.Dense(classes, name="classifier", dtype="float32")(dropped)
    return keras.Model(backbone.input, logits, name=architecture)


def reading_model(model: keras.Model) -> keras.Model:
    """Return a model of the same layers with outputs `logits`, `embedding` and `maps`.

    `maps` (n, h, w, classes) are the class activation maps before the ReLU and without the bias:
    `maps.mean((1, 2)) + bias == logits`.
    """
    embedding = model.get_layer("embedding")
    kernel, _ = model.get_layer("classifier").get_weights()
    to_maps = keras.layers.Conv2D(kernel.shape[1], 1, use_bias=False, name="maps", dtype="float32")
    maps = to_maps(embedding.input)
    to_maps.set_weights([kernel[None, None]])
    return keras.Model(
        model.input, {"logits": model.output, "embedding": embedding.output, "maps": maps}
    )


def batch_norms(model: keras.Model) -> list[keras.layers.BatchNormalization]:
    """Return all batch normalisation layers of a model."""
    return [layer for layer in model.layers if isinstance(layer, keras.layers.BatchNormalization)]
