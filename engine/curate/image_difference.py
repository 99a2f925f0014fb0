"""Visual difference of two versions of an image, to help decide which one to keep."""

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from engine.images.record import Pixels

_COARSE_EDGE = 48
_MAX_STEPS = 60
_PRECISION = 1e-5
_GAIN = 4
_MIN_DIFFERENCE = 16  # of 255 levels; JPEG compression alone stays below

Grey = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class ImageDifference:
    """The second image aligned with the first, and their difference, both uint8 (edge, edge, 3).

    `difference_map` is the absolute difference times four, black outside the second image;
    `mean_difference`, 0 to 1, its mean over the overlap as a part of the full range;
    `changed_share`, 0 to 1, the part of the overlap that differs by more than a strong JPEG compression
    does; `is_reoriented` whether the second image was rotated or mirrored to fit.
    """

    aligned: Pixels
    difference_map: Pixels
    mean_difference: float
    changed_share: float
    is_reoriented: bool


def compute_difference(reference: Pixels, other: Pixels, edge: int = 192) -> ImageDifference:
    """Align `other` with `reference`, both uint8 (h, w, 3), and return their difference.

    Takes the one of eight orientations with the highest correlation, then refines shift and size by the
    enhanced correlation coefficient (Evangelidis and Psarakis, 2008), if that converges.
    """
    first, second = (
        np.asarray(cv2.resize(image, (edge, edge), interpolation=cv2.INTER_AREA), np.uint8)
        for image in (reference, other)
    )
    oriented = [np.ascontiguousarray(_orient(second, orientation)) for orientation in range(8)]
    correlations = [_correlation(first, image) for image in oriented]
    orientation = int(np.argmax(correlations))
    aligned, is_inside = _align(first, oriented[orientation])
    differences = np.abs(first.astype(np.int16) - aligned).max(2)
    differences[~is_inside] = 0
    brightened = np.minimum(differences * _GAIN, 255).astype(np.uint8)
    overlap = max(1, int(is_inside.sum()))
    return ImageDifference(
        aligned,
        np.repeat(brightened[..., None], 3, 2),
        float(differences.sum() / (255 * overlap)),
        float((differences > _MIN_DIFFERENCE).sum() / overlap),
        orientation != 0,
    )


def _orient(pixels: Pixels, orientation: int) -> Pixels:
    rotated = np.rot90(pixels, orientation % 4)
    return rotated if orientation < 4 else rotated[:, ::-1]


def _grey(pixels: Pixels, edge: int) -> Grey:
    small = cv2.resize(pixels, (edge, edge), interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.cvtColor(small, cv2.COLOR_RGB2GRAY), np.float32)


def _correlation(first: Pixels, second: Pixels) -> float:
    a, b = (_grey(image, _COARSE_EDGE) for image in (first, second))
    a, b = a - a.mean(), b - b.mean()
    return float((a * b).sum() / max(1e-6, np.sqrt((a * a).sum() * (b * b).sum())))


def _align(reference: Pixels, other: Pixels) -> tuple[Pixels, npt.NDArray[np.bool_]]:
    edge = len(reference)
    everywhere = np.ones((edge, edge), np.bool_)
    if np.array_equal(reference, other):
        return other, everywhere
    criteria = (cv2.TERM_CRITERIA_EPS | cv2.TERM_CRITERIA_COUNT, _MAX_STEPS, _PRECISION)
    warp = np.eye(2, 3, dtype=np.float32)
    try:
        correlation, warp = cv2.findTransformECC(
            _grey(reference, edge), _grey(other, edge), warp, cv2.MOTION_AFFINE, criteria
        )
    except cv2.error:  # no convergence: flat images, or images with nothing in common
        return other, everywhere
    if correlation <= _correlation(reference, other):
        return other, everywhere
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    aligned = cv2.warpAffine(other, warp, (edge, edge), flags=flags)
    covered = cv2.warpAffine(everywhere.astype(np.uint8), warp, (edge, edge), flags=flags)
    return np.asarray(aligned, np.uint8), covered > 0
