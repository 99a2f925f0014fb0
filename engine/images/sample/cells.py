"""Drawn blood cells of eight classes: nucleus, cytoplasm and granules of each."""

from collections.abc import Callable

import numpy as np

from engine.images.record import Pixels
from engine.images.sample.canvas import (
    CENTRE,
    EDGE,
    Colour,
    Field,
    Rng,
    blob,
    dots,
    mask,
    noise,
    paint,
    photograph,
    thread,
    union,
)
from engine.images.sample.field import EDGE as FIELD_EDGE
from engine.images.sample.field import Slide, draw_field, make_slide

# Medians over real cells (see field.py), RGB: the darkest and the lightest chromatin.
CHROMATIN: Colour = (72, 28, 128)
LIGHT_CHROMATIN: Colour = (132, 80, 158)

DrawFunction = Callable[[Field, Rng, Slide, float, float], None]


def render_cell(cell_class: str, rng: Rng, slide: Slide | None = None) -> Pixels:
    """Draw a cell of a blood8 class among red cells; returns RGB uint8 (360, 360, 3)."""
    slide = slide or make_slide(rng)
    draw, radius = CELLS[cell_class]
    image = draw_field(rng, slide, radius)
    x, y = CENTRE + rng.normal(0, 5, 2)
    start = (FIELD_EDGE - EDGE) // 2
    canvas = image[start : start + EDGE, start : start + EDGE]
    draw(canvas, rng, slide, float(x), float(y))
    return photograph(image, rng)


def _paint_cytoplasm(
    image: Field, slide: Slide, outline: Field, colour: Colour, texture: Field, strength: float
) -> Field:
    """Paint the cytoplasm, slightly denser towards the rim, and return its mask."""
    body = mask(outline, 2.2)
    rim = np.exp(-((outline / 5) ** 2))[..., None] * np.array([-22, -24, -6], np.float32)
    shades = _shift_colour(colour, slide) + texture[..., None] * strength + rim
    paint(image, body, shades.astype(np.float32), 0.94)
    return body


def _paint_nucleus(
    image: Field,
    rng: Rng,
    slide: Slide,
    shape: Field,
    body: Field,
    *,
    openness: float,
    grain: float = 16,
) -> Field:
    """Paint a nucleus and return its mask; `openness` (0..1) is how light the chromatin is."""
    shape = shape + noise(rng, 26, 2) * 1.6
    where = mask(shape, 1.7) * body
    clumps = noise(rng, grain, 3)
    # Lighter seams run between clumps, where the noise is near zero.
    light = np.clip(
        np.exp(-((clumps / 0.34) ** 2)) * openness + 0.22 * openness * noise(rng, 6, 2), 0, 1
    )
    membrane = np.exp(-(((shape + 2) / 2.5) ** 2))
    light *= 1 - 0.7 * membrane
    dark, pale = _shift_colour(CHROMATIN, slide), _shift_colour(LIGHT_CHROMATIN, slide)
    paint(image, where, (dark + light[..., None] * (pale - dark)).astype(np.float32), 0.97)
    return where


def _shift_colour(colour: Colour, slide: Slide) -> Field:
    return np.asarray(colour, np.float32) + np.asarray(slide.shift, np.float32)


def _lobe_centres(
    rng: Rng, x: float, y: float, radius: float, lobes: int, sweep: float
) -> list[tuple[float, float]]:
    """Return the centres of lobes along an arc of `sweep` radians."""
    start = rng.uniform(0, 2 * np.pi)
    angles = start + np.linspace(0, sweep, lobes) + rng.normal(0, 0.12, lobes)
    reach = radius * rng.uniform(0.85, 1.15, lobes)
    return [
        (x + float(r * np.cos(a)), y + float(r * np.sin(a)))
        for a, r in zip(angles, reach, strict=True)
    ]


