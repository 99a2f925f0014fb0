"""The eight cells: how a haematologist tells them apart, as nucleus, cytoplasm and granules."""

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

# Medians over real cells (see field.py), RGB: the darkest chromatin and where light comes through.
CHROMATIN: Colour = (72, 28, 128)
LIGHT_CHROMATIN: Colour = (132, 80, 158)

Draw = Callable[[Field, Rng, Slide, float, float], None]


def render_cell(cell_class: str, rng: Rng, slide: Slide | None = None) -> Pixels:
    """Return a drawn cell of a class of blood8 in its field, RGB uint8 (360, 360, 3)."""
    slide = slide or make_slide(rng)
    draw, radius = CELLS[cell_class]
    picture = draw_field(rng, slide, radius)
    x, y = CENTRE + rng.normal(0, 5, 2)
    start = (FIELD_EDGE - EDGE) // 2
    stage = picture[start : start + EDGE, start : start + EDGE]
    draw(stage, rng, slide, float(x), float(y))
    return photograph(picture, rng)


def _body(
    picture: Field, slide: Slide, outline: Field, colour: Colour, texture: Field, strength: float
) -> Field:
    """Paint the cytoplasm and return its mask: a little denser towards the rim."""
    body = mask(outline, 2.2)
    rim = np.exp(-((outline / 5) ** 2))[..., None] * np.array([-22, -24, -6], np.float32)
    shades = _shifted(colour, slide) + texture[..., None] * strength + rim
    paint(picture, body, shades.astype(np.float32), 0.94)
    return body


def _nucleus(
    picture: Field,
    rng: Rng,
    slide: Slide,
    shape: Field,
    body: Field,
    *,
    open_: float,
    grain: float = 16,
) -> Field:
    """Paint a nucleus and return its mask; `open_` 0..1 is how much light the chromatin lets through."""
    shape = shape + noise(rng, 26, 2) * 1.6
    where = mask(shape, 1.7) * body
    clumps = noise(rng, grain, 3)
    # Lighter seams run between clumps, where the noise is near zero.
    light = np.clip(np.exp(-((clumps / 0.34) ** 2)) * open_ + 0.22 * open_ * noise(rng, 6, 2), 0, 1)
    membrane = np.exp(-(((shape + 2) / 2.5) ** 2))
    light *= 1 - 0.7 * membrane
    dark, pale = _shifted(CHROMATIN, slide), _shifted(LIGHT_CHROMATIN, slide)
    paint(picture, where, (dark + light[..., None] * (pale - dark)).astype(np.float32), 0.97)
    return where


def _shifted(colour: Colour, slide: Slide) -> Field:
    return np.asarray(colour, np.float32) + np.asarray(slide.shift, np.float32)


def _arc(
    rng: Rng, x: float, y: float, radius: float, lobes: int, sweep: float
) -> list[tuple[float, float]]:
    """Return the centres of lobes along an arc: a C where it sweeps far, nearly a line where not."""
    start = rng.uniform(0, 2 * np.pi)
    angles = start + np.linspace(0, sweep, lobes) + rng.normal(0, 0.12, lobes)
    reach = radius * rng.uniform(0.85, 1.15, lobes)
    return [
        (x + float(r * np.cos(a)), y + float(r * np.sin(a)))
        for a, r in zip(angles, reach, strict=True)
    ]


def _lobed(
    rng: Rng, centres: list[tuple[float, float]], radius: float, bridge: float, softness: float
) -> Field:
    lobes = [
        blob(rng, x, y, radius * rng.uniform(0.85, 1.15), ragged=0.08, oval=0.22)
        for x, y in centres
    ]
    return union([*lobes, thread(centres, bridge)], softness)


def _neutrophil(picture: Field, rng: Rng, slide: Slide, x: float, y: float) -> None:
    outline = blob(rng, x, y, rng.normal(68, 3), ragged=0.03)
    body = _body(picture, slide, outline, (212, 170, 180), noise(rng, 22), 7)
    paint(picture, dots(rng, body, 900, (0.8, 1.5)), (150, 96, 158), 0.55)
    lobes = int(rng.integers(3, 6))
    centres = _arc(rng, x, y, 27, lobes, rng.uniform(3.3, 4.6))
    shape = _lobed(rng, centres, 37 / np.sqrt(lobes) + 2.5, 3.5, 6)
    _nucleus(picture, rng, slide, shape, body, open_=0.55)


def _eosinophil(picture: Field, rng: Rng, slide: Slide, x: float, y: float) -> None:
    outline = blob(rng, x, y, rng.normal(70, 3), ragged=0.035)
    body = _body(picture, slide, outline, (196, 124, 130), noise(rng, 14), 9)
    lobes = 2 if rng.random() < 0.8 else 3
    centres = _arc(rng, x, y, 29, lobes, 2.4 if lobes == 2 else 3.6)
    shape = _lobed(rng, centres, 29 if lobes == 2 else 23, 6, 10)
    nucleus = _nucleus(picture, rng, slide, shape, body, open_=0.6)
    granules = body * (1 - 0.85 * nucleus)
    paint(picture, dots(rng, granules, 420, (2.2, 3.4)), (186, 96, 104), 0.5)
    paint(picture, dots(rng, granules, 520, (1.6, 2.6)), (226, 146, 132), 0.6)


