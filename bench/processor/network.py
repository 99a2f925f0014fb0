"""EfficientNets of `engine.classify.efficientnet` in PyTorch, channels last, with custom CPU kernels.

Weights are imported and exported under Keras variable paths, so they fit the program's own networks.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.utils.cpp_extension import load

from engine.classify.architectures import EFFICIENTNET_SHAPES
from engine.classify.efficientnet import MBConvBlock

kernels = load(
    "bloodbench_kernels",
    [str(Path(__file__).with_name("kernels.cpp"))],
    extra_cflags=["-O3", "-march=native", "-fopenmp"],
)

_EPSILON = 1e-3
_DROP_PATH = 0.2
NONE, RELU6, SWISH, MIXED = range(4)
"""Activations of the kernels; `MIXED` blends swish and ReLU6."""


class _Depthwise(torch.autograd.Function):
    @staticmethod
    def forward(context: Any, x: Tensor, kernel: Tensor, stride: int) -> Tensor:
        out = [-(-edge // stride) for edge in x.shape[1:3]]
        # Padding as in TensorFlow: the odd pixel goes to the end.
        pad = [
            max((o - 1) * stride + kernel.shape[0] - edge, 0) // 2
            for o, edge in zip(out, x.shape[1:3], strict=True)
        ]
        context.save_for_backward(x, kernel)
        context.arguments = (stride, *pad)
        return kernels.depthwise_forward(x, kernel, stride, *out, *pad)

    @staticmethod
    def backward(context: Any, *gradients: Tensor) -> tuple[Tensor | None, ...]:
        x, kernel = context.saved_tensors
        gradient = gradients[0].contiguous()
        dx, dkernel = kernels.depthwise_backward(x, kernel, gradient, *context.arguments)
        return dx, dkernel, None


class _Normalise(torch.autograd.Function):
    @staticmethod
    def forward(
        context: Any,
        x: Tensor,
        gamma: Tensor,
        beta: Tensor,
        norm: "Norm",
        mode: int,
        share: float,
    ) -> Tensor:
        batch = norm.training
        y, mean, variance, inverse, factor, summand = kernels.bn_forward(
            x, gamma, beta, norm.moving_mean, norm.moving_variance, batch, _EPSILON, mode, share
        )
        if batch:
            norm.moving_mean.lerp_(mean, norm.momentum)
            norm.moving_variance.lerp_(variance, norm.momentum)
        context.save_for_backward(x, factor, summand, mean, inverse)
        context.arguments = (batch, mode, share)
        return y

    @staticmethod
    def backward(context: Any, *gradients: Tensor) -> tuple[Tensor | None, ...]:
        gradient = gradients[0].contiguous()
        x, *rest = context.saved_tensors
        dx, dgamma, dbeta = kernels.bn_backward(x, gradient, *rest, *context.arguments)
        return dx, dgamma, dbeta, None, None, None


class Norm(nn.Module):
    """Batch normalisation with the activation that follows it."""

    def __init__(self, network: "Network", channels: int, *, active: bool) -> None:
        super().__init__()
        self.gamma = nn.Parameter(torch.ones(channels))
        self.beta = nn.Parameter(torch.zeros(channels))
        self.register_buffer("moving_mean", torch.zeros(channels))
        self.register_buffer("moving_variance", torch.ones(channels))
        self.momentum = 0.01
        # In a list, so that PyTorch does not register the network as a submodule of its own part.
        self._network, self._active = [network], active

    def forward(self, x: Tensor) -> Tensor:
        """Take and return (n, h, w, c)."""
        mode, share = self._network[0].activation if self._active else (NONE, 0.0)
        return _Normalise.apply(x, self.gamma, self.beta, self, mode, share)


class Weights(nn.Module):
    """A kernel, and a bias where there is one."""

    def __init__(self, shape: tuple[int, ...], inputs: int, *, bias: bool = False) -> None:
        super().__init__()
        self.kernel = nn.Parameter(torch.randn(shape) * (2 / inputs) ** 0.5)
        if bias:
            self.bias = nn.Parameter(torch.zeros(shape[-1]))


class Bottleneck(nn.Module):
    """One inverted bottleneck; its weights are registered in the network under their Keras names."""

    def __init__(self, network: "Network", block: MBConvBlock, drop: float, *, gates: bool) -> None:
        super().__init__()
        self.block, self.drop, self._network = block, drop, [network]
        inside = block.input_channels * block.expansion
        parts: dict[str, nn.Module] = {}
        if block.expansion > 1:
            parts["expand_conv"] = Weights(
                (1, 1, block.input_channels, inside), block.input_channels
            )
            parts["expand_bn"] = Norm(network, inside, active=True)
        shape = (block.kernel, block.kernel, inside, 1)
        parts["dwconv"] = Weights(shape, block.kernel**2)
        parts["bn"] = Norm(network, inside, active=True)
        if gates:
            reduced = max(1, block.input_channels // 4)
            parts["se_reduce"] = Weights((1, 1, inside, reduced), inside, bias=True)
            parts["se_expand"] = Weights((1, 1, reduced, inside), reduced, bias=True)
        parts["project_conv"] = Weights((1, 1, inside, block.output_channels), inside)
        parts["project_bn"] = Norm(network, block.output_channels, active=False)
        self.parts = parts  # a plain dictionary, since the network owns the modules
        network.parts.update({f"{block.name}_{name}": part for name, part in parts.items()})

    def forward(self, x: Tensor) -> Tensor:
        """Take and return (n, h, w, c)."""
        parts, block, y = self.parts, self.block, x
        if block.expansion > 1:
            y = parts["expand_bn"](_pointwise(y, parts["expand_conv"]))
        kernel = parts["dwconv"].kernel[..., 0].contiguous()
        y = parts["bn"](_Depthwise.apply(y, kernel, block.stride))
        if "se_reduce" in parts:
            y = y * self._gate(y)[:, None, None].to(y.dtype)
        y = parts["project_bn"](_pointwise(y, parts["project_conv"]))
        if not block.is_residual:
            return y
        if self.training and self.drop:
            kept = torch.empty(len(y), 1, 1, 1).bernoulli_(1 - self.drop) / (1 - self.drop)
            y = y * kept.to(y.dtype)
        return x + y

    def _gate(self, y: Tensor) -> Tensor:
        reduce, expand = self.parts["se_reduce"], self.parts["se_expand"]
        z = y.float().mean((1, 2)) @ reduce.kernel[0, 0] + reduce.bias
        z = self._network[0].activate(z)
        return torch.sigmoid(z @ expand.kernel[0, 0] + expand.bias)


class Network(nn.Module):
    """Classifier of RGB images 0-255, float (n, s, s, 3), to logits (n, classes)."""

    def __init__(self, architecture: str, classes: int, dropout: float = 0.0) -> None:
        super().__init__()
        shape = EFFICIENTNET_SHAPES[architecture]
        self.dropout = dropout
        self.activation = (SWISH, 1.0) if shape.has_squeeze_excitation else (RELU6, 0.0)
        self.parts = nn.ModuleDict()
        self.parts["stem_conv"] = Weights((3, 3, 3, shape.stem), 27)
        self.parts["stem_bn"] = Norm(self, shape.stem, active=True)
        blocks = shape.blocks()
        self.blocks = nn.ModuleList(
            Bottleneck(
                self, block, _DROP_PATH * number / len(blocks), gates=shape.has_squeeze_excitation
            )
            for number, block in enumerate(blocks)
        )
        self.parts["top_conv"] = Weights((1, 1, shape.widths[-1], shape.top), shape.widths[-1])
        self.parts["top_bn"] = Norm(self, shape.top, active=True)
        self.parts["classifier"] = Weights((shape.top, classes), shape.top, bias=True)

    def activate(self, z: Tensor) -> Tensor:
        """Return the activation of a gate's hidden values."""
        mode, share = self.activation
        clipped = z.clamp(0, 6)
        return clipped if mode == RELU6 else clipped + share * (functional.silu(z) - clipped)

    def forward(self, images: Tensor) -> Tensor:
        """Return the logits."""
        x = ((images - 127) / 128).permute(0, 3, 1, 2)
        missing = max((-(-x.shape[2] // 2) - 1) * 2 + 3 - x.shape[2], 0)
        x = functional.pad(x, (missing // 2, missing - missing // 2) * 2).bfloat16()
        kernel = self.parts["stem_conv"].kernel.permute(3, 2, 0, 1).bfloat16()
        x = functional.conv2d(x.contiguous(memory_format=torch.channels_last), kernel, None, 2)
        x = self.parts["stem_bn"](x.permute(0, 2, 3, 1).contiguous())
        for block in self.blocks:
            x = block(x)
        x = self.parts["top_bn"](_pointwise(x, self.parts["top_conv"]))
        embedding = functional.dropout(x.float().mean((1, 2)), self.dropout, self.training)
        last = self.parts["classifier"]
        return embedding @ last.kernel + last.bias

    def norms(self) -> list[Norm]:
        """Return all batch normalisations."""
        return [module for module in self.modules() if isinstance(module, Norm)]

    def arrays(self) -> dict[str, np.ndarray]:
        """Return all weights by Keras variable path."""
        return {
            f"{layer}/{name}": value.detach().numpy().copy()
            for layer, part in self.parts.items()
            for name, value in (*part.named_parameters(), *part.named_buffers())
        }

    def set_arrays(self, arrays: Mapping[str, np.ndarray]) -> None:
        """Set all weights; a classifier of another shape keeps its initial weights.

        Raises KeyError if any other weight is missing.
        """
        with torch.no_grad():
            for layer, part in self.parts.items():
                for name, value in (*part.named_parameters(), *part.named_buffers()):
                    array = arrays.get(f"{layer}/{name}")
                    if array is None or array.shape != tuple(value.shape):
                        if layer != "classifier":
                            raise KeyError(f"{layer}/{name}")
                        continue
                    value.copy_(torch.from_numpy(np.asarray(array, np.float32)))


def _pointwise(x: Tensor, weights: nn.Module) -> Tensor:
    return functional.linear(x, weights.kernel[0, 0].t().to(x.dtype))
