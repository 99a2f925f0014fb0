"""Embedding maps through the real child process: similar images together, reproducible, cancellable."""

import sys

import numpy as np
import pytest

from engine.explore import embedding_map
from engine.explore.map_process import compute_map_in_process
from engine.jobs import Cancelled, Job
from engine.paths import cache_dir


def clusters(count, size=24, seed=0):
    rng = np.random.default_rng(seed)
    groups = np.arange(count) % 4
    centres = rng.normal(0, 5, (4, size))
    return (centres[groups] + rng.normal(size=(count, size))).astype(np.float16), groups


def test_similar_images_are_close_and_the_map_is_cached():
    embeddings, groups = clusters(600)
    seen = []
    positions = compute_map_in_process(Job(on_progress=seen.append), embeddings, groups)
    assert positions.shape == (600, 2)
    assert positions.dtype == np.float32
    assert positions.min() >= 0
    assert positions.max() <= 1
    centres_on_map = np.stack([positions[groups == group].mean(0) for group in range(4)])
    distances = np.linalg.norm(positions[:, None] - centres_on_map, axis=2)
    assert (distances.argmin(1) == groups).mean() > 0.98
    done = [progress.done for progress in seen]
    assert done == sorted(done)
    assert seen[-1].total == 1000
    again = []
    assert np.array_equal(
        compute_map_in_process(Job(on_progress=again.append), embeddings, groups), positions
    )
    assert not again
    assert "sklearn.manifold" not in sys.modules


def test_map_is_reproducible():
    embeddings, groups = clusters(200)
    first_map = compute_map_in_process(Job(), embeddings, groups)
    for file in (cache_dir() / "maps").iterdir():
        file.unlink()
    assert np.array_equal(compute_map_in_process(Job(), embeddings, groups), first_map)


def test_cancelled_map_is_not_cached():
    embeddings, groups = clusters(2000)
    job = Job(on_progress=lambda progress: progress.done > 200 and job.cancel())
    with pytest.raises(Cancelled):
        compute_map_in_process(job, embeddings, groups)
    assert not (cache_dir() / "maps").exists()


@pytest.mark.parametrize("content", [b"", b"no array"])
def test_damaged_cache_is_computed_again(content):
    embeddings, groups = clusters(40)
    first_map = compute_map_in_process(Job(), embeddings, groups)
    (file,) = (cache_dir() / "maps").iterdir()
    file.write_bytes(content)
    assert np.array_equal(compute_map_in_process(Job(), embeddings, groups), first_map)


def ignore_progress(_share):
    return None


@pytest.mark.parametrize("count", [0, 1, 3, 4, 5])
def test_few_images_have_positions(count):
    embeddings, groups = clusters(count)
    positions = embedding_map.compute_map(embeddings, groups, ignore_progress)
    assert positions.shape == (count, 2)
    assert np.isfinite(positions).all()


def test_equal_images_have_positions():
    positions = embedding_map.compute_map(
        np.ones((50, 8), np.float16), np.zeros(50, np.intp), ignore_progress
    )
    assert np.isfinite(positions).all()


def test_other_images_are_close_to_their_landmarks(monkeypatch):
    monkeypatch.setattr(embedding_map, "MAX_LANDMARKS", 100)
    embeddings, groups = clusters(1500)
    positions = embedding_map.compute_map(embeddings, groups, ignore_progress)
    centres_on_map = np.stack([positions[groups == group].mean(0) for group in range(4)])
    distances = np.linalg.norm(positions[:, None] - centres_on_map, axis=2)
    assert (distances.argmin(1) == groups).mean() > 0.98


def test_landmarks_are_balanced_and_include_small_groups():
    groups = np.repeat([0, 1, 2], [1000, 5, 300])
    rows = embedding_map.choose_landmarks(groups, 105, np.random.default_rng(0))
    assert np.bincount(groups[rows]).tolist() == [50, 5, 50]
    assert len(set(rows.tolist())) == len(rows)
