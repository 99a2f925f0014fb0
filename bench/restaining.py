"""Re-stained cells, simulating another laboratory: stain, illumination, crop and size; seeded.

Two stainings modelled on public data sets: bright yellow (pale red cells, bluish nuclei) and violet. An image
is separated into two stains (Macenko et al. 2009) whose colours are replaced; then its lightness is shifted
towards that of the staining (Reinhard et al. 2001). Training augmentation differs: it varies the amounts of the
stains and keeps their colours.
"""

from dataclasses import dataclass

import cv2
import numpy as np

from engine.images.record import Pixels

# Optical density of May-Grünwald-Giemsa (RGB) in nuclei and in red cells: the extremes over 400 images by
# Macenko's method, since the second stain is unstable on single images.
_SOURCE_STAINS = np.array([[0.51, 0.85, 0.16], [0.40, 0.66, 0.63]], np.float32)


@dataclass(frozen=True, slots=True)
class Staining:
    """Colours of the two stains (optical density, RGB) and of the glass (RGB 0..1), and the lightness.

    `amount` scales the stains; the L* (0..100) of an image is moved half way to mean `middle` and standard
    deviation `spread`.
    """

    nuclear: tuple[float, float, float]
    other: tuple[float, float, float]
    glass: tuple[float, float, float]
    amount: float
    middle: float
    spread: float


STAININGS = {
    "bright yellow": Staining(
        (0.78, 0.52, 0.34), (0.20, 0.42, 0.88), (1.0, 0.98, 0.80), 0.85, 80.0, 15.0
    ),
    "violet": Staining((0.62, 0.68, 0.38), (0.42, 0.80, 0.42), (0.90, 0.84, 0.93), 1.1, 66.0, 15.0),
}
CROPS = ("whole", "120 px, filled", "300 px field")


def simulate_laboratory(cell: Pixels, staining: str, crop: str, seed: int) -> Pixels:
    """Return an image of a cell in another staining (or its `own`) and crop, reproducible for a given seed."""
    rng = np.random.default_rng((seed, 77))
    image = cell if staining == "own" else _restain(cell, STAININGS[staining], rng)
    if crop == "120 px, filled":
        return _crop_to_cell(image, _cell_box(cell), rng)
    return _shrink_into_field(image, rng) if crop == "300 px field" else image


def _restain(cell: Pixels, staining: Staining, rng: np.random.Generator) -> Pixels:
    white = np.percentile(cell.reshape(-1, 3), 95, axis=0).astype(np.float32)
    density = -np.log((cell.astype(np.float32) + 1) / (np.maximum(white, 64) + 1))
    amounts = np.maximum(density.reshape(-1, 3) @ np.linalg.pinv(_SOURCE_STAINS), 0)
    target_stains = np.array([staining.nuclear, staining.other], np.float32)
    target_stains /= np.linalg.norm(target_stains, axis=1, keepdims=True)
    target_stains *= rng.uniform(0.93, 1.07, target_stains.shape).astype(np.float32)
    glass = np.array(staining.glass, np.float32) * rng.uniform(0.97, 1.0, 3).astype(np.float32)
    strength = staining.amount * rng.uniform(0.85, 1.15, 2).astype(np.float32)
    light = np.exp(-(amounts * strength) @ target_stains) * glass
    lab = cv2.cvtColor(light.reshape(cell.shape).astype(np.float32), cv2.COLOR_RGB2LAB)
    lightness = lab[..., 0]
    spread = max(float(lightness.std()), 1.0)
    shifted = (lightness - lightness.mean()) * (staining.spread / spread) + staining.middle
    lab[..., 0] = ((lightness + shifted) / 2).clip(0, 100)
    rgb = cv2.cvtColor(lab, cv2.COLOR_LAB2RGB)
    return np.asarray((rgb * 255 + 0.5).clip(0, 255), np.uint8)


def _cell_box(cell: Pixels) -> tuple[int, int, int]:
    """Return centre x, centre y and half the edge (pixels) of a square around the central stained body."""
    edge = min(cell.shape[:2])
    scale = 96 / edge
    thumbnail = cv2.resize(cell, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    # Nuclei and granules absorb much red light, red cells hardly any.
    red = cv2.GaussianBlur(thumbnail[..., 0], (0, 0), 2)
    level, _ = cv2.threshold(red, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    count, components, stats, centroids = cv2.connectedComponentsWithStats(
        (red < level).astype(np.uint8)
    )
    if count < 2:
        return cell.shape[1] // 2, cell.shape[0] // 2, edge // 3
    distance = np.hypot(*(centroids[1:] - 48).T)
    best = 1 + int(np.argmax(stats[1:, cv2.CC_STAT_AREA] / (20 + distance) ** 2))
    y, x = np.nonzero((components == best) | ((components > 0) & _dilate(components == best)))
    half = max(np.ptp(x), np.ptp(y), 18) / 2
    return (
        round((x.min() + x.max()) / 2 / scale),
        round((y.min() + y.max()) / 2 / scale),
        round(half / scale),
    )


def _dilate(mask: np.ndarray) -> np.ndarray:
    return cv2.dilate(mask.astype(np.uint8), np.ones((13, 13), np.uint8)) > 0


def _crop_to_cell(image: Pixels, box: tuple[int, int, int], rng: np.random.Generator) -> Pixels:
    # The crop holds the nucleus with a narrow rim of cytoplasm.
    x, y, half = box
    half = round(half * rng.uniform(1.15, 1.4)) + 2
    pad = half + 8
    padded = cv2.copyMakeBorder(image, pad, pad, pad, pad, cv2.BORDER_REFLECT_101)
    x, y = (centre + pad + int(rng.integers(-3, 4)) for centre in (x, y))
    x, y = (
        min(max(centre, half), limit - half)
        for centre, limit in zip((x, y), padded.shape[1::-1], strict=True)
    )
    crop = padded[y - half : y + half, x - half : x + half]
    return np.asarray(cv2.resize(crop, (120, 120), interpolation=cv2.INTER_AREA))


def _shrink_into_field(image: Pixels, rng: np.random.Generator) -> Pixels:
    # The image is shrunk and its surroundings are extended by reflection.
    share = rng.uniform(0.6, 0.8)
    inner = round(300 * share)
    small = cv2.resize(image, (inner, inner), interpolation=cv2.INTER_AREA)
    left, top = (round((300 - inner) * rng.uniform(0.35, 0.65)) for _ in range(2))
    return np.asarray(
        cv2.copyMakeBorder(
            small, top, 300 - inner - top, left, 300 - inner - left, cv2.BORDER_REFLECT_101
        )
    )
