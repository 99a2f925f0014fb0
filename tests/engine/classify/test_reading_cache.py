"""The reading cache: concurrent writers, size limits, and damage without consequences."""

import sqlite3
import subprocess
import sys
import time
from dataclasses import replace

import msgspec
import numpy as np
import pytest

from engine.classify import cache_database
from engine.classify import reading_cache as caches
from engine.classify.card import Calibration
from engine.classify.reading import Reading
from engine.classify.reading_cache import ReadingCache
from engine.images.decoder import DECODER_VERSION as DECODING
from engine.images.record import ImageRecord
from engine.messages import Message, render
from engine.paths import cache_dir, program_dir

OLD = 1_000_000_000


def reading(seed=0, scale=1.0):
    rng = np.random.default_rng(seed)
    return Reading(
        logits=(scale * rng.normal(size=8)).astype(np.float32),
        embedding=rng.normal(size=3).astype(np.float16),
        maps=rng.normal(size=(4, 4, 8)).astype(np.float16),
    )


def content(number):
    return f"{number:064x}"


def record(path="a.png", size=10, mtime_ns=OLD):
    return ImageRecord(path, None, None, size, mtime_ns)


def same(first, second):
    return all(
        np.array_equal(getattr(first, name), getattr(second, name))
        for name in ("logits", "embedding", "maps")
    )


@pytest.fixture
def card(tiny):
    return tiny.card


@pytest.fixture
def file(tmp_path):
    return tmp_path / "readings.sqlite"


def test_stored_reading_is_returned_at_once_and_later(card, file):
    with ReadingCache(card, file) as cache:
        cache.put(content(1), reading(1))
        assert same(cache.get(content(1)), reading(1))
        assert cache.get(content(2)) is None
    with ReadingCache(card, file) as cache:
        got = cache.get(content(1))
        assert same(got, reading(1))
        assert [got.logits.dtype, got.embedding.dtype, got.maps.dtype] == ["f4", "f2", "f2"]


def test_notes_are_stored_with_the_reading(card, file):
    notes = (Message("image.scaled", {"bits": 12}), Message("image.on_white"))
    with ReadingCache(card, file) as cache:
        cache.put(content(1), replace(reading(1), notes=notes))
        cache.put(content(2), reading(2))
    with ReadingCache(card, file) as cache:
        assert cache.get(content(1)).notes == notes
        assert cache.get(content(2)).notes == ()
        assert same(cache.get(content(1)), reading(1))


def test_another_decoder_version_has_its_own_readings(card, file, monkeypatch):
    with ReadingCache(card, file) as cache:
        cache.put(content(1), reading(1))
    monkeypatch.setattr("engine.classify.reading_cache.DECODING", DECODING + 1)
    with ReadingCache(card, file) as cache:
        assert cache.get(content(1)) is None


def test_cache_is_in_the_cache_folder(card):
    with ReadingCache(card) as cache:
        cache.put(content(1), reading(1))
    assert (cache_dir() / "readings.sqlite").exists()


@pytest.mark.parametrize(
    "change",
    [
        lambda card: {"files": {**card.files, "weights.npz": "0" * 64}},
        lambda card: {"preprocessing": msgspec.structs.replace(card.preprocessing, version=1)},
        lambda card: {"preprocessing": msgspec.structs.replace(card.preprocessing, size=64)},
    ],
)
def test_another_network_or_preprocessing_has_its_own_readings(card, file, change):
    with ReadingCache(card, file) as cache:
        cache.put(content(1), reading(1))
    with ReadingCache(msgspec.structs.replace(card, **change(card)), file) as cache:
        assert cache.get(content(1)) is None


def test_new_calibration_keeps_the_readings(card, file):
    with ReadingCache(card, file) as cache:
        cache.put(content(1), reading(1))
    other = msgspec.structs.replace(card, calibration=Calibration(temperature=9.0))
    with ReadingCache(other, file) as cache:
        assert cache.get(content(1)) is not None


