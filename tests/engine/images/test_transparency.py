"""Transparency in every format: laid on white where it is one, left out where it hides everything."""

import io
import struct

import numpy as np
import pytest
import tifffile
from hostile import deep, encoded, picture
from PIL import Image

from engine.images.transparency import blend_on_white
from engine.images.decoder import decode
from engine.images.source import open_source
from engine.jobs import Job


def ids(result):
    return [note.id for note in result.notes]


def with_alpha(pixels, alpha):
    return np.dstack([pixels, np.broadcast_to(np.uint8(alpha), pixels.shape[:2])])


def bmp32(rgba):
    """Return a BMP of 32 bits whose header says that the fourth byte is alpha."""
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
    """Return the same picture with alpha in each format and depth that can hold it."""
    rgba = with_alpha(pixels, alpha)
    wide = rgba.astype(np.uint16) * 257
    return {
        "png": encoded(rgba, "PNG"),
        "bmp": bmp32(rgba),
        "webp": encoded(rgba, "WEBP", lossless=True, exact=True),
        "tiff unassociated": tiff(rgba, "unassalpha"),
        "tiff associated": tiff(rgba, "assocalpha"),
        "png 16": deep(wide, ".png"),
        "tiff 16 unassociated": tiff(wide, "unassalpha"),
        "tiff 16 associated": tiff(wide, "assocalpha"),
    }


@pytest.mark.parametrize("kind", files(picture(0), 0))
@pytest.mark.parametrize("alpha", [0, 1])
def test_alpha_that_hides_everything_is_no_transparency(kind, alpha):
    pixels = picture(0)
    result = decode(files(pixels, alpha)[kind])
    assert np.array_equal(result.pixels, pixels)
    assert "image.alpha_left_out" in ids(result)


@pytest.mark.parametrize("kind", files(picture(0), 0))
def test_pictures_hidden_by_alpha_are_different_pictures(kind):
    first, second = (decode(files(picture(number), 0)[kind]) for number in (0, 1))
    assert not np.array_equal(first.pixels, second.pixels)
    assert first.dropped != second.dropped


@pytest.mark.parametrize("kind", files(picture(0), 0))
def test_a_hole_is_white_and_said_in_every_format(kind):
    alpha = np.full(picture(0).shape[:2], 255, np.uint8)
    alpha[:5] = 0
    result = decode(files(picture(0) * (alpha[..., None] > 0), alpha)[kind])
    assert (result.pixels[:5] == 255).all()
    assert np.array_equal(result.pixels[5:], picture(0)[5:])
    assert "image.on_white" in ids(result)


def test_associated_alpha_is_not_multiplied_twice():
    colours = np.full((8, 8, 3), 60, np.uint8)
    for scale, dtype in ((1, np.uint8), (257, np.uint16)):
        rgba = with_alpha(colours, 128).astype(dtype) * dtype(scale)
        rgba[0, 0] = 255 * scale  # the brightest pixel says how deep the file is
        result = decode(tiff(rgba, "assocalpha"))
        assert result.pixels[4, 4].tolist() == [60 + 127] * 3
        result = decode(tiff(rgba, "unassalpha"))
        assert result.pixels[4, 4].tolist() == [157] * 3


@pytest.mark.parametrize("bits", [10, 12, 14])
def test_a_cameras_opaque_alpha_has_as_many_bits_as_its_colours(bits):
    top = (1 << bits) - 1
    rgba = np.full((8, 8, 4), top // 2, np.uint16)
    rgba[0, 0] = rgba[..., 3] = top
    result = decode(deep(rgba, ".png"))
    assert abs(int(result.pixels[4, 4, 0]) - 127) <= 1
    assert ids(result) == ["image.scaled"]


def test_what_is_hidden_under_alpha_makes_different_pictures_of_equal_pixels():
    alpha = np.full((16, 16), 255, np.uint8)
    alpha[:8] = 0
    first, second = (np.full((16, 16, 3), 90, np.uint8) for _ in range(2))
    second[:8] = 10
    shown = [decode(encoded(with_alpha(one, alpha), "PNG")) for one in (first, second)]
    assert np.array_equal(shown[0].pixels, shown[1].pixels)
    assert shown[0].dropped != shown[1].dropped
    assert decode(encoded(first, "PNG")).dropped == ""


def test_low_bits_that_are_lost_make_different_pictures_of_equal_pixels():
    wide = picture(0).astype(np.uint16) * 257
    wide[0, 0] = 65535
    other = wide.copy()
    other[5, 5] ^= 1
    shown = [decode(deep(one, ".png")) for one in (wide, other)]
    assert np.array_equal(shown[0].pixels, shown[1].pixels)
    assert shown[0].dropped != shown[1].dropped


def test_a_palette_and_grey_hidden_whole_are_shown():
    grey = picture(0)[..., 0]
    hidden = np.dstack([grey, np.zeros_like(grey)])
    result = decode(encoded(Image.fromarray(hidden, "LA"), "PNG"))
    assert np.array_equal(result.pixels[..., 1], grey)
    palette = Image.fromarray(picture(0)).quantize(16)
    plain = np.asarray(palette.convert("RGB"))
    result = decode(encoded(palette, "PNG", transparency=bytes(16)))
    assert np.array_equal(result.pixels, plain)


def test_an_archives_alpha_follows_the_same_rule(tmp_path):
    images = np.stack([with_alpha(picture(number), 0) for number in (0, 1)])
    np.savez(tmp_path / "cells.npz", images=images)
    source = open_source(tmp_path / "cells.npz")
    found = list(source.scan(Job()))
    shown = [source.load(record) for record in found]
    assert [np.array_equal(one.pixels, picture(n)) for n, one in enumerate(shown)] == [True] * 2
    assert shown[0].content_hash != shown[1].content_hash
    assert [source.digest(record) for record in found] == [one.content_hash for one in shown]


def test_a_large_picture_is_laid_on_white_in_strips():
    rgba = with_alpha(np.full((700, 5, 3), 100, np.uint8), 255)
    rgba[600:, :, 3] = 0
    pixels, _ = blend_on_white(rgba)
    assert (pixels[600:] == 255).all()
    assert (pixels[:600] == 100).all()
