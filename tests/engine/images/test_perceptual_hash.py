"""Perceptual hashes are (nearly) equal for copies and differ for other cells."""

import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from engine.images.perceptual_hash import (
    NO_CONTRAST,
    TOLERANCE_BITS,
    compute_hash,
    compute_hashes,
    match_any,
)
from engine.images.record import ImageRecord
from engine.images.sample.writer import write_sample
from engine.images.source import open_source
from engine.jobs import Cancelled, Job


@pytest.fixture(scope="session")
def drawn(tmp_path_factory):
    folder = tmp_path_factory.mktemp("drawn") / "sample"
    write_sample(folder, Job())
    source = open_source(folder)
    found = [item for item in source.scan(Job()) if isinstance(item, ImageRecord)]
    hashes = compute_hashes(Job(), source, found)
    return source, [
        record for record, value in zip(found, hashes, strict=True) if value is not None
    ]


def bits(first: int, second: int) -> int:
    return (first ^ second).bit_count()


def recompressed(pixels: np.ndarray, edge: int, quality: int) -> np.ndarray:
    out = io.BytesIO()
    image = Image.fromarray(pixels).resize((edge, edge), Image.Resampling.LANCZOS)
    image.save(out, "JPEG", quality=quality)
    return np.asarray(Image.open(out))


@pytest.mark.parametrize(("edge", "quality"), [(360, 95), (192, 90), (128, 75), (96, 50), (64, 30)])
def test_resized_and_recompressed_copies_match(drawn, edge, quality):
    source, records = drawn
    for record in records[::4]:
        pixels = np.asarray(source.load(record).pixels)
        assert (
            bits(compute_hash(pixels), compute_hash(recompressed(pixels, edge, quality)))
            <= TOLERANCE_BITS
        ), record.path


def test_different_cells_do_not_match(drawn):
    source, records = drawn
    hashes = np.array(compute_hashes(Job(), source, records), np.uint64)
    distances = np.bitwise_count(hashes[:, None] ^ hashes[None])
    close = {
        frozenset((records[a].path, records[b].path))
        for a, b in np.argwhere(distances <= TOLERANCE_BITS)
        if a != b
    }
    # The sample has three planted copies, and nothing else that is close.
    assert len(close) == 3
    assert any("NE_copy" in path for pair in close for path in pair)


def test_preview_and_full_image_match(drawn):
    source, records = drawn
    for record, value in zip(records, compute_hashes(Job(), source, records), strict=True):
        assert bits(value, compute_hash(source.load(record).pixels)) <= TOLERANCE_BITS


def test_images_without_contrast():
    for grey in (0, 93, 255):
        assert compute_hash(np.full((50, 40, 3), grey, np.uint8)) == NO_CONTRAST
    rng = np.random.default_rng(0)
    assert compute_hash(rng.integers(0, 255, (50, 40, 3), dtype=np.uint8)) != NO_CONTRAST


def test_unreadable_images_have_no_hash(tmp_path):
    (tmp_path / "a.png").write_bytes(b"no image")
    Image.new("RGB", (20, 20), "red").save(tmp_path / "b.png")
    source = open_source(tmp_path)
    records = [ImageRecord(name, None, None, 1, 1) for name in ("a.png", "b.png", "gone.png")]
    assert compute_hashes(Job(), source, records) == [None, NO_CONTRAST, None]
    job = Job()
    job.cancel()
    with pytest.raises(Cancelled):
        compute_hashes(job, source, records)


@given(st.lists(st.integers(0, 2**64 - 1)), st.lists(st.integers(0, 2**64 - 1), max_size=5))
def test_match_any(hashes, known):
    found = match_any(np.array(hashes, np.uint64), np.array(known, np.uint64))
    assert found.tolist() == [any(bits(a, b) <= TOLERANCE_BITS for b in known) for a in hashes]
