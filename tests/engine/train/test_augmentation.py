import msgspec
import numpy as np
import pytest

from engine.train.augmentation import (
    add_noise,
    augment,
    blur_defocus,
    blur_gaussian,
    blur_motion,
    compress_jpeg,
    degrade_quality,
    pixelate,
    transform_geometry,
    vary_colour,
)
from engine.train.augmentation_recipe import Augmentation, Colour, Degradation, Geometry, Laboratory
from engine.train.camera_augmentation import vary_camera
from engine.train.recipe import load_recipe, recipe_names
from engine.train.stain_augmentation import vary_dyes

RNG = np.random.default_rng(1)
STILL = Geometry(flip=False, rotation=0, shift=0, zoom=1)


@pytest.fixture
def image():
    yy, xx = np.mgrid[0:64, 0:64]
    return np.stack([yy * 3, xx * 3, 255 - yy * 2 - xx], -1).clip(0, 255).astype(np.uint8)


def test_identity_policy_changes_nothing(image):
    policy = Augmentation(geometry=STILL)
    np.testing.assert_array_equal(augment(image, policy, np.random.default_rng(0)), image)


def test_shipped_recipe_changes_images_reproducibly(image):
    policy = load_recipe("mobilenet_v3_small").augmentation
    looks = [augment(image, policy, np.random.default_rng(seed)) for seed in (1, 1, 2)]
    np.testing.assert_array_equal(looks[0], looks[1])
    assert (looks[0] != looks[2]).any()
    assert all(look.shape == image.shape and look.dtype == np.uint8 for look in looks)


def test_flip_only_mirrors(image):
    flips = Geometry(flip=True, rotation=0, shift=0, zoom=1)
    seen = {
        transform_geometry(image, flips, np.random.default_rng(seed)).tobytes()
        for seed in range(20)
    }
    assert seen == {image.tobytes(), image[:, ::-1].tobytes()}


def test_shift_and_rotation_are_symmetric():
    dot = np.zeros((65, 65, 3), np.uint8)
    dot[30:35, 50:55] = 255
    rng = np.random.default_rng(0)
    policy = Geometry(flip=False, rotation=30, shift=0.1, zoom=1.0)
    columns, rows = [], []
    for _ in range(400):
        where = np.argwhere(transform_geometry(dot, policy, rng)[..., 0] > 128).mean(0)
        rows.append(where[0] - 32)
        columns.append(where[1] - 52)
    assert abs(np.mean(rows)) < 1.0
    assert np.std(rows) > 2
    assert np.std(columns) > 2


def test_hue_and_saturation_keep_grey():
    grey = np.full((8, 8, 3), 120, np.uint8)
    colour = Colour(share=1, saturation=0.5, hue=40)
    for seed in range(10):
        got = vary_colour(grey, colour, np.random.default_rng(seed)).astype(int)
        assert abs(got - 120).max() <= 1


def test_stain_density_keeps_white():
    white = np.full((8, 8, 3), 255, np.uint8)
    colour = Colour(share=1, density=2)
    for seed in range(10):
        assert (vary_colour(white, colour, np.random.default_rng(seed)) == 255).all()


def test_stain_density_is_symmetric_in_the_logarithm():
    level = np.full((4, 4, 3), 100, np.uint8)
    rng = np.random.default_rng(0)
    powers = [
        np.log(
            np.log(vary_colour(level, Colour(share=1, density=2), rng)[0, 0] / 255)
            / np.log(100 / 255)
        )
        for _ in range(500)
    ]
    assert abs(np.mean(powers)) < 0.05
    assert np.abs(powers).max() <= np.log(2) + 0.02


@pytest.mark.parametrize(
    "spoil",
    [
        lambda image: blur_gaussian(image, 0.03),
        lambda image: compress_jpeg(image, 5),
        lambda image: add_noise(image, 20, np.random.default_rng(0)),
        lambda image: pixelate(image, 4),
    ],
)
def test_degradation_keeps_shape_and_mean(image, spoil):
    got = spoil(image)
    assert got.shape == image.shape
    assert got.dtype == np.uint8
    assert (got != image).any()
    np.testing.assert_allclose(got.mean((0, 1)), image.mean((0, 1)), atol=6)


