"""Damage inside a JPEG: found where the decoder fills up in silence, and never in a whole file."""

from functools import cache

import numpy as np
import pytest
from hostile import encoded, picture
from PIL import Image

from engine.images.decoder import decode
from engine.images.jpeg_damage import DAMAGE
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
    return encoded(cell() if pixels is None else pixels, "JPEG", **{"quality": 90, **options})


def codes_of(data):
    """Return where the codes of the last scan begin and end."""
    head = data.rindex(b"\xff\xda")
    return head + 2 + int.from_bytes(data[head + 2 : head + 4], "big"), len(data) - 2


def found(data):
    """Return the problem's id, the ids of what is noted, or nothing."""
    try:
        return [note.id for note in decode(data).notes]
    except Problem as problem:
        return problem.message.id


@pytest.mark.parametrize("options", FORMS)
@pytest.mark.parametrize("mode", ["RGB", "L"])
def test_a_whole_file_has_no_damage_at_any_quality_and_size(options, mode):
    for quality in (10, 50, 90, 100):
        for size in (9, 16, 40, 133):
            image = Image.fromarray(cell()).resize((size, size + 3)).convert(mode)
            assert found(jpeg(image, **{**options, "quality": quality})) == [], (quality, size)
    assert found(jpeg(picture(1), **options)) == []


def test_a_drawn_border_on_the_grid_of_blocks_is_no_damage():
    framed = cell().copy()
    framed[:48] = 0
    framed[-40:] = 255
    assert found(jpeg(framed)) == []


@pytest.mark.parametrize("options", [one for one in FORMS if "progressive" not in one])
@pytest.mark.parametrize("share", [0.1, 0.4, 0.8])
def test_a_file_that_was_cut_and_ended_is_truncated(options, share):
    data = jpeg(**options)
    start, end = codes_of(data)
    assert found(data[: start + int(share * (end - start))] + END) == "image.truncated"


def test_a_progressive_file_without_its_later_scans_is_truncated():
    data = jpeg(progressive=True)
    scans = [at for at in range(len(data)) if data[at : at + 2] == b"\xff\xda"]
    assert found(data[: scans[1]] + END) == "image.truncated"
    assert found(data[: scans[-1]] + END) == ["image.slightly_damaged"]


@pytest.mark.parametrize("options", [one for one in FORMS if "progressive" not in one])
def test_zeros_in_the_middle_are_found(options):
    data = bytearray(jpeg(**options))
    start, end = codes_of(bytes(data))
    middle = (start + end) // 2
    data[middle : middle + 400] = bytes(400)
    assert found(bytes(data)) in ("image.damaged", "image.truncated")


@pytest.mark.parametrize("change", ["changed", "missing", "twice"])
def test_nearly_all_damage_that_can_be_seen_is_found(change):
    rng = np.random.default_rng(5)
    whole = decode(jpeg()).pixels.astype(int)
    start, end = codes_of(jpeg())
    missed = seen = 0
    for _ in range(30):
        at, length = int(rng.integers(start, end - 200)), int(rng.integers(8, 100))
        data = jpeg()
        piece = rng.integers(0, 255, length, dtype=np.uint8).tobytes()
        middle = {"changed": piece, "missing": b"", "twice": data[at : at + length] * 2}[change]
        result = found(data[:at] + middle + data[at + length :])
        if result == []:
            pixels = decode(data[:at] + middle + data[at + length :]).pixels
            wrong = (np.abs(whole - pixels).max(axis=2) > 32).mean() > 0.05
            missed += wrong
            seen += wrong
        else:
            seen += 1
    assert seen >= 20
    assert missed <= 2


def test_damage_with_codes_that_still_mean_something_shows_in_the_picture():
    # What the decoder reads without a doubt: another picture from some row on.
    dark = cell().astype(int)
    dark[16:] -= np.array((40, 70, 50))
    assert found(jpeg(dark.clip(0, 255).astype(np.uint8))) == ["image.block_steps"]
    assert "image.block_steps" in DAMAGE


def test_a_turned_picture_is_judged_as_it_is_stored():
    exif = Image.Exif()
    exif[0x0112] = 6
    data = jpeg(exif=exif)
    assert found(data) == []
    start, end = codes_of(data)
    assert found(data[: (start + end) // 2] + END) == "image.truncated"
