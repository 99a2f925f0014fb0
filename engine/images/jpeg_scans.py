"""JPEG scans: a limit on how many a file may have, since each is decoded over the whole image.

A progressive file of some megabytes can hold thousands of nearly empty scans, which take minutes to decode.
"""

from collections.abc import Mapping
from itertools import islice
from typing import Any

from PIL import Image

from engine.images.budget import check_budget
from engine.images.jpeg_segments import SOS, jpeg_segments
from engine.messages import Problem

MAX_SCANS = 200
"""Most scans that are decoded; programs write about ten."""

_MAX_SCANNED_PIXELS = 2_000_000_000
"""Most pixels over all scans: 31 scans of the largest image, and some seconds of decoding."""

_START_OF_SCAN = bytes((0xFF, SOS))
_COMPRESSION, _OLD_JPEG, _JPEG = 259, 6, 7
_STRIP_OFFSETS, _ROWS_PER_STRIP, _STRIP_BYTES = 273, 278, 279
_TILE_WIDTH, _TILE_HEIGHT, _TILE_OFFSETS, _TILE_BYTES = 322, 323, 324, 325


def check_scan_count(data: bytes, pixel_count: int) -> None:
    """Raise `Problem` (`image.too_many_scans`) if decoding a JPEG of this size would take too long."""
    limit = max(1, min(MAX_SCANS, _MAX_SCANNED_PIXELS // max(1, pixel_count)))
    # Previews in the metadata have scans too: the segments are walked only where it matters.
    if data.count(_START_OF_SCAN) > limit and _has_more_scans(data, limit):
        raise Problem("image.too_many_scans", limit=limit)


def check_tiff_scans(image: Image.Image, data: bytes) -> None:
    """Check the JPEGs inside a TIFF, one in each strip or tile, like a JPEG file of the strip's size."""
    tags: Mapping[int, Any] = getattr(image, "tag_v2", {})
    if tags.get(_COMPRESSION) not in (_OLD_JPEG, _JPEG) or data.count(_START_OF_SCAN) <= 1:
        return
    offsets = tags.get(_STRIP_OFFSETS) or tags.get(_TILE_OFFSETS) or ()
    lengths = tags.get(_STRIP_BYTES) or tags.get(_TILE_BYTES) or ()
    rows = int(tags.get(_ROWS_PER_STRIP, image.height))
    tile = int(tags.get(_TILE_WIDTH, 0)) * int(tags.get(_TILE_HEIGHT, 0))
    pixel_count = tile or image.width * min(rows, image.height)
    for start, length in zip(offsets, lengths, strict=False):
        check_budget()
        check_scan_count(data[start : start + length], pixel_count)


def _has_more_scans(data: bytes, limit: int) -> bool:
    scans = (segment for segment in jpeg_segments(data) if segment.kind == SOS)
    return next(islice(scans, limit, None), None) is not None
