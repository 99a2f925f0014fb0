"""Image operations for augmentation, with RandAugment and AugMix.

The operations are those of the report's library without posterising (whose strength runs backwards). Each
takes a signed `strength`, -1..1; the docstring of an operation gives the meaning of 1.
"""

from collections.abc import Callable

import cv2
import numpy as np

from engine.images.record import Pixels
from engine.train.augmentation_recipe import AugMix, RandAugment

Rng = np.random.Generator
Operation = Callable[[Pixels, float], Pixels]


def rotate(image: Pixels, strength: float) -> Pixels:
    """Rotate by up to 30 degrees."""
    centre = (image.shape[0] - 1) / 2
    return _warp(image, cv2.getRotationMatrix2D((centre, centre), 30 * strength, 1))


def shear_x(image: Pixels, strength: float) -> Pixels:
    """Shear horizontally by up to 0.3 pixels per pixel."""
    return _warp(image, _shear_matrix(0.3 * strength, 0, image.shape[0]))


def shear_y(image: Pixels, strength: float) -> Pixels:
    """Shear vertically by up to 0.3 pixels per pixel."""
    return _warp(image, _shear_matrix(0, 0.3 * strength, image.shape[0]))


def shift_x(image: Pixels, strength: float) -> Pixels:
    """Shift horizontally by up to a third of the edge."""
    return _warp(image, np.array([[1, 0, strength * image.shape[0] / 3], [0, 1, 0]], np.float64))


def shift_y(image: Pixels, strength: float) -> Pixels:
    """Shift vertically by up to a third of the edge."""
    return _warp(image, np.array([[1, 0, 0], [0, 1, strength * image.shape[0] / 3]], np.float64))


def brightness(image: Pixels, strength: float) -> Pixels:
    """Add up to half of the full scale."""
    return _apply_lookup(image, _GREY_LEVELS + 127.5 * strength)


def contrast(image: Pixels, strength: float) -> Pixels:
    """Change the contrast around the mean by up to 90%."""
    middle = float(image.mean())
    return _apply_lookup(image, middle + (_GREY_LEVELS - middle) * (1 + 0.9 * strength))


def saturation(image: Pixels, strength: float) -> Pixels:
    """Blend with the grey image, or away from it, by up to 90%."""
    return _blend(_to_grey(image), image, 1 + 0.9 * strength)


def sharpness(image: Pixels, strength: float) -> Pixels:
    """Blend with the blurred image (sigma 1), or away from it, by up to 90%."""
    return _blend(cv2.GaussianBlur(image, (0, 0), 1), image, 1 + 0.9 * strength)


def autocontrast(image: Pixels, strength: float) -> Pixels:
    """Blend with the image whose channels are stretched to the full range, by up to 100%."""
    low, high = image.min((0, 1)).astype(float), image.max((0, 1)).astype(float)
    stretched = (_GREY_LEVELS - low) * (255 / np.maximum(high - low, 1))
    weight = abs(strength)
    return _apply_lookup(image, (1 - weight) * _GREY_LEVELS + weight * stretched)


def equalise(image: Pixels, strength: float) -> Pixels:
    """Blend with the histogram-equalised image, by up to 100%."""
    flat = np.dstack([cv2.equalizeHist(channel) for channel in cv2.split(image)])
    return _blend(image, flat, abs(strength))


def solarise(image: Pixels, strength: float) -> Pixels:
    """Invert the brightest grey levels (negative: the darkest), up to half of the range."""
    edge = 127.5 * abs(strength)
    turned = 255 - edge < _GREY_LEVELS if strength > 0 else edge > _GREY_LEVELS
    return _apply_lookup(image, np.where(turned, 255 - _GREY_LEVELS, _GREY_LEVELS))


GEOMETRIC_OPERATIONS: tuple[Operation, ...] = (rotate, shear_x, shear_y, shift_x, shift_y)
COLOUR_OPERATIONS: tuple[Operation, ...] = (
    brightness,
    contrast,
    saturation,
    autocontrast,
    equalise,
    solarise,
)
RANDAUGMENT_OPERATIONS: tuple[Operation, ...] = (
    *GEOMETRIC_OPERATIONS[1:],
    *COLOUR_OPERATIONS,
    sharpness,
)
AUGMIX_OPERATIONS: tuple[Operation, ...] = (*GEOMETRIC_OPERATIONS, autocontrast, equalise, solarise)
OPERATIONS = {
    operation.__name__: operation
    for operation in (*GEOMETRIC_OPERATIONS, *COLOUR_OPERATIONS, sharpness)
}
"""Operations by the name used in a searched policy."""


def apply_randaugment(image: Pixels, policy: RandAugment, rng: Rng) -> Pixels:
    """Apply `policy.ops` operations drawn independently (Cubuk et al. 2020)."""
    for number in rng.integers(len(RANDAUGMENT_OPERATIONS), size=policy.ops):
        image = RANDAUGMENT_OPERATIONS[number](image, policy.magnitude * rng.uniform(-1, 1))
    return image


def apply_augmix(image: Pixels, policy: AugMix, rng: Rng) -> Pixels:
    """Blend the image with a weighted average of chains of operations (Hendrycks et al. 2020)."""
    mixed = np.zeros(image.shape, np.float32)
    for weight in rng.dirichlet(np.ones(policy.chains)):
        chain = image
        for number in rng.integers(len(AUGMIX_OPERATIONS), size=rng.integers(1, policy.depth + 1)):
            chain = AUGMIX_OPERATIONS[number](chain, policy.severity * rng.uniform(-1, 1))
        mixed += np.float32(weight) * chain
    share = rng.beta(1, 1)
    blended: Pixels = (share * image + (1 - share) * mixed + 0.5).clip(0, 255).astype(np.uint8)
    return blended


_GREY_LEVELS = np.arange(256, dtype=np.float64)[:, None]


def _apply_lookup(image: Pixels, table: np.ndarray) -> Pixels:
    levels = np.clip(table + 0.5, 0, 255).astype(np.uint8)
    return np.asarray(cv2.LUT(image, np.broadcast_to(levels, (256, 3))[None].copy()), np.uint8)


def _warp(image: Pixels, matrix: np.ndarray) -> Pixels:
    size = (image.shape[1], image.shape[0])
    moved: Pixels = cv2.warpAffine(image, matrix, size, borderMode=cv2.BORDER_REFLECT_101)
    return moved


def _shear_matrix(x: float, y: float, edge: int) -> np.ndarray:
    middle = (edge - 1) / 2
    return np.array([[1, x, -x * middle], [y, 1, -y * middle]], np.float64)


def _to_grey(image: Pixels) -> Pixels:
    return np.asarray(cv2.cvtColor(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY), cv2.COLOR_GRAY2RGB))


def _blend(first: Pixels, second: Pixels, weight: float) -> Pixels:
    return np.asarray(cv2.addWeighted(first, 1 - weight, second, weight, 0), np.uint8)
