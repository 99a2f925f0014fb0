"""Channels and pages of a TIFF: `ExtraSamples` says what is alpha, and colours are put together or refused."""

import io

import numpy as np
import pytest
import tifffile
from hostile import picture

from engine.images.decoder import decode
from engine.messages import Problem

PIXELS = picture(0)
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
def test_a_fourth_channel_that_is_not_said_to_be_alpha_is_left_out_and_said(scale, fourth, planar):
    values = wide(np.dstack([PIXELS, np.full(PIXELS.shape[:2], fourth, np.uint8)]), scale)
    data = written(
        values if planar == "contig" else planes(values),
        photometric="rgb", planarconfig=planar, extrasamples=["unspecified"], compression="deflate",
    )  # fmt: skip
    pixels, notes = outcome(data)
    assert np.array_equal(pixels, PIXELS)
    assert notes == ["image.channels_left_out"]


@pytest.mark.parametrize("planar", ["contig", "separate"])
def test_several_channels_beside_the_colours(planar):
    values = np.dstack([PIXELS, PIXELS[..., :2]])
    data = written(
        values if planar == "contig" else planes(values),
        photometric="rgb", planarconfig=planar, extrasamples=["unspecified"] * 2, compression="deflate",
    )  # fmt: skip
    pixels, notes = outcome(data)
    assert np.array_equal(pixels, PIXELS)
    assert notes == ["image.channels_left_out"]


def test_pictures_that_differ_only_in_what_was_left_out_are_no_copies():
    def fourth(value):
        return np.dstack([PIXELS, np.full(PIXELS.shape[:2], value, np.uint8)])

    options = {"photometric": "rgb", "extrasamples": ["unspecified"]}
    first, second = (decode(written(fourth(value), **options)) for value in (3, 4))
    assert np.array_equal(first.pixels, second.pixels)
    assert first.dropped != second.dropped


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


def test_grey_with_alpha_is_still_read():
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
def test_colours_in_pages_or_channels_of_their_own_are_put_together_and_said(scale, options):
    pixels, notes = outcome(written(planes(wide(PIXELS, scale)), **options))
    assert np.array_equal(pixels, PIXELS)
    assert notes == ["image.channels_together"]


@pytest.mark.parametrize(
    ("axes", "options"),
    [("ZCYX", {"imagej": True}), ("CZYX", {"ome": True, "photometric": "minisblack"})],
)
def test_of_a_stack_of_colours_the_first_is_put_together(axes, options):
    colours = planes(PIXELS)
    stack = np.stack([colours, colours[::-1]], axis=axes.index("Z"))
    pixels, notes = outcome(written(stack, metadata={"axes": axes}, **options))
    assert np.array_equal(pixels, PIXELS)
    assert notes == ["image.channels_together", "image.first_only"]


@pytest.mark.parametrize("axes", ["ZYX", "TYX"])
def test_pages_that_are_said_to_be_no_colours_are_pictures(axes):
    data = written(planes(PIXELS), metadata={"axes": axes}, photometric="minisblack")
    pixels, notes = outcome(data)
    assert np.array_equal(pixels[..., 1], PIXELS[..., 0])
    assert notes == ["image.first_only"]


def test_three_grey_pages_that_do_not_say_what_they_are_are_refused():
    assert outcome(written(planes(PIXELS), photometric="minisblack")) == "image.pages"


@pytest.mark.parametrize("count", [2, 4])
def test_colours_of_another_number_are_refused(count):
    values = planes(np.dstack([PIXELS, PIXELS])[..., :count])
    data = written(values, imagej=True, metadata={"axes": "CYX"})
    assert outcome(data) == "image.channels"


def test_of_several_pictures_in_colour_the_first_is_taken_and_said():
    pixels, notes = outcome(written(np.stack([PIXELS, 255 - PIXELS]), photometric="rgb"))
    assert np.array_equal(pixels, PIXELS)
    assert notes == ["image.first_only"]
