"""What is measured once of an image's pixels; all that detectors need later, without the pixels."""

import hashlib

import cv2
import numpy as np
import numpy.typing as npt

from engine.curate.original import detail
from engine.images.record import Pixels

VERSION = 2
"""Changes whenever the same picture would give other facts."""

GREY = 48
COLOUR = 16

FACTS = np.dtype(
    [
        ("pixels", "V16"),
        ("height", "<u4"),
        ("width", "<u4"),
        ("grey", "u1", (GREY, GREY)),
        ("colour", "u1", (COLOUR, COLOUR, 3)),
        ("sharpness", "<f4"),
        ("contrast", "<f4"),
        ("dark", "<f4"),
        ("bright", "<f4"),
        ("brightness", "<f4"),
        ("centre", "<f4"),
        ("border", "<f4"),
        ("detail", "<f4"),
    ]
)
"""One image's facts.

`pixels` is a hash of the decoded picture and of what decoding dropped; `grey` and `colour` are small
copies of the picture. Of it at 96 pixels: `sharpness` is the energy of its finest detail relative to all
its contrast, `contrast` the standard deviation of its grey levels, `dark` and `bright` the shares of
pixels near black and white, `brightness` the mean grey, `centre` the saturated stain in its middle, and
`border` the largest share of an edge that the darkest object touches. `detail` is of the whole picture
(`engine.curate.original`).
"""

Facts = npt.NDArray[np.void]

_EDGE = 96


def measure(pixels: Pixels, dropped: str = "") -> Facts:
    """Return the facts of one picture, a record array of one; RGB uint8 (height, width, 3).

    `dropped` is `Picture.dropped`: what the file holds beside the pixels.
    """
    facts = np.zeros(1, FACTS)
    one = facts[0]
    height, width = pixels.shape[:2]
    digest = hashlib.blake2b(f"{height} {width} ".encode(), digest_size=16)
    digest.update(np.ascontiguousarray(pixels).data)
    digest.update(dropped.encode())
    one["pixels"] = digest.digest()
    one["height"], one["width"] = height, width
    small = cv2.resize(pixels, (_EDGE, _EDGE), interpolation=cv2.INTER_AREA)
    grey = cv2.cvtColor(small, cv2.COLOR_RGB2GRAY)
    one["grey"] = cv2.resize(grey, (GREY, GREY), interpolation=cv2.INTER_AREA)
    one["colour"] = cv2.resize(small, (COLOUR, COLOUR), interpolation=cv2.INTER_AREA)
    one["brightness"], one["contrast"] = float(grey.mean()), float(grey.std())
    level = grey.astype(np.float32)
    fine = level - cv2.GaussianBlur(level, (0, 0), 1.0)
    coarse = cv2.GaussianBlur(level, (0, 0), 2.0)
    one["sharpness"] = float(fine.std()) / max(float(coarse.std()), 2.0)
    one["dark"] = float((grey < 12).mean())
    one["bright"] = float((grey > 250).mean())
    nucleus = _nucleus(small)
    one["centre"] = float(nucleus[16:80, 16:80].mean())
    edges = (nucleus[:2], nucleus[-2:], nucleus[:, :2], nucleus[:, -2:])
    one["border"] = max(float(edge.mean()) for edge in edges)
    one["detail"] = detail(pixels)
    return facts


def _nucleus(small: Pixels) -> npt.NDArray[np.bool_]:
    """Return what is stained like a nucleus: green far below the background's, and below blue."""
    green, blue = small[..., 1].astype(np.int16), small[..., 2].astype(np.int16)
    background = np.percentile(green, 85)
    return np.asarray((green < 0.7 * background) & (blue - green > 15))
