"""JPEG damage that the decoder conceals is found, and intact files have none."""

from functools import cache

import numpy as np
import pytest
from hostile import encode, smooth_image
from PIL import Image

from engine.images.decoder import decode
from engine.images.jpeg_damage import DAMAGE_NOTES
from engine.images.sample.cells import render_cell
from engine.messages import Problem

END = b"\xff\xd9"
FORMS = [
    {},
    {"optimize": True},
    {"subsampling": 0},
    {"subsampling": 1},
    {"restart_marker_blocks": 7},
    {"progressive": True},
]


@cache
def cell():
    return render_cell("neutrophil", np.random.default_rng(3))


def jpeg(pixels=None, **options):
    return encode(cell() if pixels is None else pixels, "JPEG", **{"quality": 90, **options})


def codes_of(data):
    """Return the range of the codes of the last scan."""
    head = data.rindex(b"\xff\xda")
    return head + 2 + int.from_bytes(data[head + 2 : head + 4], "big"), len(data) - 2


def found(data):
    """Return the problem's id, or the list of note ids."""
    try:
        return [note.id for note in decode(data).notes]
    except Problem as problem:
        return problem.message.id


@pytest.mark.parametrize("options", FORMS)
@pytest.mark.parametrize("mode", ["RGB", "L"])
def test_intact_files_have_no_damage(options, mode):
    for quality in (10, 50, 90, 100):
        for size in (9, 16, 40, 133):
            image = Image.fromarray(cell()).resize((size, size + 3)).convert(mode)
            assert found(jpeg(image, **{**options, "quality": quality})) == [], (quality, size)
    assert found(jpeg(smooth_image(1), **options)) == []


def test_drawn_border_on_the_block_grid_is_not_damage():
    framed = cell().copy()
    framed[:48] = 0
    framed[-40:] = 255
    assert found(jpeg(framed)) == []


@pytest.mark.parametrize("options", [form for form in FORMS if "progressive" not in form])
@pytest.mark.parametrize("share", [0.1, 0.4, 0.8])
def test_cut_file_with_end_marker_is_truncated(options, share):
    data = jpeg(**options)
    start, end = codes_of(data)
    assert found(data[: start + int(share * (end - start))] + END) == "image.truncated"


def test_progressive_file_without_later_scans_is_truncated():
    data = jpeg(progressive=True)
    scans = [
        position for position in range(len(data)) if data[position : position + 2] == b"\xff\xda"
    ]
    assert found(data[: scans[1]] + END) == "image.truncated"
    assert found(data[: scans[-1]] + END) == ["image.slightly_damaged"]


@pytest.mark.parametrize("options", [form for form in FORMS if "progressive" not in form])
def test_zeroed_bytes_are_found(options):
    data = bytearray(jpeg(**options))
    start, end = codes_of(bytes(data))
    middle = (start + end) // 2
    data[middle : middle + 400] = bytes(400)
    assert found(bytes(data)) in ("image.damaged", "image.truncated")


@pytest.mark.parametrize("change", ["changed", "missing", "twice"])
def test_most_visible_damage_is_found(change):
    rng = np.random.default_rng(5)
    whole = decode(jpeg()).pixels.astype(int)
    start, end = codes_of(jpeg())
    missed = seen = 0
    for _ in range(30):
        position, length = int(rng.integers(start, end - 200)), int(rng.integers(8, 100))
        data = jpeg()
        piece = rng.integers(0, 255, length, dtype=np.uint8).tobytes()
        middle = {
            "changed": piece,
            "missing": b"",
            "twice": data[position : position + length] * 2,
        }[change]
        result = found(data[:position] + middle + data[position + length :])
        if result == []:
            pixels = decode(data[:position] + middle + data[position + length :]).pixels
            wrong = (np.abs(whole - pixels).max(axis=2) > 32).mean() > 0.05
            missed += wrong
            seen += wrong
        else:
            seen += 1
    assert seen >= 20
    assert missed <= 2


def test_valid_codes_with_visible_steps_are_noted():
    # Valid codes, but a different image from some row on.
    dark = cell().astype(int)
    dark[16:] -= np.array((40, 70, 50))
    assert found(jpeg(dark.clip(0, 255).astype(np.uint8))) == ["image.block_steps"]
    assert "image.block_steps" in DAMAGE_NOTES


def test_rotated_images_are_checked_as_stored():
    exif = Image.Exif()
    exif[0x0112] = 6
    data = jpeg(exif=exif)
    assert found(data) == []
    start, end = codes_of(data)
    assert found(data[: (start + end) // 2] + END) == "image.truncated"
