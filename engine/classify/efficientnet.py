"""The shapes of the EfficientNet family, without any framework: stages, widths and block names.

Tan and Le 2019, "EfficientNet"; EfficientNet-Lite is Google's variant of 2020 without
squeeze-and-excitation, with ReLU6, a fixed stem and top, and first and last stages never repeated.
"""

from dataclasses import dataclass

_KERNELS = (3, 3, 5, 3, 5, 5, 3)
_STRIDES = (1, 2, 2, 2, 1, 2, 1)
_EXPANDS = (1, 6, 6, 6, 6, 6, 6)


@dataclass(frozen=True, slots=True)
class Block:
    """One inverted bottleneck: `block2a` is the first of the second stage."""

    name: str
    stage: int
    inputs: int
    outputs: int
    kernel: int
    stride: int
    expand: int

    @property
    def residual(self) -> bool:
        """Whether the block's input is added to its output."""
        return self.stride == 1 and self.inputs == self.outputs


@dataclass(frozen=True, slots=True)
class Shape:
    """Channels of the stem, of each stage and of the top, and how often each stage repeats."""

    stem: int
    widths: tuple[int, ...]
    top: int
    repeats: tuple[int, ...]
    gates: bool
    """Whether blocks have squeeze-and-excitation."""

    def blocks(self) -> list[Block]:
        """Return all blocks from the stem to the top."""
        found: list[Block] = []
        inputs = self.stem
        for stage, (width, repeat) in enumerate(zip(self.widths, self.repeats, strict=True)):
            for number in range(repeat):
                found.append(
                    Block(
                        name=f"block{stage + 1}{chr(ord('a') + number)}",
                        stage=stage,
                        inputs=inputs,
                        outputs=width,
                        kernel=_KERNELS[stage],
                        stride=_STRIDES[stage] if number == 0 else 1,
                        expand=_EXPANDS[stage],
                    )
                )
                inputs = width
        return found


LITE0 = Shape(32, (16, 24, 40, 80, 112, 192, 320), 1280, (1, 2, 2, 3, 3, 4, 1), gates=False)
LITE2 = Shape(32, (16, 24, 48, 88, 120, 208, 352), 1280, (1, 3, 3, 4, 4, 5, 1), gates=False)
B4 = Shape(48, (24, 32, 56, 112, 160, 272, 448), 1792, (2, 4, 4, 6, 6, 8, 2), gates=True)

SHAPES = {"efficientnet_lite0": LITE0, "efficientnet_lite2": LITE2, "efficientnet_b4": B4}
"""By architecture id."""