def _lobed_nucleus(
    rng: Rng, centres: list[tuple[float, float]], radius: float, bridge: float, softness: float
) -> Field:
    lobes = [
        blob(rng, x, y, radius * rng.uniform(0.85, 1.15), ragged=0.08, oval=0.22)
        for x, y in centres
    ]
    return union([*lobes, thread(centres, bridge)], softness)


def _neutrophil(image: Field, rng: Rng, slide: Slide, x: float, y: float) -> None:
    outline = blob(rng, x, y, rng.normal(68, 3), ragged=0.03)
    body = _paint_cytoplasm(image, slide, outline, (212, 170, 180), noise(rng, 22), 7)
    paint(image, dots(rng, body, 900, (0.8, 1.5)), (150, 96, 158), 0.55)
    lobes = int(rng.integers(3, 6))
    centres = _lobe_centres(rng, x, y, 27, lobes, rng.uniform(3.3, 4.6))
    shape = _lobed_nucleus(rng, centres, 37 / np.sqrt(lobes) + 2.5, 3.5, 6)
    _paint_nucleus(image, rng, slide, shape, body, openness=0.55)


def _eosinophil(image: Field, rng: Rng, slide: Slide, x: float, y: float) -> None:
    outline = blob(rng, x, y, rng.normal(70, 3), ragged=0.035)
    body = _paint_cytoplasm(image, slide, outline, (196, 124, 130), noise(rng, 14), 9)
    lobes = 2 if rng.random() < 0.8 else 3
    centres = _lobe_centres(rng, x, y, 29, lobes, 2.4 if lobes == 2 else 3.6)
    shape = _lobed_nucleus(rng, centres, 29 if lobes == 2 else 23, 6, 10)
    nucleus = _paint_nucleus(image, rng, slide, shape, body, openness=0.6)
    granules = body * (1 - 0.85 * nucleus)
    paint(image, dots(rng, granules, 420, (2.2, 3.4)), (186, 96, 104), 0.5)
    paint(image, dots(rng, granules, 520, (1.6, 2.6)), (226, 146, 132), 0.6)


def _basophil(image: Field, rng: Rng, slide: Slide, x: float, y: float) -> None:
    outline = blob(rng, x, y, rng.normal(60, 4), ragged=0.06)
    body = _paint_cytoplasm(image, slide, outline, (150, 104, 172), noise(rng, 16), 12)
    shape = _lobed_nucleus(rng, _lobe_centres(rng, x, y, 18, 3, 3.6), 26, 10, 14)
    _paint_nucleus(image, rng, slide, shape, body, openness=0.8)
    paint(image, dots(rng, body, 330, (2.4, 4.6)), (62, 22, 122), 0.85)
    paint(image, dots(rng, body, 120, (1.2, 2.0)), (168, 112, 176), 0.7)


def _lymphocyte(image: Field, rng: Rng, slide: Slide, x: float, y: float) -> None:
    radius = rng.normal(54, 3)
    outline = blob(rng, x, y, radius, ragged=0.05)
    body = _paint_cytoplasm(image, slide, outline, (146, 142, 202), noise(rng, 18), 10)
    dx, dy = rng.normal(0, 3, 2)
    shape = blob(rng, x + dx, y + dy, radius * rng.uniform(0.84, 0.9), ragged=0.05)
    _paint_nucleus(image, rng, slide, shape, body, openness=0.42, grain=20)


def _monocyte(image: Field, rng: Rng, slide: Slide, x: float, y: float) -> None:
    outline = blob(rng, x, y, rng.normal(80, 4), ragged=0.1, oval=0.2) + noise(rng, 40, 2) * 3
    body = _paint_cytoplasm(image, slide, outline, (168, 152, 194), noise(rng, 12), 9)
    paint(image, dots(rng, body, 500, (0.7, 1.2)), (146, 104, 166), 0.4)
    centres = _lobe_centres(rng, x, y, 27, 5, rng.uniform(2.4, 3.6))
    shape = _lobed_nucleus(rng, centres, 25, 19, 16)
    nucleus = _paint_nucleus(image, rng, slide, shape, body, openness=0.95, grain=12)
    holes = dots(rng, body * (1 - nucleus), int(rng.integers(3, 18)), (2.5, 5.5), 1.0)
    paint(image, holes, (228, 214, 226), 0.85)


