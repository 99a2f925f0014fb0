"""From a file's content to RGB pixels.

Pillow decodes, because OpenCV silently fills up truncated files; OpenCV only gives the full values
of 16-bit colour, of which Pillow keeps the upper eight bits. Colour profiles are not applied.
"""

import hashlib
import io
import warnings
from dataclasses import replace
from typing import Any, Literal

import cv2
import numpy as np
import numpy.typing as npt
import PIL.TiffImagePlugin
import PIL.WebPImagePlugin  # noqa: F401  (both register themselves)
from PIL import Image, UnidentifiedImageError

from engine.images import jpeg, tiff
from engine.images.alpha import on_white
from engine.images.depth import depth, to_eight
from engine.images.record import Picture, Pixels
from engine.images.signatures import HEAD, READ, sniff
from engine.messages import Message, Problem

MAX_PIXELS = 64_000_000
"""A picture with more is refused: 200 MB decoded, and no image of a single cell."""

VERSION = 2
"""Changes whenever the same file would give other pixels or notes: a part of every key of a cache."""

_TOGETHER = Message("image.channels_together")

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
    return replace(_decoded(data), content_hash=hashlib.sha256(data).hexdigest())


def decode_pixels(data: bytes, edge: int | None = None) -> tuple[Pixels, tuple[Message, ...]]:
    """Decode without hashing; with `edge`, a JPEG may come out smaller, but not below fitting it.

    Returns the pixels and what had to be decided; raises `Problem` (`image.*`).
    """
    picture = _decoded(data, edge)
    return picture.pixels, picture.notes


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


def _decoded(data: bytes, edge: int | None = None) -> Picture:
    check_kind(data)
    kind = sniff(data[:HEAD])
    try:
        with Image.open(io.BytesIO(data), formats=(kind or "",)) as image:
            return _picture(image, data, edge)
    except Problem:
        raise
    except Image.DecompressionBombError as error:
        raise _too_many_pixels() from error
    except MemoryError as error:
        raise Problem("image.no_memory") from error
    except Exception as error:  # Pillow raises nearly anything on hostile bytes.
        raise Problem(_what_is_wrong(error, kind, data)) from error


def _picture(image: Image.Image, data: bytes, edge: int | None) -> Picture:
    if image.width * image.height > MAX_PIXELS:
        raise _too_many_pixels()
    if edge is not None:
        image.draft(None, fit(image.size, edge))
    picture = _tiff(image, data) if image.format == "TIFF" else _other(image, data)
    if image.format in ("JPEG", "MPO") and edge is None:
        progressive = bool(image.info.get("progressive"))
        if found := jpeg.damage(data, picture.pixels, progressive=progressive):
            if found[1]:
                raise Problem(found[0].id)
            picture = replace(picture, notes=(*picture.notes, found[0]))
    if image.format != "TIFF":  # Pillow and OpenCV turn a TIFF themselves.
        picture = replace(picture, pixels=_turn(picture.pixels, _orientation(image)))
    if _has_more_pictures(image, 3 if _TOGETHER in picture.notes else 1):
        notes = (*picture.notes, Message("image.first_only"))
        picture = replace(picture, notes=notes, dropped=_hash(data))
    return picture


def _other(image: Image.Image, data: bytes) -> Picture:
    deep = ";16" in str(getattr(image, "tile", "")[:1])
    image.load()
    if deep and image.mode in ("RGB", "RGBA", "LA"):
        return _deep_colour(_by_opencv(data))
    return _by_pillow(image)


def _tiff(image: Image.Image, data: bytes) -> Picture:
    if pages := tiff.colour_pages(image):
        return _channels_together(image, tiff.read_pages(image, pages))
    channels = tiff.channels_of(image)
    deep = channels.bits > 8
    full = False  # a channel that is full everywhere says nothing, whatever it is
    if channels.colours == 3 and tiff.tags_of(image).get(tiff.PHOTOMETRIC) in (0, 1):
        return _channels_together(image, _turned(image, tiff.samples_of(image, data)))
    if channels.colours == 3 and (
        (channels.separate and (deep or channels.extra)) or (deep and channels.extra > 1)
    ):
        values = _turned(image, tiff.samples_of(image, data))
        picture = _deep_colour(values[..., : 3 + channels.alpha], multiplied=channels.multiplied)
    elif deep and channels.colours == 3:
        image.load()
        if image.mode not in ("RGB", "RGBA"):
            raise Problem("image.unusual")
        values = _by_opencv(data)
        full = values.shape[2] == 4 and bool((values[..., 3] == np.iinfo(values.dtype).max).all())
        if channels.left_out:
            values = values[..., :3]
        picture = _deep_colour(values, multiplied=channels.multiplied)
    else:
        multiplied = channels.multiplied and tiff.keep_multiplied(image)
        image.load()
        picture = _by_pillow(image, opaque=not channels.alpha, multiplied=multiplied)
        full = image.mode == "RGBA" and image.getchannel("A").getextrema() == (255, 255)
    if channels.left_out and not full:
        note = Message("image.channels_left_out", {"count": channels.left_out})
        picture = replace(picture, notes=(*picture.notes, note), dropped=_hash(data))
    return picture


