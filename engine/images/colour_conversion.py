"""Colour conversion: RGB images with 8 bits from what Pillow, OpenCV and the TIFF reader return."""

import hashlib
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image

from engine.images import tiff_channels
from engine.images.bit_depth import find_bit_depth, scale_to_8_bits
from engine.images.record import LoadedImage, Pixels
from engine.images.transparency import blend_on_white
from engine.messages import Message, Problem

CHANNELS_COMBINED = Message("image.channels_together")
"""The note on three channels or pages that became one image."""


def convert_with_pillow(
    image: Image.Image, *, opaque: bool = False, premultiplied: bool = False
) -> LoadedImage:
    """Return Pillow's 8-bit or grey image; with `opaque`, the channel that it reads as alpha is ignored."""
    if image.mode == "RGB" and "transparency" not in image.info:
        return LoadedImage(np.asarray(image), "")
    if image.mode in ("I", "F") or image.mode.startswith("I;16"):
        values = np.asarray(image)
        grey, notes = to_8_bits(values)
        if (
            tiff_channels.read_tags(image).get(tiff_channels.PHOTOMETRIC) == 0
        ):  # Zero is white: Pillow handles it at 8 bits only.
            grey = 255 - grey
        return LoadedImage(
            np.repeat(grey[..., None], 3, axis=2), "", notes, dropped_hash(values, notes)
        )
    try:
        if image.has_transparency_data and not opaque:
            rgba = np.asarray(image.convert("RGBA"))
            pixels, notes = blend_on_white(rgba, premultiplied=premultiplied)
            return LoadedImage(pixels, "", notes, dropped_hash(rgba, notes))
        if opaque and image.mode == "RGBA":
            return LoadedImage(np.ascontiguousarray(np.asarray(image)[..., :3]), "")
        lossless = image.mode in ("1", "L", "P", "PA", "LA", "RGBX")
        dropped = "" if lossless else dropped_hash(np.asarray(image))
        return LoadedImage(np.asarray(image.convert("RGB")), "", (), dropped)
    except ValueError as error:
        raise Problem("image.unsupported", kind=image.mode) from error


def decode_16_bit_colour(data: bytes) -> npt.NDArray[Any]:
    """Return 16-bit RGB or RGBA values, of which Pillow would keep the upper eight bits."""
    values = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED)
    if values is None or values.dtype != np.uint16 or values.ndim != 3:
        raise Problem("image.unusual")
    order = [2, 1, 0] if values.shape[2] == 3 else [2, 1, 0, 3]
    colours: npt.NDArray[Any] = values[..., order]
    return colours


def from_16_bit_colour(values: npt.NDArray[Any], *, premultiplied: bool = False) -> LoadedImage:
    """Return an 8-bit image from 16-bit RGB or RGBA values."""
    pixels, notes = to_8_bits(values[..., :3])
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
        return LoadedImage(blended, "", notes, dropped_hash(values, notes))
    return LoadedImage(np.ascontiguousarray(pixels), "", notes, dropped_hash(values, notes))


def combine_channels(image: Image.Image, values: npt.NDArray[Any]) -> LoadedImage:
    """Return an RGB image from three channels or pages that the file declares grey."""
    pixels, notes = (values, ()) if values.dtype == np.uint8 else to_8_bits(values)
    # Zero is white, which Pillow handles at 8 bits only.
    if (
        values.dtype != np.uint8
        and tiff_channels.read_tags(image).get(tiff_channels.PHOTOMETRIC) == 0
    ):
        pixels = 255 - pixels
    dropped = dropped_hash(values, notes)
    return LoadedImage(np.ascontiguousarray(pixels), "", (*notes, CHANNELS_COMBINED), dropped)


def to_8_bits(values: npt.NDArray[Any]) -> tuple[Pixels, tuple[Message, ...]]:
    """Return values scaled to 8 bits and notes on the scaling; raises `Problem` (`image.depth`)."""
    try:
        return scale_to_8_bits(values)
    except ValueError as error:
        raise Problem("image.depth") from error


def dropped_hash(values: npt.NDArray[Any] | bytes, notes: tuple[Message, ...] | None = None) -> str:
    """Return a hash of the values that decoding reduces; empty if there are no notes (nothing was lost)."""
    if notes == ():
        return ""
    content = values if isinstance(values, bytes) else np.ascontiguousarray(values).data
    return hashlib.sha256(content).hexdigest()
