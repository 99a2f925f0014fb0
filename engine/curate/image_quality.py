"""Image quality: blurred, badly exposed, empty, cut-off and oddly sized images, compared with their set."""

import numpy as np
import numpy.typing as npt

from engine.curate.image_features import ImageFeatures

QUALITY_THRESHOLD = 8.0
"""Median absolute deviations from the median of the set from which an image has a quality problem."""

_MIN_IMAGES = 50  # With fewer, the spread is not reliable.
_CUT_WEIGHT = 3.0  # Shares are bounded, so they deviate less than unbounded measures.


def measure_quality(features: ImageFeatures) -> tuple[list[str], npt.NDArray[np.float64]]:
    """Return the worst problem of each of n images ("" for none), and its deviation in MADs, (n,).

    Problems: blur, dark, bright, empty, size, cut. Sets of fewer than 50 images have none.
    """
    if len(features) < _MIN_IMAGES:
        return [""] * len(features), np.zeros(len(features))
    ratio = np.log(np.maximum(features["width"], 1) / np.maximum(features["height"], 1))
    area = np.log(np.maximum(features["width"].astype(float) * features["height"], 1))
    measures = {
        "blur": -_mad_deviation(np.log(features["sharpness"] + 1e-3), 0.1),
        "dark": np.maximum(
            -_mad_deviation(features["brightness"], 4.0), _mad_deviation(features["dark"], 0.03)
        ),
        # The background is nearly white anyway, so overexposure shows in clipped pixels.
        "bright": np.maximum(
            _mad_deviation(features["brightness"], 4.0), _mad_deviation(features["bright"], 0.03)
        ),
        "empty": -_mad_deviation(np.log(features["contrast"] + 1), 0.06),
        "size": np.maximum(np.abs(_mad_deviation(ratio, 0.03)), np.abs(_mad_deviation(area, 0.2))),
        # Stain at an edge is a neighbouring cell, unless the centre has none.
        "cut": _CUT_WEIGHT * _mad_deviation(features["border"] - 2 * features["centre"], 0.1),
    }
    names = list(measures)
    deviations = np.stack([measures[name] for name in names], 1)
    worst, deviation = deviations.argmax(1), deviations.max(1)
    problems = [
        names[index] if value >= QUALITY_THRESHOLD else ""
        for index, value in zip(worst.tolist(), deviation.tolist(), strict=True)
    ]
    return problems, deviation


def _mad_deviation(values: np.ndarray, min_spread: float) -> np.ndarray:
    """Return the distance of each value from the median, in MADs; the MAD is at least `min_spread`."""
    median = np.median(values)
    spread = max(1.4826 * float(np.median(np.abs(values - median))), min_spread)
    deviations: np.ndarray = (values - median) / spread
    return deviations
