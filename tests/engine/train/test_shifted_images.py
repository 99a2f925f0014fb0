import numpy as np

from engine.train.shifted_images import shift_image


def test_shifted_images_have_the_models_size_or_their_own_and_are_changed():
    image = np.random.default_rng(0).integers(0, 255, (64, 64, 3), np.uint8)
    rng = np.random.default_rng(1)
    for number in range(66):
        shifted = shift_image(image, number, rng, 48)
        assert shifted.dtype == np.uint8
        assert shifted.shape == ((64, 64, 3) if number % 3 == 0 else (48, 48, 3))
        assert shifted.shape != image.shape or (shifted != image).any()


def test_shifted_images_are_the_same_for_the_same_seed():
    image = np.random.default_rng(0).integers(0, 255, (64, 64, 3), np.uint8)
    first, second = (
        [shift_image(image, number, np.random.default_rng(2), 48) for number in range(9)]
        for _ in range(2)
    )
    for array, other in zip(first, second, strict=True):
        np.testing.assert_array_equal(array, other)
