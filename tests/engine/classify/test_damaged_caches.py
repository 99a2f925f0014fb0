"""Flipped bits in caches are detected and change no result."""

import sqlite3

import numpy as np
import pytest
from hostile import smooth_image

from engine.classify.bundle import CARD_FILE, Bundle
from engine.classify.devices import choose_device
from engine.classify.reading import Reading
from engine.classify.reading_cache import ReadingCache
from engine.classify.runtime import open_runtime
from engine.curate import npz_cache
from engine.curate.feature_store import FeatureStore
from engine.curate.image_features import measure_features
from engine.images import npz
from engine.images.record import ImageRecord
from engine.jobs import Job
from engine.paths import cache_dir

RECORD = ImageRecord("a.png", None, None, 10, 1)
CONTENT = "ab" * 32


def flip(file, offset=None):
    data = bytearray(file.read_bytes())
    data[len(data) // 2 if offset is None else offset] ^= 0x10
    file.write_bytes(data)


def flip_in(database, table, column):
    with sqlite3.connect(database) as connection:
        name = "content" if table == "facts" else "key"
        rows = connection.execute(f"SELECT {name}, {column} FROM {table}").fetchall()
        assert rows
        for key, value in rows:
            changed = bytearray(value)
            changed[len(changed) // 2] ^= 1
            connection.execute(
                f"UPDATE {table} SET {column} = ? WHERE {name} = ?", (bytes(changed), key)
            )


def test_damaged_compiled_network_is_compiled_again(tiny):
    pixels = np.random.default_rng(0).integers(0, 256, (4, 32, 32, 3), np.uint8)

    def logits():
        runtime = open_runtime(tiny, choose_device("cpu"), Job())
        try:
            return np.concatenate([out.logits for _, out in runtime.stream([(None, pixels)])])
        finally:
            runtime.close()

    before = logits()
    blobs = list((cache_dir() / "openvino").rglob("*.blob"))
    assert blobs
    for blob in blobs:
        data = bytearray(blob.read_bytes())
        data[len(data) // 4 : len(data) // 2] = bytes(len(data) // 2 - len(data) // 4)
        blob.write_bytes(data)
    assert np.array_equal(logits(), before)
    sound = [blob.read_bytes() for blob in (cache_dir() / "openvino").rglob("*.blob")]
    assert np.array_equal(logits(), before)
    assert sound == [blob.read_bytes() for blob in (cache_dir() / "openvino").rglob("*.blob")]


def test_damaged_features_are_measured_again(tmp_path):
    file = tmp_path / "facts.sqlite"
    facts = measure_features(smooth_image(1))
    with FeatureStore(file) as store:
        store.put(tmp_path, RECORD, CONTENT, facts, 90)
    with FeatureStore(file) as store:
        assert store.get(CONTENT).tobytes() == facts.tobytes()
        assert store.known_content(tmp_path, RECORD) == CONTENT
    for table, column in (("facts", "value"), ("files", "content")):
        flip_in(file, table, column)
    with FeatureStore(file) as store:
        assert store.get(CONTENT) is None
        assert store.known_content(tmp_path, RECORD) is None


def test_damaged_content_hash_of_a_file_is_not_used(tiny, tmp_path):
    """Otherwise a file would get the reading of another file, with a valid checksum."""
    file = tmp_path / "readings.sqlite"
    shape = (len(tiny.card.classes), tiny.card.embedding_size, tiny.card.map_size)
    reading = Reading(
        np.ones(shape[0], np.float32), np.ones(shape[1], np.float16),
        np.ones((*shape[2], shape[0]), np.float16),
    )  # fmt: skip
    with ReadingCache(tiny.card, file) as cache:
        cache.put(CONTENT, reading)
        cache.remember_file(tmp_path, RECORD, CONTENT)
    with ReadingCache(tiny.card, file) as cache:
        assert cache.get_by_file(tmp_path, RECORD) is not None
        changed = ImageRecord("a.png", None, None, 10, 1, inode=7)
        assert cache.get_by_file(tmp_path, changed) is None
    flip_in(file, "files", "content")
    with ReadingCache(tiny.card, file) as cache:
        assert cache.get_by_file(tmp_path, RECORD) is None
        assert cache.get(CONTENT) is not None


@pytest.mark.parametrize("offset", [0, 20, 300, -1])
def test_damaged_arrays_count_as_missing(tmp_path, offset):
    file = tmp_path / "arrays.npz"
    npz_cache.save(file, {"first": np.arange(99)})
    assert np.array_equal(npz_cache.load(file)["first"], np.arange(99))
    flip(file, offset)
    assert npz_cache.load(file) is None


def test_damaged_unpacked_archive_is_unpacked_again(tmp_path):
    archive = tmp_path / "cells.npz"
    np.savez_compressed(
        archive, images=np.arange(3 * 8 * 8 * 3, dtype=np.uint8).reshape(3, 8, 8, 3)
    )
    member = npz.list_members(archive)["images"]
    before = np.array(npz.map_member(archive, member, Job()))
    (unpacked,) = (cache_dir() / "archives").iterdir()
    flip(unpacked)
    assert np.array_equal(npz.map_member(archive, member, Job()), before)


def test_damaged_card_of_an_unpacked_bundle_is_unpacked_again(tiny, tmp_path):
    import zipfile

    packed = tmp_path / "tiny.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for name in (CARD_FILE, *tiny.card.files):
            archive.write(tiny.folder / name, f"tiny/{name}")
    opened = Bundle.open(packed)
    card = opened.folder / CARD_FILE
    data = card.read_bytes()
    assert b"basophil" in data
    card.write_bytes(data.replace(b"basophil", b"monocyte").replace(b"monocyte", b"basophil", 1))
    assert Bundle.open(packed).card == tiny.card


@pytest.mark.parametrize("name", [b"files", b"facts"])
def test_features_with_a_schema_that_is_no_text_are_measured_again(tmp_path, name):
    """The message of the error is then no text either."""
    file = tmp_path / "facts.sqlite"
    with FeatureStore(file) as store:
        store.put(tmp_path, RECORD, CONTENT, measure_features(smooth_image(1)), 90)
    data = file.read_bytes()
    file.write_bytes(data.replace(b"CREATE TABLE " + name, b"CREATE TABLE \x8e\xff\xff\xff\xff"))
    for _ in range(2):
        with FeatureStore(file) as store:
            store.put(tmp_path, RECORD, CONTENT, measure_features(smooth_image(1)), 90)
    with FeatureStore(file) as store:
        assert store.get(CONTENT) is not None
