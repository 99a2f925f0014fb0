"""Thumbnails: asked for, decoded elsewhere, bounded."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.images.source import open_source
from engine.jobs import Job
from gui.gallery import thumbnails as module
from gui.gallery.thumbnails import Thumbnails, to_image
from gui.workers import Workers

WAIT_MS = 10_000


@pytest.fixture
def thumbnails(qapp):
    workers = Workers()
    made = Thumbnails(workers)
    yield made
    made.close()
    workers.close()


@pytest.fixture
def source(tmp_path: Path):
    for number in range(30):
        Image.new("RGB", (60, 40), (number * 8, 10, 10)).save(tmp_path / f"{number:02}.png")
    (tmp_path / "99.png").write_bytes((tmp_path / "01.png").read_bytes()[:60])
    return open_source(tmp_path)


def records(source):
    return [one for one in source.scan(Job()) if hasattr(one, "mtime_ns")]


def test_pixels_keep_their_colours_and_rows():
    pixels = np.zeros((5, 7, 3), np.uint8)
    pixels[4, 6] = (10, 20, 30)
    image = to_image(pixels)
    assert (image.width(), image.height()) == (7, 5)
    assert image.pixelColor(6, 4).getRgb()[:3] == (10, 20, 30)
    assert image.pixelColor(0, 0).getRgb()[:3] == (0, 0, 0)


def test_what_is_asked_for_comes(thumbnails, source, qtbot):
    thumbnails.open(source)
    thumbnails.edge = 30
    first = records(source)[3]
    with qtbot.waitSignal(thumbnails.ready, timeout=WAIT_MS):
        assert thumbnails.get(first) is None
    image = thumbnails.get(first)
    assert (image.width(), image.height()) == (30, 20)
    assert image.pixelColor(5, 5).red() == 24


def test_another_size_is_shown_until_the_right_one_is_there(thumbnails, source, qtbot):
    thumbnails.open(source)
    thumbnails.edge = 20
    first = records(source)[0]
    with qtbot.waitSignal(thumbnails.ready, timeout=WAIT_MS):
        thumbnails.get(first)
    thumbnails.edge = 40
    with qtbot.waitSignal(thumbnails.ready, timeout=WAIT_MS):
        assert thumbnails.get(first).width() == 20
    assert thumbnails.get(first).width() == 40


def test_the_cache_is_bounded_by_bytes(thumbnails, source, qtbot, monkeypatch):
    monkeypatch.setattr(module, "_CACHE_BYTES", 5 * 30 * 20 * 4)
    thumbnails.open(source)
    thumbnails.edge = 30
    came = []
    thumbnails.ready.connect(came.append)
    wanted = records(source)[:12]
    for one in wanted:
        thumbnails.get(one)
    qtbot.waitUntil(lambda: len(came) == 12, timeout=WAIT_MS)
    held = [one for one in wanted if thumbnails.peek(one.path) is not None]
    assert len(held) == 5
    assert thumbnails._bytes == sum(image.sizeInBytes() for _, image in thumbnails._images.values())


def test_a_file_without_a_picture_gives_its_reason_once(thumbnails, source, qtbot):
    thumbnails.open(source)
    bad = next(one for one in records(source) if one.path == "99.png")
    with qtbot.waitSignal(thumbnails.ready, timeout=WAIT_MS):
        thumbnails.get(bad)
    assert thumbnails.reason("99.png").id.startswith("image.")
    thumbnails.get(bad)
    assert not thumbnails._pending
