"""Network growth: weights of a small EfficientNet turned into those of a larger one with the same function.

After Net2Net (Chen, Goodfellow and Shlens 2016): new channels are copies of old ones, and the layers that
read them divide by the number of copies; added blocks are identities; squeeze-and-excitation gates start
constant. The grown network equals its donor exactly as long as it uses the donor's activation (ReLU6), so
training starts with that and morphs to swish (`engine.train.child.morph`).
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from engine.classify.efficientnet import EfficientNetShape, MBConvBlock

Arrays = dict[str, npt.NDArray[np.float32]]

GATE_BIAS = 2.0
"""Initial bias of a gate, before the sigmoid: nearly open, but not saturated, so that it learns."""

_NORM = ("gamma", "beta", "moving_mean", "moving_variance")


@dataclass(frozen=True, slots=True)
class _Copies:
    """Index of the old channel that each new channel copies (new,), and its number of copies (new,)."""

    of: npt.NDArray[np.intp]
    count: npt.NDArray[np.float32]


def grow_weights(
    donor: Mapping[str, npt.NDArray[np.floating]],
    old: EfficientNetShape,
    new: EfficientNetShape,
    *,
    noise: float = 0.01,
    seed: int = 0,
) -> Arrays:
    """Return weights of shape `new`, by Keras variable path, that compute the same function as `donor`.

    `donor` holds the weights of shape `old`, with pixels scaled as (x - 127) / 128; a classifier is grown
    too. `noise` is the relative standard deviation added to copied kernels, so that the copies diverge; 0
    gives exact copies. Raises `ValueError` if the new shape is smaller anywhere, and `KeyError` naming a
    missing weight.
    """
    if new.stem < old.stem or new.top < old.top or old.has_squeeze_excitation:
        raise ValueError("a network can only grow, and only from one without gates")
    if any(n < o for n, o in zip(new.widths + new.repeats, old.widths + old.repeats, strict=True)):
        raise ValueError("a network can only grow")
    return _Grower(donor, noise, np.random.default_rng(seed)).run(old, new)


class _Grower:
    def __init__(
        self,
        donor: Mapping[str, npt.NDArray[np.floating]],
        noise: float,
        rng: np.random.Generator,
    ) -> None:
        self._donor, self._noise, self._rng = donor, noise, rng
        self._out: Arrays = {}

    def run(self, old: EfficientNetShape, new: EfficientNetShape) -> Arrays:
        # RGB 0-255 is scaled by 1/255 before this layer.
        self._out["normalization/mean"] = np.full(3, 127 / 255, np.float32)
        self._out["normalization/variance"] = np.full(3, (128 / 255) ** 2, np.float32)
        self._out["normalization/count"] = np.zeros((), np.float32)
        stream = self._copies(old.stem, new.stem)
        kernel = self._kernel("stem_conv")
        self._out["stem_conv/kernel"] = self._add_noise(kernel[..., stream.of])
        self._copy_norm("stem_bn", stream)
        old_blocks = {block.name: block for block in old.blocks()}
        latest: MBConvBlock | None = None
        for block in new.blocks():
            twin = old_blocks.get(block.name)
            if twin is not None:
                after = stream
                if not block.is_residual or twin.input_channels != twin.output_channels:
                    after = self._copies(twin.output_channels, block.output_channels)
                self._copy_block(block, twin, stream, after, gates=new.has_squeeze_excitation)
                stream, latest = after, twin
            else:
                self._add_block(block, latest, stream, gates=new.has_squeeze_excitation)
        top = self._copies(old.top, new.top)
        self._out["top_conv/kernel"] = self._widen_kernel(self._kernel("top_conv"), stream, top)
        self._copy_norm("top_bn", top)
        if "classifier/kernel" in self._donor:
            kernel = self._kernel("classifier")
            self._out["classifier/kernel"] = kernel[top.of] / top.count[:, None]
            self._out["classifier/bias"] = self._weight("classifier/bias")
        return self._out

    def _copy_block(
        self, block: MBConvBlock, twin: MBConvBlock, stream: _Copies, after: _Copies, *, gates: bool
    ) -> None:
        name = block.name
        inside = stream
        if block.expansion > 1:
            inside = self._copies(
                twin.input_channels * twin.expansion, block.input_channels * block.expansion
            )
            kernel = self._kernel(f"{twin.name}_expand_conv")
            self._out[f"{name}_expand_conv/kernel"] = self._widen_kernel(kernel, stream, inside)
            self._copy_norm(f"{name}_expand_bn", inside, f"{twin.name}_expand_bn")
        kernel = self._kernel(f"{twin.name}_dwconv")[:, :, inside.of]
        self._out[f"{name}_dwconv/kernel"] = self._add_noise(kernel)
        self._copy_norm(f"{name}_bn", inside, f"{twin.name}_bn")
        kernel = self._widen_kernel(self._kernel(f"{twin.name}_project_conv"), inside, after)
        if gates:
            self._add_gate(block)
            # The constant gate scales by sigmoid(GATE_BIAS): compensated here.
            kernel = kernel * np.float32(1 + np.exp(-GATE_BIAS))
        self._out[f"{name}_project_conv/kernel"] = kernel
        self._copy_norm(f"{name}_project_bn", after, f"{twin.name}_project_bn")

    def _add_block(
        self, block: MBConvBlock, like: MBConvBlock | None, stream: _Copies, *, gates: bool
    ) -> None:
        if like is not None and like.is_residual and like.output_channels == like.input_channels:
            # Initialised with the filters of the preceding block.
            self._copy_block(block, like, stream, stream, gates=gates)
        else:
            self._random_block(block, gates=gates)
        # A scale of zero makes the residual block an identity.
        self._out[f"{block.name}_project_bn/gamma"] = np.zeros(block.output_channels, np.float32)
        self._out[f"{block.name}_project_bn/beta"] = np.zeros(block.output_channels, np.float32)

    def _random_block(self, block: MBConvBlock, *, gates: bool) -> None:
        name, inside = block.name, block.input_channels * block.expansion
        if block.expansion > 1:
            self._he_kernel(
                f"{name}_expand_conv", (1, 1, block.input_channels, inside), block.input_channels
            )
            self._identity_norm(f"{name}_expand_bn", inside)
        self._he_kernel(f"{name}_dwconv", (block.kernel, block.kernel, inside, 1), block.kernel**2)
        self._identity_norm(f"{name}_bn", inside)
        if gates:
            self._add_gate(block)
        self._he_kernel(f"{name}_project_conv", (1, 1, inside, block.output_channels), inside)
        self._identity_norm(f"{name}_project_bn", block.output_channels)

    def _add_gate(self, block: MBConvBlock) -> None:
        inside, reduced = block.input_channels * block.expansion, max(1, block.input_channels // 4)
        self._he_kernel(f"{block.name}_se_reduce", (1, 1, inside, reduced), inside)
        self._out[f"{block.name}_se_reduce/bias"] = np.zeros(reduced, np.float32)
        self._out[f"{block.name}_se_expand/kernel"] = np.zeros((1, 1, reduced, inside), np.float32)
        self._out[f"{block.name}_se_expand/bias"] = np.full(inside, GATE_BIAS, np.float32)

    def _copies(self, old: int, new: int) -> _Copies:
        of = np.concatenate([np.arange(old), self._rng.permutation(np.arange(new - old) % old)])
        return _Copies(of, np.bincount(of, minlength=old)[of].astype(np.float32))

    def _widen_kernel(
        self, kernel: npt.NDArray[np.float32], inputs: _Copies, outputs: _Copies
    ) -> npt.NDArray[np.float32]:
        wide = kernel[:, :, inputs.of][..., outputs.of] / inputs.count[:, None]
        return self._add_noise(wide)

    def _add_noise(self, kernel: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        if not self._noise:
            return kernel.astype(np.float32)
        factor = 1 + self._noise * self._rng.standard_normal(kernel.shape)
        return (kernel * factor).astype(np.float32)

    def _copy_norm(self, name: str, copies: _Copies, source: str = "") -> None:
        for part in _NORM:
            self._out[f"{name}/{part}"] = self._weight(f"{source or name}/{part}")[copies.of]

    def _identity_norm(self, name: str, channels: int) -> None:
        for part in _NORM:
            value = 1.0 if part in ("gamma", "moving_variance") else 0.0
            self._out[f"{name}/{part}"] = np.full(channels, value, np.float32)

    def _he_kernel(self, name: str, shape: tuple[int, ...], inputs: int) -> None:
        kernel = self._rng.standard_normal(shape) * (2 / inputs) ** 0.5
        self._out[f"{name}/kernel"] = kernel.astype(np.float32)

    def _kernel(self, layer: str) -> npt.NDArray[np.float32]:
        return self._weight(f"{layer}/kernel")

    def _weight(self, path: str) -> npt.NDArray[np.float32]:
        return np.asarray(self._donor[path], np.float32)
