"""The eleven corruptions of BloodMNIST-C, five severities each, seeded.

After the published definitions and strengths of MedMNIST-C (Di Salvo et al. 2024) for 224 pixels; lengths
are scaled to the image's edge. Kinds: digital, blur, colour, and what a slide carries (stain deposit, bubble).
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
    small = max(1, round(edge * (0.6, 0.5, 0.4, 0.3, 0.25)[level]))
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
    radius = (2, 3, 4, 5, 6)[level] * image.shape[0] / _EDGE
    half = max(1, int(np.ceil(radius)))
    y, x = np.mgrid[-half : half + 1, -half : half + 1]
    # Soft at the rim, so that small images are blurred by fractions of a pixel.
    disc = np.clip(radius + 0.5 - np.hypot(x, y), 0, 1)
    return _filtered(image, disc)


def motion(image: Pixels, level: int, rng: Rng) -> Pixels:
    """Smear one way, as half a Gaussian of a length, in a random direction up to 45 degrees off."""
    scale = image.shape[0] / _EDGE
    length, sigma = ((7, 3), (11, 5), (21, 5), (21, 7), (21, 9))[level]
    half = max(1, int(np.ceil(length * scale)))
    angle = rng.uniform(-np.pi / 4, np.pi / 4)
    y, x = np.mgrid[-half : half + 1, -half : half + 1]
    along = x * np.cos(angle) + y * np.sin(angle)
    across = -x * np.sin(angle) + y * np.cos(angle)
    reach = np.exp(-(along**2) / (2 * (sigma * scale) ** 2)) * (along > -0.5)
    line = np.clip(1 - np.abs(across), 0, 1) * reach * (along < length * scale)
    return _filtered(image, line)


def brightness_up(image: Pixels, level: int, _rng: Rng) -> Pixels:
    """Multiply by more than one."""
    return _clipped(image * np.float32((1.1, 1.2, 1.3, 1.35, 1.4)[level]))


def brightness_down(image: Pixels, level: int, _rng: Rng) -> Pixels:
    """Multiply by less than one."""
    return _clipped(image * np.float32((0.9, 0.8, 0.7, 0.6, 0.5)[level]))


def contrast_up(image: Pixels, level: int, _rng: Rng) -> Pixels:
    """Stretch about the mean."""
    return _contrast(image, (1.1, 1.15, 1.2, 1.25, 1.3)[level])


def contrast_down(image: Pixels, level: int, _rng: Rng) -> Pixels:
    """Shrink towards the mean."""
    return _contrast(image, (0.9, 0.8, 0.7, 0.6, 0.5)[level])


def saturate(image: Pixels, level: int, _rng: Rng) -> Pixels:
    """Add to the saturation (HSV)."""
    hsv = cv2.cvtColor(image, cv2.COLOR_RGB2HSV)
    more = 255 * (0.05, 0.10, 0.15, 0.17, 0.20)[level]
    hsv[..., 1] = _clipped(hsv[..., 1] + np.float32(more))
    return np.asarray(cv2.cvtColor(hsv, cv2.COLOR_HSV2RGB), np.uint8)


def stain_deposit(image: Pixels, level: int, rng: Rng) -> Pixels:
    """Lay one to three black blots of dried stain over the picture.

    The published masks are drawings that do not come with this program; here each is a blot of threshold
    noise of about their size.
    """
    edge = image.shape[0]
    most = (1, 2, 3, 3, 3)[level]
    ink = np.zeros(image.shape[:2], np.float32)
    y, x = np.mgrid[:edge, :edge].astype(np.float32)
    for _ in range(int(rng.integers(1, most + 1))):
        radius = rng.uniform(14, 22 + 4 * level) * edge / _EDGE
        centre = rng.uniform(radius, edge - radius, 2)
        ragged = cv2.GaussianBlur(
            rng.standard_normal((edge, edge)).astype(np.float32), (0, 0), max(1.0, radius / 4)
        )
        ragged *= 0.4 / max(float(ragged.std()), 1e-6)
        distance = np.hypot(x - centre[0], y - centre[1]) / radius
        ink = np.maximum(ink, np.clip((1 - distance - ragged * distance) * radius / 2, 0, 1))
    return _clipped(image * (1 - ink[..., None]))


def bubble(image: Pixels, level: int, rng: Rng) -> Pixels:
    """Lay seven and more white discs over the picture, see-through, with a denser rim."""
    edge = image.shape[0]
    scale = edge / _EDGE
    largest, most = ((5, 10), (7, 10), (10, 10), (12, 12), (15, 12))[level]
    y, x = np.mgrid[:edge, :edge].astype(np.float32)
    cover = np.zeros(image.shape[:2], np.float32)
    for _ in range(int(rng.integers(7, most + 1))):
        radius = rng.uniform(3, largest) * scale
        centre = rng.uniform(radius, edge - radius, 2)
        distance = np.hypot(x - centre[0], y - centre[1])
        # Each hides what is below it: transparencies as published, 100 and 130 of 255.
        whole = np.clip(radius + 2 * scale + 0.5 - distance, 0, 1)
        inner = np.clip(radius + 0.5 - distance, 0, 1)
        cover = cover * (1 - whole) + (inner * 100 + (whole - inner) * 130) / 255
    return _clipped(image * (1 - cover[..., None]) + 255 * cover[..., None])


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
    middle = np.float32(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY).mean())
    return _clipped((image - middle) * np.float32(factor) + middle)


def _clipped(values: npt.NDArray[np.floating]) -> Pixels:
    return (values + 0.5).clip(0, 255).astype(np.uint8)
