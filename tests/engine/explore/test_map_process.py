"""The map of embeddings, through the real child: like lies with like, the same every time, cancelled."""

import sys

import numpy as np
import pytest

from engine.explore import embedding_map
from engine.explore.map_process import layout
from engine.jobs import Cancelled, Job
from engine.paths import cache_dir


def clusters(count, size=24, seed=0):
    rng = np.random.default_rng(seed)
    groups = np.arange(count) % 4
    centres = rng.normal(0, 5, (4, size))
    return (centres[groups] + rng.normal(size=(count, size))).astype(np.float16), groups


def test_like_lies_with_like_and_again_from_the_cache():
    embeddings, groups = clusters(600)
    seen = []
    places = layout(Job(on_progress=seen.append), embeddings, groups)
    assert places.shape == (600, 2)
    assert places.dtype == np.float32
    assert places.min() >= 0
    assert places.max() <= 1
    own = np.stack([places[groups == one].mean(0) for one in range(4)])
    apart = np.linalg.norm(places[:, None] - own, axis=2)
    assert (apart.argmin(1) == groups).mean() > 0.98
    done = [progress.done for progress in seen]
    assert done == sorted(done)
    assert seen[-1].total == 1000
    again = []
    assert np.array_equal(layout(Job(on_progress=again.append), embeddings, groups), places)
    assert not again
    assert "sklearn.manifold" not in sys.modules


def test_another_program_makes_the_same_map():
    embeddings, groups = clusters(200)
    once = layout(Job(), embeddings, groups)
    for file in (cache_dir() / "maps").iterdir():
        file.unlink()
    assert np.array_equal(layout(Job(), embeddings, groups), once)


def test_it_is_cancelled_in_the_middle_and_keeps_nothing():
    embeddings, groups = clusters(2000)
    job = Job(on_progress=lambda progress: progress.done > 200 and job.cancel())
    with pytest.raises(Cancelled):
        layout(job, embeddings, groups)
    assert not (cache_dir() / "maps").exists()


@pytest.mark.parametrize("content", [b"", b"no array"])
def test_a_damaged_cache_is_made_again(content):
    embeddings, groups = clusters(40)
    once = layout(Job(), embeddings, groups)
    (file,) = (cache_dir() / "maps").iterdir()
    file.write_bytes(content)
    assert np.array_equal(layout(Job(), embeddings, groups), once)


def quiet(_share):
    return None


@pytest.mark.parametrize("count", [0, 1, 3, 4, 5])
def test_few_images_have_a_place_too(count):
    embeddings, groups = clusters(count)
    places = embedding_map.place(embeddings, groups, quiet)
    assert places.shape == (count, 2)
    assert np.isfinite(places).all()


def test_equal_images_have_a_place_too():
    places = embedding_map.place(np.ones((50, 8), np.float16), np.zeros(50, np.intp), quiet)
    assert np.isfinite(places).all()


def test_the_others_lie_with_their_landmarks(monkeypatch):
    monkeypatch.setattr(embedding_map, "LANDMARKS", 100)
    embeddings, groups = clusters(1500)
    places = embedding_map.place(embeddings, groups, quiet)
    own = np.stack([places[groups == one].mean(0) for one in range(4)])
    apart = np.linalg.norm(places[:, None] - own, axis=2)
    assert (apart.argmin(1) == groups).mean() > 0.98


def test_landmarks_are_shared_between_groups_and_small_ones_are_whole():
    groups = np.repeat([0, 1, 2], [1000, 5, 300])
    rows = embedding_map.landmarks(groups, 105, np.random.default_rng(0))
    assert np.bincount(groups[rows]).tolist() == [50, 5, 50]
    assert len(set(rows.tolist())) == len(rows)
