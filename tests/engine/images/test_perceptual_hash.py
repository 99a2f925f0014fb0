"""The key of what a picture shows: kept by its copies, and of no other cell."""

import io

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from engine.images.record import ImageRecord
from engine.images.sample.writer import write_sample
from engine.images.perceptual_hash import NOTHING, TOLERANCE, among, key_of, keys_of
from engine.images.source import open_source
from engine.jobs import Cancelled, Job


@pytest.fixture(scope="session")
def drawn(tmp_path_factory):
    folder = tmp_path_factory.mktemp("drawn") / "sample"
    write_sample(folder, Job())
    source = open_source(folder)
    found = [one for one in source.scan(Job()) if isinstance(one, ImageRecord)]
    keys = keys_of(Job(), source, found)
    return source, [one for one, key in zip(found, keys, strict=True) if key is not None]


def bits(one: int, other: int) -> int:
    return (one ^ other).bit_count()


def anew(pixels: np.ndarray, edge: int, quality: int) -> np.ndarray:
    out = io.BytesIO()
    picture = Image.fromarray(pixels).resize((edge, edge), Image.Resampling.LANCZOS)
    picture.save(out, "JPEG", quality=quality)
    return np.asarray(Image.open(out))


@pytest.mark.parametrize(("edge", "quality"), [(360, 95), (192, 90), (128, 75), (96, 50), (64, 30)])
def test_a_copy_of_another_size_and_compression_is_known_again(drawn, edge, quality):
    source, records = drawn
    for record in records[::4]:
        pixels = np.asarray(source.load(record).pixels)
        assert bits(key_of(pixels), key_of(anew(pixels, edge, quality))) <= TOLERANCE, record.path


def test_another_cell_is_another_picture(drawn):
    source, records = drawn
    keys = np.array(keys_of(Job(), source, records), np.uint64)
    apart = np.bitwise_count(keys[:, None] ^ keys[None])
    close = {
        frozenset((records[a].path, records[b].path))
        for a, b in np.argwhere(apart <= TOLERANCE)
        if a != b
    }
    # The sample has three planted copies, and nothing else that is close.
    assert len(close) == 3
    assert any("NE_copy" in path for pair in close for path in pair)


def test_it_is_the_same_however_it_is_read(drawn):
    source, records = drawn
    for record, key in zip(records, keys_of(Job(), source, records), strict=True):
        assert bits(key, key_of(source.load(record).pixels)) <= TOLERANCE


def test_pictures_without_contrast_show_nothing():
    for grey in (0, 93, 255):
        assert key_of(np.full((50, 40, 3), grey, np.uint8)) == NOTHING
    rng = np.random.default_rng(0)
    assert key_of(rng.integers(0, 255, (50, 40, 3), dtype=np.uint8)) != NOTHING


def test_what_cannot_be_read_has_no_key(tmp_path):
    (tmp_path / "a.png").write_bytes(b"no image")
    Image.new("RGB", (20, 20), "red").save(tmp_path / "b.png")
    source = open_source(tmp_path)
    records = [ImageRecord(name, None, None, 1, 1) for name in ("a.png", "b.png", "gone.png")]
    assert keys_of(Job(), source, records) == [None, NOTHING, None]
    job = Job()
    job.cancel()
    with pytest.raises(Cancelled):
        keys_of(job, source, records)


@given(st.lists(st.integers(0, 2**64 - 1)), st.lists(st.integers(0, 2**64 - 1), max_size=5))
@settings(deadline=None)
def test_it_is_among_those_it_differs_little_from(keys, known):
    found = among(np.array(keys, np.uint64), np.array(known, np.uint64))
    assert found.tolist() == [any(bits(a, b) <= TOLERANCE for b in known) for a in keys]
