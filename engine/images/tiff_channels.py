"""TIFF channels and pages: which are colours, which is alpha, and which are neither.

Only `ExtraSamples` tells whether an additional channel is alpha (TIFF 6.0, page 31). Colours may also be
separate pages, as ImageJ, OME and tifffile write them.
"""

import io
import json
import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image

from engine.messages import Problem

BITS, PHOTOMETRIC, DESCRIPTION, ORIENTATION, SAMPLES, PLANAR = 258, 262, 270, 274, 277, 284
_STRIPS, _ROWS_PER_STRIP, _TILES, _EXTRA = 273, 278, 324, 338
_ASSOCIATED, _UNASSOCIATED, _COREL = 1, 2, 999
_PLANAR = 2

_CHANNEL_COUNTS = {0: 1, 1: 1, 2: 3, 3: 1, 4: 1, 5: 4, 6: 3, 8: 3, 9: 3, 10: 3}
"""Number of colour channels by `PhotometricInterpretation`: grey, RGB, palette, mask, CMYK, YCbCr, Lab."""


@dataclass(frozen=True, slots=True)
class Channels:
    """Channels of one page: `colours`, then `extra` ones, the first of which may be alpha."""

    colours: int
    extra: int
    has_alpha: bool
    premultiplied: bool
    bits: int
    is_planar: bool

    @property
    def ignored(self) -> int:
        """Number of channels that are neither colour nor alpha."""
        return self.extra - self.has_alpha


def read_tags(image: Image.Image) -> Mapping[int, Any]:
    """Return the tags of the current page; empty for other formats."""
    tags: Mapping[int, Any] = getattr(image, "tag_v2", {})
    return tags


def read_channels(image: Image.Image) -> Channels:
    """Return the channels that the tags describe; raises `Problem` if grey channels cannot be RGB."""
    tags = read_tags(image)
    bits = tags.get(BITS, (1,))
    samples = int(tags.get(SAMPLES, len(bits)))
    photometric = tags.get(PHOTOMETRIC, 1)
    colours = _CHANNEL_COUNTS.get(photometric, samples)
    kinds = tags.get(_EXTRA, ())
    first = kinds[0] if kinds else 0
    alpha = samples > colours and first in (_ASSOCIATED, _UNASSOCIATED, _COREL)
    if colours == 1 and photometric in (0, 1) and samples > 1 + alpha:
        if samples != 3 or alpha:
            raise Problem("image.channels", count=samples)
        colours = 3  # declared grey, but three channels can be RGB
    return Channels(
        colours=colours,
        extra=max(0, samples - colours),
        has_alpha=alpha,
        premultiplied=alpha and first == _ASSOCIATED,
        bits=max(bits),
        is_planar=tags.get(PLANAR) == _PLANAR and samples > 1,
    )


def keep_premultiplied(image: Image.Image) -> bool:
    """Make Pillow load premultiplied RGB without dividing by alpha; returns whether it will.

    The division would lose the colours where alpha is 0.
    """
    tiles = []
    for tile in image.tile:  # type: ignore[attr-defined]
        mode, *rest = tile.args if isinstance(tile.args, tuple) else (tile.args,)
        if not mode.startswith("RGBa"):
            return False
        tiles.append(tile._replace(args=(mode.replace("RGBa", "RGBA", 1), *rest)))
    image.tile = tiles  # type: ignore[attr-defined]
    return True


