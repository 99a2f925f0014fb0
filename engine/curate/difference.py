"""Where two versions of one picture differ, for a person who decides which of them stays."""

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from engine.images.record import Pixels

_COARSE = 48
_STEPS = 60
_EXACT = 1e-5
_GAIN = 4
_LEAST = 16  # of 255 levels: less is what JPEG does to any picture

Grey = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Difference:
    """The second picture as the first lies, and what differs, both uint8 (edge, edge, 3).

    `differs` is brighter where more does, four-fold, and black beyond the second picture; `share`, 0 to 1,
    is how much of the common part differs by more than a strong JPEG does. `turned` says whether the
    second picture was turned or mirrored to lie so.
    """

    laid: Pixels
    differs: Pixels
    share: float
    turned: bool


def difference(one: Pixels, other: Pixels, edge: int = 192) -> Difference:
    """Return how `other` differs from `one`, both uint8 (h, w, 3), after it was turned and shifted to fit.

    Of the eight orientations the one of the highest correlation is taken; shift and size are then found by
    the enhanced correlation coefficient (Evangelidis and Psarakis, 2008), if that finds any.
    """
    first, second = (
        np.asarray(cv2.resize(each, (edge, edge), interpolation=cv2.INTER_AREA), np.uint8)
        for each in (one, other)
    )
    ways = [np.ascontiguousarray(_turned(second, way)) for way in range(8)]
    fits = [_correlation(first, each) for each in ways]
    way = int(np.argmax(fits))
    laid, inside = _fitted(first, ways[way])
    gaps = np.abs(first.astype(np.int16) - laid).max(2)
    gaps[~inside] = 0
    shown = np.minimum(gaps * _GAIN, 255).astype(np.uint8)
    share = float((gaps > _LEAST).sum() / max(1, inside.sum()))
    return Difference(laid, np.repeat(shown[..., None], 3, 2), share, way != 0)


def _turned(pixels: Pixels, way: int) -> Pixels:
    turned = np.rot90(pixels, way % 4)
    return turned if way < 4 else turned[:, ::-1]


def _grey(pixels: Pixels, edge: int) -> Grey:
    small = cv2.resize(pixels, (edge, edge), interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.cvtColor(small, cv2.COLOR_RGB2GRAY), np.float32)


def _correlation(one: Pixels, other: Pixels) -> float:
    a, b = (_grey(each, _COARSE) for each in (one, other))
    a, b = a - a.mean(), b - b.mean()
    return float((a * b).sum() / max(1e-6, np.sqrt((a * a).sum() * (b * b).sum())))


def _fitted(one: Pixels, other: Pixels) -> tuple[Pixels, npt.NDArray[np.bool_]]:
    edge = len(one)
    whole = np.ones((edge, edge), np.bool_)
    if np.array_equal(one, other):
        return other, whole
    stop = (cv2.TERM_CRITERIA_EPS | cv2.TERM_CRITERIA_COUNT, _STEPS, _EXACT)
    warp = np.eye(2, 3, dtype=np.float32)
    try:
        found, warp = cv2.findTransformECC(
            _grey(one, edge), _grey(other, edge), warp, cv2.MOTION_AFFINE, stop
        )
    except cv2.error:  # it did not converge: flat pictures, or such as have nothing in common
        return other, whole
    if found <= _correlation(one, other):
        return other, whole
    how = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    laid = cv2.warpAffine(other, warp, (edge, edge), flags=how)
    covered = cv2.warpAffine(whole.astype(np.uint8), warp, (edge, edge), flags=how)
    return np.asarray(laid, np.uint8), covered > 0
