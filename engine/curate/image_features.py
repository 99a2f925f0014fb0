"""Image features: measurements of the pixels that detectors use later, without the pixels."""

import hashlib

import cv2
import numpy as np
import numpy.typing as npt

from engine.curate.original_version import measure_detail
from engine.images.record import Pixels

VERSION = 2
"""Changes whenever the same image would give other features."""

GREY_EDGE = 48
COLOUR_EDGE = 16

FEATURES_DTYPE = np.dtype(
    [
        ("pixels", "V16"),
        ("height", "<u4"),
        ("width", "<u4"),
        ("grey", "u1", (GREY_EDGE, GREY_EDGE)),
        ("colour", "u1", (COLOUR_EDGE, COLOUR_EDGE, 3)),
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
"""The features of one image.

`pixels` is a hash of the decoded image and of what decoding dropped; `grey` and `colour` are small copies.
At 96 pixels: `sharpness` is the energy of the finest detail relative to the overall contrast, `contrast` the
standard deviation of the grey levels, `dark` and `bright` the shares of pixels near black and white,
`brightness` the mean grey level, `centre` the share of nuclear stain in the centre, and `border` the largest
share of an edge that nuclear stain touches. `detail` is measured at full size
(`engine.curate.original_version`).
"""

ImageFeatures = npt.NDArray[np.void]

_MEASURED_EDGE = 96


def measure_features(pixels: Pixels, dropped_hash: str = "") -> ImageFeatures:
    """Return the features of an RGB uint8 image (height, width, 3), a record array of length 1.

    `dropped_hash` (of the `LoadedImage`) identifies what decoding dropped.
    """
    features = np.zeros(1, FEATURES_DTYPE)
    record = features[0]
    height, width = pixels.shape[:2]
    digest = hashlib.blake2b(f"{height} {width} ".encode(), digest_size=16)
    digest.update(np.ascontiguousarray(pixels).data)
    digest.update(dropped_hash.encode())
    record["pixels"] = digest.digest()
    record["height"], record["width"] = height, width
    small = cv2.resize(pixels, (_MEASURED_EDGE, _MEASURED_EDGE), interpolation=cv2.INTER_AREA)
    grey = cv2.cvtColor(small, cv2.COLOR_RGB2GRAY)
    record["grey"] = cv2.resize(grey, (GREY_EDGE, GREY_EDGE), interpolation=cv2.INTER_AREA)
    record["colour"] = cv2.resize(small, (COLOUR_EDGE, COLOUR_EDGE), interpolation=cv2.INTER_AREA)
    record["brightness"], record["contrast"] = float(grey.mean()), float(grey.std())
    levels = grey.astype(np.float32)
    fine_detail = levels - cv2.GaussianBlur(levels, (0, 0), 1.0)
    blurred = cv2.GaussianBlur(levels, (0, 0), 2.0)
    record["sharpness"] = float(fine_detail.std()) / max(float(blurred.std()), 2.0)
    record["dark"] = float((grey < 12).mean())
    record["bright"] = float((grey > 250).mean())
    stain = _nuclear_stain(small)
    record["centre"] = float(stain[16:80, 16:80].mean())
    edges = (stain[:2], stain[-2:], stain[:, :2], stain[:, -2:])
    record["border"] = max(float(edge.mean()) for edge in edges)
    record["detail"] = measure_detail(pixels)
    return features


def _nuclear_stain(small: Pixels) -> npt.NDArray[np.bool_]:
    """Return the mask of nuclear stain: green far below the background, and below blue."""
    green, blue = small[..., 1].astype(np.int16), small[..., 2].astype(np.int16)
    background = np.percentile(green, 85)
    return np.asarray((green < 0.7 * background) & (blue - green > 15))
