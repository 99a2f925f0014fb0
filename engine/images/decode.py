"""From a file's content to RGB pixels.

Pillow decodes, because OpenCV silently fills up truncated files; OpenCV only gives the full values
of 16-bit colour, of which Pillow keeps the upper eight bits. Colour profiles are not applied.
"""

import hashlib
import io
import warnings
from collections.abc import Mapping
from typing import Any, Literal

import cv2
import numpy as np
import numpy.typing as npt
import PIL.TiffImagePlugin
import PIL.WebPImagePlugin  # noqa: F401  (both register themselves)
from PIL import Image, UnidentifiedImageError

from engine.images.depth import to_eight
from engine.images.record import Picture, Pixels
from engine.images.signatures import HEAD, READ, sniff
from engine.messages import Message, Problem

MAX_PIXELS = 64_000_000
"""A picture with more is refused: 200 MB decoded, and no image of a single cell."""

_ROWS = 256

# Tags of EXIF and TIFF.
_BITS, _PHOTOMETRIC, _ORIENTATION, _PLANAR = 258, 262, 274, 284

Image.preinit()
# Both tell every oddity on stderr, where it helps nobody who opens a folder.
warnings.filterwarnings("ignore", module=r"PIL\.")
cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_FATAL)


def decode(data: bytes) -> Picture:
    """Decode an image file's content; raises `Problem` (`image.*`).

    Of several pages or frames the first is taken. EXIF rotation is applied. What is transparent is
    laid on white, which is nearest to a smear's background. More than 8 bits are scaled (`depth`).
    The pixels may be read-only.
    """
    pixels, notes = decode_pixels(data)
    return Picture(pixels, hashlib.sha256(data).hexdigest(), notes)


def decode_pixels(data: bytes, edge: int | None = None) -> tuple[Pixels, tuple[Message, ...]]:
    """Decode without hashing; with `edge`, a JPEG may come out smaller, but not below fitting it.

    Returns the pixels and what had to be decided; raises `Problem` (`image.*`).
    """
    check_kind(data)
    kind = sniff(data[:HEAD])
    try:
        with Image.open(io.BytesIO(data), formats=(kind or "",)) as image:
            return _pixels(image, data, edge)
    except Problem:
        raise
    except Image.DecompressionBombError as error:
        raise _too_many_pixels() from error
    except MemoryError as error:
        raise Problem("image.no_memory") from error
    except Exception as error:  # Pillow raises nearly anything on hostile bytes.
        raise Problem(_what_is_wrong(error, kind, data)) from error


def check_kind(head: bytes) -> None:
    """Raise `Problem` unless a file that begins with `head` is an image of a kind that is read."""
    if not head:
        raise Problem("image.empty")
    kind = sniff(head[:HEAD])
    if kind is None:
        raise Problem("image.not_an_image")
    if kind not in READ:
        raise Problem("image.unsupported", kind=kind)


def fit(size: tuple[int, int], edge: int) -> tuple[int, int]:
    """Return the width and height that fit `edge`: same aspect, never larger, at least 1."""
    scale = min(1.0, edge / max(size))
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def on_white(rgba: Pixels) -> tuple[Pixels, tuple[Message, ...]]:
    """Lay RGBA (h, w, 4) on white; returns RGB and, if anything was transparent, a note."""
    rgb = np.ascontiguousarray(rgba[..., :3])
    if rgba[..., 3].min() == 255:
        return rgb, ()
    for start in range(0, len(rgb), _ROWS):  # In strips: a large picture would take a gigabyte.
        strip = rgb[start : start + _ROWS]
        alpha = rgba[start : start + _ROWS, :, 3:].astype(np.uint16)
        strip[:] = (strip * alpha + 255 * (255 - alpha) + 127) // 255
    return rgb, (Message("image.on_white"),)


def _pixels(
    image: Image.Image, data: bytes, edge: int | None
) -> tuple[Pixels, tuple[Message, ...]]:
    if image.width * image.height > MAX_PIXELS:
        raise _too_many_pixels()
    if edge is not None:
        image.draft(None, fit(image.size, edge))
    deep = _is_deep(image)
    image.load()
    notes: tuple[Message, ...] = ()
    if image.mode == "RGB" and not deep and "transparency" not in image.info:
        pixels = np.asarray(image)
    else:
        pixels, notes = _unusual(image, data if deep else b"")
    if image.format != "TIFF":  # Pillow and OpenCV turn a TIFF themselves.
        pixels = _turn(pixels, _orientation(image))
    return pixels, notes + _first_only(image)


