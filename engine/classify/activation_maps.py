"""Activation maps: heat maps of the evidence for one class, and overlays that show them.

With a head of global average pooling and one dense layer, Grad-CAM (Selvaraju et al. 2017) of a class
logit is, up to a positive factor, the ReLU of the class activation map (Zhou et al. 2016).
"""

from collections.abc import Sequence
from functools import cache

import cv2
import numpy as np
import numpy.typing as npt

from engine.classify.map_placement import MapPlacement
from engine.classify.reading import Float16, Float32, NetworkOutputs
from engine.images.record import Pixels

MAX_OPACITY = 0.6
"""Opacity of an overlay where the heat is 1, from 0 to 1."""

_SPLINE = np.array([1, 4, 1], np.float32) / 6
"""The cubic B-spline at the whole numbers."""

_TINY = 1e-12


def compute_heat(class_map: Float16 | Float32) -> Float32 | None:
    """Return the positive part of one class's activation map (h, w), scaled to a maximum of 1.

    None where the map has no positive value.
    """
    positive: Float32 = np.maximum(class_map, 0, dtype=np.float32)
    top = float(positive.max())
    if not 0 < top < np.inf:
        return None
    positive /= top
    return positive


def maps_match_logits(
    outputs: NetworkOutputs, bias: Sequence[float], tolerance: float = 0.05
) -> bool:
    """Return whether every map's mean plus the bias equals the logit.

    `tolerance` is relative to the largest logit of the batch (at least 1) and allows for half
    precision.
    """
    expected = outputs.maps.mean((1, 2), dtype=np.float64) + np.asarray(bias)
    scale = max(1.0, float(np.abs(outputs.logits).max(initial=0)))
    return bool((np.abs(expected - outputs.logits) <= tolerance * scale).all())


def upsample_heat(heat: Float32, placement: MapPlacement, height: int, width: int) -> Float32:
    """Resize a heat map to the image (height, width), with each cell at its true position; 0 to 1.

    Smoothed with the weights of the cubic B-spline: a cell sees more than its own part of the image, and
    the maximum of the smooth map lies nearer to the middle of the evidence (`bench/pointing_game.py`).
    """
    smooth = cv2.sepFilter2D(heat, -1, _SPLINE, _SPLINE, borderType=cv2.BORDER_REPLICATE)
    matrix = np.zeros((2, 3))
    for axis, edge in enumerate((width, height)):
        # From an image pixel to a pixel of the network's input, then to a cell of the map.
        scale = placement.size / edge
        matrix[axis, axis] = scale / placement.step
        matrix[axis, 2] = ((scale - 1) / 2 - placement.origin) / placement.step
    resized = cv2.warpAffine(
        smooth,
        matrix,
        (width, height),
        flags=cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_REPLICATE,
    )
    # Scaled rather than clipped: a clipped peak would be a plateau whose first pixel lies above and left of it.
    resized = np.maximum(resized, 0)
    return np.asarray(resized / max(float(resized.max()), _TINY), np.float32)


def colour_heat(values: Float32) -> Pixels:
    """Return the viridis colours (h, w, 3) of a heat map (h, w), RGB.

    Viridis increases evenly in lightness, for colour-blind viewers too, and its greens and yellows
    stand out from the pinks and purples of a stain.
    """
    return _viridis_table()[_to_levels(values)]


def make_heat_layer(values: Float32, opacity: float = MAX_OPACITY) -> npt.NDArray[np.uint8]:
    """Return a heat map (h, w) as an RGBA layer (h, w, 4), transparent where the heat is 0."""
    alpha = _to_levels(values * opacity)
    return np.dstack([colour_heat(values), alpha])


def overlay_heat(
    pixels: Pixels, heat: Float32 | None, placement: MapPlacement, opacity: float = MAX_OPACITY
) -> Pixels:
    """Return the image with a heat map of any size blended over it; unchanged where `heat` is None."""
    if heat is None:
        return pixels
    values = upsample_heat(heat, placement, *pixels.shape[:2])
    weight = (values * opacity)[..., None]
    return (pixels * (1 - weight) + colour_heat(values) * weight + 0.5).astype(np.uint8)


def _to_levels(values: Float32) -> npt.NDArray[np.uint8]:
    return (values * 255 + 0.5).astype(np.uint8)


@cache
def _viridis_table() -> Pixels:
    ramp = cv2.applyColorMap(np.arange(256, dtype=np.uint8)[:, None], cv2.COLORMAP_VIRIDIS)
    return np.ascontiguousarray(ramp[:, 0, ::-1])
