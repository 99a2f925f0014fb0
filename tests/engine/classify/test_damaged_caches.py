"""Flipped bits in any cache change no answer."""

import sqlite3

import numpy as np
import pytest
from hostile import picture

from engine.classify.bundle import CARD, Bundle
from engine.classify.reading_cache import ReadingCache
from engine.classify.devices import choose
from engine.classify.reading import Reading
from engine.classify.runtime import open_runtime
from engine.curate import npz_cache
from engine.curate.image_features import measure_features
from engine.curate.feature_store import FeatureStore
from engine.images import npz
from engine.images.record import ImageRecord
from engine.jobs import Job
from engine.paths import cache_dir

RECORD = ImageRecord("a.png", None, None, 10, 1)
CONTENT = "ab" * 32


def flip(file, place=None):
    data = bytearray(file.read_bytes())
    data[len(data) // 2 if place is None else place] ^= 0x10
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


def test_a_compiled_network_with_a_flipped_bit_is_made_anew(tiny):
    pixels = np.random.default_rng(0).integers(0, 256, (4, 32, 32, 3), np.uint8)

    def logits():
        runtime = open_runtime(tiny, choose("cpu"), Job())
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


def test_facts_with_a_flipped_bit_are_measured_again(tmp_path):
    file = tmp_path / "facts.sqlite"
    facts = measure_features(picture(1))
    with FeatureStore(file) as store:
        store.put(tmp_path, RECORD, CONTENT, facts)
    with FeatureStore(file) as store:
        assert store.get(CONTENT).tobytes() == facts.tobytes()
        assert store.known_content(tmp_path, RECORD) == CONTENT
    for table, column in (("facts", "value"), ("files", "content")):
        flip_in(file, table, column)
    with FeatureStore(file) as store:
        assert store.get(CONTENT) is None
        assert store.known_content(tmp_path, RECORD) is None


def test_what_a_file_holds_is_not_believed_with_a_flipped_bit(tiny, tmp_path):
    """Else a file would be given the reading of another, whose checksum is right."""
    file = tmp_path / "readings.sqlite"
    shape = (len(tiny.card.classes), tiny.card.embedding_size, tiny.card.map_size)
    reading = Reading(
        np.ones(shape[0], np.float32), np.ones(shape[1], np.float16),
        np.ones((*shape[2], shape[0]), np.float16),
    )  # fmt: skip
    with ReadingCache(tiny.card, file) as cache:
        cache.put(CONTENT, reading)
        cache.remember(tmp_path, RECORD, CONTENT)
    with ReadingCache(tiny.card, file) as cache:
        assert cache.recall(tmp_path, RECORD) is not None
        changed = ImageRecord("a.png", None, None, 10, 1, inode=7)
        assert cache.recall(tmp_path, changed) is None
    flip_in(file, "files", "content")
    with ReadingCache(tiny.card, file) as cache:
        assert cache.recall(tmp_path, RECORD) is None
        assert cache.get(CONTENT) is not None


@pytest.mark.parametrize("place", [0, 20, 300, -1])
def test_arrays_with_a_flipped_bit_are_not_there(tmp_path, place):
    file = tmp_path / "kept.npz"
    npz_cache.save(file, {"first": np.arange(99)})
    assert np.array_equal(npz_cache.load(file)["first"], np.arange(99))
    flip(file, place)
    assert npz_cache.load(file) is None


def test_an_unpacked_archive_is_held_against_the_archive(tmp_path):
    archive = tmp_path / "cells.npz"
    np.savez_compressed(
        archive, images=np.arange(3 * 8 * 8 * 3, dtype=np.uint8).reshape(3, 8, 8, 3)
    )
    member = npz.members(archive)["images"]
    before = np.array(npz.unpacked(archive, member, Job()))
    (kept,) = (cache_dir() / "archives").iterdir()
    flip(kept)
    assert np.array_equal(npz.unpacked(archive, member, Job()), before)


def test_the_card_of_an_unpacked_model_is_held_against_the_zip(tiny, tmp_path):
    import zipfile

    packed = tmp_path / "tiny.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for name in (CARD, *tiny.card.files):
            archive.write(tiny.folder / name, f"tiny/{name}")
    opened = Bundle.open(packed)
    card = opened.folder / CARD
    data = card.read_bytes()
    assert b"basophil" in data
    card.write_bytes(data.replace(b"basophil", b"monocyte").replace(b"monocyte", b"basophil", 1))
    assert Bundle.open(packed).card == tiny.card