def read_samples(image: Image.Image, data: bytes) -> npt.NDArray[Any]:
    """Return all channels of the first page, (h, w, samples) of 8 or 16 bits; raises `Problem`.

    For layouts that Pillow and OpenCV cannot separate; uncompressed or ZIP-compressed only.
    """
    tags = read_tags(image)
    samples = int(tags.get(SAMPLES, 1))
    if tags.get(PLANAR) == _PLANAR and _TILES not in tags:
        rows = min(int(tags.get(_ROWS_PER_STRIP, image.height)), image.height) or 1
        if len(tags.get(_STRIPS, ())) != samples * -(-image.height // rows):
            raise Problem(
                "image.unusual"
            )  # declared planar, but it is not: it would decode to noise
    try:
        import tifffile

        logging.getLogger("tifffile").setLevel(logging.CRITICAL)
        with tifffile.TiffFile(io.BytesIO(data)) as file:
            page = file.pages.first
            values: npt.NDArray[Any] = page.asarray(maxworkers=1)
            axes = page.axes
    except MemoryError:
        raise
    except Exception as error:  # tifffile raises almost any exception on invalid data.
        raise Problem("image.unusual") from error
    if axes == "SYX":
        values = np.moveaxis(values, 0, -1)
    if axes not in ("SYX", "YXS") or values.shape[2] != samples:
        raise Problem("image.unusual")
    if values.dtype not in (np.dtype(np.uint8), np.dtype(np.uint16)):
        raise Problem("image.unusual")
    return values


def find_colour_pages(image: Image.Image) -> tuple[int, ...]:
    """Return the pages that hold red, green and blue; empty if the first page is a complete image.

    Raises `Problem` if grey pages are channels that cannot be combined, or if it is unclear what three
    pages are.
    """
    tags = read_tags(image)
    if tags.get(SAMPLES, 1) != 1 or tags.get(PHOTOMETRIC) not in (0, 1):
        return ()
    pages = _page_count(image)
    channels, stride = _parse_description(str(tags.get(DESCRIPTION, "")), pages)
    if channels == 0 and pages == 3 and _are_uniform(image, pages):
        raise Problem("image.pages", count=pages)
    if channels < 2:
        return ()
    if channels != 3 or 2 * stride >= pages or not _are_uniform(image, pages):
        raise Problem("image.channels", count=channels)
    return 0, stride, 2 * stride


def read_pages(image: Image.Image, pages: tuple[int, ...]) -> npt.NDArray[Any]:
    """Return grey pages stacked as channels, (h, w, n)."""
    planes = []
    for page in pages:
        image.seek(page)
        planes.append(np.asarray(image))
    image.seek(0)
    return np.stack(planes, axis=2)


def _page_count(image: Image.Image) -> int:
    try:
        return int(getattr(image, "n_frames", 1))
    except Exception:  # a broken later page does not invalidate the first
        return 1


def _are_uniform(image: Image.Image, pages: int) -> bool:
    """Return whether all pages have the same size and pixel type."""
    kinds = set()
    try:
        for page in range(pages):
            image.seek(page)
            kinds.add((image.size, image.mode))
        image.seek(0)
    except Exception:  # as above
        return False
    return len(kinds) == 1


def _parse_description(description: str, pages: int) -> tuple[int, int]:
    """Return the number of channels stated in a description (0: none), and their distance in pages."""
    if description.startswith("ImageJ="):
        numbers = dict(re.findall(r"^(\w+)=(\d+)\s*$", description, re.MULTILINE))
        return int(numbers.get("channels", 1)), 1
    if sizes := dict(re.findall(r'\bSize([CZT])\s*=\s*"(\d+)"', description)):
        order = re.search(r'\bDimensionOrder\s*=\s*"XY([CZT]+)"', description)
        before = (order[1] if order else "C").partition("C")[0]
        stride = 1
        for axis in before:
            stride *= int(sizes.get(axis, 1))
        return int(sizes.get("C", 1)), stride
    try:
        metadata = json.loads(description)
        shape, axes = metadata["shape"], str(metadata.get("axes", ""))
        lengths = [int(length) for length in shape]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return 0, 1
    if len(axes) != len(lengths):
        return 0, 1
    if "C" not in axes:
        return 1, 1
    position = axes.index("C")
    after = [
        length
        for axis, length in zip(axes[position + 1 :], lengths[position + 1 :], strict=True)
        if axis not in "YXS"
    ]
    return lengths[position], int(np.prod(after, dtype=np.int64)) if after else 1
