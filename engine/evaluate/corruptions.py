"""The eleven corruptions of BloodMNIST-C, five severities each, seeded.

After the published definitions of MedMNIST-C (Di Salvo et al. 2024) for 224 pixels; lengths are scaled to
the image's edge. Kinds: digital, blur, colour, and what a slide carries (stain deposit, bubble).
"""

from collections.abc import Callable

import cv2
import numpy as np
import numpy.typing as npt

from engine.images.record import Pixels

Rng = np.random.Generator
SEVERITIES = (1, 2, 3, 4, 5)
_EDGE = 224


def pixelate(image: Pixels, level: int, _rng: Rng) -> Pixels:
    """Shrink to a share of the edge and grow again without smoothing."""
    edge = image.shape[0]
    small = max(1, round(edge * (0.8, 0.7, 0.6, 0.5, 0.4)[level]))
    shrunk = cv2.resize(image, (small, small), interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.resize(shrunk, (edge, edge), interpolation=cv2.INTER_NEAREST), np.uint8)


def jpeg(image: Pixels, level: int, _rng: Rng) -> Pixels:
    """Write as JPEG of low quality."""
    bgr = cv2.cvtColor(image, cv2.COLOR_RGB2BGR)
    quality = (50, 30, 15, 10, 7)[level]
    _, data = cv2.imencode(".jpg", bgr, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR_RGB), np.uint8)


def defocus(image: Pixels, level: int, _rng: Rng) -> Pixels:
    """Average over a disc."""
    radius = (3, 4, 6, 8, 10)[level] * image.shape[0] / _EDGE
    half = max(1, int(np.ceil(radius)))
    y, x = np.mgrid[-half : half + 1, -half : half + 1]
    # Soft at the rim, so that small images are blurred by fractions of a pixel.
    disc = np.clip(radius + 0.5 - np.hypot(x, y), 0, 1)
    return _filtered(image, disc)


def motion(image: Pixels, level: int, rng: Rng) -> Pixels:
    """Average along a line in a random direction."""
    length = (10, 15, 15, 15, 20)[level] * (1 + 0.2 * level) * image.shape[0] / _EDGE
    half = max(1, int(np.ceil(length / 2)))
    angle = rng.uniform(-np.pi / 4, np.pi / 4)
    y, x = np.mgrid[-half : half + 1, -half : half + 1]
    along = x * np.cos(angle) + y * np.sin(angle)
    across = -x * np.sin(angle) + y * np.cos(angle)
    line = np.clip(1 - np.abs(across), 0, 1) * np.clip(length / 2 + 0.5 - np.abs(along), 0, 1)
    return _filtered(image, line)


def brightness_up(image: Pixels, level: int, _rng: Rng) -> Pixels:
    """Multiply by more than one."""
    return _clipped(image * np.float32((1.1, 1.2, 1.3, 1.4, 1.5)[level]))


def brightness_down(image: Pixels, level: int, _rng: Rng) -> Pixels:
    """Multiply by less than one."""
    return _clipped(image * np.float32((0.9, 0.8, 0.7, 0.6, 0.5)[level]))


def contrast_up(image: Pixels, level: int, _rng: Rng) -> Pixels:
    """Stretch about the mean."""
    return _contrast(image, (1.1, 1.2, 1.3, 1.4, 1.5)[level])


def contrast_down(image: Pixels, level: int, _rng: Rng) -> Pixels:
    """Shrink towards the mean."""
    return _contrast(image, (0.9, 0.75, 0.6, 0.45, 0.3)[level])


def saturate(image: Pixels, level: int, _rng: Rng) -> Pixels:
    """Multiply the saturation (HSV)."""
    hsv = cv2.cvtColor(image, cv2.COLOR_RGB2HSV)
    factor = (1.25, 1.5, 1.75, 2.0, 2.5)[level]
    hsv[..., 1] = _clipped(hsv[..., 1] * np.float32(factor))
    return np.asarray(cv2.cvtColor(hsv, cv2.COLOR_HSV2RGB), np.uint8)


def stain_deposit(image: Pixels, level: int, rng: Rng) -> Pixels:
    """Lay dark violet grains of dried stain over the picture."""
    edge = image.shape[0]
    layer = np.zeros(image.shape[:2], np.float32)
    for _ in range((3, 6, 10, 15, 22)[level]):
        centre = tuple(int(value) for value in rng.integers(0, edge, 2))
        axes = tuple(max(1, int(rng.uniform(2, 9) * edge / _EDGE)) for _ in range(2))
        cv2.ellipse(layer, centre, axes, float(rng.uniform(0, 180)), 0, 360, 1.0, -1)
    soft = cv2.GaussianBlur(layer, (0, 0), max(0.3, edge / _EDGE))[..., None]
    colour = np.array([60, 25, 95], np.float32)
    return _clipped(image * (1 - 0.9 * soft) + colour * 0.9 * soft)


def bubble(image: Pixels, level: int, rng: Rng) -> Pixels:
    """Lay bubbles under the cover glass over the picture: lighter and blurred, with a dark rim."""
    edge = image.shape[0]
    y, x = np.mgrid[:edge, :edge].astype(np.float32)
    soft = cv2.GaussianBlur(image, (0, 0), max(0.3, 2.5 * edge / _EDGE)).astype(np.float32)
    out = image.astype(np.float32)
    for _ in range(level + 1):
        radius = rng.uniform(20, 30 + 8 * level) * edge / _EDGE
        centre = rng.uniform(0, edge, 2)
        distance = np.hypot(x - centre[0], y - centre[1])
        inside = np.clip(radius - distance, 0, 1)[..., None]
        rim = np.exp(-(((distance - radius) / max(1.0, 2 * edge / _EDGE)) ** 2))[..., None]
        out = out * (1 - inside) + (0.75 * soft + 0.25 * 255) * inside
        out *= 1 - 0.7 * rim
    return _clipped(out)


CORRUPTIONS: dict[str, Callable[[Pixels, int, Rng], Pixels]] = {
    one.__name__: one
    for one in (
        pixelate,
        jpeg,
        defocus,
        motion,
        brightness_up,
        brightness_down,
        contrast_up,
        contrast_down,
        saturate,
        stain_deposit,
        bubble,
    )
}
"""By name, in the order of the published tables."""


def corrupt(image: Pixels, name: str, severity: int, seed: int = 0) -> Pixels:
    """Return a square image as one corruption of severity 1 to 5 makes it; the same for a seed."""
    rng = np.random.default_rng((seed, list(CORRUPTIONS).index(name), severity))
    return CORRUPTIONS[name](image, severity - 1, rng)


def _filtered(image: Pixels, kernel: npt.NDArray[np.floating]) -> Pixels:
    whole = kernel / kernel.sum()
    return np.asarray(cv2.filter2D(image, -1, whole, borderType=cv2.BORDER_REFLECT_101), np.uint8)


def _contrast(image: Pixels, factor: float) -> Pixels:
    middle = image.mean((0, 1), dtype=np.float32)
    return _clipped((image - middle) * np.float32(factor) + middle)


def _clipped(values: npt.NDArray[np.floating]) -> Pixels:
    return (values + 0.5).clip(0, 255).astype(np.uint8)
