"""Transparency: what is laid on white, and when an alpha channel is none."""

import numpy as np

from engine.images.record import Pixels
from engine.messages import Message

_ROWS = 256

_SEEN = 2
"""An alpha up to this (of 255) hides a pixel; masks of 0 and 1 are no alpha."""

_SHARE = 0.01
"""Share of pixels that must be seen, or else the channel is no transparency: a picture shows something."""


def on_white(rgba: Pixels, *, multiplied: bool = False) -> tuple[Pixels, tuple[Message, ...]]:
    """Lay RGBA (h, w, 4) on white, which is nearest to a smear's background.

    With `multiplied`, the colours are multiplied by alpha already (associated alpha). Alpha that hides
    (nearly) everything is no transparency, as cameras and converters write it: the colours are taken as
    they are. Returns RGB and, unless all is opaque, a note.
    """
    rgb = np.ascontiguousarray(rgba[..., :3])
    alpha = rgba[..., 3]
    if alpha.min() == 255:
        return rgb, ()
    if np.count_nonzero(alpha > _SEEN) < _SHARE * alpha.size:
        return rgb, (Message("image.alpha_left_out"),)
    for start in range(0, len(rgb), _ROWS):  # In strips: a large picture would take a gigabyte.
        strip = rgb[start : start + _ROWS]
        share = alpha[start : start + _ROWS, :, None].astype(np.uint16)
        if multiplied:
            strip[:] = np.minimum(strip + (255 - share), 255)
        else:
            strip[:] = (strip * share + 255 * (255 - share) + 127) // 255
    return rgb, (Message("image.on_white"),)
