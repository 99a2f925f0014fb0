"""A rescan after changes gives the findings of a first scan, and only compares new images."""

import shutil
from pathlib import Path

import cv2
import numpy as np
import pytest
from tiny_model import CLASSES, make_tiny_bundle

from engine.classify.bundle import Bundle
from engine.classify.devices import choose_device
from engine.classify.runtime import open_runtime
from engine.classify.runtime_protocol import Runtime
from engine.curate import near_duplicates, pair_cache
from engine.curate.finding import Finding
from engine.curate.scan import scan_images
from engine.images.source import open_source
from engine.jobs import Cancelled, Job
from engine.paths import cache_dir

COUNT = 60


@pytest.fixture(scope="module")
def bundles(tmp_path_factory) -> list[Bundle]:
    work = tmp_path_factory.mktemp("models")
    folders = [make_tiny_bundle(work / str(n), classes=CLASSES[:n]) for n in (8, 7)]
    return [Bundle.open(folder) for folder in folders]


@pytest.fixture(scope="module")
def runtime(bundles) -> Runtime:
    return open_runtime(bundles[0], choose_device("cpu"), Job())


@pytest.fixture
def folder(tmp_path) -> Path:
    root = tmp_path / "cells"
    root.mkdir()
    add(root, range(COUNT))
    for seed in (3, 7):
        alter(root / f"{seed}.png", root / f"{seed} again.jpg")
    return root


@pytest.fixture
def compared_counts(monkeypatch) -> list[int]:
    """Return a list that collects the number of new images of each comparison."""
    counts: list[int] = []
    original = near_duplicates.find_pairs

    def find_pairs(greys, descriptors, embeddings, new_rows, on_progress):
        counts.append(len(new_rows))
        return original(greys, descriptors, embeddings, new_rows, on_progress)

    monkeypatch.setattr(near_duplicates, "find_pairs", find_pairs)
    return counts


def add(root: Path, seeds) -> None:
    for seed in seeds:
        noise = np.random.default_rng(seed).integers(0, 256, (6, 6, 3), np.uint8)
        image = cv2.resize(noise, (64, 64), interpolation=cv2.INTER_CUBIC)
        cv2.imwrite(str(root / f"{seed}.png"), image)


def alter(old: Path, new: Path, quality: int = 60) -> None:
    image = np.rot90(cv2.imread(str(old)))
    cv2.imwrite(str(new), np.ascontiguousarray(image), [cv2.IMWRITE_JPEG_QUALITY, quality])


def scan(root: Path, bundle: Bundle, runtime: Runtime, job: Job | None = None) -> list[Finding]:
    source = open_source(root)
    files = list(source.scan(Job()))
    return scan_images(job or Job(), source, files, runtime, bundle, None)


def clear_caches() -> None:
    for name in ("compared", "pairs"):
        shutil.rmtree(cache_dir() / name, ignore_errors=True)


def near_duplicate_groups(findings: list[Finding]) -> set[frozenset[str]]:
    return {
        frozenset((finding.path, *finding.evidence))
        for finding in findings
        if finding.kind == "near_duplicate"
    }


def test_rescan_after_adding_compares_only_new_images(folder, bundles, runtime, compared_counts):
    before = scan(folder, bundles[0], runtime)
    assert near_duplicate_groups(before) == {
        frozenset({f"{n}.png", f"{n} again.jpg"}) for n in (3, 7)
    }
    add(folder, range(100, 105))
    alter(folder / "11.png", folder / "11 again.jpg")
    alter(folder / "7.png", folder / "7 once more.jpg", 80)
    after = scan(folder, bundles[0], runtime)
    assert compared_counts == [COUNT + 2, 7]
    clear_caches()
    assert scan(folder, bundles[0], runtime) == after
    assert compared_counts[2:] == [COUNT + 9]
    assert frozenset({"7.png", "7 again.jpg", "7 once more.jpg"}) in near_duplicate_groups(after)


def test_deleted_and_changed_images_are_in_no_pair(folder, bundles, runtime, compared_counts):
    scan(folder, bundles[0], runtime)
    (folder / "3 again.jpg").unlink()
    (folder / "20.png").unlink()
    alter(folder / "30.png", folder / "7 again.jpg")
    after = scan(folder, bundles[0], runtime)
    assert compared_counts[1:] == [1]
    assert near_duplicate_groups(after) == {frozenset({"30.png", "7 again.jpg"})}
    clear_caches()
    assert scan(folder, bundles[0], runtime) == after


def test_removed_and_restored_image_is_compared_again(folder, bundles, runtime, compared_counts):
    before = scan(folder, bundles[0], runtime)
    away = folder.with_name("away.jpg")
    (folder / "3 again.jpg").rename(away)
    scan(folder, bundles[0], runtime)
    add(folder, [200])
    scan(folder, bundles[0], runtime)
    away.rename(folder / "3 again.jpg")
    assert near_duplicate_groups(scan(folder, bundles[0], runtime)) == near_duplicate_groups(before)
    assert compared_counts == [COUNT + 2, 0, 1, 1]


def test_other_model_or_folder_compares_all_images(
    folder, bundles, runtime, compared_counts, tmp_path
):
    scan(folder, bundles[0], runtime)
    add(folder, [200])
    with_other = open_runtime(bundles[1], choose_device("cpu"), Job())
    scan(folder, bundles[1], with_other)
    with_other.close()
    copy = tmp_path / "copy"
    shutil.copytree(folder, copy)
    add(copy, [300])
    scan(copy, bundles[0], runtime)
    assert compared_counts == [COUNT + 2, COUNT + 3, COUNT + 4]


def test_cancelled_comparison_is_not_cached(folder, bundles, runtime, compared_counts):
    job = Job(
        lambda progress: (
            progress.message and progress.message.id == "scan.comparing" and job.cancel()
        )
    )
    with pytest.raises(Cancelled):
        scan(folder, bundles[0], runtime, job)
    scan(folder, bundles[0], runtime)
    assert compared_counts == [COUNT + 2, COUNT + 2]


@pytest.mark.parametrize("damage", [b"", b"nonsense", "cut", "flipped"])
def test_damaged_cache_counts_as_missing(
    folder, bundles, runtime, compared_counts, damage: bytes | str
):
    before = scan(folder, bundles[0], runtime)
    for name in ("compared", "pairs"):
        for file in (cache_dir() / name).iterdir():
            data = file.read_bytes()
            half = len(data) // 2
            flipped = data[:half] + bytes([data[half] ^ 255]) + data[half + 1 :]
            damaged = {"cut": data[:half], "flipped": flipped}
            file.write_bytes(damage if isinstance(damage, bytes) else damaged[damage])
    assert scan(folder, bundles[0], runtime) == before
    assert compared_counts == [COUNT + 2, COUNT + 2]


def test_pairs_follow_their_contents_in_any_order(tmp_path):
    hashes = [bytes([n] * 31 + [0]).hex() for n in range(5)]  # also one that ends in zero bytes
    pairs = (np.array([0, 1]), np.array([4, 3]), np.array([0.95, 0.97], np.float32))
    pair_cache.save(tmp_path / "x.npz", hashes, *pairs)
    again = pair_cache.load(tmp_path / "x.npz", ["ff" * 32, hashes[4], hashes[3], hashes[0]])
    assert again.new_rows.tolist() == [0]
    assert list(zip(again.first, again.second, strict=True)) == [(1, 3)]
    assert again.correlation.tolist() == [np.float32(0.95)]
