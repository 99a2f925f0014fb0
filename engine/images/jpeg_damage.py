"""JPEG damage: errors inside files that decoders conceal.

The decoder fills in what it cannot read and returns a complete image, and Pillow hides its warnings.
Damage that matters shows as steps along the edges of the 8 x 8 blocks; only for an image with such steps
are the Huffman codes read again, strictly (`jpeg_reader`), which takes some milliseconds.
"""

import cv2
import numpy as np
import numpy.typing as npt

from engine.images.jpeg_reader import BLOCK, MAX_LOST_SHARE, JpegDamage, StrictReader
from engine.images.record import Pixels
from engine.messages import Message

_MIN_STEP = 20
"""Grey levels by which a block must differ from the one above, beyond the slopes on both sides."""

_SUSPECT_SHARE = 0.0008
"""Share of such blocks, beyond that off the grid, from which the codes are read: 1 in 20 intact images."""

_VISIBLE_SHARE = 0.003
"""Share that none of 441 intact images of four laboratories reached (0.002), but 95% of damaged ones did."""

_MIN_VISIBLE_BLOCKS = 4

_MAX_FLAT_DEVIATION = 3.0
"""Standard deviation along a line up to which it is a drawn border, whose step is not damage."""

_MAX_READ_BYTES = 2 * 1024**2
"""Largest file whose codes are read; they take 40 times its size in memory. Larger ones show only steps."""

DAMAGE_NOTES = frozenset({"image.slightly_damaged", "image.block_steps"})
"""Ids of the notes on images that are used although their files are damaged."""


def find_damage(data: bytes, pixels: Pixels, *, progressive: bool = False) -> JpegDamage | None:
    """Return the damage in a JPEG that was decoded to `pixels`.

    None if there is no damage or it cannot be determined.
    """
    share = _step_share(*_count_steps(pixels))
    if not progressive and share <= _SUSPECT_SHARE:
        return None
    reader = StrictReader(data)
    try:
        if len(data) <= _MAX_READ_BYTES and (found := reader.find_worst()):
            return (
                JpegDamage(Message("image.damaged"), True)
                if share >= MAX_LOST_SHARE and not found.is_unusable
                else found
            )
    except (IndexError, KeyError, RuntimeError, ValueError, ZeroDivisionError):
        # Broken headers, which the decoder bypassed.
        return JpegDamage(Message("image.damaged"), True)
    # Changed codes may still be valid: then only the image shows the damage.
    steps, blocks = _count_steps(pixels, reader.coarseness, borders=False)
    is_visible = steps >= _MIN_VISIBLE_BLOCKS and _step_share(steps, blocks) >= _VISIBLE_SHARE
    return JpegDamage(Message("image.block_steps"), False) if is_visible else None


def _step_share(steps: int, blocks: int) -> float:
    # An image too small for this test is always suspect.
    return steps / blocks if blocks else 1.0


def _count_steps(pixels: Pixels, coarseness: float = 0, *, borders: bool = True) -> tuple[int, int]:
    """Return the number of blocks with a step to the block above, minus steps off the grid, and of all blocks.

    `coarseness` is the step in grey levels that strong compression alone can cause. Without `borders`,
    lines of a single colour are ignored.
    """
    width = pixels.shape[1] // BLOCK * BLOCK
    if not width or len(pixels) < 2 * BLOCK:
        return 0, 0
    shape = (width // BLOCK, len(pixels))
    means = cv2.resize(pixels[:, :width], shape, interpolation=cv2.INTER_AREA).astype(np.int16)
    min_step = _MIN_STEP + coarseness
    edges = _measure_steps(means, BLOCK, borders) > min_step
    between = _measure_steps(means, BLOCK + BLOCK // 2, borders) > min_step
    return int(edges.sum()) - int(between.sum()), edges.size


def _measure_steps(
    means: npt.NDArray[np.int16], first: int, borders: bool
) -> npt.NDArray[np.int16]:
    """Return the steps between lines of block means (height, blocks, 3), every 8 lines from `first`."""
    lines = np.arange(first, len(means) - 1, BLOCK)
    above2, above, below, below2 = (means[lines + offset] for offset in (-2, -1, 0, 1))
    slopes = np.maximum(np.abs(above - above2), np.abs(below2 - below))
    steps: npt.NDArray[np.int16] = (np.abs(below - above) - 2 * slopes).max(axis=2)
    if not borders:
        flat = [line.std(axis=1).max(axis=1) < _MAX_FLAT_DEVIATION for line in (above, below)]
        steps[flat[0] | flat[1]] = 0
    return steps
