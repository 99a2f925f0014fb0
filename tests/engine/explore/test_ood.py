"""OOD detection on synthetic clusters: known and unknown images, small, large and one-class folders."""

import numpy as np
import pytest

from engine.classify import embedding_distance
from engine.classify.embedding_distance import EmbeddingDistance
from engine.explore import ood
from engine.messages import render
from engine.train.statistics_fitting import fit_statistics, fit_with_holdout

CLASSES, SIZE = 3, 20


@pytest.fixture(scope="module")
def centres():
    return np.random.default_rng(1).normal(0, 4, (CLASSES, SIZE))


def images(centres, count, seed, only=None):
    rng = np.random.default_rng(seed)
    labels = np.full(count, only) if only is not None else np.arange(count) % CLASSES
    # Classes have different spreads, like real ones.
    spread = np.array([0.3, 1.0, 2.0])[labels][:, None]
    return (centres[labels] + rng.normal(size=(count, SIZE)) * spread).astype(np.float16), labels


@pytest.fixture(scope="module")
def statistics(centres):
    embeddings, labels = images(centres, 900, 0)
    return fit_statistics(embeddings, labels, images(centres, 200, 1)[0], CLASSES)


def test_usual_image_has_a_distance_of_about_one(centres, statistics):
    distances = EmbeddingDistance(statistics).measure(images(centres, 600, 2)[0])
    assert distances.shape == (600,)
    assert 0.7 < np.median(distances) < 1.4
    assert 0.05 < ood.is_far(distances, statistics).mean() < 0.17


def test_chunk_size_does_not_change_distances(centres, statistics, monkeypatch):
    embeddings, _ = images(centres, 300, 3)
    expected = EmbeddingDistance(statistics).measure(embeddings)
    monkeypatch.setattr(embedding_distance, "_CHUNK_ROWS", 7)
    assert np.allclose(EmbeddingDistance(statistics).measure(embeddings), expected, atol=0.02)


@pytest.mark.parametrize("only", [None, 0, 1, 2])
@pytest.mark.parametrize("count", [24, 100, 1000])
def test_known_images_give_no_warning_even_of_one_class(centres, statistics, only, count):
    assert ood.folder_warning(images(centres, count, 5, only)[0], statistics) is None


def test_other_images_give_a_warning_if_there_are_enough(centres, statistics):
    others = (images(centres, 200, 6)[0] + np.float16(3)).astype(np.float16)
    warning = ood.folder_warning(others, statistics)
    assert warning.id == "explore.unlike"
    assert warning.params["count"] == 200
    assert warning.params["share"] > 90
    assert "200" in render(warning)
    assert ood.folder_warning(others[:24], statistics) is not None
    # Few images give a warning too, if all of them are far.
    assert ood.folder_warning(others[:4], statistics).params["count"] == 4
    assert ood.folder_warning(others[:2], statistics) is None
    assert ood.folder_warning(others[:0], statistics) is None


@pytest.mark.parametrize("count", [3, 4, 8, 23])
def test_few_known_images_give_no_warning(centres, statistics, count):
    seeds = range(100, 300)
    warnings = [ood.folder_warning(images(centres, count, seed)[0], statistics) for seed in seeds]
    assert sum(warning is not None for warning in warnings) <= 3


def test_image_warning_tells_how_far_it_is():
    assert ood.image_warning(float("nan")) is None
    assert ood.image_warning(1.0) is None
    # "1.0 times as far" says nothing.
    assert "times" not in render(ood.image_warning(1.04))
    assert ood.image_warning(1.2).id == "review.unlike"
    warning = ood.image_warning(4.04)
    assert warning.id == "review.far"
    assert "4.0 times" in render(warning)


def test_few_far_images_among_many_give_no_folder_warning(centres, statistics):
    mixed = images(centres, 200, 7)[0]
    mixed[:20] += np.float16(5)
    assert ood.folder_warning(mixed, statistics) is None


def test_image_outside_the_components_is_far(statistics):
    beside = statistics.mean + np.zeros((30, SIZE), np.float32)
    beside[:, -1] += 50
    assert ood.is_far(EmbeddingDistance(statistics).measure(beside), statistics).all()


def test_binomial_tail():
    assert ood._binomial_tail(0, 10, 0.3) == 1.0
    assert ood._binomial_tail(10, 10, 0.5) == pytest.approx(0.5**10)
    assert ood._binomial_tail(9, 10, 0.5) == pytest.approx(11 * 0.5**10)


@pytest.mark.parametrize("count", [3, 12, 40, 90, 700])
def test_retrained_images_are_no_longer_far(centres, statistics, count):
    # Another laboratory: far from the original training data.
    def other_laboratory(seed):
        embeddings, labels = images(centres, max(count, 90), seed)
        return (embeddings + np.float16(3)).astype(np.float16), labels

    embeddings, labels = (part[:count] for part in other_laboratory(8))
    assert ood.folder_warning(other_laboratory(9)[0], statistics) is not None
    is_held_out = np.arange(count) % 10 == 9
    updated = fit_with_holdout(embeddings, labels, is_held_out, CLASSES)
    assert np.isfinite(updated.quantiles).all()
    if count >= 12:
        assert ood.folder_warning(embeddings, updated) is None
        assert ood.folder_warning(other_laboratory(9)[0], updated) is None
    if count >= 90:
        # Images that were not learned remain far.
        unlearned = (embeddings + np.float16(40)).astype(np.float16)
        assert ood.folder_warning(unlearned, updated) is not None
