"""Depthwise convolution as a sum of shifted products, for JAX on a graphics card.

XLA takes the gradient of a convolution with one filter a channel for that of an ordinary one, which is
many times the work. A sum of products it joins into one pass over memory, forwards and backwards.
"""

from typing import Any

import keras
from keras import ops

from engine.train.child.probe import device


class ShiftedDepthwise(keras.layers.DepthwiseConv2D):  # type: ignore[misc]  # Keras has no types
    """A `DepthwiseConv2D` with the same weights and results, without bias, dilation or multiplier."""

    def call(self, inputs: Any) -> Any:
        """Take and return (n, h, w, c)."""
        rows, columns = self.kernel_size
        step, _ = self.strides
        if self.padding == "same":
            inputs = ops.pad(inputs, ((0, 0), (rows // 2,) * 2, (columns // 2,) * 2, (0, 0)))
        _, height, width, _ = inputs.shape
        down = [slice(at, height - rows + at + 1, step) for at in range(rows)]
        across = [slice(at, width - columns + at + 1, step) for at in range(columns)]
        # In whole numbers: it costs nothing inside the pass, and halves would lose what they add.
        kernel = ops.cast(self.kernel[..., 0], "float32")
        total = sum(
            ops.cast(inputs[:, vertical, horizontal], "float32") * kernel[row, column]
            for row, vertical in enumerate(down)
            for column, horizontal in enumerate(across)
        )
        return ops.cast(total, self.compute_dtype)


def suit_to_card(backbone: keras.Model) -> None:
    """Have a network calculate its depthwise convolutions so where that is quicker."""
    if keras.backend.backend() != "jax" or device() != "gpu":
        return
    for layer in backbone.layers:
        if type(layer) is keras.layers.DepthwiseConv2D and _is_plain(layer):
            # Of one layer with two ways to calculate: names, weights and connections stay.
            layer.__class__ = ShiftedDepthwise


def _is_plain(layer: keras.layers.DepthwiseConv2D) -> bool:
    rows, columns = layer.kernel_size
    return (
        not layer.use_bias
        and layer.depth_multiplier == 1
        and layer.dilation_rate == (1, 1)
        and layer.data_format == "channels_last"
        and layer.activation is keras.activations.linear
        and rows % 2 == columns % 2 == 1
        and layer.strides[0] == layer.strides[1]
        and (layer.padding == "valid" or layer.strides == (1, 1))
    )
