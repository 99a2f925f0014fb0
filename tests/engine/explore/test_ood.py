"""Unlikeness on drawn clusters: what is known, what is not, and folders of few, many and one class."""

import numpy as np
import pytest

from engine.explore import ood
from engine.messages import render
from engine.train.embedding_statistics import fit_statistics, fit_with_holdout

CLASSES, SIZE = 3, 20


@pytest.fixture(scope="module")
def centres():
    return np.random.default_rng(1).normal(0, 4, (CLASSES, SIZE))


def images(centres, count, seed, only=None):
    rng = np.random.default_rng(seed)
    labels = np.full(count, only) if only is not None else np.arange(count) % CLASSES
    # One class is spread wider than the others, as real ones are.
    spread = np.array([0.3, 1.0, 2.0])[labels][:, None]
    return (centres[labels] + rng.normal(size=(count, SIZE)) * spread).astype(np.float16), labels


@pytest.fixture(scope="module")
def known(centres):
    embeddings, labels = images(centres, 900, 0)
    return fit_statistics(embeddings, labels, images(centres, 200, 1)[0], CLASSES)


def test_a_usual_image_has_a_distance_of_about_one(centres, known):
    away = ood.distances(images(centres, 600, 2)[0], known)
    assert away.shape == (600,)
    assert 0.7 < np.median(away) < 1.4
    assert 0.05 < ood.far(away, known).mean() < 0.17


def test_chunks_make_no_difference(centres, known, monkeypatch):
    embeddings, _ = images(centres, 300, 3)
    whole = ood.distances(embeddings, known)
    monkeypatch.setattr(ood, "_CHUNK", 7)
    assert np.allclose(ood.distances(embeddings, known), whole, atol=0.02)


@pytest.mark.parametrize("only", [None, 0, 1, 2])
@pytest.mark.parametrize("count", [24, 100, 1000])
def test_known_images_are_not_flagged_not_even_of_one_class(centres, known, only, count):
    assert ood.verdict(images(centres, count, 5, only)[0], known) is None


def test_other_images_are_flagged_once_there_are_enough(centres, known):
    others = (images(centres, 200, 6)[0] + np.float16(3)).astype(np.float16)
    said = ood.verdict(others, known)
    assert said.id == "explore.unlike"
    assert said.params["count"] == 200
    assert said.params["share"] > 90
    assert "200" in render(said)
    assert ood.verdict(others[:24], known) is not None
    # Of a few a word is said as well, where all of them are far.
    assert ood.verdict(others[:4], known).params["count"] == 4
    assert ood.verdict(others[:2], known) is None
    assert ood.verdict(others[:0], known) is None


@pytest.mark.parametrize("count", [3, 4, 8, 23])
def test_a_few_known_images_are_not_flagged(centres, known, count):
    several = range(100, 300)
    told = [ood.verdict(images(centres, count, seed)[0], known) for seed in several]
    assert sum(one is not None for one in told) <= 3


def test_of_one_image_it_is_said_how_far_it_is():
    assert ood.of_one(float("nan")) is None
    assert ood.of_one(1.0) is None
    assert ood.of_one(1.2).id == "review.unlike"
    said = ood.of_one(4.04)
    assert said.id == "review.far"
    assert "4.0 times" in render(said)


def test_some_strange_images_among_many_are_no_strange_folder(centres, known):
    mixed = images(centres, 200, 7)[0]
    mixed[:20] += np.float16(5)
    assert ood.verdict(mixed, known) is None


def test_outside_the_components_is_far_too(known):
    beside = known.mean + np.zeros((30, SIZE), np.float32)
    beside[:, -1] += 50
    assert ood.far(ood.distances(beside, known), known).all()


def test_the_chance_is_the_binomial_one():
    assert ood._chance(0, 10, 0.3) == 1.0
    assert ood._chance(10, 10, 0.5) == pytest.approx(0.5**10)
    assert ood._chance(9, 10, 0.5) == pytest.approx(11 * 0.5**10)


@pytest.mark.parametrize("count", [3, 12, 40, 90, 700])
def test_what_was_learned_from_anew_is_no_longer_unlike(centres, known, count):
    # Of another laboratory: far from what was known before.
    def there(seed):
        found, labels = images(centres, max(count, 90), seed)
        return (found + np.float16(3)).astype(np.float16), labels

    embeddings, labels = (part[:count] for part in there(8))
    assert ood.verdict(there(9)[0], known) is not None
    held = np.arange(count) % 10 == 9
    anew = fit_with_holdout(embeddings, labels, held, CLASSES)
    assert np.isfinite(anew.quantiles).all()
    if count >= 12:
        assert ood.verdict(embeddings, anew) is None
        assert ood.verdict(there(9)[0], anew) is None
    if count >= 90:
        # And what it has not learned from stays unlike.
        beside = (embeddings + np.float16(40)).astype(np.float16)
        assert ood.verdict(beside, anew) is not None
