"""Budget of an image: every reader stops when cancelled, when it took too long, and for large images."""

import struct
import threading

import numpy as np
import pytest
from hostile import encode, smooth_image

from engine.images import archive_source, budget, npz
from engine.images.budget import reserve_memory, stopped_by
from engine.images.decoder import decode, decode_pixels
from engine.images.source import open_source
from engine.jobs import Cancelled, Job
from engine.messages import Problem

KINDS = ("JPEG", "PNG", "BMP", "GIF", "WEBP", "TIFF")
NOISE = np.random.default_rng(0).integers(0, 255, (300, 400, 3), np.uint8)


class _CancelledLater:
    """A job that is cancelled at its n-th check."""

    def __init__(self, checks: int) -> None:
        self.left = checks

    def check(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise Cancelled


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("read", [decode, lambda data: decode_pixels(data, 16)])
def test_cancel_stops_every_decoder(kind, read):
    data = encode(NOISE, kind)
    with stopped_by(_CancelledLater(0)), pytest.raises(Cancelled):
        read(data)
    assert read(data) is not None


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "BMP"])
def test_cancel_is_noticed_while_pixels_are_decoded(kind):
    data = encode(NOISE, kind)
    job = _CancelledLater(10**9)
    with stopped_by(job):
        decode(data)
    checks = 10**9 - job.left
    assert checks > len(data) // (16 * 1024)
    with stopped_by(_CancelledLater(checks - 2)), pytest.raises(Cancelled):
        decode(data)


@pytest.mark.parametrize("kind", KINDS)
def test_image_that_takes_too_long_is_refused(kind, monkeypatch):
    data = encode(NOISE, kind)
    monkeypatch.setattr(budget, "MAX_SECONDS", -1)
    with pytest.raises(Problem) as caught:
        decode(data)
    assert caught.value.message.id == "image.too_slow"


def test_time_is_counted_for_each_image(monkeypatch):
    clock = iter(range(10**6))
    monkeypatch.setattr(budget.time, "thread_time", lambda: next(clock))
    monkeypatch.setattr(budget, "MAX_SECONDS", 40)
    small = encode(NOISE[:8, :8], "PNG")
    for _ in range(20):
        decode(small)


def test_large_images_wait_for_each_other_and_small_ones_do_not(monkeypatch):
    monkeypatch.setattr(budget, "LARGE_PIXELS", 10_000)
    large, small = encode(NOISE, "PNG"), encode(NOISE[:50, :50], "PNG")
    outcome: list[object] = []

    def decode_beside(data: bytes, job: object) -> None:
        try:
            with stopped_by(job):
                outcome.append(decode(data).pixels.shape)
        except Cancelled:
            outcome.append("cancelled")

    with reserve_memory(pixels=20_000):
        assert decode(large).pixels.shape == (300, 400, 3)  # the same thread
        for data, job in ((small, Job()), (large, _CancelledLater(40))):
            thread = threading.Thread(target=decode_beside, args=(data, job))
            thread.start()
            thread.join()
    assert outcome == [(50, 50, 3), "cancelled"]
    decode_beside(large, Job())
    assert outcome[-1] == (300, 400, 3)


def _jpeg_tiff(jpeg: bytes, width: int, height: int) -> bytes:
    """Return a TIFF with one JPEG strip."""
    entries = [
        (256, 4, 1, width), (257, 4, 1, height), (258, 3, 3, 0), (259, 3, 1, 7), (262, 3, 1, 6),
        (273, 4, 1, 0), (277, 3, 1, 3), (278, 4, 1, height), (279, 4, 1, len(jpeg)),
    ]  # fmt: skip
    bits_at = 8 + 2 + 12 * len(entries) + 4
    values = {258: bits_at, 273: bits_at + 6}
    out = b"II*\0" + struct.pack("<IH", 8, len(entries))
    for tag, kind, count, value in entries:
        out += struct.pack("<HHII", tag, kind, count, values.get(tag, value))
    return out + struct.pack("<IHHH", 0, 8, 8, 8) + jpeg


def test_scans_of_a_jpeg_inside_a_tiff_are_limited():
    jpeg = encode(smooth_image(1), "JPEG", progressive=True)
    start = jpeg.rindex(b"\xff\xda")
    many = jpeg[:-2] + jpeg[start:-2] * 300 + jpeg[-2:]
    with pytest.raises(Problem) as caught:
        decode(_jpeg_tiff(many, 64, 48))
    assert caught.value.message.id == "image.too_many_scans"
    baseline = encode(smooth_image(1), "JPEG")
    assert decode(_jpeg_tiff(baseline, 64, 48)).pixels.shape == (48, 64, 3)


def test_huge_images_and_very_many_arrays_of_an_archive_are_refused(tmp_path, monkeypatch):
    file = tmp_path / "a.npz"
    np.savez(file, images=np.zeros((2, 40, 40, 3), np.uint8))
    monkeypatch.setattr(archive_source, "_MAX_VALUES", 4000)
    with pytest.raises(Problem) as caught:
        open_source(file)
    assert caught.value.message.id == "image.too_many_pixels"
    monkeypatch.setattr(npz, "MAX_MEMBERS", 3)
    np.savez(file, **{f"a{number}": np.zeros(1) for number in range(4)})
    with pytest.raises(Problem) as caught:
        open_source(file)
    assert caught.value.message.id == "archive.damaged"
