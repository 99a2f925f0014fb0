"""Transparency in every format: blended on white, or ignored if it hides everything."""

import io
import struct

import numpy as np
import pytest
import tifffile
from hostile import encode, encode_16_bit, smooth_image
from PIL import Image

from engine.images.decoder import decode
from engine.images.source import open_source
from engine.images.transparency import blend_on_white
from engine.jobs import Job


def ids(result):
    return [note.id for note in result.notes]


def with_alpha(pixels, alpha):
    return np.dstack([pixels, np.broadcast_to(np.uint8(alpha), pixels.shape[:2])])


def bmp32(rgba):
    """Return a 32-bit BMP with alpha in its fourth byte."""
    height, width = rgba.shape[:2]
    masks = struct.pack("<4I", 0xFF0000, 0xFF00, 0xFF, 0xFF000000) + b"BGRs" + bytes(48)
    head = struct.pack("<IiiHHIIiiII", 108, width, -height, 1, 32, 3, 0, 0, 0, 0, 0) + masks
    rows = rgba[..., [2, 1, 0, 3]].tobytes()
    start = 14 + len(head)
    return b"BM" + struct.pack("<IHHI", start + len(rows), 0, 0, start) + head + rows


def tiff(rgba, kind):
    out = io.BytesIO()
    tifffile.imwrite(out, rgba, photometric="rgb", extrasamples=[kind])
    return out.getvalue()


def files(pixels, alpha):
    """Return the same image with alpha in each format and bit depth that supports it."""
    rgba = with_alpha(pixels, alpha)
    wide = rgba.astype(np.uint16) * 257
    return {
        "png": encode(rgba, "PNG"),
        "bmp": bmp32(rgba),
        "webp": encode(rgba, "WEBP", lossless=True, exact=True),
        "tiff unassociated": tiff(rgba, "unassalpha"),
        "tiff associated": tiff(rgba, "assocalpha"),
        "png 16": encode_16_bit(wide, ".png"),
        "tiff 16 unassociated": tiff(wide, "unassalpha"),
        "tiff 16 associated": tiff(wide, "assocalpha"),
    }


@pytest.mark.parametrize("kind", files(smooth_image(0), 0))
@pytest.mark.parametrize("alpha", [0, 1])
def test_alpha_that_hides_everything_is_ignored(kind, alpha):
    pixels = smooth_image(0)
    result = decode(files(pixels, alpha)[kind])
    assert np.array_equal(result.pixels, pixels)
    assert "image.alpha_left_out" in ids(result)


@pytest.mark.parametrize("kind", files(smooth_image(0), 0))
def test_images_hidden_by_alpha_stay_different(kind):
    first, second = (decode(files(smooth_image(number), 0)[kind]) for number in (0, 1))
    assert not np.array_equal(first.pixels, second.pixels)
    assert first.dropped_hash != second.dropped_hash


@pytest.mark.parametrize("kind", files(smooth_image(0), 0))
def test_transparent_area_is_white_and_noted(kind):
    alpha = np.full(smooth_image(0).shape[:2], 255, np.uint8)
    alpha[:5] = 0
    result = decode(files(smooth_image(0) * (alpha[..., None] > 0), alpha)[kind])
    assert (result.pixels[:5] == 255).all()
    assert np.array_equal(result.pixels[5:], smooth_image(0)[5:])
    assert "image.on_white" in ids(result)


def test_premultiplied_alpha_is_not_applied_twice():
    colours = np.full((8, 8, 3), 60, np.uint8)
    for scale, dtype in ((1, np.uint8), (257, np.uint16)):
        rgba = with_alpha(colours, 128).astype(dtype) * dtype(scale)
        rgba[0, 0] = 255 * scale  # the brightest pixel determines the bit depth
        result = decode(tiff(rgba, "assocalpha"))
        assert result.pixels[4, 4].tolist() == [60 + 127] * 3
        result = decode(tiff(rgba, "unassalpha"))
        assert result.pixels[4, 4].tolist() == [157] * 3


@pytest.mark.parametrize("bits", [10, 12, 14])
def test_opaque_alpha_has_the_bit_depth_of_the_colours(bits):
    top = (1 << bits) - 1
    rgba = np.full((8, 8, 4), top // 2, np.uint16)
    rgba[0, 0] = rgba[..., 3] = top
    result = decode(encode_16_bit(rgba, ".png"))
    assert abs(int(result.pixels[4, 4, 0]) - 127) <= 1
    assert ids(result) == ["image.scaled"]


def test_hidden_colours_change_the_dropped_hash():
    alpha = np.full((16, 16), 255, np.uint8)
    alpha[:8] = 0
    first, second = (np.full((16, 16, 3), 90, np.uint8) for _ in range(2))
    second[:8] = 10
    loaded = [decode(encode(with_alpha(pixels, alpha), "PNG")) for pixels in (first, second)]
    assert np.array_equal(loaded[0].pixels, loaded[1].pixels)
    assert loaded[0].dropped_hash != loaded[1].dropped_hash
    assert decode(encode(first, "PNG")).dropped_hash == ""


def test_lost_low_bits_change_the_dropped_hash():
    wide = smooth_image(0).astype(np.uint16) * 257
    wide[0, 0] = 65535
    other = wide.copy()
    other[5, 5] ^= 1
    loaded = [decode(encode_16_bit(pixels, ".png")) for pixels in (wide, other)]
    assert np.array_equal(loaded[0].pixels, loaded[1].pixels)
    assert loaded[0].dropped_hash != loaded[1].dropped_hash


def test_fully_hidden_palette_and_grey_images():
    grey = smooth_image(0)[..., 0]
    hidden = np.dstack([grey, np.zeros_like(grey)])
    result = decode(encode(Image.fromarray(hidden, "LA"), "PNG"))
    assert np.array_equal(result.pixels[..., 1], grey)
    palette = Image.fromarray(smooth_image(0)).quantize(16)
    plain = np.asarray(palette.convert("RGB"))
    result = decode(encode(palette, "PNG", transparency=bytes(16)))
    assert np.array_equal(result.pixels, plain)


def test_archive_alpha_follows_the_same_rule(tmp_path):
    images = np.stack([with_alpha(smooth_image(number), 0) for number in (0, 1)])
    np.savez(tmp_path / "cells.npz", images=images)
    source = open_source(tmp_path / "cells.npz")
    found = list(source.scan(Job()))
    loaded = [source.load(record) for record in found]
    assert [np.array_equal(image.pixels, smooth_image(n)) for n, image in enumerate(loaded)] == [
        True
    ] * 2
    assert loaded[0].content_hash != loaded[1].content_hash
    assert [source.digest(record) for record in found] == [image.content_hash for image in loaded]


def test_large_image_is_blended_in_strips():
    rgba = with_alpha(np.full((700, 5, 3), 100, np.uint8), 255)
    rgba[600:, :, 3] = 0
    pixels, _ = blend_on_white(rgba)
    assert (pixels[600:] == 255).all()
    assert (pixels[:600] == 100).all()
