"""The cache of readings: what goes in comes out, whoever else writes, and no damage stops the reading."""

import sqlite3
import subprocess
import sys
import time
from dataclasses import replace

import msgspec
import numpy as np
import pytest

from engine.classify import reading_cache as caches
from engine.classify.reading_cache import ReadingCache
from engine.classify.card import Calibration
from engine.classify.reading import Reading
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


def same(one, other):
    return all(
        np.array_equal(getattr(one, name), getattr(other, name))
        for name in ("logits", "embedding", "maps")
    )


@pytest.fixture
def card(tiny):
    return tiny.card


@pytest.fixture
def file(tmp_path):
    return tmp_path / "readings.sqlite"


def test_what_goes_in_comes_out_at_once_and_later(card, file):
    with ReadingCache(card, file) as cache:
        cache.put(content(1), reading(1))
        assert same(cache.get(content(1)), reading(1))
        assert cache.get(content(2)) is None
    with ReadingCache(card, file) as cache:
        got = cache.get(content(1))
        assert same(got, reading(1))
        assert [got.logits.dtype, got.embedding.dtype, got.maps.dtype] == ["f4", "f2", "f2"]


def test_what_decoding_had_to_decide_is_kept_with_the_reading(card, file):
    notes = (Message("image.scaled", {"bits": 12}), Message("image.on_white"))
    with ReadingCache(card, file) as cache:
        cache.put(content(1), replace(reading(1), notes=notes))
        cache.put(content(2), reading(2))
    with ReadingCache(card, file) as cache:
        assert cache.get(content(1)).notes == notes
        assert cache.get(content(2)).notes == ()
        assert same(cache.get(content(1)), reading(1))


def test_another_way_of_decoding_has_readings_of_its_own(card, file, monkeypatch):
    with ReadingCache(card, file) as cache:
        cache.put(content(1), reading(1))
    monkeypatch.setattr("engine.classify.reading_cache.DECODING", DECODING + 1)
    with ReadingCache(card, file) as cache:
        assert cache.get(content(1)) is None


def test_it_lies_in_the_cache_folder(card):
    with ReadingCache(card) as cache:
        cache.put(content(1), reading(1))
    assert (cache_dir() / "readings.sqlite").exists()


@pytest.mark.parametrize(
    "change",
    [
        lambda card: {"files": {**card.files, "weights.npz": "0" * 64}},
        lambda card: {"preprocessing": msgspec.structs.replace(card.preprocessing, version=2)},
        lambda card: {"preprocessing": msgspec.structs.replace(card.preprocessing, size=64)},
    ],
)
def test_another_network_or_preprocessing_has_readings_of_its_own(card, file, change):
    with ReadingCache(card, file) as cache:
        cache.put(content(1), reading(1))
    with ReadingCache(msgspec.structs.replace(card, **change(card)), file) as cache:
        assert cache.get(content(1)) is None


def test_a_new_calibration_needs_no_new_reading(card, file):
    with ReadingCache(card, file) as cache:
        cache.put(content(1), reading(1))
    other = msgspec.structs.replace(card, calibration=Calibration(temperature=9.0))
    with ReadingCache(other, file) as cache:
        assert cache.get(content(1)) is not None


def test_a_file_is_recalled_until_it_changes(card, file, tmp_path):
    with ReadingCache(card, file) as cache:
        cache.put(content(1), reading(1))
        cache.remember(tmp_path, record(), content(1))
        assert same(cache.recall(tmp_path, record()), reading(1))
    with ReadingCache(card, file) as cache:
        assert same(cache.recall(tmp_path, record()), reading(1))
        assert cache.recall(tmp_path, record(size=11)) is None
        assert cache.recall(tmp_path, record(mtime_ns=OLD + 1)) is None
        assert cache.recall(tmp_path, record(path="b.png")) is None
        assert cache.recall(tmp_path / "elsewhere", record()) is None


def test_a_file_without_a_time_or_written_just_now_is_not_remembered(card, file, tmp_path):
    with ReadingCache(card, file) as cache:
        cache.put(content(1), reading(1))
        for mtime_ns in (0, time.time_ns(), time.time_ns() + 10**12):
            cache.remember(tmp_path, record(mtime_ns=mtime_ns), content(1))
            assert cache.recall(tmp_path, record(mtime_ns=mtime_ns)) is None


