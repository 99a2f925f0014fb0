"""Drawn microscope field around a cell: stain, plasma and red cells."""

from dataclasses import dataclass

import numpy as np

from engine.images.sample.canvas import (
    Colour,
    Field,
    Grid,
    Rng,
    blob,
    dots,
    mask,
    noise,
    paint,
    stain,
)

EDGE = 360
"""Edge of an image in pixels, about that of the published images."""
CENTRE = (EDGE - 1) / 2

# Medians over real fields (May Grünwald-Giemsa, see the attribution of the shipped model), RGB.
PLASMA: Colour = (255, 229, 203)
RED_CELL: Colour = (202, 165, 160)
# About one slide in thirty is bluish: normal stain variation, not an outlier.
BLUISH_PLASMA: Colour = (226, 226, 240)
BLUISH_RED_CELL: Colour = (172, 166, 184)

_RED_CELL_RADIUS = 37.0


@dataclass(frozen=True, slots=True)
class Slide:
    """Stain of one slide: the colours of plasma and red cells, and the colour shift of the cell."""

    plasma: Colour
    red_cell: Colour
    shift: Colour


def make_slide(rng: Rng, *, bluish: bool = False) -> Slide:
    """Return a slide with colours close to the measured ones."""
    base = np.array(BLUISH_PLASMA if bluish else PLASMA)
    red = np.array(BLUISH_RED_CELL if bluish else RED_CELL) + rng.normal(0, 5) + rng.normal(0, 2, 3)
    shift = rng.normal(0, 4) + rng.normal(0, 3, 3) + (np.array([-14, -4, 8]) if bluish else 0)
    return Slide(_to_colour(base + rng.normal(0, 2, 3)), _to_colour(red), _to_colour(shift))


def draw_plasma(rng: Rng, slide: Slide) -> Field:
    """Draw an empty field, float32 (360, 360, 3)."""
    image = np.empty((EDGE, EDGE, 3), np.float32)
    image[:] = slide.plasma
    image += (noise(rng, 180, 2, EDGE) * 1.2)[..., None]
    return image


def draw_field(rng: Rng, slide: Slide, free_radius: float) -> Field:
    """Draw a field of red cells, none (nearly) within `free_radius` pixels of the centre."""
    image = draw_plasma(rng, slide)
    pallor = rng.uniform(0.45, 1.0)
    for x, y in _place_red_cells(rng, free_radius):
        _draw_red_cell(image, rng, slide, (x, y), pallor)
    if rng.random() < 0.35:
        _draw_platelets(image, rng)
    return image


def _place_red_cells(rng: Rng, free_radius: float) -> list[tuple[float, float]]:
    crowding = rng.uniform(0.75, 1.05) * 2 * _RED_CELL_RADIUS
    positions: list[tuple[float, float]] = []
    for x, y in rng.uniform(-30, EDGE + 30, (260, 2)):
        is_separate = all(np.hypot(x - a, y - b) > crowding for a, b in positions)
        is_outside = np.hypot(x - CENTRE, y - CENTRE) > free_radius + _RED_CELL_RADIUS - 4
        if is_separate and is_outside:
            positions.append((float(x), float(y)))
    return positions[: int(rng.integers(9, 22))]


def _draw_red_cell(
    image: Field, rng: Rng, slide: Slide, position: tuple[float, float], pallor: float
) -> None:
    radius = _RED_CELL_RADIUS * rng.normal(1, 0.06)
    window, grid = _window(*position, radius * 1.6)
    outline = blob(rng, *position, radius, ragged=0.04, oval=0.12, grid=grid)
    body = mask(outline, 2.0)
    # A disc that is thickest in a ring and thinner towards the centre and the rim.
    depth = np.clip(-outline / radius, 0, 1)
    centre = pallor * rng.uniform(0.8, 1.0) * mask((0.52 - depth) * radius, 8)
    ring = 0.92 + 0.16 * np.exp(-(((depth - 0.2) / 0.16) ** 2))
    stain(image[window], body * ring * (1 - 0.82 * centre), slide.red_cell, slide.plasma)


def _draw_platelets(image: Field, rng: Rng) -> None:
    # One or two single platelets near the border.
    for _ in range(int(rng.integers(1, 3))):
        angle, distance = rng.uniform(0, 2 * np.pi), rng.uniform(140, 200)
        x, y = float(CENTRE + distance * np.cos(angle)), float(CENTRE + distance * np.sin(angle))
        window, grid = _window(x, y, 20)
        if not grid[0].size:
            continue
        shape = mask(blob(rng, x, y, rng.uniform(7, 11), ragged=0.15, grid=grid), 2)
        paint(image[window], shape, (165, 130, 178), 0.8)
        paint(image[window], dots(rng, shape, 14, (1.0, 2.4)), (92, 48, 146), 0.9)


def _window(x: float, y: float, reach: float) -> tuple[tuple[slice, slice], Grid]:
    """Return the part of the image within `reach` pixels of (x, y), and its coordinates."""
    rows, columns = (
        slice(max(0, int(centre - reach)), max(0, min(EDGE, int(centre + reach) + 1)))
        for centre in (y, x)
    )
    yy, xx = np.mgrid[rows, columns].astype(np.float32)
    return (rows, columns), (yy, xx)


def _to_colour(values: np.ndarray) -> Colour:
    red, green, blue = (float(value) for value in values)
    return red, green, blue
