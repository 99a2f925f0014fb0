"""Preview of a recipe's augmentation."""

import numpy as np

from engine.images.record import Pixels
from engine.images.resize import resize_to_square
from engine.train.augmentation import augment
from engine.train.recipe import Recipe


def preview_augmentation(
    pixels: Pixels, recipe: Recipe, count: int = 9, seed: int = 0
) -> list[Pixels]:
    """Return `count` augmented copies of an image (h, w, 3) at full strength and the recipe's size."""
    image = resize_to_square(pixels, recipe.size)
    return [
        augment(image, recipe.augmentation, np.random.default_rng((seed, number)))
        for number in range(count)
    ]
