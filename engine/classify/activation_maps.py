"""Why an image was read so: heat maps from a reading's class activation maps, and how to show them.

With a head of global average pooling and one dense layer, Grad-CAM (Selvaraju et al. 2017) of a class
logit is, up to a positive factor, the ReLU of the class activation map (Zhou et al. 2016).
"""

from collections.abc import Sequence
from functools import cache

import cv2
import numpy as np
import numpy.typing as npt

from engine.classify.map_placement import Placement
from engine.classify.reading import Float16, Float32, Outputs
from engine.images.record import Pixels

STRENGTH = 0.6
"""How opaque the hottest place of an overlay is, 0 to 1."""


def heat(class_map: Float16 | Float32) -> Float32 | None:
    """Return the heat (h, w), 0 to 1 with a maximum of 1, of one class's map; None if nothing speaks
    for the class anywhere."""
    positive: Float32 = np.maximum(class_map, 0, dtype=np.float32)
    top = float(positive.max())
    if not 0 < top < np.inf:
        return None
    positive /= top
    return positive


def self_check(outputs: Outputs, bias: Sequence[float], tolerance: float = 0.05) -> bool:
    """Return whether each map's mean plus the bias is the logit, as it must be.

    `tolerance` is relative to the largest logit of the batch (at least 1), and leaves room for
    half precision.
    """
    expected = outputs.maps.mean((1, 2), dtype=np.float64) + np.asarray(bias)
    scale = max(1.0, float(np.abs(outputs.logits).max(initial=0)))
    return bool((np.abs(expected - outputs.logits) <= tolerance * scale).all())


def upsample(small: Float32, placement: Placement, height: int, width: int) -> Float32:
    """Return a heat (h, w) at the size of the image, smoothly, 0 to 1, each cell where it lies."""
    matrix = np.zeros((2, 3))
    for axis, edge in enumerate((width, height)):
        # From a pixel of the image to the network's input, and on to a cell of the map.
        scale = placement.size / edge
        matrix[axis, axis] = scale / placement.step
        matrix[axis, 2] = ((scale - 1) / 2 - placement.origin) / placement.step
    large = cv2.warpAffine(
        small,
        matrix,
        (width, height),
        flags=cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_REPLICATE,
    )
    # Cubic overshoots: a heat is never below nothing or above the most.
    return np.asarray(np.clip(large, 0, 1), np.float32)


def colour(values: Float32) -> Pixels:
    """Return RGB colours (h, w, 3) of a heat (h, w): viridis, from blue over green to yellow.

    It grows evenly in lightness, also for colour-blind eyes, and its greens and yellows stand out
    from the pinks and purples of a stain.
    """
    return _viridis()[_steps(values)]


def layer(values: Float32, strength: float = STRENGTH) -> npt.NDArray[np.uint8]:
    """Return a heat (h, w) as RGBA (h, w, 4) to lay over the image: the colder, the clearer."""
    alpha = _steps(values * strength)
    return np.dstack([colour(values), alpha])


def overlay(
    pixels: Pixels, small: Float32 | None, placement: Placement, strength: float = STRENGTH
) -> Pixels:
    """Return the image with a heat of any size laid over it; the image itself where it is None."""
    if small is None:
        return pixels
    values = upsample(small, placement, *pixels.shape[:2])
    weight = (values * strength)[..., None]
    return (pixels * (1 - weight) + colour(values) * weight + 0.5).astype(np.uint8)


def _steps(values: Float32) -> npt.NDArray[np.uint8]:
    return (values * 255 + 0.5).astype(np.uint8)


@cache
def _viridis() -> Pixels:
    ramp = cv2.applyColorMap(np.arange(256, dtype=np.uint8)[:, None], cv2.COLORMAP_VIRIDIS)
    return np.ascontiguousarray(ramp[:, 0, ::-1])
