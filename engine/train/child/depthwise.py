"""Depthwise convolution as a sum of shifted products, for JAX on a GPU.

XLA computes the gradient of a depthwise convolution as that of an ordinary one, which is many times the
work. A sum of products is fused into one pass over memory, forwards and backwards.
"""

from typing import Any

import keras
from keras import ops

from engine.train.child.probe import detect_device


class ShiftedDepthwise(keras.layers.DepthwiseConv2D):  # type: ignore[misc]  # Keras has no types
    """`DepthwiseConv2D` with the same weights and results, without bias, dilation or multiplier."""

    def call(self, inputs: Any) -> Any:
        """Take and return (n, h, w, c)."""
        rows, columns = self.kernel_size
        step, _ = self.strides
        if self.padding == "same":
            inputs = ops.pad(inputs, ((0, 0), (rows // 2,) * 2, (columns // 2,) * 2, (0, 0)))
        _, height, width, _ = inputs.shape
        down = [slice(offset, height - rows + offset + 1, step) for offset in range(rows)]
        across = [slice(offset, width - columns + offset + 1, step) for offset in range(columns)]
        # Summed in float32: free inside the fused pass, and half precision would lose small terms.
        kernel = ops.cast(self.kernel[..., 0], "float32")
        total = sum(
            ops.cast(inputs[:, vertical, horizontal], "float32") * kernel[row, column]
            for row, vertical in enumerate(down)
            for column, horizontal in enumerate(across)
        )
        return ops.cast(total, self.compute_dtype)


def use_shifted_depthwise(backbone: keras.Model) -> None:
    """Replace plain depthwise convolutions by `ShiftedDepthwise` where that is faster."""
    if keras.backend.backend() != "jax" or detect_device() != "gpu":
        return
    for layer in backbone.layers:
        if type(layer) is keras.layers.DepthwiseConv2D and _is_plain(layer):
            # Only the computation changes: names, weights and connections stay.
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
