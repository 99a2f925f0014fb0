"""Image decoder: from the content of a file to RGB pixels.

Pillow decodes, because OpenCV silently completes truncated files; OpenCV reads only 16-bit colour,
of which Pillow keeps the upper eight bits. Colour profiles are not applied.
"""

import hashlib
import warnings
from dataclasses import replace
from typing import Any, Literal

import cv2
import numpy as np
import numpy.typing as npt
import PIL.TiffImagePlugin
import PIL.WebPImagePlugin  # noqa: F401  (both register themselves)
from PIL import Image, UnidentifiedImageError

from engine.images import jpeg_damage, jpeg_scans, tiff_channels
from engine.images.bit_depth import find_bit_depth, scale_to_8_bits
from engine.images.budget import BudgetedFile, image_budget, reserve_memory
from engine.images.file_signatures import HEADER_BYTES, READABLE_FORMATS, detect_format
from engine.images.jpeg_quality import estimate_quality
from engine.images.record import LoadedImage, Pixels
from engine.images.transparency import blend_on_white
from engine.jobs import Cancelled
from engine.messages import Message, Problem

MAX_PIXELS = 64_000_000
"""Largest image that is decoded: 200 MB of pixels, far more than a single cell needs."""

DECODER_VERSION = 2
"""Increased whenever the same file would give other pixels or notes; part of every cache key."""

_DECODED_AT_ONCE = 16 * 1024
"""Bytes that a decoder takes before the budget is checked again."""

_CHANNELS_COMBINED = Message("image.channels_together")

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
    decoded = _decode_tiff(image, data) if image.format == "TIFF" else _decode_other(image, data)
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
        decoded = replace(decoded, pixels=_apply_orientation(decoded.pixels, _orientation(image)))
    if _has_more_frames(image, 3 if _CHANNELS_COMBINED in decoded.notes else 1):
        notes = (*decoded.notes, Message("image.first_only"))
        decoded = replace(decoded, notes=notes, dropped_hash=_dropped_hash(data))
    return decoded


def _decode_other(image: Image.Image, data: bytes) -> LoadedImage:
    deep = ";16" in str(getattr(image, "tile", "")[:1])
    image.load()
    if deep and image.mode in ("RGB", "RGBA", "LA"):
        return _from_16_bit_colour(_decode_16_bit_colour(data))
    return _convert_with_pillow(image)


def _decode_tiff(image: Image.Image, data: bytes) -> LoadedImage:
    if pages := tiff_channels.find_colour_pages(image):
        return _combine_channels(image, tiff_channels.read_pages(image, pages))
    channels = tiff_channels.read_channels(image)
    deep = channels.bits > 8
    is_opaque = False  # an extra channel at its maximum everywhere carries no information
    if channels.colours == 3 and tiff_channels.read_tags(image).get(tiff_channels.PHOTOMETRIC) in (
        0,
        1,
    ):
        return _combine_channels(
            image, _apply_tiff_orientation(image, tiff_channels.read_samples(image, data))
        )
    if channels.colours == 3 and (
        (channels.is_planar and (deep or channels.extra)) or (deep and channels.extra > 1)
    ):
        values = _apply_tiff_orientation(image, tiff_channels.read_samples(image, data))
        decoded = _from_16_bit_colour(
            values[..., : 3 + channels.has_alpha], premultiplied=channels.premultiplied
        )
    elif deep and channels.colours == 3:
        image.load()
        if image.mode not in ("RGB", "RGBA"):
            raise Problem("image.unusual")
        values = _decode_16_bit_colour(data)
        is_opaque = values.shape[2] == 4 and bool(
            (values[..., 3] == np.iinfo(values.dtype).max).all()
        )
        if channels.ignored:
            values = values[..., :3]
        decoded = _from_16_bit_colour(values, premultiplied=channels.premultiplied)
    else:
        multiplied = channels.premultiplied and tiff_channels.keep_premultiplied(image)
        image.load()
        decoded = _convert_with_pillow(
            image, opaque=not channels.has_alpha, premultiplied=multiplied
        )
        is_opaque = image.mode == "RGBA" and image.getchannel("A").getextrema() == (255, 255)
    if channels.ignored and not is_opaque:
        note = Message("image.channels_left_out", {"count": channels.ignored})
        decoded = replace(decoded, notes=(*decoded.notes, note), dropped_hash=_dropped_hash(data))
    return decoded


