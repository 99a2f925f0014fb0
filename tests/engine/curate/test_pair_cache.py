"""A scan after a change finds what a scan from nothing finds, and looks only the new pictures up."""

import shutil
from pathlib import Path

import cv2
import numpy as np
import pytest
from tiny_model import CLASSES, make_tiny_bundle

from engine.classify.bundle import Bundle
from engine.classify.devices import choose
from engine.classify.runtime import Runtime, open_runtime
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
    made = [make_tiny_bundle(work / str(n), classes=CLASSES[:n]) for n in (8, 7)]
    return [Bundle.open(one) for one in made]


@pytest.fixture(scope="module")
def runtime(bundles) -> Runtime:
    return open_runtime(bundles[0], choose("cpu"), Job())


@pytest.fixture
def folder(tmp_path) -> Path:
    root = tmp_path / "cells"
    root.mkdir()
    add(root, range(COUNT))
    for seed in (3, 7):
        alter(root / f"{seed}.png", root / f"{seed} again.jpg")
    return root


@pytest.fixture
def looked_up(monkeypatch) -> list[int]:
    """The number of pictures that each comparison looked up among all."""
    counts: list[int] = []
    real = near_duplicates.find_pairs

    def pairs(greys, described, embedded, fresh, tell):
        counts.append(len(fresh))
        return real(greys, described, embedded, fresh, tell)

    monkeypatch.setattr(near_duplicates, "pairs", pairs)
    return counts


def add(root: Path, seeds) -> None:
    for seed in seeds:
        noise = np.random.default_rng(seed).integers(0, 256, (6, 6, 3), np.uint8)
        picture = cv2.resize(noise, (64, 64), interpolation=cv2.INTER_CUBIC)
        cv2.imwrite(str(root / f"{seed}.png"), picture)


def alter(old: Path, new: Path, quality: int = 60) -> None:
    picture = np.rot90(cv2.imread(str(old)))
    cv2.imwrite(str(new), np.ascontiguousarray(picture), [cv2.IMWRITE_JPEG_QUALITY, quality])


def found(root: Path, bundle: Bundle, runtime: Runtime, job: Job | None = None) -> list[Finding]:
    source = open_source(root)
    listed = list(source.scan(Job()))
    return scan_images(job or Job(), source, listed, runtime, bundle, None)


def forget() -> None:
    for name in ("compared", "pairs"):
        shutil.rmtree(cache_dir() / name, ignore_errors=True)


def together(findings: list[Finding]) -> set[frozenset[str]]:
    return {
        frozenset((one.path, *one.evidence)) for one in findings if one.kind == "near_duplicate"
    }


def test_after_adding_only_the_new_are_looked_up_and_the_same_is_found(
    folder, bundles, runtime, looked_up
):
    before = found(folder, bundles[0], runtime)
    assert together(before) == {frozenset({f"{n}.png", f"{n} again.jpg"}) for n in (3, 7)}
    add(folder, range(100, 105))
    alter(folder / "11.png", folder / "11 again.jpg")
    alter(folder / "7.png", folder / "7 once more.jpg", 80)
    after = found(folder, bundles[0], runtime)
    assert looked_up == [COUNT + 2, 7]
    forget()
    assert found(folder, bundles[0], runtime) == after
    assert looked_up[2:] == [COUNT + 9]
    assert frozenset({"7.png", "7 again.jpg", "7 once more.jpg"}) in together(after)


def test_what_is_gone_or_changed_is_in_no_pair(folder, bundles, runtime, looked_up):
    found(folder, bundles[0], runtime)
    (folder / "3 again.jpg").unlink()
    (folder / "20.png").unlink()
    alter(folder / "30.png", folder / "7 again.jpg")
    after = found(folder, bundles[0], runtime)
    assert looked_up[1:] == [1]
    assert together(after) == {frozenset({"30.png", "7 again.jpg"})}
    forget()
    assert found(folder, bundles[0], runtime) == after


def test_what_was_removed_and_came_back_is_looked_up_again(folder, bundles, runtime, looked_up):
    before = found(folder, bundles[0], runtime)
    away = folder.with_name("away.jpg")
    (folder / "3 again.jpg").rename(away)
    found(folder, bundles[0], runtime)
    add(folder, [200])
    found(folder, bundles[0], runtime)
    away.rename(folder / "3 again.jpg")
    assert together(found(folder, bundles[0], runtime)) == together(before)
    assert looked_up == [COUNT + 2, 0, 1, 1]


def test_another_model_or_another_folder_looks_all_up(
    folder, bundles, runtime, looked_up, tmp_path
):
    found(folder, bundles[0], runtime)
    add(folder, [200])
    with_other = open_runtime(bundles[1], choose("cpu"), Job())
    found(folder, bundles[1], with_other)
    with_other.close()
    copy = tmp_path / "copy"
    shutil.copytree(folder, copy)
    add(copy, [300])
    found(copy, bundles[0], runtime)
    assert looked_up == [COUNT + 2, COUNT + 3, COUNT + 4]


def test_a_cancelled_comparison_keeps_nothing_half(folder, bundles, runtime, looked_up):
    job = Job(lambda one: one.message and one.message.id == "scan.comparing" and job.cancel())
    with pytest.raises(Cancelled):
        found(folder, bundles[0], runtime, job)
    found(folder, bundles[0], runtime)
    assert looked_up == [COUNT + 2, COUNT + 2]


@pytest.mark.parametrize("damage", [b"", b"nonsense", "cut", "flipped"])
def test_a_damaged_file_is_no_more_than_its_absence(
    folder, bundles, runtime, looked_up, damage: bytes | str
):
    before = found(folder, bundles[0], runtime)
    for name in ("compared", "pairs"):
        for file in (cache_dir() / name).iterdir():
            whole = file.read_bytes()
            middle = len(whole) // 2
            flipped = whole[:middle] + bytes([whole[middle] ^ 255]) + whole[middle + 1 :]
            bad = {"cut": whole[:middle], "flipped": flipped}
            file.write_bytes(damage if isinstance(damage, bytes) else bad[damage])
    assert found(folder, bundles[0], runtime) == before
    assert looked_up == [COUNT + 2, COUNT + 2]


def test_pairs_follow_their_contents_whatever_the_order(tmp_path):
    hashes = [bytes([n] * 31 + [0]).hex() for n in range(5)]  # also one that ends in zero bytes
    pairs = (np.array([0, 1]), np.array([4, 3]), np.array([0.95, 0.97], np.float32))
    pair_cache.save(tmp_path / "x.npz", hashes, *pairs)
    again = pair_cache.load(tmp_path / "x.npz", ["ff" * 32, hashes[4], hashes[3], hashes[0]])
    assert again.new_rows.tolist() == [0]
    assert list(zip(again.first, again.second, strict=True)) == [(1, 3)]
    assert again.correlation.tolist() == [np.float32(0.95)]
