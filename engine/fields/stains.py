"""Stains: the colours of red cells and of nuclei in one field, and how much of each a pixel has."""

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from engine.fields.glass import Float32

_USUAL_RED_CELL = np.array([0.28, 0.72, 0.63])
_USUAL_NUCLEUS = np.array([0.66, 0.74, 0.12])
"""Directions of optical density (red, green, blue) under Romanowsky stains, where a field shows too little."""

_FAINTEST = 0.05  # density; below it nothing can be distinguished from glass
_DENSITY_OFFSET = 0.04
_DENSEST = 1.5
_MIN_PIXELS = 50
_MIN_NUCLEUS_PIXELS = 30
_MIN_NUCLEUS_SHARE = 0.001
_MIN_LIKENESS = 0.85  # cosine with the usual direction


@dataclass(frozen=True, slots=True)
class Stains:
    """The stains of one field.

    `red_cell` and `nucleus` are unit vectors of optical density; `red_cell_density` and `nucleus_density`
    their usual amounts (0: no nucleus found); `foreground_density` separates cells from glass.
    """

    red_cell: npt.NDArray[np.float64]
    nucleus: npt.NDArray[np.float64]
    red_cell_density: float
    nucleus_density: float
    foreground_density: float

    def nucleus_amount(self, density: Float32) -> Float32:
        """Return how much nuclear stain each pixel has; pure red cells have none."""
        weights = _unmixing(self.red_cell, self.nucleus)[1].astype(np.float32)
        return np.asarray(density @ weights, np.float32)

    def red_cell_weights(self) -> Float32:
        """Return the weights of the channels whose sum is the amount of red-cell stain."""
        return np.asarray(_unmixing(self.red_cell, self.nucleus)[0], np.float32)

    @property
    def nucleus_reference(self) -> float:
        """Nuclear stain of a usual nucleus; without one in the field, what it would at least be."""
        return max(self.nucleus_density, 1.2 * self.red_cell_density)


def estimate_stains(density: Float32) -> Stains:
    """Estimate the stains from the optical densities of a small version of a field."""
    pixels = density.reshape(-1, 3).astype(np.float64)
    totals = total_density(density).ravel()
    foreground_density = _foreground_density(totals)
    cells = pixels[totals > 0.8 * foreground_density]
    nucleus = _USUAL_NUCLEUS / np.linalg.norm(_USUAL_NUCLEUS)
    if len(cells) < _MIN_PIXELS:
        red_cell = _USUAL_RED_CELL / np.linalg.norm(_USUAL_RED_CELL)
        return Stains(red_cell, nucleus, 0.3, 0.0, foreground_density)
    # Red light passes through haemoglobin, and not through nuclei: the least red-absorbing cells are red cells.
    redness = cells[:, 0] / np.maximum(total_density(cells), 1e-3)
    low, high = np.percentile(redness, [10, 45])
    red_cell = np.median(cells[(redness >= low) & (redness <= high)], axis=0)
    red_cell_density = float(np.linalg.norm(red_cell))
    red_cell /= red_cell_density
    nucleus_density = 0.0
    for _ in range(2):
        amounts = cells @ _unmixing(red_cell, nucleus)[1]
        is_nucleus = (amounts >= 0.6 * np.percentile(amounts, 99.5)) & (
            amounts > 0.8 * red_cell_density
        )
        if is_nucleus.sum() < max(_MIN_NUCLEUS_PIXELS, _MIN_NUCLEUS_SHARE * len(pixels)):
            break
        found = np.median(cells[is_nucleus], axis=0)
        nucleus_density = float(np.linalg.norm(found))
        if found @ nucleus > _MIN_LIKENESS * nucleus_density:
            nucleus = found / nucleus_density
    return Stains(red_cell, nucleus, red_cell_density, nucleus_density, foreground_density)


def total_density(density: npt.NDArray[np.floating]) -> Float32:
    """Return the density over all channels, without the channels brighter than glass."""
    absorbed = np.maximum(density, 0)
    # A third of the time of `np.linalg.norm`.
    return np.asarray(np.sqrt(np.einsum("...c,...c->...", absorbed, absorbed)), np.float32)


def _foreground_density(totals: Float32) -> float:
    # On logarithms: pale red cells are closer to glass than to a dark nucleus.
    low, high = np.log(_DENSITY_OFFSET), np.log(_DENSEST + _DENSITY_OFFSET)
    values = np.log(np.clip(totals, 0, _DENSEST) + _DENSITY_OFFSET)
    scaled = np.asarray((values - low) / (high - low) * 255, np.uint8)
    threshold, _ = cv2.threshold(scaled, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    density = np.exp(threshold / 255 * (high - low) + low) - _DENSITY_OFFSET
    return max(float(density), _FAINTEST)


def _unmixing(
    red_cell: npt.NDArray[np.float64], nucleus: npt.NDArray[np.float64]
) -> npt.NDArray[np.float64]:
    """Return the matrix (2, 3) that turns densities into amounts of the two stains."""
    return np.linalg.pinv(np.stack([red_cell, nucleus], 1))
