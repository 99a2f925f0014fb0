"""OpenVINO network of an EfficientNet, built from its weights without Keras or TensorFlow.

Layers and weights are named as in Keras. Batch normalisation is folded into the convolution before it, as in
every inference library; padding is TensorFlow's "same".
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from engine.classify.architectures import EFFICIENTNET_SHAPES
from engine.classify.efficientnet import EfficientNetShape, MBConvBlock
from engine.classify.openvino_library import import_openvino
from engine.classify.reading import Float32

Weights = Mapping[str, npt.NDArray[Any]]

_EPSILON = 1e-3  # of batch normalisation
_LITE_SCALE, _LITE_OFFSET = 1 / 128, -127 / 128
_TO_CHANNELS_FIRST, _TO_CHANNELS_LAST = (0, 3, 1, 2), (0, 2, 3, 1)


def build_network(architecture: str, size: int, weights: Weights) -> Any:
    """Return an `openvino.Model`: `image` (n, size, size, 3) to `logits`, `embedding` and `maps`.

    `architecture` is one of `EFFICIENTNET_SHAPES`; `weights` are by Keras variable path. `image` is uint8
    RGB. Raises `KeyError` if a weight is missing or not used, and `ValueError` or `RuntimeError` for
    weights of another architecture.
    """
    ov = import_openvino()
    from openvino.preprocess import PrePostProcessor

    network = _Builder(EFFICIENTNET_SHAPES[architecture], weights).build(size)
    steps = PrePostProcessor(network)
    # A quarter of the memory traffic of float input; the conversion is fused into the first layer.
    steps.input().tensor().set_element_type(ov.Type.u8)
    steps.input().preprocess().convert_element_type(ov.Type.f32)
    return steps.build()


class _Builder:
    def __init__(self, shape: EfficientNetShape, weights: Weights) -> None:
        from openvino import opset13

        self._ops: Any = opset13
        self._shape = shape
        self._weights = weights
        self._unused = set(weights) - {"normalization/count"}

    def build(self, size: int) -> Any:
        ov, ops = import_openvino(), self._ops
        image = ops.parameter([-1, size, size, 3], ov.Type.f32, name="image")
        x = ops.transpose(image, np.array(_TO_CHANNELS_FIRST))
        x = self._activate(self._conv(self._scale(x), "stem_conv", "stem_bn", stride=2))
        for block in self._shape.blocks():
            x = self._block(x, block)
        features = self._activate(self._conv(x, "top_conv", "top_bn"))
        pooled = ops.reduce_mean(features, np.array((2, 3)), keep_dims=False)
        kernel = self._array("classifier/kernel")
        logits = ops.add(
            ops.matmul(pooled, kernel, transpose_a=False, transpose_b=False),
            self._array("classifier/bias")[None],
        )
        # With average pooling the map of a class is a 1x1 convolution with its weights (CAM, Zhou et al. 2016).
        maps = ops.transpose(
            self._convolve(features, kernel.T[:, :, None, None]), np.array(_TO_CHANNELS_LAST)
        )
        if self._unused:
            raise KeyError(min(self._unused))
        network = ov.Model([logits, pooled, maps], [image], "efficientnet")
        network.inputs[0].get_tensor().set_names({"image"})
        for output, name in zip(network.outputs, ("logits", "embedding", "maps"), strict=True):
            output.get_tensor().set_names({name})
        return network

    def _scale(self, x: Any) -> Any:
        """Return pixels of 0 to 255 on the input scale of the ImageNet weights."""
        ops = self._ops
        if "normalization/mean" not in self._weights:
            scale = np.full((1, 3, 1, 1), _LITE_SCALE, np.float32)
            return ops.add(ops.multiply(x, scale), np.full_like(scale, _LITE_OFFSET))
        mean = self._array("normalization/mean").reshape(1, 3, 1, 1)
        deviation = np.sqrt(self._array("normalization/variance")).reshape(1, 3, 1, 1)
        return ops.add(ops.multiply(x, 1 / (255 * deviation)), -mean / deviation)

    def _block(self, x: Any, block: MBConvBlock) -> Any:
        ops, name, y = self._ops, block.name, x
        if block.expansion > 1:
            y = self._activate(self._conv(y, f"{name}_expand_conv", f"{name}_expand_bn"))
        y = self._activate(self._depthwise(y, f"{name}_dwconv", f"{name}_bn", block.stride))
        if self._shape.has_squeeze_excitation:
            gate = ops.reduce_mean(y, np.array((2, 3)), keep_dims=True)
            gate = ops.swish(self._conv_with_bias(gate, f"{name}_se_reduce"))
            y = ops.multiply(y, ops.sigmoid(self._conv_with_bias(gate, f"{name}_se_expand")))
        y = self._conv(y, f"{name}_project_conv", f"{name}_project_bn")
        return ops.add(x, y) if block.is_residual else y

    def _activate(self, x: Any) -> Any:
        if self._shape.has_squeeze_excitation:
            return self._ops.swish(x)
        return self._ops.clamp(x, 0.0, 6.0)

    def _conv(self, x: Any, name: str, norm: str, stride: int = 1) -> Any:
        factor, summand = self._fold(norm)
        # Keras: (height, width, input, output); OpenVINO: (output, input, height, width).
        kernel = self._array(f"{name}/kernel").transpose(3, 2, 0, 1) * factor[:, None, None, None]
        return self._ops.add(self._convolve(x, kernel, stride), summand[None, :, None, None])

    def _conv_with_bias(self, x: Any, name: str) -> Any:
        kernel = self._array(f"{name}/kernel").transpose(3, 2, 0, 1)
        return self._ops.add(
            self._convolve(x, kernel), self._array(f"{name}/bias")[None, :, None, None]
        )

    def _depthwise(self, x: Any, name: str, norm: str, stride: int) -> Any:
        factor, summand = self._fold(norm)
        kernel = self._array(f"{name}/kernel").transpose(2, 3, 0, 1) * factor[:, None, None, None]
        y = self._ops.group_convolution(
            x, kernel[:, None], [stride, stride], [0, 0], [0, 0], [1, 1], auto_pad="same_upper"
        )
        return self._ops.add(y, summand[None, :, None, None])

    def _convolve(self, x: Any, kernel: Float32, stride: int = 1) -> Any:
        return self._ops.convolution(
            x,
            np.ascontiguousarray(kernel),
            [stride, stride],
            [0, 0],
            [0, 0],
            [1, 1],
            auto_pad="same_upper",
        )

    def _fold(self, norm: str) -> tuple[Float32, Float32]:
        """Return factor and summand of each channel that a batch normalisation amounts to."""
        gamma, beta, mean, variance = (
            self._array(f"{norm}/{name}")
            for name in ("gamma", "beta", "moving_mean", "moving_variance")
        )
        factor = gamma / np.sqrt(variance + _EPSILON)
        return factor, beta - mean * factor

    def _array(self, path: str) -> Float32:
        self._unused.discard(path)
        return np.asarray(self._weights[path], np.float32)