def _unusual(image: Image.Image, deep: bytes) -> tuple[Pixels, tuple[Message, ...]]:
    if deep and image.mode in ("RGB", "RGBA", "LA"):
        values = cv2.imdecode(np.frombuffer(deep, np.uint8), cv2.IMREAD_UNCHANGED)
        if values is None or values.dtype != np.uint16:
            raise Problem("image.unusual")
        return _deep_colour(values)
    if image.mode in ("I", "F") or image.mode.startswith("I;16"):
        try:
            grey, notes = to_eight(np.asarray(image))
        except ValueError as error:
            raise Problem("image.depth") from error
        if _tags(image).get(_PHOTOMETRIC) == 0:  # Zero is white, which Pillow minds at 8 bits only.
            grey = 255 - grey
        return np.repeat(grey[..., None], 3, axis=2), notes
    if image.has_transparency_data:
        return on_white(np.asarray(image.convert("RGBA")))
    try:
        return np.asarray(image.convert("RGB")), ()
    except ValueError as error:
        raise Problem("image.unsupported", kind=image.mode) from error


def _deep_colour(values: npt.NDArray[Any]) -> tuple[Pixels, tuple[Message, ...]]:
    channels = values.shape[2] if values.ndim == 3 else 1
    if channels == 3:
        pixels, notes = to_eight(values[..., ::-1])
        return np.ascontiguousarray(pixels), notes
    # BGRA; alpha has 16 bits by definition, whatever the camera had.
    pixels, notes = to_eight(values[..., 2::-1])
    alpha = (values[..., 3:] >> 8).astype(np.uint8)
    pixels, more = on_white(np.concatenate([pixels, alpha], axis=2))
    return pixels, notes + more


def _is_deep(image: Image.Image) -> bool:
    if image.format != "TIFF":
        return ";16" in str(getattr(image, "tile", "")[:1])
    tags = _tags(image)
    deep = bool(max(tags.get(_BITS, (1,))) > 8)
    if deep and tags.get(_PLANAR) == 2 and len(tags.get(_BITS, ())) > 1:
        raise Problem("image.unusual")  # Pillow and OpenCV both make noise of it.
    return deep


def _tags(image: Image.Image) -> Mapping[int, Any]:
    tags: Mapping[int, Any] = getattr(image, "tag_v2", {})
    return tags


def _first_only(image: Image.Image) -> tuple[Message, ...]:
    # A phone's JPEG carries previews of itself as further pictures (MPO): nothing is left out.
    try:
        several = image.format not in ("JPEG", "MPO") and getattr(image, "is_animated", False)
    except Exception:  # a broken second page is no reason to refuse the first
        several = True
    return (Message("image.first_only"),) if several else ()


def _orientation(image: Image.Image) -> int:
    if not ("exif" in image.info or "xmp" in image.info):
        return 1
    try:
        return int(image.getexif().get(_ORIENTATION, 1))
    except Exception:  # Corrupt metadata says nothing about the pixels.
        return 1


def _turn(values: npt.NDArray[Any], orientation: int) -> npt.NDArray[Any]:
    # EXIF 2.3, tag 274: which corner of the scene row 0, column 0 is.
    if orientation not in range(2, 9):
        return values
    if orientation >= 5:
        values = values.swapaxes(0, 1)
    if orientation in (2, 3, 6, 7):
        values = values[:, ::-1]
    if orientation in (3, 4, 7, 8):
        values = values[::-1]
    return np.ascontiguousarray(values)


def _what_is_wrong(error: Exception, kind: str | None, data: bytes) -> str:
    needed = 0
    order: Literal["little", "big"] = "big" if data[:1] == b"M" else "little"
    if kind == "WEBP":
        needed = int.from_bytes(data[4:8], order) + 8
    elif kind == "TIFF" and data[2:4] in (b"*\0", b"\0*"):
        needed = int.from_bytes(data[4:8], order) + 2  # where the first directory begins
    if "truncated" in str(error).lower() or needed > len(data):
        return "image.truncated"
    if kind == "TIFF" and isinstance(error, UnidentifiedImageError):
        return "image.unusual"
    return "image.damaged"


def _too_many_pixels() -> Problem:
    return Problem("image.too_many_pixels", limit=MAX_PIXELS // 1_000_000)
