"""JPEG segments: the parts between the markers of a file, in their order."""

import re
from collections.abc import Iterator
from typing import NamedTuple

SOS = 0xDA
"""Kind of the segment that begins a scan."""

_EOI = 0xD9
_MARKER = re.compile(rb"\xff+([^\x00\xff])")
_SCAN_END = re.compile(rb"\xff+[^\x00\xff\xd0-\xd7]")


class JpegSegment(NamedTuple):
    """One segment: the last byte of its marker, its content without the length, and where data follow.

    The coded data of a scan are at `start` to `end`; of other segments the two are equal.
    """

    kind: int
    content: bytes
    start: int
    end: int


def jpeg_segments(data: bytes) -> Iterator[JpegSegment]:
    """Yield the segments up to the end of the image or of the data."""
    position = 2
    while match := _MARKER.search(data, position):
        kind, position = match[1][0], match.end()
        if kind == _EOI:
            return
        if kind == 1 or 0xD0 <= kind <= 0xD8:  # markers without a segment
            continue
        start = position + int.from_bytes(data[position : position + 2], "big")
        content, position = data[position + 2 : start], start
        if kind == SOS:
            following = _SCAN_END.search(data, start)
            position = following.start() if following else len(data)
        yield JpegSegment(kind, content, start, position)
