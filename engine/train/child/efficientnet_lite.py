"""EfficientNet-Lite (Google 2020) as Keras models: EfficientNet without squeeze-and-excitation.

ReLU6 replaces swish; stem, top and the first and last stage have the same width in every size. Layers are
named as in Keras's EfficientNet, so that weights of one network can be grown into the other.
"""

from typing import Any

import keras

from engine.classify.efficientnet import LITE0, LITE2, EfficientNetShape

_BN_MOMENTUM = 0.99
_BN_EPSILON = 1e-3
_DROP_PATH_RATE = 0.2
"""Stochastic depth: drop rate of the last residual block in training."""


def efficientnet_lite0(size: int, _start: object = None) -> keras.Model:
    """Return EfficientNet-Lite0."""
    return _build(size, LITE0, "efficientnet_lite0")


def efficientnet_lite2(size: int, _start: object = None) -> keras.Model:
    """Return EfficientNet-Lite2."""
    return _build(size, LITE2, "efficientnet_lite2")


def _build(size: int, shape: EfficientNetShape, name: str) -> keras.Model:
    image = keras.Input((size, size, 3))
    # The input scale of its ImageNet weights.
    x = keras.layers.Rescaling(1 / 128, offset=-127 / 128, name="rescaling")(image)
    x = keras.layers.Conv2D(
        shape.stem, 3, strides=2, padding="same", use_bias=False, name="stem_conv"
    )(x)
    x = _batch_norm(x, "stem", active=True)
    blocks = shape.blocks()
    for number, block in enumerate(blocks):
        drop = _DROP_PATH_RATE * number / len(blocks)
        y = x
        if block.expansion > 1:
            y = _pointwise_conv(
                y, block.input_channels * block.expansion, f"{block.name}_expand", active=True
            )
        y = keras.layers.DepthwiseConv2D(
            block.kernel,
            strides=block.stride,
            padding="same",
            use_bias=False,
            name=f"{block.name}_dwconv",
        )(y)
        y = _batch_norm(y, block.name, active=True)
        y = _pointwise_conv(y, block.output_channels, f"{block.name}_project", active=False)
        if block.is_residual:
            if drop:
                y = keras.layers.Dropout(
                    drop, noise_shape=(None, 1, 1, 1), name=f"{block.name}_drop"
                )(y)
            y = keras.layers.Add(name=f"{block.name}_add")([x, y])
        x = y
    x = _pointwise_conv(x, shape.top, "top", active=True)
    return keras.Model(image, x, name=name)


def _pointwise_conv(x: Any, filters: int, name: str, *, active: bool) -> Any:
    x = keras.layers.Conv2D(filters, 1, padding="same", use_bias=False, name=f"{name}_conv")(x)
    return _batch_norm(x, name, active=active)


def _batch_norm(x: Any, name: str, *, active: bool) -> Any:
    x = keras.layers.BatchNormalization(
        momentum=_BN_MOMENTUM, epsilon=_BN_EPSILON, name=f"{name}_bn"
    )(x)
    return keras.layers.ReLU(6.0, name=f"{name}_activation")(x) if active else x
