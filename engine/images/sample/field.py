"""The field around a cell: the slide's stain, the empty plasma, and red cells."""

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
"""Edge of a picture in pixels, about that of the published images."""
CENTRE = (EDGE - 1) / 2

# Medians over real fields (May Grünwald-Giemsa, see the attribution of the shipped model), RGB.
PLASMA: Colour = (255, 229, 203)
RED_CELL: Colour = (202, 165, 160)
# One slide in some thirty is bluish: normal stain variation, and no outlier.
BLUISH_PLASMA: Colour = (226, 226, 240)
BLUISH_RED_CELL: Colour = (172, 166, 184)

_RED_CELL_RADIUS = 37.0


@dataclass(frozen=True, slots=True)
class Slide:
    """How one slide is stained: the colours of what is not the cell, and how the cell's shift."""

    plasma: Colour
    red_cell: Colour
    shift: Colour


def make_slide(rng: Rng, *, bluish: bool = False) -> Slide:
    """Return a slide whose colours lie around the measured ones."""
    base = np.array(BLUISH_PLASMA if bluish else PLASMA)
    red = np.array(BLUISH_RED_CELL if bluish else RED_CELL) + rng.normal(0, 5) + rng.normal(0, 2, 3)
    shift = rng.normal(0, 4) + rng.normal(0, 3, 3) + (np.array([-14, -4, 8]) if bluish else 0)
    return Slide(_colour(base + rng.normal(0, 2, 3)), _colour(red), _colour(shift))


def draw_plasma(rng: Rng, slide: Slide) -> Field:
    """Return an empty field, float32 (360, 360, 3)."""
    picture = np.empty((EDGE, EDGE, 3), np.float32)
    picture[:] = slide.plasma
    picture += (noise(rng, 180, 2, EDGE) * 1.2)[..., None]
    return picture


def draw_field(rng: Rng, slide: Slide, keep_free: float) -> Field:
    """Return a field of red cells, none nearer to the centre than `keep_free` pixels less a touch."""
    picture = draw_plasma(rng, slide)
    pallor = rng.uniform(0.45, 1.0)
    for x, y in _places(rng, keep_free):
        _red_cell(picture, rng, slide, (x, y), pallor)
    if rng.random() < 0.35:
        _speck(picture, rng)
    return picture


def _places(rng: Rng, keep_free: float) -> list[tuple[float, float]]:
    crowding = rng.uniform(0.75, 1.05) * 2 * _RED_CELL_RADIUS
    places: list[tuple[float, float]] = []
    for x, y in rng.uniform(-30, EDGE + 30, (260, 2)):
        apart = all(np.hypot(x - a, y - b) > crowding for a, b in places)
        clear = np.hypot(x - CENTRE, y - CENTRE) > keep_free + _RED_CELL_RADIUS - 4
        if apart and clear:
            places.append((float(x), float(y)))
    return places[: int(rng.integers(9, 22))]


def _red_cell(
    picture: Field, rng: Rng, slide: Slide, place: tuple[float, float], pallor: float
) -> None:
    radius = _RED_CELL_RADIUS * rng.normal(1, 0.06)
    window, grid = _window(*place, radius * 1.6)
    outline = blob(rng, *place, radius, ragged=0.04, oval=0.12, grid=grid)
    body = mask(outline, 2.0)
    # A disc that is thinnest in the middle: thick in a ring, thinner towards the centre and the rim.
    depth = np.clip(-outline / radius, 0, 1)
    centre = pallor * rng.uniform(0.8, 1.0) * mask((0.52 - depth) * radius, 8)
    ring = 0.92 + 0.16 * np.exp(-(((depth - 0.2) / 0.16) ** 2))
    stain(picture[window], body * ring * (1 - 0.82 * centre), slide.red_cell, slide.plasma)


def _speck(picture: Field, rng: Rng) -> None:
    # A lone platelet or two at the side.
    for _ in range(int(rng.integers(1, 3))):
        angle, far = rng.uniform(0, 2 * np.pi), rng.uniform(140, 200)
        x, y = float(CENTRE + far * np.cos(angle)), float(CENTRE + far * np.sin(angle))
        window, grid = _window(x, y, 20)
        if not grid[0].size:
            continue
        shape = mask(blob(rng, x, y, rng.uniform(7, 11), ragged=0.15, grid=grid), 2)
        paint(picture[window], shape, (165, 130, 178), 0.8)
        paint(picture[window], dots(rng, shape, 14, (1.0, 2.4)), (92, 48, 146), 0.9)


def _window(x: float, y: float, reach: float) -> tuple[tuple[slice, slice], Grid]:
    """Return the part of the picture within `reach` of a place, and its coordinates."""
    rows, columns = (
        slice(max(0, int(at - reach)), max(0, min(EDGE, int(at + reach) + 1))) for at in (y, x)
    )
    yy, xx = np.mgrid[rows, columns].astype(np.float32)
    return (rows, columns), (yy, xx)


def _colour(values: np.ndarray) -> Colour:
    red, green, blue = (float(value) for value in values)
    return red, green, blue
