"""TIFF decoder: the many ways in which a TIFF stores colours, as RGB pixels."""

from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image

from engine.images import tiff_channels
from engine.images.colour_conversion import (
    combine_channels,
    convert_with_pillow,
    decode_16_bit_colour,
    dropped_hash,
    from_16_bit_colour,
)
from engine.images.orientation import apply_orientation
from engine.images.record import LoadedImage
from engine.messages import Message, Problem


def decode_tiff(image: Image.Image, data: bytes) -> LoadedImage:
    """Return the first page of a TIFF, or the three pages or channels that make one image."""
    if pages := tiff_channels.find_colour_pages(image):
        return combine_channels(image, tiff_channels.read_pages(image, pages))
    channels = tiff_channels.read_channels(image)
    deep = channels.bits > 8
    is_opaque = False  # an extra channel at its maximum everywhere carries no information
    if channels.colours == 3 and tiff_channels.read_tags(image).get(tiff_channels.PHOTOMETRIC) in (
        0,
        1,
    ):
        return combine_channels(
            image, _turn_upright(image, tiff_channels.read_samples(image, data))
        )
    if channels.colours == 3 and (
        (channels.is_planar and (deep or channels.extra)) or (deep and channels.extra > 1)
    ):
        values = _turn_upright(image, tiff_channels.read_samples(image, data))
        decoded = from_16_bit_colour(
            values[..., : 3 + channels.has_alpha], premultiplied=channels.premultiplied
        )
    elif deep and channels.colours == 3:
        image.load()
        if image.mode not in ("RGB", "RGBA"):
            raise Problem("image.unusual")
        values = decode_16_bit_colour(data)
        is_opaque = values.shape[2] == 4 and bool(
            (values[..., 3] == np.iinfo(values.dtype).max).all()
        )
        if channels.ignored:
            values = values[..., :3]
        decoded = from_16_bit_colour(values, premultiplied=channels.premultiplied)
    else:
        multiplied = channels.premultiplied and tiff_channels.keep_premultiplied(image)
        image.load()
        decoded = convert_with_pillow(
            image, opaque=not channels.has_alpha, premultiplied=multiplied
        )
        is_opaque = image.mode == "RGBA" and image.getchannel("A").getextrema() == (255, 255)
    if channels.ignored and not is_opaque:
        note = Message("image.channels_left_out", {"count": channels.ignored})
        decoded = replace(decoded, notes=(*decoded.notes, note), dropped_hash=dropped_hash(data))
    return decoded


def _turn_upright(image: Image.Image, values: npt.NDArray[Any]) -> npt.NDArray[Any]:
    return apply_orientation(
        values, int(tiff_channels.read_tags(image).get(tiff_channels.ORIENTATION, 1))
    )