def test_reading_is_found_by_file_until_the_file_changes(card, file, tmp_path):
    with ReadingCache(card, file) as cache:
        cache.put(content(1), reading(1))
        cache.remember_file(tmp_path, record(), content(1))
        assert same(cache.get_by_file(tmp_path, record()), reading(1))
    with ReadingCache(card, file) as cache:
        assert same(cache.get_by_file(tmp_path, record()), reading(1))
        assert cache.get_by_file(tmp_path, record(size=11)) is None
        assert cache.get_by_file(tmp_path, record(mtime_ns=OLD + 1)) is None
        assert cache.get_by_file(tmp_path, record(path="b.png")) is None
        assert cache.get_by_file(tmp_path / "elsewhere", record()) is None


def test_file_without_a_safe_time_stamp_is_not_stored(card, file, tmp_path):
    with ReadingCache(card, file) as cache:
        cache.put(content(1), reading(1))
        for mtime_ns in (0, time.time_ns(), time.time_ns() + 10**12):
            cache.remember_file(tmp_path, record(mtime_ns=mtime_ns), content(1))
            assert cache.get_by_file(tmp_path, record(mtime_ns=mtime_ns)) is None


def test_undecodable_name_is_stored(card, file, tmp_path):
    odd = record(path="caf\udce9.png")
    with ReadingCache(card, file) as cache:
        cache.put(content(1), reading(1))
        cache.remember_file(tmp_path, odd, content(1))
        assert cache.get_by_file(tmp_path, odd)


def test_size_is_limited_and_the_last_used_readings_stay(card, file, monkeypatch):
    limit = 512 * 1024
    hour = 1
    monkeypatch.setattr(cache_database, "_current_hour", lambda: hour)
    with ReadingCache(card, file, limit) as cache:
        for number in range(600):
            cache.put(content(number), reading(number))
    hour = 2
    with ReadingCache(card, file, limit) as cache:
        for number in range(50):
            assert cache.get(content(number))
    hour = 3
    with ReadingCache(card, file, limit) as cache:
        for number in range(1000, 3000):
            cache.put(content(number), reading(number))
        assert cache.get(content(2999))
        assert cache.get(content(100)) is None
    total = sum(path.stat().st_size for path in file.parent.glob("readings.sqlite*"))
    assert total < 2 * limit


def test_readings_used_again_are_evicted_later(card, file, monkeypatch):
    hour = 1
    monkeypatch.setattr(cache_database, "_current_hour", lambda: hour)
    monkeypatch.setattr(cache_database, "_EVICTED_ROWS", 100)
    with ReadingCache(card, file) as cache:
        for number in range(200):
            cache.put(content(number), reading(number))
    hour = 2
    with ReadingCache(card, file) as cache:
        for number in range(100):
            cache.get(content(number))
    with ReadingCache(card, file, limit=1) as cache:
        cache.put(content(999), reading())
    with ReadingCache(card, file) as cache:
        assert all(cache.get(content(number)) for number in range(100))
        assert not any(cache.get(content(number)) for number in range(100, 200))


def is_unusable(cache):
    """Return whether a cache reports in one sentence that it is unusable, and ignores all calls."""
    cache.put(content(1), reading())
    cache.remember_file(cache_dir(), record(), content(1))
    cache.flush()
    assert cache.get(content(1)) is None
    assert cache.get_by_file(cache_dir(), record()) is None
    return cache.note is not None and render(cache.note).endswith(".")


def test_unwritable_folder_is_ignored(card, tmp_path):
    (tmp_path / "file").touch()
    with ReadingCache(card, tmp_path / "file" / "readings.sqlite") as cache:
        assert is_unusable(cache)
    with ReadingCache(card, tmp_path) as cache:
        assert is_unusable(cache)


