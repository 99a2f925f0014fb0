"""The same cells as another laboratory might show them: stain, lamp, crop and size, seeded, in memory.

Two looks after what is known of other public sets: a bright yellow one, whose red cells are pale and whose
nuclei are bluish, and a violet one. A picture is taken apart into two stains (Macenko et al. 2009), and
their colours are replaced; then the lightness is drawn towards the look's own (Reinhard et al. 2001). None
of it is what training does to pictures, which moves the amounts of the stains and leaves their colours.
"""

from dataclasses import dataclass

import cv2
import numpy as np

from engine.images.record import Pixels

# What May Grünwald-Giemsa swallows of red, green and blue: in nuclei (the extreme of 400 pictures, by
# Macenko's method) and in red cells. Of single pictures the second is now one thing, now another.
_OWN = np.array([[0.51, 0.85, 0.16], [0.40, 0.66, 0.63]], np.float32)


@dataclass(frozen=True, slots=True)
class Look:
    """Colours of the two stains (optical density, RGB) and of the glass (RGB 0..1), and the lightness.

    `middle` and `spread` are those of L* (0..100) that a picture is drawn half way towards.
    """

    nuclear: tuple[float, float, float]
    other: tuple[float, float, float]
    glass: tuple[float, float, float]
    amount: float
    middle: float
    spread: float


LOOKS = {
    "bright yellow": Look(
        (0.78, 0.52, 0.34), (0.20, 0.42, 0.88), (1.0, 0.98, 0.80), 0.85, 80.0, 15.0
    ),
    "violet": Look((0.62, 0.68, 0.38), (0.42, 0.80, 0.42), (0.90, 0.84, 0.93), 1.1, 66.0, 15.0),
}
CROPS = ("whole", "120 px, filled", "300 px field")


def other_laboratory(cell: Pixels, look: str, crop: str, seed: int) -> Pixels:
    """Return a picture of a cell in another look (or `own`) and crop; the same for the same seed."""
    rng = np.random.default_rng((seed, 77))
    picture = cell if look == "own" else _restained(cell, LOOKS[look], rng)
    if crop == "120 px, filled":
        return _filled(picture, _box(cell), rng)
    return _field(picture, rng) if crop == "300 px field" else picture


def _restained(cell: Pixels, look: Look, rng: np.random.Generator) -> Pixels:
    lit = np.percentile(cell.reshape(-1, 3), 95, axis=0).astype(np.float32)
    density = -np.log((cell.astype(np.float32) + 1) / (np.maximum(lit, 64) + 1))
    amounts = np.maximum(density.reshape(-1, 3) @ np.linalg.pinv(_OWN), 0)
    wanted = np.array([look.nuclear, look.other], np.float32)
    wanted /= np.linalg.norm(wanted, axis=1, keepdims=True)
    wanted *= rng.uniform(0.93, 1.07, wanted.shape).astype(np.float32)
    glass = np.array(look.glass, np.float32) * rng.uniform(0.97, 1.0, 3).astype(np.float32)
    strength = look.amount * rng.uniform(0.85, 1.15, 2).astype(np.float32)
    light = np.exp(-(amounts * strength) @ wanted) * glass
    lab = cv2.cvtColor(light.reshape(cell.shape).astype(np.float32), cv2.COLOR_RGB2LAB)
    lightness = lab[..., 0]
    spread = max(float(lightness.std()), 1.0)
    drawn = (lightness - lightness.mean()) * (look.spread / spread) + look.middle
    lab[..., 0] = ((lightness + drawn) / 2).clip(0, 100)
    shown = cv2.cvtColor(lab, cv2.COLOR_LAB2RGB)
    return np.asarray((shown * 255 + 0.5).clip(0, 255), np.uint8)


def _box(cell: Pixels) -> tuple[int, int, int]:
    """Return the middle and half the edge of a square round what is most stained near the middle."""
    edge = min(cell.shape[:2])
    scale = 96 / edge
    small = cv2.resize(cell, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    # Nuclei and granules swallow much red light, red cells hardly any.
    red = cv2.GaussianBlur(small[..., 0], (0, 0), 2)
    level, _ = cv2.threshold(red, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    count, parts, facts, middles = cv2.connectedComponentsWithStats((red < level).astype(np.uint8))
    if count < 2:
        return cell.shape[1] // 2, cell.shape[0] // 2, edge // 3
    away = np.hypot(*(middles[1:] - 48).T)
    best = 1 + int(np.argmax(facts[1:, cv2.CC_STAT_AREA] / (20 + away) ** 2))
    y, x = np.nonzero((parts == best) | ((parts > 0) & _near(parts == best)))
    half = max(np.ptp(x), np.ptp(y), 18) / 2
    return (
        round((x.min() + x.max()) / 2 / scale),
        round((y.min() + y.max()) / 2 / scale),
        round(half / scale),
    )


def _near(mask: np.ndarray) -> np.ndarray:
    return cv2.dilate(mask.astype(np.uint8), np.ones((13, 13), np.uint8)) > 0


def _filled(picture: Pixels, box: tuple[int, int, int], rng: np.random.Generator) -> Pixels:
    # Some cytoplasm goes round the nucleus, and no more.
    x, y, half = box
    half = round(half * rng.uniform(1.15, 1.4)) + 2
    pad = half + 8
    wide = cv2.copyMakeBorder(picture, pad, pad, pad, pad, cv2.BORDER_REFLECT_101)
    x, y = (at + pad + int(rng.integers(-3, 4)) for at in (x, y))
    x, y = (
        min(max(at, half), limit - half)
        for at, limit in zip((x, y), wide.shape[1::-1], strict=True)
    )
    piece = wide[y - half : y + half, x - half : x + half]
    return np.asarray(cv2.resize(piece, (120, 120), interpolation=cv2.INTER_AREA))


def _field(picture: Pixels, rng: np.random.Generator) -> Pixels:
    # The neighbourhood goes on beyond the picture as a mirror shows it, and the cell is smaller.
    share = rng.uniform(0.6, 0.8)
    inner = round(300 * share)
    small = cv2.resize(picture, (inner, inner), interpolation=cv2.INTER_AREA)
    left, top = (round((300 - inner) * rng.uniform(0.35, 0.65)) for _ in range(2))
    return np.asarray(
        cv2.copyMakeBorder(
            small, top, 300 - inner - top, left, 300 - inner - left, cv2.BORDER_REFLECT_101
        )
    )