def test_a_name_that_is_no_unicode_is_remembered_too(card, file, tmp_path):
    odd = record(path="caf\udce9.png")
    with ReadingCache(card, file) as cache:
        cache.put(content(1), reading(1))
        cache.remember(tmp_path, odd, content(1))
        assert cache.recall(tmp_path, odd)


def test_it_stays_within_its_bytes_and_keeps_what_was_used_last(card, file, monkeypatch):
    limit = 512 * 1024
    hour = 1
    monkeypatch.setattr(caches, "_hour", lambda: hour)
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


def test_those_read_again_outlive_those_not(card, file, monkeypatch):
    hour = 1
    monkeypatch.setattr(caches, "_hour", lambda: hour)
    monkeypatch.setattr(caches, "_EVICT_ROWS", 100)
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


def useless(cache):
    """Return whether a cache says that it is of no use, in one sentence, and does nothing else."""
    cache.put(content(1), reading())
    cache.remember(cache_dir(), record(), content(1))
    cache.flush()
    assert cache.get(content(1)) is None
    assert cache.recall(cache_dir(), record()) is None
    return cache.note is not None and render(cache.note).endswith(".")


def test_a_place_that_cannot_be_written_is_done_without(card, tmp_path):
    (tmp_path / "file").touch()
    with ReadingCache(card, tmp_path / "file" / "readings.sqlite") as cache:
        assert useless(cache)
    with ReadingCache(card, tmp_path) as cache:
        assert useless(cache)


def test_a_database_that_is_none_is_made_anew(card, file):
    file.write_bytes(b"this is no database, and it is long enough to be looked at" * 100)
    with ReadingCache(card, file) as cache:
        assert cache.note is None
        cache.put(content(1), reading(1))
    with ReadingCache(card, file) as cache:
        assert cache.get(content(1))


@pytest.mark.parametrize("seed", range(12))
def test_damaged_bytes_stop_nothing_and_never_give_a_wrong_reading(card, file, seed):
    with ReadingCache(card, file) as cache:
        for number in range(300):
            cache.put(content(number), reading(number))
    rng = np.random.default_rng(seed)
    data = bytearray(file.read_bytes())
    start = 100 if seed % 2 else 4096
    for at in rng.integers(start, len(data), 400):
        data[at] ^= 0xFF
    file.write_bytes(data)
    for _ in range(2):
        with ReadingCache(card, file) as cache:
            for number in range(300):
                got = cache.get(content(number))
                assert got is None or same(got, reading(number))
            cache.put(content(1000), reading(1000))
    with ReadingCache(card, file) as cache:
        assert cache.note is None or render(cache.note)


def test_an_older_or_newer_layout_is_made_anew(card, file):
    database = sqlite3.connect(file)
    database.executescript("CREATE TABLE readings (other); PRAGMA user_version = 99;")
    database.close()
    with ReadingCache(card, file) as cache:
        assert cache.note is None
        cache.put(content(1), reading(1))
    with ReadingCache(card, file) as cache:
        assert cache.get(content(1))


def test_another_program_that_writes_delays_nothing_and_loses_nothing(card, file):
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


def test_a_lock_that_is_never_given_back_fills_no_memory(card, file, monkeypatch):
    monkeypatch.setattr(caches, "_BUSY_SECONDS", 0.01)
    with ReadingCache(card, file) as cache:
        other = sqlite3.connect(file, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        for number in range(3 * caches._MAX_WAITING):
            cache.put(content(number), reading(0))
            assert len(cache._readings) <= caches._MAX_WAITING + caches._FLUSH_COUNT
        other.close()


WRITER = """
import sys
sys.path[:0] = [{tests!r}]
from pathlib import Path
import numpy as np
from engine.classify import card as cards
from engine.classify.reading_cache import ReadingCache
from engine.classify.card import Calibration
from engine.classify.reading import Reading
card = cards.decode(Path({card!r}).read_bytes())
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


def test_a_reading_takes_little_room(card, file):
    with ReadingCache(card, file) as cache:
        for number in range(1000):
            cache.put(content(number), reading(number))
    size = 8 * 4 + 3 * 2 + 4 * 4 * 8 * 2
    assert file.stat().st_size < 1000 * (size + 250)
