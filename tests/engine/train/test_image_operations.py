"""Image operations, RandAugment, AugMix, stain variation and batch mixing."""

import numpy as np
import pytest

from engine.train.augmentation import augment
from engine.train.augmentation_recipe import (
    Augmentation,
    AugMix,
    Erasing,
    Mixing,
    RandAugment,
    Stain,
)
from engine.train.image_operations import OPERATIONS
from engine.train.mixing import mix_batch
from engine.train.recipe import load_recipe, recipe_names
from engine.train.stain_augmentation import stain_directions, vary_stain


@pytest.fixture
def cell():
    """A violet disc with a pink rim on light glass."""
    y, x = np.mgrid[:64, :64] - 31.5
    radius = np.hypot(x, y)
    image = np.full((64, 64, 3), (236, 232, 230), np.uint8)
    image[radius < 26] = (220, 150, 180)
    image[radius < 15] = (110, 60, 150)
    noise = np.random.default_rng(0).integers(-6, 7, image.shape)
    return (image + noise).clip(0, 255).astype(np.uint8)


@pytest.mark.parametrize("name", OPERATIONS)
def test_operation_changes_the_image_only_with_strength(name, cell):
    operation = OPERATIONS[name]
    assert np.abs(operation(cell, 0).astype(int) - cell).max() <= 1
    for strength in (-1.0, 1.0):
        changed = operation(cell, strength)
        assert changed.dtype == np.uint8
        assert changed.shape == cell.shape
        assert (changed != cell).any()


@pytest.mark.parametrize(
    "policy",
    [
        Augmentation(randaugment=RandAugment(2, 0.3)),
        Augmentation(augmix=AugMix(0.2)),
        Augmentation(randaugment=RandAugment(2, 0.3), augmix=AugMix(0.2)),
        Augmentation(stain=Stain(1.0), erasing=Erasing(1.0)),
    ],
)
def test_policy_is_reproducible_and_depends_on_the_seed(policy, cell):
    one, same, other = (augment(cell, policy, np.random.default_rng(n)) for n in (1, 1, 2))
    assert (one == same).all()
    assert (one != other).any()
    assert one.dtype == np.uint8
    assert one.shape == cell.shape


def test_stain_variation_changes_cells_and_keeps_glass(cell):
    changed = vary_stain(cell, Stain(1.0, 1.5, 0.0), np.random.default_rng(3)).astype(int) - cell
    assert np.abs(changed[:3, :3]).mean() < 12
    assert np.abs(changed[30:34, 30:34]).mean() > 4


def test_stain_variation_needs_strength_and_stain(cell):
    rng = np.random.default_rng(0)
    assert np.abs(vary_stain(cell, Stain(1.0, 1.0, 0.0), rng).astype(int) - cell).max() <= 1
    white = np.full((64, 64, 3), 250, np.uint8)
    assert stain_directions(np.zeros((64, 64, 3), np.float32)) is None
    assert (vary_stain(white, Stain(1.0), rng) == white).all()


@pytest.mark.parametrize("mixing", [Mixing(mixup=1.0, alpha=1.0), Mixing(cutmix=1.0, alpha=1.0)])
def test_labels_are_mixed_in_proportion_to_pixels(mixing):
    # All pixels of image k are k, so that the mean gives the shares.
    images = (
        np.ones((6, 16, 16, 3), np.float32) * np.arange(6, dtype=np.float32)[:, None, None, None]
    )
    mixed, targets = mix_batch(
        images, np.eye(6, dtype=np.float32), mixing, np.random.default_rng(0)
    )
    np.testing.assert_allclose(targets.sum(1), 1, atol=1e-6)
    np.testing.assert_allclose(mixed.mean((1, 2, 3)), targets @ np.arange(6), atol=1e-4)
    assert (targets.max(1) < 1).any()


@pytest.mark.parametrize("name", recipe_names())
def test_recipe_name_equals_the_file_name(name):
    assert load_recipe(name).name == name
