"""Variants of a field as other stains, cameras and microscopes would show it."""

from collections.abc import Callable

import cv2
import numpy as np

from engine.images.record import Pixels

Variant = Callable[[Pixels], tuple[Pixels, float]]
"""Function that returns a changed field and its size in sizes of the original."""


def _rounded(values: np.ndarray) -> Pixels:
    return np.asarray(np.clip(values + 0.5, 0, 255), np.uint8)


def _cast(red: float, green: float, blue: float) -> Variant:
    return lambda field: (_rounded(field * np.array([red, green, blue], np.float32)), 1.0)


def _gamma(exponent: float) -> Variant:
    return lambda field: (_rounded(255 * (field / 255.0) ** exponent), 1.0)


def _stain(matrix: list[list[float]]) -> Variant:
    def change(field: Pixels) -> tuple[Pixels, float]:
        density = -np.log((field.astype(np.float32) + 1) / 210)
        return _rounded(210 * np.exp(-(density @ np.array(matrix, np.float32).T)) - 1), 1.0

    return change


def _blur(sigma: float) -> Variant:
    return lambda field: (np.asarray(cv2.GaussianBlur(field, (0, 0), sigma), np.uint8), 1.0)


def _resize(factor: float) -> Variant:
    method = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC

    def change(field: Pixels) -> tuple[Pixels, float]:
        resized = cv2.resize(field, None, fx=factor, fy=factor, interpolation=method)
        return np.asarray(resized, np.uint8), factor

    return change


def _vignette(field: Pixels) -> tuple[Pixels, float]:
    height, width = field.shape[:2]
    y, x = np.mgrid[:height, :width].astype(np.float32)
    squared = 2 * ((x / width - 0.5) ** 2 + (y / height - 0.5) ** 2)
    return _rounded(field * (1 - 0.5 * squared)[..., None]), 1.0


def _uneven(field: Pixels) -> tuple[Pixels, float]:
    light = np.linspace(0.7, 1.1, field.shape[1], dtype=np.float32)
    return _rounded(field * light[None, :, None]), 1.0


def _noise(field: Pixels) -> tuple[Pixels, float]:
    return _rounded(field + np.random.default_rng(0).normal(0, 8, field.shape)), 1.0


def _jpeg(field: Pixels) -> tuple[Pixels, float]:
    _, data = cv2.imencode(".jpg", field, [cv2.IMWRITE_JPEG_QUALITY, 30])
    return np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR), np.uint8), 1.0


VARIANTS: dict[str, Variant] = {
    "as published": lambda field: (field, 1.0),
    "yellow cast": _cast(1.1, 1.0, 0.72),
    "blue cast": _cast(0.8, 0.92, 1.15),
    "pink cast": _cast(1.15, 0.85, 1.0),
    "half as bright": _cast(0.55, 0.55, 0.55),
    "overexposed": _cast(1.22, 1.22, 1.22),
    "gamma 0.7": _gamma(0.7),
    "gamma 1.5": _gamma(1.5),
    "pale stain": _stain([[0.6, 0, 0], [0, 0.6, 0], [0, 0, 0.6]]),
    "strong stain": _stain([[1.5, 0, 0], [0, 1.5, 0], [0, 0, 1.5]]),
    "bluer stain": _stain([[1, 0.15, 0], [0, 0.9, 0], [0, 0.1, 0.8]]),
    "browner stain": _stain([[1, 0, 0.15], [0, 0.9, 0.1], [0.25, 0.25, 1]]),
    "stains less different": _stain([[0.8, 0.1, 0.1], [0.1, 0.8, 0.1], [0.15, 0.2, 0.7]]),
    "blurred, 2 px": _blur(2),
    "blurred, 4 px": _blur(4),
    "half size": _resize(0.5),
    "double size": _resize(2),
    "vignetting, half in the corners": _vignette,
    "uneven light": _uneven,
    "noise": _noise,
    "JPEG quality 30": _jpeg,
}
