"""Simulated dirt: dark deposits, pale bubbles, never over the whole cell."""

import numpy as np
import pytest

from engine.train.augmentation_recipe import Dirt
from engine.train.dirt import add_bubbles, add_deposits, add_dirt

GREY = np.full((96, 96, 3), 150, np.uint8)


@pytest.mark.parametrize(("way", "darker"), [(add_deposits, True), (add_bubbles, False)])
def test_deposits_are_dark_and_bubbles_pale(way, darker):
    for seed in range(20):
        got = way(GREY, Dirt(), np.random.default_rng(seed)).astype(int)
        changed = got != 150
        assert changed.any()
        assert ((got < 150) if darker else (got > 150))[changed].all()


def test_dirt_never_covers_the_whole_image():
    shares = []
    for seed in range(60):
        got = add_dirt(GREY, Dirt(), np.random.default_rng(seed))
        shares.append((got != GREY).any(-1).mean())
    assert np.mean(shares) < 0.35
    assert max(shares) < 0.9


def test_disabled_kinds_of_dirt_are_not_drawn():
    for seed in range(10):
        got = add_dirt(GREY, Dirt(deposits=0), np.random.default_rng(seed))
        assert (got >= GREY).all()
    assert add_dirt(GREY, Dirt(deposits=0, bubbles=0), np.random.default_rng(0)) is GREY


def test_dirt_is_reproducible():
    one, other = (add_dirt(GREY, Dirt(), np.random.default_rng(4)) for _ in range(2))
    np.testing.assert_array_equal(one, other)
