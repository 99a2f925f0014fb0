"""TIFF channels and pages: alpha by `ExtraSamples`; colours are combined or refused."""

import io

import numpy as np
import pytest
import tifffile
from hostile import smooth_image

from engine.images.decoder import decode
from engine.messages import Problem

PIXELS = smooth_image(0)
DEPTHS = pytest.mark.parametrize("scale", [1, 257])


def written(values, **options):
    out = io.BytesIO()
    tifffile.imwrite(out, values, **options)
    return out.getvalue()


def outcome(data):
    """Return pixels and notes, or the problem's id."""
    try:
        result = decode(data)
    except Problem as problem:
        return problem.message.id
    return result.pixels, [note.id for note in result.notes if note.id != "image.scaled"]


def wide(values, scale):
    return values if scale == 1 else values.astype(np.uint16) * scale


def planes(values):
    return np.moveaxis(values, -1, 0)


@DEPTHS
@pytest.mark.parametrize("fourth", [0, 77, 254])
@pytest.mark.parametrize("planar", ["contig", "separate"])
def test_unspecified_fourth_channel_is_ignored_and_noted(scale, fourth, planar):
    values = wide(np.dstack([PIXELS, np.full(PIXELS.shape[:2], fourth, np.uint8)]), scale)
    data = written(
        values if planar == "contig" else planes(values),
        photometric="rgb", planarconfig=planar, extrasamples=["unspecified"], compression="deflate",
    )  # fmt: skip
    pixels, notes = outcome(data)
    assert np.array_equal(pixels, PIXELS)
    assert notes == ["image.channels_left_out"]


@pytest.mark.parametrize("planar", ["contig", "separate"])
def test_several_extra_channels(planar):
    values = np.dstack([PIXELS, PIXELS[..., :2]])
    data = written(
        values if planar == "contig" else planes(values),
        photometric="rgb", planarconfig=planar, extrasamples=["unspecified"] * 2, compression="deflate",
    )  # fmt: skip
    pixels, notes = outcome(data)
    assert np.array_equal(pixels, PIXELS)
    assert notes == ["image.channels_left_out"]


def test_images_that_differ_in_ignored_channels_are_not_copies():
    def fourth(value):
        return np.dstack([PIXELS, np.full(PIXELS.shape[:2], value, np.uint8)])

    options = {"photometric": "rgb", "extrasamples": ["unspecified"]}
    first, second = (decode(written(fourth(value), **options)) for value in (3, 4))
    assert np.array_equal(first.pixels, second.pixels)
    assert first.dropped_hash != second.dropped_hash


@DEPTHS
@pytest.mark.parametrize("planar", ["contig", "separate"])
def test_two_grey_channels_are_refused(scale, planar):
    values = wide(PIXELS[..., :2], scale)
    data = written(
        values if planar == "contig" else planes(values),
        photometric="minisblack",
        planarconfig=planar,
    )
    assert outcome(data) in ("image.channels", "image.unusual")


def test_grey_with_alpha():
    grey = np.dstack([PIXELS[..., 0], np.full(PIXELS.shape[:2], 255, np.uint8)])
    data = written(
        grey, photometric="minisblack", planarconfig="contig", extrasamples=["unassalpha"]
    )
    pixels, notes = outcome(data)
    assert np.array_equal(pixels[..., 2], PIXELS[..., 0])
    assert notes == []


@DEPTHS
@pytest.mark.parametrize(
    "options",
    [
        {"imagej": True, "metadata": {"axes": "CYX"}},
        {"ome": True, "metadata": {"axes": "CYX"}, "photometric": "minisblack"},
        {"metadata": {"axes": "CYX"}, "photometric": "minisblack"},
        {"planarconfig": "separate", "photometric": "minisblack", "compression": "deflate"},
    ],
)
def test_separate_colour_pages_are_combined_and_noted(scale, options):
    pixels, notes = outcome(written(planes(wide(PIXELS, scale)), **options))
    assert np.array_equal(pixels, PIXELS)
    assert notes == ["image.channels_together"]


@pytest.mark.parametrize(
    ("axes", "options"),
    [("ZCYX", {"imagej": True}), ("CZYX", {"ome": True, "photometric": "minisblack"})],
)
def test_first_image_of_a_colour_stack_is_combined(axes, options):
    colours = planes(PIXELS)
    stack = np.stack([colours, colours[::-1]], axis=axes.index("Z"))
    pixels, notes = outcome(written(stack, metadata={"axes": axes}, **options))
    assert np.array_equal(pixels, PIXELS)
    assert notes == ["image.channels_together", "image.first_only"]


@pytest.mark.parametrize("axes", ["ZYX", "TYX"])
def test_pages_of_a_stack_are_images(axes):
    data = written(planes(PIXELS), metadata={"axes": axes}, photometric="minisblack")
    pixels, notes = outcome(data)
    assert np.array_equal(pixels[..., 1], PIXELS[..., 0])
    assert notes == ["image.first_only"]


def test_three_ambiguous_grey_pages_are_refused():
    assert outcome(written(planes(PIXELS), photometric="minisblack")) == "image.pages"


@pytest.mark.parametrize("count", [2, 4])
def test_other_numbers_of_colour_channels_are_refused(count):
    values = planes(np.dstack([PIXELS, PIXELS])[..., :count])
    data = written(values, imagej=True, metadata={"axes": "CYX"})
    assert outcome(data) == "image.channels"


def test_first_of_several_colour_pages_is_decoded():
    pixels, notes = outcome(written(np.stack([PIXELS, 255 - PIXELS]), photometric="rgb"))
    assert np.array_equal(pixels, PIXELS)
    assert notes == ["image.first_only"]