def test_degradation_uses_only_enabled_methods(image):
    assert degrade_quality(image, Degradation(share=1), np.random.default_rng(0)) is image
    only_noise = Degradation(share=1, noise=30)
    got = degrade_quality(image, only_noise, np.random.default_rng(0)).astype(int) - image
    assert got.std() > 1


def test_augmentation_survives_serialisation():
    policy = load_recipe("mobilenet_v3_small").augmentation
    assert msgspec.convert(msgspec.to_builtins(policy), Augmentation) == policy


def test_gain_darkens_more_than_it_brightens():
    grey = np.full((4, 4, 3), 100, np.uint8)
    colour = Colour(share=1, gain=2)
    levels = [
        vary_colour(grey, colour, np.random.default_rng(seed))[0, 0, 0] for seed in range(200)
    ]
    assert 50 <= min(levels) < 55
    assert 135 < max(levels) <= 142


def test_far_zoom_covers_its_range():
    dot = np.zeros((129, 129, 3), np.uint8)
    dot[54:75, 54:75] = 255
    whole = (dot[..., 0] > 0).sum()
    near = Geometry(flip=False, rotation=0, shift=0, zoom=1.0)
    far = Geometry(flip=False, rotation=0, shift=0, zoom=1.0, far=1.0, far_zoom=(0.5, 3.0))
    rng = np.random.default_rng(0)
    assert (transform_geometry(dot, near, rng)[..., 0] > 127).sum() == whole
    zooms = [
        ((transform_geometry(dot, far, rng)[..., 0] > 127).sum() / whole) ** 0.5 for _ in range(200)
    ]
    assert 0.45 < min(zooms) < 0.55
    assert 2.8 < max(zooms) < 3.1


@pytest.mark.parametrize(
    "smear", [lambda image: blur_defocus(image, 0.05), lambda image: blur_motion(image, 0.1, RNG)]
)
def test_defocus_and_motion_blur_keep_the_mean(smear):
    rng = np.random.default_rng(3)
    image = rng.integers(0, 256, (64, 64, 3), np.uint8)
    got = smear(image)
    assert got.std() < 0.6 * image.std()
    assert abs(got.mean() - image.mean()) < 2


def test_dye_variation_tints_grey_and_keeps_the_order_of_brightness():
    steps = np.repeat(np.array([[40], [220]], np.uint8)[..., None], 3, axis=2)
    laboratory = Laboratory(share=1, mixing=0.3, strength=1.5, tint=0.2)
    for seed in range(20):
        (dark,), (light,) = vary_dyes(steps, laboratory, np.random.default_rng(seed)).astype(int)
        assert (dark < light).all()
        assert len(set(light)) > 1


def test_identity_dyes_change_nothing(image):
    same = Laboratory(share=1, mixing=0, strength=1, tint=0)
    got = vary_dyes(image, same, np.random.default_rng(0)).astype(int)
    assert abs(got - image).max() <= 1


@pytest.mark.parametrize("name", recipe_names())
def test_every_recipe_keeps_the_image_size(name, image):
    policy = load_recipe(name).augmentation
    for seed in range(3):
        assert augment(image, policy, np.random.default_rng(seed)).shape == image.shape


def test_haze_flattens_contrast_and_sharpening_widens_it():
    edge = np.full((64, 64, 3), 200, np.uint8)
    edge[:, :32] = 60
    hazy = Laboratory(share=1, haze=0.6)
    spans = [
        np.ptp(vary_camera(edge, hazy, np.random.default_rng(seed)).astype(int)[..., 1])
        for seed in range(20)
    ]
    assert max(spans) <= 141
    assert min(spans) < 100
    sharp = Laboratory(share=1, sharpening=0.8)
    spans = [
        np.ptp(vary_camera(edge, sharp, np.random.default_rng(seed)).astype(int)[..., 1])
        for seed in range(20)
    ]
    assert max(spans) > 150


def test_a_camera_without_haze_and_sharpening_changes_nothing():
    image = np.random.default_rng(0).integers(0, 256, (32, 32, 3), np.uint8)
    same = vary_camera(image, Laboratory(share=1), np.random.default_rng(1))
    np.testing.assert_array_equal(same, image)
