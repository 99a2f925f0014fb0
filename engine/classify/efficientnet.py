"""Structure of the EfficientNet family, without any framework: stages, widths and block names.

Tan and Le 2019, "EfficientNet"; EfficientNet-Lite is Google's variant of 2020 without
squeeze-and-excitation, with ReLU6, a fixed stem and top, and first and last stages never repeated.
"""

from dataclasses import dataclass

_KERNELS = (3, 3, 5, 3, 5, 5, 3)
_STRIDES = (1, 2, 2, 2, 1, 2, 1)
_EXPANSIONS = (1, 6, 6, 6, 6, 6, 6)


@dataclass(frozen=True, slots=True)
class MBConvBlock:
    """An inverted bottleneck (MBConv); `block2a` is the first of the second stage."""

    name: str
    stage: int
    input_channels: int
    output_channels: int
    kernel: int
    stride: int
    expansion: int

    @property
    def is_residual(self) -> bool:
        """True if the block's input is added to its output."""
        return self.stride == 1 and self.input_channels == self.output_channels


@dataclass(frozen=True, slots=True)
class EfficientNetShape:
    """Channels of the stem, each stage and the top, and the number of blocks in each stage."""

    stem: int
    widths: tuple[int, ...]
    top: int
    repeats: tuple[int, ...]
    has_squeeze_excitation: bool
    """True if blocks have squeeze-and-excitation."""

    def blocks(self) -> list[MBConvBlock]:
        """Return all blocks from the stem to the top."""
        blocks: list[MBConvBlock] = []
        channels = self.stem
        for stage, (width, repeats) in enumerate(zip(self.widths, self.repeats, strict=True)):
            for number in range(repeats):
                blocks.append(
                    MBConvBlock(
                        name=f"block{stage + 1}{chr(ord('a') + number)}",
                        stage=stage,
                        input_channels=channels,
                        output_channels=width,
                        kernel=_KERNELS[stage],
                        stride=_STRIDES[stage] if number == 0 else 1,
                        expansion=_EXPANSIONS[stage],
                    )
                )
                channels = width
        return blocks


LITE0 = EfficientNetShape(
    32, (16, 24, 40, 80, 112, 192, 320), 1280, (1, 2, 2, 3, 3, 4, 1), has_squeeze_excitation=False
)
LITE2 = EfficientNetShape(
    32, (16, 24, 48, 88, 120, 208, 352), 1280, (1, 3, 3, 4, 4, 5, 1), has_squeeze_excitation=False
)
B4 = EfficientNetShape(
    48, (24, 32, 56, 112, 160, 272, 448), 1792, (2, 4, 4, 6, 6, 8, 2), has_squeeze_excitation=True
)
