"""Transparency: blending on white, and alpha channels that carry no transparency."""

import numpy as np

from engine.images.record import Pixels
from engine.messages import Message

_STRIP_ROWS = 256

_MAX_HIDDEN_ALPHA = 2
"""Largest alpha (of 255) that hides a pixel; masks of 0 and 1 are not alpha."""

_MIN_VISIBLE_SHARE = 0.01
"""Smallest share of visible pixels; with fewer, the channel is not transparency."""


def blend_on_white(
    rgba: Pixels, *, premultiplied: bool = False
) -> tuple[Pixels, tuple[Message, ...]]:
    """Blend RGBA (h, w, 4) on white, the colour closest to a smear's background.

    With `premultiplied`, the colours are already multiplied by alpha (associated alpha). Alpha that hides
    nearly everything, as some cameras and converters write it, is ignored. Returns RGB and, unless
    everything is opaque, a note.
    """
    rgb = np.ascontiguousarray(rgba[..., :3])
    alpha = rgba[..., 3]
    if alpha.min() == 255:
        return rgb, ()
    if np.count_nonzero(alpha > _MAX_HIDDEN_ALPHA) < _MIN_VISIBLE_SHARE * alpha.size:
        return rgb, (Message("image.alpha_left_out"),)
    for start in range(0, len(rgb), _STRIP_ROWS):  # In strips: a large image would need a gigabyte.
        strip = rgb[start : start + _STRIP_ROWS]
        opacity = alpha[start : start + _STRIP_ROWS, :, None].astype(np.uint16)
        if premultiplied:
            strip[:] = np.minimum(strip + (255 - opacity), 255)
        else:
            strip[:] = (strip * opacity + 255 * (255 - opacity) + 127) // 255
    return rgb, (Message("image.on_white"),)