def _by_pillow(image: Image.Image, *, opaque: bool = False, multiplied: bool = False) -> Picture:
    """Return what Pillow reads of 8 bits, or in grey; `opaque`: a channel that it takes for alpha is none."""
    if image.mode == "RGB" and "transparency" not in image.info:
        return Picture(np.asarray(image), "")
    if image.mode in ("I", "F") or image.mode.startswith("I;16"):
        values = np.asarray(image)
        grey, notes = _eight(values)
        if (
            tiff.tags_of(image).get(tiff.PHOTOMETRIC) == 0
        ):  # Zero is white: Pillow minds it at 8 bits.
            grey = 255 - grey
        return Picture(np.repeat(grey[..., None], 3, axis=2), "", notes, _hash(values, notes))
    try:
        if image.has_transparency_data and not opaque:
            rgba = np.asarray(image.convert("RGBA"))
            pixels, notes = on_white(rgba, multiplied=multiplied)
            return Picture(pixels, "", notes, _hash(rgba, notes))
        if opaque and image.mode == "RGBA":
            return Picture(np.ascontiguousarray(np.asarray(image)[..., :3]), "")
        lossless = image.mode in ("1", "L", "P", "PA", "LA", "RGBX")
        dropped = "" if lossless else _hash(np.asarray(image))
        return Picture(np.asarray(image.convert("RGB")), "", (), dropped)
    except ValueError as error:
        raise Problem("image.unsupported", kind=image.mode) from error


def _by_opencv(data: bytes) -> npt.NDArray[Any]:
    """Return the 16-bit values of colour, of which Pillow keeps the upper eight bits: RGB or RGBA."""
    values = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED)
    if values is None or values.dtype != np.uint16 or values.ndim != 3:
        raise Problem("image.unusual")
    order = [2, 1, 0] if values.shape[2] == 3 else [2, 1, 0, 3]
    colours: npt.NDArray[Any] = values[..., order]
    return colours


def _deep_colour(values: npt.NDArray[Any], *, multiplied: bool = False) -> Picture:
    """Return a picture of RGB or RGBA of 16 bits."""
    pixels, notes = _eight(values[..., :3])
    if values.shape[2] == 4:
        alpha = values[..., 3:]
        top = (1 << depth(float(values[..., :3].max()), real=False)) - 1
        # Alpha has 16 bits by definition, but what a camera adds has as many as its colours.
        bits = 16 if alpha.max() > top else top.bit_length()
        shown, more = on_white(
            np.concatenate([pixels, to_eight(alpha, bits)[0]], axis=2), multiplied=multiplied
        )
        return Picture(shown, "", notes + more, _hash(values, notes + more))
    return Picture(np.ascontiguousarray(pixels), "", notes, _hash(values, notes))


def _channels_together(image: Image.Image, values: npt.NDArray[Any]) -> Picture:
    """Return a picture whose red, green and blue the file calls grey channels or pages."""
    pixels, notes = (values, ()) if values.dtype == np.uint8 else _eight(values)
    # Zero is white, which Pillow minds at 8 bits only.
    if values.dtype != np.uint8 and tiff.tags_of(image).get(tiff.PHOTOMETRIC) == 0:
        pixels = 255 - pixels
    dropped = _hash(values, notes)
    return Picture(np.ascontiguousarray(pixels), "", (*notes, _TOGETHER), dropped)


def _turned(image: Image.Image, values: npt.NDArray[Any]) -> npt.NDArray[Any]:
    return _turn(values, int(tiff.tags_of(image).get(tiff.ORIENTATION, 1)))


def _eight(values: npt.NDArray[Any]) -> tuple[Pixels, tuple[Message, ...]]:
    try:
        return to_eight(values)
    except ValueError as error:
        raise Problem("image.depth") from error


def _hash(values: npt.NDArray[Any] | bytes, notes: tuple[Message, ...] | None = None) -> str:
    """Return a hash of what is lost by decoding; empty where no note says that anything is."""
    if notes == ():
        return ""
    content = values if isinstance(values, bytes) else np.ascontiguousarray(values).data
    return hashlib.sha256(content).hexdigest()


def _has_more_pictures(image: Image.Image, used: int) -> bool:
    # A phone's JPEG carries previews of itself as further pictures (MPO): nothing is left out.
    if image.format in ("JPEG", "MPO"):
        return False
    try:
        return int(getattr(image, "n_frames", 1)) > used
    except Exception:  # a broken second page is no reason to refuse the first
        return True


def _orientation(image: Image.Image) -> int:
    if not ("exif" in image.info or "xmp" in image.info):
        return 1
    try:
        return int(image.getexif().get(tiff.ORIENTATION, 1))
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
