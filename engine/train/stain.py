"""Another stain, and pieces that are missing: what a picture may look like from another laboratory."""

import cv2
import numpy as np
import numpy.typing as npt

from engine.images.record import Pixels
from engine.train.recipe import Erasing, Laboratory, Stain

Rng = np.random.Generator
Float = npt.NDArray[np.float32]

_GLASS = 0.15
"""Optical density below which a pixel is glass, not stain (Macenko et al. 2009)."""

_DENSITIES = -np.log((np.arange(256, dtype=np.float32) + 1) / 256)
"""By grey level."""


def restain(image: Pixels, stain: Stain, rng: Rng, strength: float = 1.0) -> Pixels:
    """Scale and shift each stain's amount; the image itself where there is hardly any stain.

    Optical density is -ln(I / 255) (Beer-Lambert), the sum over stains of their amounts.
    """
    density = -np.log((image.astype(np.float32) + 1) / 256)
    stains = stain_directions(density)
    if stains is None:
        return image
    amounts = density.reshape(-1, 3) @ np.linalg.pinv(stains)
    rest = density.reshape(-1, 3) - amounts @ stains
    scale = stain.strength ** (strength * rng.uniform(-1, 1, 2))
    shift = strength * rng.uniform(-stain.shift, stain.shift, 2) * amounts.mean(0)
    # Of what is neither stain, the lamp's tint, nothing is touched.
    changed = (amounts * scale + shift) @ stains + rest
    restained: Pixels = (256 * np.exp(-changed) - 0.5).clip(0, 255).astype(np.uint8)
    return restained.reshape(image.shape)


def redye(image: Pixels, laboratory: Laboratory, rng: Rng, strength: float = 1.0) -> Pixels:
    """Mix the channels' optical densities, and tint the glass: other dyes, another lamp.

    A stain swallows a fixed proportion of red, green and blue light (Beer-Lambert), so a matrix on the
    densities turns any stain into another; one near the unit matrix into one that is alike.
    """
    mixing = strength * laboratory.mixing
    matrix = np.empty((3, 4))
    matrix[:, :3] = rng.uniform(-mixing, mixing, (3, 3)) + np.eye(3)
    matrix[:, :3] *= laboratory.strength ** (strength * rng.uniform(-1, 1))
    matrix[:, 3] = -np.log(rng.uniform(1 - strength * laboratory.tint, 1, 3))
    density = cv2.transform(cv2.LUT(image, _DENSITIES), matrix)
    return np.asarray(cv2.multiply(cv2.exp(-density), (256.0,) * 4, dtype=cv2.CV_8U), np.uint8)


def stain_directions(density: Float) -> Float | None:
    """Return the two stains' colours (2, 3), unit length, of an optical density (h, w, 3).

    The extreme directions in the plane of the two largest principal components, at the first and 99th
    percentile (Macenko et al. 2009). None where too few pixels are stained, or in one colour only.
    """
    small = cv2.resize(density, (32, 32), interpolation=cv2.INTER_AREA).reshape(-1, 3)
    stained = small[(small > _GLASS).all(1)]
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


def erase(image: Pixels, erasing: Erasing, rng: Rng) -> Pixels:
    """Put noise over a rectangle of up to `area` of the image, of a shape from 1:3 to 3:1."""
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