def _convert_with_pillow(
    image: Image.Image, *, opaque: bool = False, premultiplied: bool = False
) -> LoadedImage:
    """Return Pillow's 8-bit or grey image; with `opaque`, the channel that it reads as alpha is ignored."""
    if image.mode == "RGB" and "transparency" not in image.info:
        return LoadedImage(np.asarray(image), "")
    if image.mode in ("I", "F") or image.mode.startswith("I;16"):
        values = np.asarray(image)
        grey, notes = _to_8_bits(values)
        if (
            tiff_channels.read_tags(image).get(tiff_channels.PHOTOMETRIC) == 0
        ):  # Zero is white: Pillow handles it at 8 bits only.
            grey = 255 - grey
        return LoadedImage(
            np.repeat(grey[..., None], 3, axis=2), "", notes, _dropped_hash(values, notes)
        )
    try:
        if image.has_transparency_data and not opaque:
            rgba = np.asarray(image.convert("RGBA"))
            pixels, notes = blend_on_white(rgba, premultiplied=premultiplied)
            return LoadedImage(pixels, "", notes, _dropped_hash(rgba, notes))
        if opaque and image.mode == "RGBA":
            return LoadedImage(np.ascontiguousarray(np.asarray(image)[..., :3]), "")
        lossless = image.mode in ("1", "L", "P", "PA", "LA", "RGBX")
        dropped = "" if lossless else _dropped_hash(np.asarray(image))
        return LoadedImage(np.asarray(image.convert("RGB")), "", (), dropped)
    except ValueError as error:
        raise Problem("image.unsupported", kind=image.mode) from error


def _decode_16_bit_colour(data: bytes) -> npt.NDArray[Any]:
    """Return 16-bit RGB or RGBA values, of which Pillow would keep the upper eight bits."""
    values = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED)
    if values is None or values.dtype != np.uint16 or values.ndim != 3:
        raise Problem("image.unusual")
    order = [2, 1, 0] if values.shape[2] == 3 else [2, 1, 0, 3]
    colours: npt.NDArray[Any] = values[..., order]
    return colours


def _from_16_bit_colour(values: npt.NDArray[Any], *, premultiplied: bool = False) -> LoadedImage:
    """Return an 8-bit image from 16-bit RGB or RGBA values."""
    pixels, notes = _to_8_bits(values[..., :3])
    if values.shape[2] == 4:
        alpha = values[..., 3:]
        top = (1 << find_bit_depth(float(values[..., :3].max()), is_float=False)) - 1
        # Alpha has 16 bits by definition, but a camera's extra channel has as many bits as its colours.
        bits = 16 if alpha.max() > top else top.bit_length()
        blended, alpha_notes = blend_on_white(
            np.concatenate([pixels, scale_to_8_bits(alpha, bits)[0]], axis=2),
            premultiplied=premultiplied,
        )
        notes += alpha_notes
        return LoadedImage(blended, "", notes, _dropped_hash(values, notes))
    return LoadedImage(np.ascontiguousarray(pixels), "", notes, _dropped_hash(values, notes))


def _combine_channels(image: Image.Image, values: npt.NDArray[Any]) -> LoadedImage:
    """Return an RGB image from three channels or pages that the file declares grey."""
    pixels, notes = (values, ()) if values.dtype == np.uint8 else _to_8_bits(values)
    # Zero is white, which Pillow handles at 8 bits only.
    if (
        values.dtype != np.uint8
        and tiff_channels.read_tags(image).get(tiff_channels.PHOTOMETRIC) == 0
    ):
        pixels = 255 - pixels
    dropped = _dropped_hash(values, notes)
    return LoadedImage(np.ascontiguousarray(pixels), "", (*notes, _CHANNELS_COMBINED), dropped)


def _apply_tiff_orientation(image: Image.Image, values: npt.NDArray[Any]) -> npt.NDArray[Any]:
    return _apply_orientation(
        values, int(tiff_channels.read_tags(image).get(tiff_channels.ORIENTATION, 1))
    )


def _to_8_bits(values: npt.NDArray[Any]) -> tuple[Pixels, tuple[Message, ...]]:
    try:
        return scale_to_8_bits(values)
    except ValueError as error:
        raise Problem("image.depth") from error


def _dropped_hash(
    values: npt.NDArray[Any] | bytes, notes: tuple[Message, ...] | None = None
) -> str:
    """Return a hash of the values that decoding reduces; empty if there are no notes (nothing was lost)."""
    if notes == ():
        return ""
    content = values if isinstance(values, bytes) else np.ascontiguousarray(values).data
    return hashlib.sha256(content).hexdigest()


def _has_more_frames(image: Image.Image, used: int) -> bool:
    # A phone's JPEG contains previews of itself as further images (MPO): nothing is left out.
    if image.format in ("JPEG", "MPO"):
        return False
    try:
        return int(getattr(image, "n_frames", 1)) > used
    except Exception:  # a broken second page does not invalidate the first
        return True


def _orientation(image: Image.Image) -> int:
    if not ("exif" in image.info or "xmp" in image.info):
        return 1
    try:
        return int(image.getexif().get(tiff_channels.ORIENTATION, 1))
    except Exception:  # Corrupt metadata does not invalidate the pixels.
        return 1


def _apply_orientation(values: npt.NDArray[Any], orientation: int) -> npt.NDArray[Any]:
    # EXIF 2.3, tag 274: the corner of the scene at row 0, column 0.
    if orientation not in range(2, 9):
        return values
    if orientation >= 5:
        values = values.swapaxes(0, 1)
    if orientation in (2, 3, 6, 7):
        values = values[:, ::-1]
    if orientation in (3, 4, 7, 8):
        values = values[::-1]
    return np.ascontiguousarray(values)


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
