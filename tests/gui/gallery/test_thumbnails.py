"""Thumbnail cache: requests, decoding, bounds."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.images.source import open_source
from engine.jobs import Job
from gui.gallery import thumbnails as module
from gui.gallery.thumbnails import ThumbnailCache, _RequestQueue, to_qimage
from gui.jobs.workers import Workers

WAIT_MS = 10_000


@pytest.fixture
def thumbnails(qapp):
    workers = Workers()
    made = ThumbnailCache(workers)
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
    return [record for record in source.scan(Job()) if hasattr(record, "mtime_ns")]


def test_to_qimage_keeps_colours_and_rows():
    pixels = np.zeros((5, 7, 3), np.uint8)
    pixels[4, 6] = (10, 20, 30)
    image = to_qimage(pixels)
    assert (image.width(), image.height()) == (7, 5)
    assert image.pixelColor(6, 4).getRgb()[:3] == (10, 20, 30)
    assert image.pixelColor(0, 0).getRgb()[:3] == (0, 0, 0)


def test_requested_thumbnail_is_decoded(thumbnails, source, qtbot):
    thumbnails.open(source)
    thumbnails.edge = 30
    first = records(source)[3]
    with qtbot.waitSignal(thumbnails.ready, timeout=WAIT_MS):
        assert thumbnails.get(first) is None
    image = thumbnails.get(first)
    assert (image.width(), image.height()) == (30, 20)
    assert image.pixelColor(5, 5).red() == 24


def test_other_size_is_returned_until_the_requested_one_is_ready(thumbnails, source, qtbot):
    thumbnails.open(source)
    thumbnails.edge = 20
    first = records(source)[0]
    with qtbot.waitSignal(thumbnails.ready, timeout=WAIT_MS):
        thumbnails.get(first)
    thumbnails.edge = 40
    with qtbot.waitSignal(thumbnails.ready, timeout=WAIT_MS):
        assert thumbnails.get(first).width() == 20
    assert thumbnails.get(first).width() == 40


def test_cache_is_bounded_by_bytes(thumbnails, source, qtbot, monkeypatch):
    monkeypatch.setattr(module, "_CACHE_BYTES", 5 * 30 * 20 * 4)
    thumbnails.open(source)
    thumbnails.edge = 30
    came = []
    thumbnails.ready.connect(came.append)
    wanted = records(source)[:12]
    for record in wanted:
        thumbnails.get(record)
    qtbot.waitUntil(lambda: len(came) == 12, timeout=WAIT_MS)
    held = [record for record in wanted if thumbnails.peek(record.path) is not None]
    assert len(held) == 5
    assert thumbnails._bytes == sum(image.sizeInBytes() for _, image in thumbnails._images.values())


def test_undecodable_file_reports_its_reason_once(thumbnails, source, qtbot):
    thumbnails.open(source)
    bad = next(record for record in records(source) if record.path == "99.png")
    with qtbot.waitSignal(thumbnails.ready, timeout=WAIT_MS):
        thumbnails.get(bad)
    assert thumbnails.reason("99.png").id.startswith("image.")
    thumbnails.get(bad)
    assert not thumbnails._pending


def test_visible_images_are_decoded_before_prefetched_ones(source):
    requests, made = _RequestQueue(), records(source)
    for record in made[:4]:
        requests.put((record, 30), ahead=True)
    for record in made[8:10]:
        requests.put((record, 30), ahead=False)
    requests.put((made[2], 30), ahead=False)  # scrolled to meanwhile
    order = [requests.get(Job())[0].path for _ in range(6)]
    assert order == [f"{number:02}.png" for number in (8, 9, 2, 0, 1, 3)]


def test_dropped_requests_are_not_decoded(source):
    requests, made = _RequestQueue(), records(source)
    for record in made[:20]:
        requests.put((record, 30), ahead=False)
    requests.put((made[25], 30), ahead=True)
    gone = requests.keep_only({made[7].path, made[25].path})
    assert len(gone) == 19
    assert [requests.get(Job())[0].path for _ in range(2)] == ["07.png", "25.png"]


def test_dropped_request_can_be_repeated(thumbnails, source, qtbot):
    thumbnails.open(source)
    thumbnails._requests.close()  # no decoder takes anything
    thumbnails._requests = _RequestQueue()
    first = records(source)[0]
    thumbnails.get(first)
    thumbnails.keep_only(set())
    assert not thumbnails._pending
    thumbnails.get(first)
    assert thumbnails._requests.get(Job()) == (first, thumbnails.edge)


def test_prefetched_thumbnail_is_cached(thumbnails, source, qtbot):
    thumbnails.open(source)
    ahead = records(source)[10:14]
    thumbnails.prefetch(ahead)
    qtbot.waitUntil(
        lambda: all(thumbnails.peek(record.path) is not None for record in ahead), timeout=WAIT_MS
    )


def test_prefetching_never_fills_more_than_half_the_cache(thumbnails, source, monkeypatch):
    monkeypatch.setattr(module, "_CACHE_BYTES", 10 * 8 * 30 * 30)
    thumbnails.edge = 30
    thumbnails.prefetch(records(source))
    assert len(thumbnails._pending) == 10


def test_replaced_file_is_decoded_again(thumbnails, source, tmp_path, qtbot):
    thumbnails.open(source)
    old = records(source)[3]
    with qtbot.waitSignal(thumbnails.ready, timeout=WAIT_MS):
        thumbnails.get(old)
    Image.new("RGB", (64, 64), (250, 10, 10)).save(tmp_path / old.path)
    new = records(source)[3]
    assert new != old
    with qtbot.waitSignal(thumbnails.ready, timeout=WAIT_MS):
        assert (
            thumbnails.get(new).pixelColor(5, 5).red() == 24
        )  # the old record until then: no flicker
    assert thumbnails.get(new).pixelColor(5, 5).red() == 250


def test_missing_file_reports_a_problem_and_is_retried(thumbnails, source, tmp_path, qtbot):
    thumbnails.open(source)
    record = records(source)[3]
    kept = (tmp_path / record.path).read_bytes()
    (tmp_path / record.path).unlink()
    with qtbot.waitSignal(thumbnails.ready, timeout=WAIT_MS):
        thumbnails.get(record)
    assert thumbnails.reason(record.path).id == "image.gone"
    (tmp_path / record.path).write_bytes(kept)
    thumbnails.keep_only({record.path})
    assert thumbnails.reason(record.path) is not None  # not while it stays in sight: no busy loop
    thumbnails.keep_only(set())
    with qtbot.waitSignal(thumbnails.ready, timeout=WAIT_MS):
        thumbnails.get(record)
    assert thumbnails.peek(record.path) is not None
    assert thumbnails.reason(record.path) is None


def test_outdated_size_does_not_replace_the_current_one(thumbnails, source):
    record = records(source)[0]
    large, small = (
        to_qimage(np.zeros((40, 40, 3), np.uint8)),
        to_qimage(np.zeros((9, 9, 3), np.uint8)),
    )
    thumbnails.edge = 40
    thumbnails.get(record)
    thumbnails._store(((record, 40), large))
    thumbnails._store(((record, 9), small))
    assert thumbnails.peek(record.path).width() == 40


def test_new_source_discards_pending_results(thumbnails, source, tmp_path, qtbot):
    thumbnails.open(source)
    for record in records(source):
        thumbnails.get(record)
    other = tmp_path / "other"
    other.mkdir()
    Image.new("RGB", (60, 40), (1, 2, 3)).save(other / "00.png")
    thumbnails.open(open_source(other))
    with qtbot.waitSignal(thumbnails.ready, timeout=WAIT_MS):
        thumbnails.get(records(open_source(other))[0])
    assert list(thumbnails._images) == ["00.png"]
    assert thumbnails.peek("00.png").pixelColor(3, 3).red() == 1
