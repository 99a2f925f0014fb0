"""The eleven corruptions of BloodMNIST-C, five severities each, seeded.

Definitions and strengths after MedMNIST-C (Di Salvo et al. 2024) for 224 pixels; lengths scale with the
image's edge. Kinds: digital, blur, colour, and artefacts of the slide (stain deposit, bubble).
"""

from collections.abc import Callable

import cv2
import numpy as np
import numpy.typing as npt

from engine.images.record import Pixels

Rng = np.random.Generator
SEVERITIES = (1, 2, 3, 4, 5)
_PUBLISHED_EDGE = 224


def pixelate(image: Pixels, level: int, _rng: Rng) -> Pixels:
    """Downscale to a share of the edge and upscale with nearest neighbour."""
    edge = image.shape[0]
    small_edge = max(1, round(edge * (0.6, 0.5, 0.4, 0.3, 0.25)[level]))
    shrunk = cv2.resize(image, (small_edge, small_edge), interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.resize(shrunk, (edge, edge), interpolation=cv2.INTER_NEAREST), np.uint8)


def jpeg(image: Pixels, level: int, _rng: Rng) -> Pixels:
    """Compress as JPEG of low quality."""
    bgr = cv2.cvtColor(image, cv2.COLOR_RGB2BGR)
    quality = (50, 30, 15, 10, 7)[level]
    _, data = cv2.imencode(".jpg", bgr, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR_RGB), np.uint8)


def defocus(image: Pixels, level: int, _rng: Rng) -> Pixels:
    """Blur with a disc kernel."""
    radius = (2, 3, 4, 5, 6)[level] * image.shape[0] / _PUBLISHED_EDGE
    half = max(1, int(np.ceil(radius)))
    y, x = np.mgrid[-half : half + 1, -half : half + 1]
    # The soft rim allows radii of a fraction of a pixel in small images.
    disc = np.clip(radius + 0.5 - np.hypot(x, y), 0, 1)
    return _convolve(image, disc)


def motion(image: Pixels, level: int, rng: Rng) -> Pixels:
    """Blur with half a Gaussian along a line, at a random angle of up to 45 degrees."""
    scale = image.shape[0] / _PUBLISHED_EDGE
    length, sigma = ((7, 3), (11, 5), (21, 5), (21, 7), (21, 9))[level]
    half = max(1, int(np.ceil(length * scale)))
    angle = rng.uniform(-np.pi / 4, np.pi / 4)
    y, x = np.mgrid[-half : half + 1, -half : half + 1]
    along = x * np.cos(angle) + y * np.sin(angle)
    across = -x * np.sin(angle) + y * np.cos(angle)
    reach = np.exp(-(along**2) / (2 * (sigma * scale) ** 2)) * (along > -0.5)
    line = np.clip(1 - np.abs(across), 0, 1) * reach * (along < length * scale)
    return _convolve(image, line)


def brightness_up(image: Pixels, level: int, _rng: Rng) -> Pixels:
    """Multiply by a factor above one."""
    return _clip(image * np.float32((1.1, 1.2, 1.3, 1.35, 1.4)[level]))


def brightness_down(image: Pixels, level: int, _rng: Rng) -> Pixels:
    """Multiply by a factor below one."""
    return _clip(image * np.float32((0.9, 0.8, 0.7, 0.6, 0.5)[level]))


def contrast_up(image: Pixels, level: int, _rng: Rng) -> Pixels:
    """Stretch the values about the mean grey level."""
    return _scale_contrast(image, (1.1, 1.15, 1.2, 1.25, 1.3)[level])


def contrast_down(image: Pixels, level: int, _rng: Rng) -> Pixels:
    """Shrink the values towards the mean grey level."""
    return _scale_contrast(image, (0.9, 0.8, 0.7, 0.6, 0.5)[level])


