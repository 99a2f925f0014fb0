"""Perceptual hash: 64 bits that stay (nearly) the same when an image is resized or compressed again.

Measured on the 13,624 PBC cells at 192 pixels: the hashes of all 800 available originals at 360 pixels
differ by at most two bits, as do copies down to 64 pixels or JPEG quality 30 (at quality 10: 96%, and all
within four bits). Of 93 million pairs of different cells, two are within four bits and none within two;
cells of two other laboratories differ by ten bits or more. Mirrored, rotated or clearly cropped images
count as different.
"""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import cv2
import numpy as np
import numpy.typing as npt

from engine.images.record import ImageRecord, Pixels
from engine.images.resize import resize_to_square
from engine.images.source import Source
from engine.jobs import Job
from engine.messages import Message, Problem

Hashes = npt.NDArray[np.uint64]

TOLERANCE_BITS = 4
"""Bits by which the hashes of two images of one cell may differ."""
NO_CONTRAST = 0
"""Hash of an image without contrast; no other image has it."""

_EDGE_PIXELS = 32
_FREQUENCIES = 9
_PREVIEW_PIXELS = 128
_MIN_CONTRAST = 0.5  # standard deviation of grey levels
_BATCH_ROWS = 256
_REPORT_EVERY = 64


def compute_hash(pixels: Pixels) -> int:
    """Return the hash of an RGB image: which of its 64 lowest frequencies lie above their median.

    Source: Zauner 2010, "Implementation and benchmarking of perceptual image hash functions".
    """
    small = resize_to_square(pixels, _EDGE_PIXELS)
    grey = small.astype(np.float32) @ np.array([0.299, 0.587, 0.114], np.float32)
    if float(grey.std()) < _MIN_CONTRAST:
        return NO_CONTRAST
    # Without the first, which is the mean brightness.
    lowest = cv2.dct(grey)[:_FREQUENCIES, :_FREQUENCIES].ravel()[1:65]
    bits = np.packbits(lowest > np.median(lowest))
    return int.from_bytes(bits.tobytes(), "big")


def compute_hashes(job: Job, source: Source, records: Sequence[ImageRecord]) -> list[int | None]:
    """Return the hash of each image, None if it cannot be read; raises `Cancelled`."""

    def hash_image(record: ImageRecord) -> int | None:
        job.check()
        try:
            return compute_hash(source.preview(record, _PREVIEW_PIXELS))
        except Problem:
            return None

    hashes: list[int | None] = []
    with ThreadPoolExecutor(os.cpu_count() or 2, "hashes") as pool:
        try:
            for value in pool.map(hash_image, records):
                hashes.append(value)
                if len(hashes) % _REPORT_EVERY == 0 or len(hashes) == len(records):
                    job.progress(len(hashes), len(records), Message("shown.progress"))
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
    return hashes


def match_any(hashes: Hashes, others: Hashes) -> npt.NDArray[np.bool_]:
    """Return which hashes (n,) match any of the others (m,) within the tolerance."""
    matches = np.zeros(len(hashes), np.bool_)
    if len(others):
        for start in range(0, len(hashes), _BATCH_ROWS):
            difference = hashes[start : start + _BATCH_ROWS, None] ^ others[None]
            matches[start : start + _BATCH_ROWS] = (
                np.bitwise_count(difference) <= TOLERANCE_BITS
            ).any(1)
    return matches
