"""Image properties by which an evaluation is sliced: size, sharpness, brightness, glass and quality."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from engine.curate.feature_store import FeatureStore
from engine.curate.image_features import FEATURES_DTYPE, ImageFeatures, measure_features
from engine.curate.image_quality import measure_quality
from engine.images.record import ImageRecord
from engine.images.source import Source
from engine.jobs import Job
from engine.messages import Message, Problem

_CHUNK_IMAGES = 64
_GLASS_PERCENTILE = 75
"""Percentile of brightness from which pixels count as glass: a cell covers a smaller share of the image."""

NO_PROBLEM = "none"
"""Group of the images without a quality problem."""

Numbers = dict[str, npt.NDArray[np.float64]]


class ImageProperties(NamedTuple):
    """Properties of n images: numbers (n,) and groups; `is_measured` (m,) marks these among m images."""

    numbers: Numbers
    groups: dict[str, list[str]]
    is_measured: npt.NDArray[np.bool_]


def measure_images(job: Job, source: Source, records: Sequence[ImageRecord]) -> ImageProperties:
    """Return the properties of those of m images that can be read, with their folders; raises `Cancelled`.

    Images that a scan measured are not decoded again.
    """
    features = np.zeros(len(records), FEATURES_DTYPE)
    jpeg_qualities = np.zeros(len(records))
    is_measured = np.zeros(len(records), np.bool_)

    root = source.root.absolute()

    def measure(row: int) -> None:
        record = records[row]
        content = store.known_content(root, record)
        stored = store.get(content) if content else None
        quality = store.get_jpeg_quality(content) if content else None
        if stored is None or quality is None:
            try:
                image = source.load(record)
            except Problem:
                return  # It was readable when it was classified; only its properties are missing.
            stored, quality = measure_features(image.pixels, image.dropped_hash), image.jpeg_quality
            store.put(root, record, image.cache_key, stored, quality)
        features[row], jpeg_qualities[row], is_measured[row] = stored[0], quality, True

    message = Message("evaluate.slicing")
    with FeatureStore() as store, ThreadPoolExecutor() as pool:
        for start in range(0, len(records), _CHUNK_IMAGES):
            rows = range(start, min(start + _CHUNK_IMAGES, len(records)))
            list(pool.map(measure, rows))
            job.progress(rows.stop, len(records), message)
    features, jpeg_qualities = features[is_measured], jpeg_qualities[is_measured]
    numbers = measure_numbers(features)
    if jpeg_qualities.all():  # Other formats have none.
        numbers["jpeg_quality"] = jpeg_qualities
    paths = [records[row].path for row in np.flatnonzero(is_measured).tolist()]
    problems = [problem or NO_PROBLEM for problem in measure_quality(features)[0]]
    groups = {"folder": [path.rpartition("/")[0] or "." for path in paths], "problem": problems}
    return ImageProperties(numbers, groups, is_measured)


def measure_numbers(features: ImageFeatures) -> Numbers:
    """Return one number an image, (n,), for each property of n images."""
    glass = _glass_colours(features)
    hls = cv2.cvtColor((glass[:, None] / 255).astype(np.float32), cv2.COLOR_RGB2HLS)[:, 0]
    return {
        "size": np.sqrt(features["width"].astype(np.float64) * features["height"]),
        "sharpness": features["sharpness"].astype(np.float64),
        "brightness": features["brightness"].astype(np.float64),
        "glass_brightness": hls[:, 1].astype(np.float64),
        "glass_saturation": hls[:, 2].astype(np.float64),
        # Yellow against blue does not wrap around as a hue does.
        "glass_yellowness": (glass[:, :2].mean(1) - glass[:, 2]).astype(np.float64),
    }


def _glass_colours(features: ImageFeatures) -> npt.NDArray[np.float64]:
    colours = features["colour"].reshape(len(features), -1, 3).astype(np.float64)
    brightness = colours.sum(2)
    limit = np.percentile(brightness, _GLASS_PERCENTILE, axis=1, keepdims=True)
    weights = (brightness >= limit)[..., None]
    means: npt.NDArray[np.float64] = (colours * weights).sum(1) / weights.sum(1)
    return means
