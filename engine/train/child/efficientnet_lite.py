"""EfficientNet-Lite (Google 2020) as Keras models: EfficientNet without squeeze-and-excitation.

ReLU6 takes the place of swish; stem, top and the first and last stage are the same in every size. Layers
carry the names that Keras gives EfficientNet's, so that one network's weights can grow into the other's.
"""

from typing import Any

import keras

from engine.classify.efficientnet import LITE0, LITE2, Shape

_MOMENTUM = 0.99
_EPSILON = 1e-3
_DROP_PATH = 0.2
"""Share of the images for which the last residual block is left out while training."""


def efficientnet_lite0(size: int, _start: object = None) -> keras.Model:
    """Return EfficientNet-Lite0."""
    return _build(size, LITE0, "efficientnet_lite0")


def efficientnet_lite2(size: int, _start: object = None) -> keras.Model:
    """Return EfficientNet-Lite2."""
    return _build(size, LITE2, "efficientnet_lite2")


def _build(size: int, shape: Shape, name: str) -> keras.Model:
    image = keras.Input((size, size, 3))
    # As its ImageNet weights were trained.
    x = keras.layers.Rescaling(1 / 128, offset=-127 / 128, name="rescaling")(image)
    x = keras.layers.Conv2D(
        shape.stem, 3, strides=2, padding="same", use_bias=False, name="stem_conv"
    )(x)
    x = _normalise(x, "stem", active=True)
    blocks = shape.blocks()
    for number, block in enumerate(blocks):
        drop = _DROP_PATH * number / len(blocks)
        y = x
        if block.expand > 1:
            y = _pointwise(y, block.inputs * block.expand, f"{block.name}_expand", active=True)
        y = keras.layers.DepthwiseConv2D(
            block.kernel,
            strides=block.stride,
            padding="same",
            use_bias=False,
            name=f"{block.name}_dwconv",
        )(y)
        y = _normalise(y, block.name, active=True)
        y = _pointwise(y, block.outputs, f"{block.name}_project", active=False)
        if block.residual:
            if drop:
                y = keras.layers.Dropout(
                    drop, noise_shape=(None, 1, 1, 1), name=f"{block.name}_drop"
                )(y)
            y = keras.layers.Add(name=f"{block.name}_add")([x, y])
        x = y
    x = _pointwise(x, shape.top, "top", active=True)
    return keras.Model(image, x, name=name)


def _pointwise(x: Any, filters: int, name: str, *, active: bool) -> Any:
    x = keras.layers.Conv2D(filters, 1, padding="same", use_bias=False, name=f"{name}_conv")(x)
    return _normalise(x, name, active=active)


def _normalise(x: Any, name: str, *, active: bool) -> Any:
    x = keras.layers.BatchNormalization(momentum=_MOMENTUM, epsilon=_EPSILON, name=f"{name}_bn")(x)
    return keras.layers.ReLU(6.0, name=f"{name}_activation")(x) if active else x
