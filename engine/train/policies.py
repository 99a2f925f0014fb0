"""RandAugment, AugMix and what they choose from: operations of a signed strength, the same either way.

The operations are those of the report's library: no posterising (its strength runs backwards), and each
is drawn for each image alone. `strength` is -1..1; what 1 means is said by each operation.
"""

from collections.abc import Callable

import cv2
import numpy as np

from engine.images.record import Pixels
from engine.train.recipe import AugMix, RandAugment

Rng = np.random.Generator
Operation = Callable[[Pixels, float], Pixels]


def rotate(image: Pixels, strength: float) -> Pixels:
    """Turn by up to 30 degrees."""
    centre = (image.shape[0] - 1) / 2
    return _warp(image, cv2.getRotationMatrix2D((centre, centre), 30 * strength, 1))


def shear_x(image: Pixels, strength: float) -> Pixels:
    """Shear by up to 0.3 pixels a pixel, across."""
    return _warp(image, _shear(0.3 * strength, 0, image.shape[0]))


def shear_y(image: Pixels, strength: float) -> Pixels:
    """Shear by up to 0.3 pixels a pixel, down."""
    return _warp(image, _shear(0, 0.3 * strength, image.shape[0]))


def shift_x(image: Pixels, strength: float) -> Pixels:
    """Shift by up to a third of the edge, across."""
    return _warp(image, np.array([[1, 0, strength * image.shape[0] / 3], [0, 1, 0]], np.float64))


def shift_y(image: Pixels, strength: float) -> Pixels:
    """Shift by up to a third of the edge, down."""
    return _warp(image, np.array([[1, 0, 0], [0, 1, strength * image.shape[0] / 3]], np.float64))


def brightness(image: Pixels, strength: float) -> Pixels:
    """Add up to half of full scale."""
    return _table(image, _LEVELS + 127.5 * strength)


def contrast(image: Pixels, strength: float) -> Pixels:
    """Stretch about the image's mean by up to 90%."""
    middle = float(image.mean())
    return _table(image, middle + (_LEVELS - middle) * (1 + 0.9 * strength))


def saturation(image: Pixels, strength: float) -> Pixels:
    """Bring colours up to 90% nearer to their grey, or farther."""
    return _blend(_grey(image), image, 1 + 0.9 * strength)


def sharpness(image: Pixels, strength: float) -> Pixels:
    """Bring the image up to 90% nearer to its blur (sigma 1), or farther."""
    return _blend(cv2.GaussianBlur(image, (0, 0), 1), image, 1 + 0.9 * strength)


def autocontrast(image: Pixels, strength: float) -> Pixels:
    """Stretch each channel to the full range, by a share of up to all."""
    low, high = image.min((0, 1)).astype(float), image.max((0, 1)).astype(float)
    stretched = (_LEVELS - low) * (255 / np.maximum(high - low, 1))
    weight = abs(strength)
    return _table(image, (1 - weight) * _LEVELS + weight * stretched)


def equalise(image: Pixels, strength: float) -> Pixels:
    """Flatten each channel's histogram, by a share of up to all."""
    flat = np.dstack([cv2.equalizeHist(channel) for channel in cv2.split(image)])
    return _blend(image, flat, abs(strength))


def solarise(image: Pixels, strength: float) -> Pixels:
    """Invert the brightest levels, from none to the upper half; the darkest for a negative strength."""
    edge = 127.5 * abs(strength)
    turned = 255 - edge < _LEVELS if strength > 0 else edge > _LEVELS
    return _table(image, np.where(turned, 255 - _LEVELS, _LEVELS))


GEOMETRIC: tuple[Operation, ...] = (rotate, shear_x, shear_y, shift_x, shift_y)
COLOUR: tuple[Operation, ...] = (brightness, contrast, saturation, autocontrast, equalise, solarise)
RANDAUGMENT: tuple[Operation, ...] = (*GEOMETRIC[1:], *COLOUR, sharpness)
AUGMIX: tuple[Operation, ...] = (*GEOMETRIC, autocontrast, equalise, solarise)
OPERATIONS = {one.__name__: one for one in (*GEOMETRIC, *COLOUR, sharpness)}
"""By the name in a searched policy."""


def randaugment(image: Pixels, policy: RandAugment, rng: Rng) -> Pixels:
    """Apply `policy.ops` operations drawn without regard to each other (Cubuk et al. 2020)."""
    for number in rng.integers(len(RANDAUGMENT), size=policy.ops):
        image = RANDAUGMENT[number](image, policy.magnitude * rng.uniform(-1, 1))
    return image


def augmix(image: Pixels, policy: AugMix, rng: Rng) -> Pixels:
    """Average chains of operations, and that with the image (Hendrycks et al. 2020)."""
    mixed = np.zeros(image.shape, np.float32)
    for weight in rng.dirichlet(np.ones(policy.chains)):
        chain = image
        for number in rng.integers(len(AUGMIX), size=rng.integers(1, policy.depth + 1)):
            chain = AUGMIX[number](chain, policy.severity * rng.uniform(-1, 1))
        mixed += np.float32(weight) * chain
    share = rng.beta(1, 1)
    blended: Pixels = (share * image + (1 - share) * mixed + 0.5).clip(0, 255).astype(np.uint8)
    return blended


_LEVELS = np.arange(256, dtype=np.float64)[:, None]


def _table(image: Pixels, table: np.ndarray) -> Pixels:
    levels = np.clip(table + 0.5, 0, 255).astype(np.uint8)
    return np.asarray(cv2.LUT(image, np.broadcast_to(levels, (256, 3))[None].copy()), np.uint8)


def _warp(image: Pixels, matrix: np.ndarray) -> Pixels:
    size = (image.shape[1], image.shape[0])
    moved: Pixels = cv2.warpAffine(image, matrix, size, borderMode=cv2.BORDER_REFLECT_101)
    return moved


def _shear(x: float, y: float, edge: int) -> np.ndarray:
    middle = (edge - 1) / 2
    return np.array([[1, x, -x * middle], [y, 1, -y * middle]], np.float64)


def _grey(image: Pixels) -> Pixels:
    return np.asarray(cv2.cvtColor(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY), cv2.COLOR_GRAY2RGB))


def _blend(one: Pixels, other: Pixels, weight: float) -> Pixels:
    return np.asarray(cv2.addWeighted(one, 1 - weight, other, weight, 0), np.uint8)