def test_invalid_database_is_replaced(card, file):
    file.write_bytes(b"this is no database, and it is long enough to be looked at" * 100)
    with ReadingCache(card, file) as cache:
        assert cache.note is None
        cache.put(content(1), reading(1))
    with ReadingCache(card, file) as cache:
        assert cache.get(content(1))


@pytest.mark.parametrize("seed", range(12))
def test_damaged_bytes_never_give_a_wrong_reading(card, file, seed):
    with ReadingCache(card, file) as cache:
        for number in range(300):
            cache.put(content(number), reading(number))
    rng = np.random.default_rng(seed)
    data = bytearray(file.read_bytes())
    start = 100 if seed % 2 else 4096
    for position in rng.integers(start, len(data), 400):
        data[position] ^= 0xFF
    file.write_bytes(data)
    for _ in range(2):
        with ReadingCache(card, file) as cache:
            for number in range(300):
                got = cache.get(content(number))
                assert got is None or same(got, reading(number))
            cache.put(content(1000), reading(1000))
    with ReadingCache(card, file) as cache:
        assert cache.note is None or render(cache.note)


def test_other_schema_version_is_replaced(card, file):
    database = sqlite3.connect(file)
    database.executescript("CREATE TABLE readings (other); PRAGMA user_version = 99;")
    database.close()
    with ReadingCache(card, file) as cache:
        assert cache.note is None
        cache.put(content(1), reading(1))
    with ReadingCache(card, file) as cache:
        assert cache.get(content(1))


def test_concurrent_writer_causes_no_delay_or_loss(card, file):
    with ReadingCache(card, file) as cache:
        cache.put(content(0), reading(0))
        cache.flush()
        other = sqlite3.connect(file, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        began = time.monotonic()
        for number in range(1, 300):
            cache.put(content(number), reading(number))
        assert cache.get(content(0))
        assert cache.get(content(299))
        assert time.monotonic() - began < 3
        assert cache.note is None
        other.execute("COMMIT")
        other.close()
    with ReadingCache(card, file) as cache:
        assert all(cache.get(content(number)) for number in range(300))


def test_permanent_lock_does_not_fill_the_memory(card, file, monkeypatch):
    monkeypatch.setattr(cache_database, "_BUSY_SECONDS", 0.01)
    with ReadingCache(card, file) as cache:
        other = sqlite3.connect(file, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        for number in range(3 * caches._MAX_PENDING):
            cache.put(content(number), reading(0))
            assert len(cache._readings) <= caches._MAX_PENDING + caches._FLUSH_ENTRIES
        other.close()


WRITER = """
import sys
sys.path[:0] = [{tests!r}]
from pathlib import Path
import numpy as np
from engine.classify.reading_cache import ReadingCache
from engine.classify.card import decode_card
from engine.classify.reading import Reading
card = decode_card(Path({card!r}).read_bytes())
first = int(sys.argv[1])
with ReadingCache(card, Path({file!r})) as cache:
    for number in range(first, first + 1000):
        values = np.full(8, number, np.float32), np.zeros(3, np.float16), np.zeros((4, 4, 8), np.float16)
        cache.put(f"{{number:064x}}", Reading(*values))
    assert cache.note is None, cache.note
"""


def test_several_processes_write_at_once(card, file, tiny_folder):
    code = WRITER.format(
        tests=str(program_dir() / "tests"), card=str(tiny_folder / "card.json"), file=str(file)
    )
    running = [
        subprocess.Popen([sys.executable, "-c", code, str(first)], cwd=program_dir())
        for first in (0, 1000, 2000)
    ]
    assert [process.wait(60) for process in running] == [0, 0, 0]
    with ReadingCache(card, file) as cache:
        for number in range(3000):
            assert cache.get(content(number)).logits[0] == number


def test_reading_size_is_small(card, file):
    with ReadingCache(card, file) as cache:
        for number in range(1000):
            cache.put(content(number), reading(number))
    size = 8 * 4 + 3 * 2 + 4 * 4 * 8 * 2
    assert file.stat().st_size < 1000 * (size + 250)
