"""Stain augmentation: variation of stains and dyes between laboratories, and random erasing."""

import cv2
import numpy as np
import numpy.typing as npt

from engine.images.record import Pixels
from engine.train.augmentation_recipe import Erasing, Laboratory, Stain

Rng = np.random.Generator
Float = npt.NDArray[np.float32]

_GLASS_DENSITY = 0.15
"""Optical density below which a pixel is glass (Macenko et al. 2009)."""

_DENSITIES = -np.log((np.arange(256, dtype=np.float32) + 1) / 256)
"""Optical density (natural logarithm) by grey level."""


def vary_stain(image: Pixels, stain: Stain, rng: Rng, strength: float = 1.0) -> Pixels:
    """Scale and shift the concentration of each stain; images with hardly any stain stay unchanged.

    Optical density is -ln(I / 255) (Beer-Lambert), the sum of the stains' contributions.
    """
    density = -np.log((image.astype(np.float32) + 1) / 256)
    stains = stain_directions(density)
    if stains is None:
        return image
    amounts = density.reshape(-1, 3) @ np.linalg.pinv(stains)
    residual = density.reshape(-1, 3) - amounts @ stains
    scale = stain.strength ** (strength * rng.uniform(-1, 1, 2))
    shift = strength * rng.uniform(-stain.shift, stain.shift, 2) * amounts.mean(0)
    # The residual, which neither stain explains (such as the tint of the lamp), is kept.
    changed = (amounts * scale + shift) @ stains + residual
    restained: Pixels = (256 * np.exp(-changed) - 0.5).clip(0, 255).astype(np.uint8)
    return restained.reshape(image.shape)


def vary_dyes(image: Pixels, laboratory: Laboratory, rng: Rng, strength: float = 1.0) -> Pixels:
    """Mix the optical densities of the channels and tint the glass, as with other dyes and another lamp.

    A stain absorbs red, green and blue in fixed proportions (Beer-Lambert), so a matrix on the densities
    turns any stain into another; one near the identity gives a similar stain.
    """
    mixing = strength * laboratory.mixing
    matrix = np.empty((3, 4))
    matrix[:, :3] = rng.uniform(-mixing, mixing, (3, 3)) + np.eye(3)
    matrix[:, :3] *= laboratory.strength ** (strength * rng.uniform(-1, 1))
    matrix[:, 3] = -np.log(rng.uniform(1 - strength * laboratory.tint, 1, 3))
    density = cv2.transform(cv2.LUT(image, _DENSITIES), matrix)
    return np.asarray(cv2.multiply(cv2.exp(-density), (256.0,) * 4, dtype=cv2.CV_8U), np.uint8)


def stain_directions(density: Float) -> Float | None:
    """Estimate the unit vectors (2, 3) of two stains from optical densities (h, w, 3).

    They are the extreme directions in the plane of the two largest principal components, at the 1st and
    99th percentile (Macenko et al. 2009). None if too few pixels are stained, or in one colour only.
    """
    small = cv2.resize(density, (32, 32), interpolation=cv2.INTER_AREA).reshape(-1, 3)
    stained = small[(small > _GLASS_DENSITY).all(1)]
    if len(stained) < 16:
        return None
    _, vectors = np.linalg.eigh(np.cov(stained.T))
    plane = vectors[:, :0:-1].astype(np.float32)
    plane = plane * np.where(plane.sum(0) < 0, -1, 1)
    flat = stained @ plane
    angles = np.arctan2(flat[:, 1], flat[:, 0])
    low, high = np.percentile(angles, (1, 99))
    if high - low < 0.05:
        return None
    ends = np.array([[np.cos(low), np.sin(low)], [np.cos(high), np.sin(high)]], np.float32)
    directions: Float = ends @ plane.T
    return directions


def erase_rectangle(image: Pixels, erasing: Erasing, rng: Rng) -> Pixels:
    """Replace a random rectangle, up to `area` of the image and 1:3 to 3:1 in shape, by noise."""
    edge = image.shape[0]
    area = rng.uniform(0.02, max(0.02, erasing.area)) * edge * edge
    ratio = 3 ** rng.uniform(-1, 1)
    height = int(min(edge, max(1, round((area * ratio) ** 0.5))))
    width = int(min(edge, max(1, round((area / ratio) ** 0.5))))
    top, left = rng.integers(edge - height + 1), rng.integers(edge - width + 1)
    erased = image.copy()
    erased[top : top + height, left : left + width] = rng.integers(
        0, 256, (height, width, 3), np.uint8
    )
    return erased
