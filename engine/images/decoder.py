"""Image decoder: from the content of a file to RGB pixels.

Pillow decodes, because OpenCV silently completes truncated files; OpenCV reads only 16-bit colour,
of which Pillow keeps the upper eight bits. Colour profiles are not applied.
"""

import hashlib
import warnings
from dataclasses import replace
from typing import Literal

import cv2
import PIL.TiffImagePlugin
import PIL.WebPImagePlugin  # noqa: F401  (both register themselves)
from PIL import Image, UnidentifiedImageError

from engine.images import jpeg_damage, jpeg_scans
from engine.images.budget import BudgetedFile, image_budget, reserve_memory
from engine.images.colour_conversion import (
    CHANNELS_COMBINED,
    convert_with_pillow,
    decode_16_bit_colour,
    dropped_hash,
    from_16_bit_colour,
)
from engine.images.file_signatures import HEADER_BYTES, READABLE_FORMATS, detect_format
from engine.images.jpeg_quality import estimate_quality
from engine.images.orientation import apply_orientation, read_orientation
from engine.images.record import LoadedImage, Pixels
from engine.images.tiff_decoder import decode_tiff
from engine.jobs import Cancelled
from engine.messages import Message, Problem

MAX_PIXELS = 64_000_000
"""Largest image that is decoded: 200 MB of pixels, far more than a single cell needs."""

DECODER_VERSION = 2
"""Increased whenever the same file would give other pixels or notes; part of every cache key."""

_DECODED_AT_ONCE = 16 * 1024
"""Bytes that a decoder takes before the budget is checked again."""

Image.preinit()
# Both libraries print every irregularity on stderr, where it helps no user.
warnings.filterwarnings("ignore", module=r"PIL\.")
cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_FATAL)


def decode(data: bytes) -> LoadedImage:
    """Decode an image file's content; raises `Problem` (`image.*`).

    Only the first page or frame is decoded. EXIF rotation is applied. Transparency is blended on
    white, the colour closest to a smear's background. More than 8 bits are scaled (see `bit_depth`).
    The pixels may be read-only.
    """
    return replace(_decode(data), content_hash=hashlib.sha256(data).hexdigest())


def decode_pixels(data: bytes, edge: int | None = None) -> tuple[Pixels, tuple[Message, ...]]:
    """Decode without hashing; with `edge`, a JPEG may be decoded smaller, but not below `edge`.

    Returns the pixels and notes on the decoding; raises `Problem` (`image.*`).
    """
    image = _decode(data, edge)
    return image.pixels, image.notes


def check_format(header: bytes) -> None:
    """Raise `Problem` unless a file that begins with `header` has a readable image format."""
    if not header:
        raise Problem("image.empty")
    kind = detect_format(header[:HEADER_BYTES])
    if kind is None:
        raise Problem("image.not_an_image")
    if kind not in READABLE_FORMATS:
        raise Problem("image.unsupported", kind=kind)


def fit_size(size: tuple[int, int], edge: int) -> tuple[int, int]:
    """Return width and height scaled down to fit `edge`: same aspect ratio, never enlarged, at least 1."""
    scale = min(1.0, edge / max(size))
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def _decode(data: bytes, edge: int | None = None) -> LoadedImage:
    check_format(data)
    kind = detect_format(data[:HEADER_BYTES])
    try:
        with (
            image_budget(),
            Image.open(BudgetedFile(data), formats=(kind or "",)) as image,
            reserve_memory(pixels=min(image.width * image.height, MAX_PIXELS + 1)),
        ):
            return _decode_image(image, data, edge)
    except (Problem, Cancelled):
        raise
    except Image.DecompressionBombError as error:
        raise _too_many_pixels() from error
    except MemoryError as error:
        raise Problem("image.no_memory") from error
    except Exception as error:  # Pillow raises almost any exception on invalid data.
        raise Problem(_failure_id(error, kind, data)) from error


def _decode_image(image: Image.Image, data: bytes, edge: int | None) -> LoadedImage:
    if image.width * image.height > MAX_PIXELS:
        raise _too_many_pixels()
    if image.format in ("JPEG", "MPO"):
        jpeg_scans.check_scan_count(data, image.width * image.height)
    elif image.format == "TIFF":
        jpeg_scans.check_tiff_scans(image, data)
    if edge is not None:
        image.draft(None, fit_size(image.size, edge))
    if hasattr(image, "decodermaxblock"):
        image.decodermaxblock = _DECODED_AT_ONCE
    decoded = decode_tiff(image, data) if image.format == "TIFF" else _decode_other(image, data)
    if image.format in ("JPEG", "MPO") and edge is None:
        progressive = bool(image.info.get("progressive"))
        if damage := jpeg_damage.find_damage(data, decoded.pixels, progressive=progressive):
            if damage.is_unusable:
                raise Problem(damage.note.id)
            decoded = replace(decoded, notes=(*decoded.notes, damage.note))
        decoded = replace(
            decoded, jpeg_quality=estimate_quality(getattr(image, "quantization", {}))
        )
    if image.format != "TIFF":  # Pillow and OpenCV apply the orientation of a TIFF themselves.
        decoded = replace(
            decoded, pixels=apply_orientation(decoded.pixels, read_orientation(image))
        )
    if _has_more_frames(image, 3 if CHANNELS_COMBINED in decoded.notes else 1):
        notes = (*decoded.notes, Message("image.first_only"))
        decoded = replace(decoded, notes=notes, dropped_hash=dropped_hash(data))
    return decoded


def _decode_other(image: Image.Image, data: bytes) -> LoadedImage:
    deep = ";16" in str(getattr(image, "tile", "")[:1])
    image.load()
    if deep and image.mode in ("RGB", "RGBA", "LA"):
        return from_16_bit_colour(decode_16_bit_colour(data))
    return convert_with_pillow(image)


def _has_more_frames(image: Image.Image, used: int) -> bool:
    # A phone's JPEG contains previews of itself as further images (MPO): nothing is left out.
    if image.format in ("JPEG", "MPO"):
        return False
    try:
        return int(getattr(image, "n_frames", 1)) > used
    except Exception:  # a broken second page does not invalidate the first
        return True


def _failure_id(error: Exception, kind: str | None, data: bytes) -> str:
    min_size = 0
    order: Literal["little", "big"] = "big" if data[:1] == b"M" else "little"
    if kind == "WEBP":
        min_size = int.from_bytes(data[4:8], order) + 8
    elif kind == "TIFF" and data[2:4] in (b"*\0", b"\0*"):
        min_size = int.from_bytes(data[4:8], order) + 2  # where the first directory begins
    if "truncated" in str(error).lower() or min_size > len(data):
        return "image.truncated"
    if kind == "TIFF" and isinstance(error, UnidentifiedImageError):
        return "image.unusual"
    return "image.damaged"


def _too_many_pixels() -> Problem:
    return Problem("image.too_many_pixels", limit=MAX_PIXELS // 1_000_000)