def saturate(image: Pixels, level: int, _rng: Rng) -> Pixels:
    """Increase the saturation (HSV)."""
    hsv = cv2.cvtColor(image, cv2.COLOR_RGB2HSV)
    increase = 255 * (0.05, 0.10, 0.15, 0.17, 0.20)[level]
    hsv[..., 1] = _clip(hsv[..., 1] + np.float32(increase))
    return np.asarray(cv2.cvtColor(hsv, cv2.COLOR_HSV2RGB), np.uint8)


def stain_deposit(image: Pixels, level: int, rng: Rng) -> Pixels:
    """Add one to three black blots of dried stain.

    The published masks are drawings that are not part of this program; here each blot is thresholded
    noise of about the same size.
    """
    edge = image.shape[0]
    max_blots = (1, 2, 3, 3, 3)[level]
    ink = np.zeros(image.shape[:2], np.float32)
    y, x = np.mgrid[:edge, :edge].astype(np.float32)
    for _ in range(int(rng.integers(1, max_blots + 1))):
        radius = rng.uniform(14, 22 + 4 * level) * edge / _PUBLISHED_EDGE
        centre = rng.uniform(radius, edge - radius, 2)
        noise = cv2.GaussianBlur(
            rng.standard_normal((edge, edge)).astype(np.float32), (0, 0), max(1.0, radius / 4)
        )
        noise *= 0.4 / max(float(noise.std()), 1e-6)
        distance = np.hypot(x - centre[0], y - centre[1]) / radius
        ink = np.maximum(ink, np.clip((1 - distance - noise * distance) * radius / 2, 0, 1))
    return _clip(image * (1 - ink[..., None]))


def bubble(image: Pixels, level: int, rng: Rng) -> Pixels:
    """Add seven or more translucent white discs with a denser rim."""
    edge = image.shape[0]
    scale = edge / _PUBLISHED_EDGE
    max_radius, max_bubbles = ((5, 10), (7, 10), (10, 10), (12, 12), (15, 12))[level]
    y, x = np.mgrid[:edge, :edge].astype(np.float32)
    cover = np.zeros(image.shape[:2], np.float32)
    for _ in range(int(rng.integers(7, max_bubbles + 1))):
        radius = rng.uniform(3, max_radius) * scale
        centre = rng.uniform(radius, edge - radius, 2)
        distance = np.hypot(x - centre[0], y - centre[1])
        # Each disc hides those below it. Published opacities: 100 and 130 of 255.
        whole = np.clip(radius + 2 * scale + 0.5 - distance, 0, 1)
        inner = np.clip(radius + 0.5 - distance, 0, 1)
        cover = cover * (1 - whole) + (inner * 100 + (whole - inner) * 130) / 255
    return _clip(image * (1 - cover[..., None]) + 255 * cover[..., None])


CORRUPTIONS: dict[str, Callable[[Pixels, int, Rng], Pixels]] = {
    corruption.__name__: corruption
    for corruption in (
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
"""Corruptions by name, in the order of the published tables."""


def corrupt(image: Pixels, name: str, severity: int, seed: int = 0) -> Pixels:
    """Apply one corruption of severity 1 to 5 to a square image; deterministic for a seed."""
    rng = np.random.default_rng((seed, list(CORRUPTIONS).index(name), severity))
    return CORRUPTIONS[name](image, severity - 1, rng)


def _convolve(image: Pixels, kernel: npt.NDArray[np.floating]) -> Pixels:
    normalised = kernel / kernel.sum()
    return np.asarray(
        cv2.filter2D(image, -1, normalised, borderType=cv2.BORDER_REFLECT_101), np.uint8
    )


def _scale_contrast(image: Pixels, factor: float) -> Pixels:
    mean = np.float32(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY).mean())
    return _clip((image - mean) * np.float32(factor) + mean)


def _clip(values: npt.NDArray[np.floating]) -> Pixels:
    return (values + 0.5).clip(0, 255).astype(np.uint8)
