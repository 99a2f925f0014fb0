"""Two files of equal size and time are exchanged: nothing stored about one is taken for the other."""

import os
from pathlib import Path

import numpy as np
import pytest
from hostile import encode, smooth_image
from project_helpers import write_images
from tiny_model import make_tiny_bundle

from engine.classify.bundle import Bundle
from engine.classify.devices import choose_device
from engine.classify.pipeline import read_images
from engine.classify.reading import Reading
from engine.classify.reading_cache import ReadingCache
from engine.classify.runtime import open_runtime
from engine.curate import findings_cache
from engine.curate.feature_store import FeatureStore
from engine.curate.image_features import measure_features
from engine.images.record import ImageRecord
from engine.images.source import open_source
from engine.jobs import Job
from engine.project.library import Library

AN_HOUR_AGO = 10**18


def give_equal_times(*files: Path) -> None:
    for file in files:
        os.utime(file, ns=(AN_HOUR_AGO, AN_HOUR_AGO))


def exchange(first: Path, second: Path) -> None:
    """Exchange two files by renaming them, as a program that unpacks files does."""
    aside = first.with_name("aside")
    first.rename(aside)
    second.rename(first)
    aside.rename(second)


def rewrite(first: Path, second: Path) -> None:
    """Exchange the contents of two files in place."""
    old, new = first.read_bytes(), second.read_bytes()
    first.write_bytes(new)
    second.write_bytes(old)
    give_equal_times(first, second)


def scan(path: Path) -> list[ImageRecord]:
    return [item for item in open_source(path).scan(Job()) if isinstance(item, ImageRecord)]


def make_two_images(folder: Path) -> tuple[Path, Path]:
    folder.mkdir()
    files = folder / "a.bmp", folder / "b.bmp"  # all BMPs of one shape have one size
    for seed, file in enumerate(files):
        file.write_bytes(encode(smooth_image(seed), "BMP"))
    give_equal_times(*files)
    assert files[0].stat().st_size == files[1].stat().st_size
    return files


def make_two_archives(folder: Path) -> tuple[Path, Path]:
    folder.mkdir()
    files = folder / "a.npz", folder / "b.npz"
    for seed, file in enumerate(files):
        np.savez(file, images=smooth_image(seed)[None])
    give_equal_times(*files)
    assert files[0].stat().st_size == files[1].stat().st_size
    return files


@pytest.mark.parametrize("swap", [exchange, rewrite])
@pytest.mark.parametrize("make", [make_two_images, make_two_archives])
def test_readings_follow_the_content(tmp_path, make, swap):
    first, second = make(tmp_path / "cells")
    bundle = Bundle.open(make_tiny_bundle(tmp_path / "model"))
    runtime = open_runtime(bundle, choose_device("cpu"), Job())

    def read(path: Path) -> np.ndarray:
        results: list[Reading] = []
        job = Job(on_partial=lambda rows: results.extend(result for _, result in rows))
        with ReadingCache(bundle.card) as cache:
            read_images(job, open_source(path), scan(path), runtime, bundle.card, cache)
        (reading,) = results
        return reading.logits

    before = read(first), read(second)
    assert not np.array_equal(*before)
    swap(first, second)
    after = read(first), read(second)
    runtime.close()
    assert np.array_equal(after, before[::-1])


@pytest.mark.parametrize("swap", [exchange, rewrite])
@pytest.mark.parametrize("make", [make_two_images, make_two_archives])
def test_findings_and_features_follow_the_content(tmp_path, make, swap):
    first, second = make(tmp_path / "cells")
    records = [*scan(first), *scan(second)]
    root = first.parent
    with FeatureStore() as store:
        for number, record in enumerate(records):
            features = measure_features(smooth_image(number))
            store.put(root, record, f"{number:02}" * 32, features, 90)
    findings_cache.save(root, records, "model", [])
    assert findings_cache.load(root, records, "model").changed_count == 0
    swap(first, second)
    records = [*scan(first), *scan(second)]
    with FeatureStore() as store:
        assert [store.known_content(root, record) for record in records] == [None, None]
    assert findings_cache.load(root, records, "model").changed_count == 2


def test_project_list_follows_the_content(tmp_path):
    library = Library(tmp_path / "projects")
    files = []
    for name in ("one", "two"):
        root = tmp_path / name
        root.mkdir()
        write_images(root, a=1)
        source = open_source(root)
        with library.create(source, scan(root), name) as project:
            files.append(project.file)
    give_equal_times(*files)
    assert files[0].stat().st_size == files[1].stat().st_size
    names = {head.file: head.name for head in library.recent()}
    exchange(*files)
    after = {head.file: head.name for head in library.recent()}
    assert [after[file] for file in files] == [names[file] for file in reversed(files)]