def _basophil(picture: Field, rng: Rng, slide: Slide, x: float, y: float) -> None:
    outline = blob(rng, x, y, rng.normal(60, 4), ragged=0.06)
    body = _body(picture, slide, outline, (150, 104, 172), noise(rng, 16), 12)
    shape = _lobed(rng, _arc(rng, x, y, 18, 3, 3.6), 26, 10, 14)
    _nucleus(picture, rng, slide, shape, body, open_=0.8)
    paint(picture, dots(rng, body, 330, (2.4, 4.6)), (62, 22, 122), 0.85)
    paint(picture, dots(rng, body, 120, (1.2, 2.0)), (168, 112, 176), 0.7)


def _lymphocyte(picture: Field, rng: Rng, slide: Slide, x: float, y: float) -> None:
    radius = rng.normal(54, 3)
    outline = blob(rng, x, y, radius, ragged=0.05)
    body = _body(picture, slide, outline, (146, 142, 202), noise(rng, 18), 10)
    dx, dy = rng.normal(0, 3, 2)
    shape = blob(rng, x + dx, y + dy, radius * rng.uniform(0.84, 0.9), ragged=0.05)
    _nucleus(picture, rng, slide, shape, body, open_=0.42, grain=20)


def _monocyte(picture: Field, rng: Rng, slide: Slide, x: float, y: float) -> None:
    outline = blob(rng, x, y, rng.normal(80, 4), ragged=0.1, oval=0.2) + noise(rng, 40, 2) * 3
    body = _body(picture, slide, outline, (168, 152, 194), noise(rng, 12), 9)
    paint(picture, dots(rng, body, 500, (0.7, 1.2)), (146, 104, 166), 0.4)
    centres = _arc(rng, x, y, 27, 5, rng.uniform(2.4, 3.6))
    shape = _lobed(rng, centres, 25, 19, 16)
    nucleus = _nucleus(picture, rng, slide, shape, body, open_=0.95, grain=12)
    holes = dots(rng, body * (1 - nucleus), int(rng.integers(3, 18)), (2.5, 5.5), 1.0)
    paint(picture, holes, (228, 214, 226), 0.85)


def _immature_granulocyte(picture: Field, rng: Rng, slide: Slide, x: float, y: float) -> None:
    radius = rng.normal(73, 4)
    outline = blob(rng, x, y, radius, ragged=0.04)
    # From the bluish promyelocyte to the pink metamyelocyte; the nucleus is more and more indented.
    age = rng.random()
    young, old = np.array([150, 128, 190]), np.array([196, 158, 186])
    red, green, blue = (float(value) for value in young + age * (old - young))
    body = _body(picture, slide, outline, (red, green, blue), noise(rng, 14), 10)
    paint(picture, dots(rng, body, 520, (0.9, 1.9)), (126, 66, 148), 0.65)
    angle = rng.uniform(0, 2 * np.pi)
    x, y = x + 12 * float(np.cos(angle)), y + 12 * float(np.sin(angle))
    centres = _arc(rng, x, y, 10 + 12 * age, 3, 1.6 + 1.1 * age)
    shape = _lobed(rng, centres, 43 - 9 * age, 20, 18)
    _nucleus(picture, rng, slide, shape, body, open_=0.7, grain=15)


def _erythroblast(picture: Field, rng: Rng, slide: Slide, x: float, y: float) -> None:
    radius = rng.normal(43, 3)
    outline = blob(rng, x, y, radius, ragged=0.07)
    ripe = rng.random()
    blueish, pinkish = np.array([120, 116, 176]), np.array([168, 144, 168])
    red, green, blue = (float(value) for value in blueish + ripe * (pinkish - blueish))
    body = _body(picture, slide, outline, (red, green, blue), noise(rng, 14), 8)
    dx, dy = rng.normal(0, 4, 2)
    shape = blob(rng, x + dx, y + dy, radius * rng.uniform(0.58, 0.72), ragged=0.03, oval=0.08)
    _nucleus(picture, rng, slide, shape, body, open_=0.22, grain=18)


def _platelet(picture: Field, rng: Rng, slide: Slide, x: float, y: float) -> None:
    # Most lie alone; now and then a few clump together.
    bodies = 1 if rng.random() < 0.75 else int(rng.integers(2, 4))
    for number in range(bodies):
        away = 0.0 if bodies == 1 else 22.0
        angle = 2 * np.pi * number / bodies + rng.uniform(0, 0.8)
        px, py = x + away * float(np.cos(angle)), y + away * float(np.sin(angle))
        outline = blob(rng, px, py, rng.uniform(20, 29), ragged=0.16, oval=0.2)
        body = _body(picture, slide, outline, (170, 142, 192), noise(rng, 8), 12)
        heart = mask(outline + 6, 6) * body
        paint(picture, dots(rng, heart, 110, (1.5, 3.2)), (88, 44, 146), 0.75)
        paint(picture, dots(rng, body, 40, (1.0, 1.8)), (124, 70, 160), 0.7)


CELLS: dict[str, tuple[Draw, float]] = {
    "basophil": (_basophil, 60),
    "eosinophil": (_eosinophil, 70),
    "erythroblast": (_erythroblast, 43),
    "immature_granulocyte": (_immature_granulocyte, 73),
    "lymphocyte": (_lymphocyte, 54),
    "monocyte": (_monocyte, 82),
    "neutrophil": (_neutrophil, 68),
    "platelet": (_platelet, 26),
}
"""How each class is drawn, and the radius in pixels that its field leaves free."""