def _immature_granulocyte(image: Field, rng: Rng, slide: Slide, x: float, y: float) -> None:
    radius = rng.normal(73, 4)
    outline = blob(rng, x, y, radius, ragged=0.04)
    # From the bluish promyelocyte to the pink metamyelocyte, whose nucleus is increasingly indented.
    maturity = rng.random()
    young, old = np.array([150, 128, 190]), np.array([196, 158, 186])
    red, green, blue = (float(value) for value in young + maturity * (old - young))
    body = _paint_cytoplasm(image, slide, outline, (red, green, blue), noise(rng, 14), 10)
    paint(image, dots(rng, body, 520, (0.9, 1.9)), (126, 66, 148), 0.65)
    angle = rng.uniform(0, 2 * np.pi)
    x, y = x + 12 * float(np.cos(angle)), y + 12 * float(np.sin(angle))
    centres = _lobe_centres(rng, x, y, 10 + 12 * maturity, 3, 1.6 + 1.1 * maturity)
    shape = _lobed_nucleus(rng, centres, 43 - 9 * maturity, 20, 18)
    _paint_nucleus(image, rng, slide, shape, body, openness=0.7, grain=15)


def _erythroblast(image: Field, rng: Rng, slide: Slide, x: float, y: float) -> None:
    radius = rng.normal(43, 3)
    outline = blob(rng, x, y, radius, ragged=0.07)
    maturity = rng.random()
    bluish, pinkish = np.array([120, 116, 176]), np.array([168, 144, 168])
    red, green, blue = (float(value) for value in bluish + maturity * (pinkish - bluish))
    body = _paint_cytoplasm(image, slide, outline, (red, green, blue), noise(rng, 14), 8)
    dx, dy = rng.normal(0, 4, 2)
    shape = blob(rng, x + dx, y + dy, radius * rng.uniform(0.58, 0.72), ragged=0.03, oval=0.08)
    _paint_nucleus(image, rng, slide, shape, body, openness=0.22, grain=18)


def _platelet(image: Field, rng: Rng, slide: Slide, x: float, y: float) -> None:
    # Most platelets are single; a quarter of the images show a clump.
    count = 1 if rng.random() < 0.75 else int(rng.integers(2, 4))
    for number in range(count):
        away = 0.0 if count == 1 else 22.0
        angle = 2 * np.pi * number / count + rng.uniform(0, 0.8)
        px, py = x + away * float(np.cos(angle)), y + away * float(np.sin(angle))
        outline = blob(rng, px, py, rng.uniform(20, 29), ragged=0.16, oval=0.2)
        body = _paint_cytoplasm(image, slide, outline, (170, 142, 192), noise(rng, 8), 12)
        granulomere = mask(outline + 6, 6) * body
        paint(image, dots(rng, granulomere, 110, (1.5, 3.2)), (88, 44, 146), 0.75)
        paint(image, dots(rng, body, 40, (1.0, 1.8)), (124, 70, 160), 0.7)


CELLS: dict[str, tuple[DrawFunction, float]] = {
    "basophil": (_basophil, 60),
    "eosinophil": (_eosinophil, 70),
    "erythroblast": (_erythroblast, 43),
    "immature_granulocyte": (_immature_granulocyte, 73),
    "lymphocyte": (_lymphocyte, 54),
    "monocyte": (_monocyte, 82),
    "neutrophil": (_neutrophil, 68),
    "platelet": (_platelet, 26),
}
"""Drawing function of each class, and the radius in pixels kept free of red cells around it."""
