"""Glass: the light that reaches the camera where no cell is, which makes pixels optical densities."""

from dataclasses import dataclass
from functools import cache

import cv2
import numpy as np
import numpy.typing as npt

from engine.images.record import Pixels

Float32 = npt.NDArray[np.float32]

_BLOCKS = 14  # per shorter edge; in most blocks a tenth of the pixels is glass
_BRIGHT_SHARE = 0.1
_CELL_DENSITY = 0.12  # Blocks darker than the surface by this (three channels) show cells only.
_ROUNDS = 10
_UPPER_WEIGHT = 0.9
_PENALTY = np.diag(np.array([0.0, 0.3, 0.3, 1.0, 1.0, 1.0, 1.0])) * 0.00015
"""Keeps the surface from bending where few blocks show glass; a stronger one flattens vignetting."""

Window = tuple[float, float, float, float]
"""Part of a field: left, top, right and bottom, each from 0 to 1."""

WHOLE: Window = (0.0, 0.0, 1.0, 1.0)


@dataclass(frozen=True, slots=True)
class Glass:
    """The logarithm of the brightness of the glass as a smooth surface over the field, per channel.

    It is quadratic, with the fourth power of the distance from the centre for the corners that a lens darkens.
    Vignetting, uneven light and white balance are in it, so that densities do not depend on them.
    """

    coefficients: Float32

    def density(self, pixels: Pixels, window: Window = WHOLE) -> Float32:
        """Return the optical density (natural logarithm) of a part of the field, scaled to any size."""
        height, width = pixels.shape[:2]
        left, top, right, bottom = window
        u = _centres(left, right, width)
        v = _centres(top, bottom, height)[:, None]
        density = np.empty(pixels.shape, np.float32)
        for channel in range(3):
            c = self.coefficients[:, channel]
            surface = (c[0] + c[1] * u + c[3] * u * u) + (c[2] * v + c[5] * v * v) + c[4] * u * v
            surface += c[6] * (u * u + v * v) ** 2
            density[..., channel] = surface - cv2.LUT(pixels[..., channel], _logarithms())
        return density


def fit_glass(overview: Pixels) -> Glass:
    """Fit the glass of a field from a small version of it."""
    places, brightness = _brightest_of_blocks(overview)
    u, v = places[:, 0], places[:, 1]
    terms = np.stack([np.ones_like(u), u, v, u * u, u * v, v * v, (u * u + v * v) ** 2], 1)
    weights = np.ones(len(u))
    coefficients = _fit(terms, brightness, weights)
    # First an upper envelope, as most blocks may be full of cells; then the blocks with glass alone.
    for _ in range(_ROUNDS):
        above = (brightness - terms @ coefficients).sum(1) > 0
        weights = np.where(above, _UPPER_WEIGHT, 1 - _UPPER_WEIGHT)
        coefficients = _fit(terms, brightness, weights)
    for _ in range(_ROUNDS):
        is_glass = (brightness - terms @ coefficients).sum(1) > -_CELL_DENSITY
        if is_glass.sum() < 2 * terms.shape[1]:
            break
        coefficients = _fit(terms, brightness, is_glass.astype(np.float64))
    return Glass(coefficients.astype(np.float32))


def _brightest_of_blocks(
    overview: Pixels,
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    height, width = overview.shape[:2]
    edge = max(4, min(height, width) // _BLOCKS)
    tops = np.arange(0, max(1, height - edge // 2), edge)
    lefts = np.arange(0, max(1, width - edge // 2), edge)
    totals = overview.sum(-1, dtype=np.uint16)
    whole_rows, whole_columns = height // edge, width // edge
    pixels = np.empty((len(tops), len(lefts), 3), np.uint8)
    # All whole blocks at once, row by row of blocks; those cut by the border one by one.
    columns = np.arange(whole_columns)
    for row, top in enumerate(tops[:whole_rows].tolist()):
        strip = slice(top, top + edge), slice(0, whole_columns * edge)
        blocks = totals[strip].reshape(edge, whole_columns, edge).swapaxes(0, 1)
        y, x = np.divmod(_bright_index(blocks.reshape(whole_columns, -1)), edge)
        pixels[row, :whole_columns] = overview[top + y, columns * edge + x]
    for row, top in enumerate(tops.tolist()):
        for column, left in enumerate(lefts.tolist()):
            if row >= whole_rows or column >= whole_columns:
                block = overview[top : top + edge, left : left + edge].reshape(-1, 3)
                cut = totals[top : top + edge, left : left + edge].reshape(1, -1)
                pixels[row, column] = block[_bright_index(cut)[0]]
    places = np.stack(np.meshgrid(lefts, tops), -1).reshape(-1, 2) + edge / 2
    return places / (width, height) - 0.5, np.log(pixels.reshape(-1, 3) + 1.0)


def _bright_index(totals: npt.NDArray[np.uint16]) -> npt.NDArray[np.intp]:
    """Return for each block (n, pixels) the index of the darkest of its brightest pixels."""
    index = min(totals.shape[1] - 1, int((1 - _BRIGHT_SHARE) * totals.shape[1]))
    return np.asarray(np.argsort(totals, 1, kind="stable")[:, index], np.intp)


def _fit(
    terms: npt.NDArray[np.float64],
    brightness: npt.NDArray[np.float64],
    weights: npt.NDArray[np.float64],
) -> npt.NDArray[np.float64]:
    weighted = terms * weights[:, None]
    penalty = _PENALTY * weights.sum() + 1e-9 * np.eye(terms.shape[1])
    return np.linalg.solve(weighted.T @ terms + penalty, weighted.T @ brightness)


def _centres(start: float, end: float, count: int) -> Float32:
    step = (end - start) / count
    return np.asarray(start - 0.5 + step * (np.arange(count) + 0.5), np.float32)


@cache
def _logarithms() -> Float32:
    return np.log(np.arange(256, dtype=np.float32) + 1)
