"""Spots: small parts of a field with nuclear stain, outlined at several levels, and what is measured of each.

All lengths are in diameters of a red cell, all areas in their squares, all stains in those of a usual nucleus.
"""

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from engine.fields.glass import Float32
from engine.fields.masks import Labels, Mask, disc, label_parts
from engine.fields.stains import Stains

# A spot is brighter in the narrow than in the wide average of the stain.
_NARROW, _WIDE = 0.07, 0.28
_LEVELS = (0.03, 0.045, 0.065, 0.09, 0.12, 0.16, 0.22, 0.3)
_MIN_PEAK = 0.08
_MIN_AREA, _MAX_AREA = 0.015, 0.9
_MIN_COMPACTNESS = 0.45  # area in that of the rectangle; a disc has 0.79
_MAX_ELONGATION = 2.6
_WHITE_CELL_GAP = 0.12

_EDGES = np.array([-0.1, -0.04, 0.0, 0.06, 0.13, 0.22, 0.36], np.float32)
"""Distances from the outline between which a spot is measured; negative ones are inside."""

_ZONES = len(_EDGES)
_INSIDE = 3  # zones
_RING = slice(4, 6)  # zones: the surroundings, without the blurred outline
_PLANES = ("nuclear", "red", "other", "gradient")
FEATURES = (
    *(f"{plane} {zone}" for plane in _PLANES for zone in range(_ZONES)),
    *(f"{plane} contrast" for plane in _PLANES),
    *(
        "nuclear deviation",
        "nuclear ring deviation",
        "red ring deviation",
        "peak",
        "peak in levels",
    ),
    *("level", "long", "short", "area", "compactness", "elongation", "eccentricity"),
    *("white cell distance", "background", "background noise", "red density"),
)
"""Names of the columns of `Spots.features`."""


@dataclass(frozen=True, slots=True)
class Spots:
    """The spots of an image: rectangles (n, 4) as x, y, width and height, areas (n,), and features (n, k).

    The same spot is there once for each level at which its outline is another.
    """

    boxes: npt.NDArray[np.int32]
    areas: Float32
    features: Float32
    labels: list[tuple[Labels, int]]
    """For each spot the labelled image and its number there."""

    def mask(self, index: int) -> Mask:
        """Return the mask of a spot, of the size of its rectangle."""
        x, y, width, height = self.boxes[index].tolist()
        labels, number = self.labels[index]
        return np.asarray(labels[y : y + height, x : x + width] == number, np.uint8)


def find_spots(
    density: Float32, nuclear: Float32, stains: Stains, diameter: float, white_cells: Mask
) -> Spots:
    """Find the spots outside the white cells, in an image whose red cells have this diameter."""
    reference = stains.nucleus_reference
    narrow = cv2.GaussianBlur(nuclear, (0, 0), _NARROW * diameter)
    wide = cv2.GaussianBlur(nuclear, (0, 0), _WIDE * diameter)
    peaks = np.asarray((narrow - wide) / reference, np.float32)
    is_free = 1 - cv2.dilate(white_cells, disc(_WHITE_CELL_GAP * diameter))
    from_white_cell = cv2.distanceTransform(1 - white_cells, cv2.DIST_L2, 3)
    planes = _measured_planes(density, nuclear, stains)
    background = _background(planes[0], is_free)
    found: list[tuple[npt.NDArray[np.int32], Float32]] = []
    labels: list[tuple[Labels, int]] = []
    seen: set[tuple[int, ...]] = set()
    for level in _LEVELS:
        numbered, statistics = label_parts((peaks > level).astype(np.uint8) & is_free)
        numbers = [
            number
            for number in _of_spot_size(statistics, diameter)
            if tuple(statistics[number, :4].tolist()) not in seen
        ]
        highest = _highest(peaks, numbered, len(statistics))
        numbers = [number for number in numbers if highest[number] >= _MIN_PEAK]
        if not numbers:
            continue
        seen |= {tuple(statistics[number, :4].tolist()) for number in numbers}
        chosen = np.zeros(len(statistics), np.int32)
        chosen[numbers] = np.arange(1, len(numbers) + 1)
        own = np.asarray(chosen[numbered], np.int32)
        boxes = statistics[numbers, :4]
        features = np.column_stack(
            [
                _measure_zones(planes, own, len(numbers), diameter),
                highest[numbers],
                highest[numbers] / level,
                np.full(len(numbers), level),
                _measure_shapes(own, statistics[numbers], diameter),
                _distances(from_white_cell, boxes) / diameter,
                np.tile([*background, stains.red_cell_density / reference], (len(numbers), 1)),
            ]
        )
        found.append((boxes, np.asarray(features, np.float32)))
        labels += [(own, number) for number in range(1, len(numbers) + 1)]
    if not found:
        return Spots(
            np.empty((0, 4), np.int32),
            np.empty(0, np.float32),
            np.empty((0, len(FEATURES)), np.float32),
            [],
        )
    features = np.vstack([part for _, part in found])
    areas = features[:, FEATURES.index("area")]
    return Spots(np.vstack([boxes for boxes, _ in found]), areas, features, labels)


def _measured_planes(density: Float32, nuclear: Float32, stains: Stains) -> list[Float32]:
    """Return nuclear stain, red-cell stain (in usual red cells), what is neither, and the gradient."""
    stain = np.asarray(nuclear / stains.nucleus_reference, np.float32)
    red = density @ stains.red_cell_weights() / max(stains.red_cell_density, 1e-6)
    normal = np.cross(stains.red_cell, stains.nucleus)
    normal /= max(float(np.linalg.norm(normal)), 1e-6)
    other = density @ normal.astype(np.float32) / stains.nucleus_reference
    across, down = (cv2.Sobel(stain, cv2.CV_32F, *order) for order in ((1, 0), (0, 1)))
    gradient = cv2.magnitude(across, down)
    return [stain, np.asarray(red, np.float32), np.asarray(other, np.float32), np.asarray(gradient)]


def _background(stain: Float32, is_free: Mask) -> tuple[float, float]:
    """Return the median stain outside the white cells, and its median deviation; a sample is enough."""
    values = stain[::3, ::3][is_free[::3, ::3] > 0]
    if not values.size:
        return 0.0, 0.0
    median = float(np.median(values))
    return median, float(np.median(np.abs(values - median)))


def _of_spot_size(statistics: npt.NDArray[np.int32], diameter: float) -> list[int]:
    width, height, area = statistics[:, 2], statistics[:, 3], statistics[:, 4]
    share = area / diameter**2
    fits = (share >= _MIN_AREA) & (share <= _MAX_AREA) & (area >= _MIN_COMPACTNESS * width * height)
    fits &= np.maximum(width, height) <= _MAX_ELONGATION * np.minimum(width, height)
    fits[0] = False
    return np.flatnonzero(fits).tolist()


def _highest(values: Float32, labels: Labels, count: int) -> Float32:
    """Return the highest value of each part."""
    places = np.flatnonzero(labels)
    highest = np.zeros(count, np.float32)
    np.maximum.at(highest, labels.ravel()[places], values.ravel()[places])
    return highest


def _measure_zones(planes: list[Float32], own: Labels, count: int, diameter: float) -> Float32:
    """Return mean, contrast and deviation of the planes in zones around each spot's outline."""
    outside = (own == 0).astype(np.uint8)
    distance, nearest = cv2.distanceTransformWithLabels(
        outside, cv2.DIST_L2, 5, labelType=cv2.DIST_LABEL_CCOMP
    )
    signed = distance - cv2.distanceTransform(1 - outside, cv2.DIST_L2, 5)
    places = np.flatnonzero(signed.ravel() <= _EDGES[-1] * diameter)
    # OpenCV numbers the spots anew.
    owners = np.zeros(int(nearest.max()) + 1, np.int64)
    inside = np.flatnonzero(own)
    owners[nearest.ravel()[inside]] = own.ravel()[inside] - 1
    zones = np.searchsorted(_EDGES * diameter, signed.ravel()[places])
    keys = owners[nearest.ravel()[places]] * _ZONES + zones
    pixels = np.bincount(keys, minlength=count * _ZONES).reshape(count, _ZONES)

    def sums(values: Float32) -> npt.NDArray[np.float64]:
        counted = np.bincount(keys, values, minlength=count * _ZONES)
        return np.asarray(counted.reshape(count, _ZONES), np.float64)

    columns, contrasts, deviations = [], [], []
    for index, plane in enumerate(planes):
        values = plane.ravel()[places]
        total = sums(values)
        means = total / np.maximum(pixels, 1)
        for zone in range(_INSIDE - 1, -1, -1):  # Small spots have no core.
            means[:, zone] = np.where(pixels[:, zone] > 0, means[:, zone], means[:, zone + 1])
        for zone in range(_INSIDE, _ZONES):  # Beside another spot there may be no surroundings.
            means[:, zone] = np.where(pixels[:, zone] > 0, means[:, zone], means[:, zone - 1])
        columns.append(means)
        own_mean = _mean(total, pixels, slice(0, _INSIDE))
        ring_mean = _mean(total, pixels, _RING)
        contrasts.append(own_mean - ring_mean)
        if index < 2:
            squares = sums(values * values)
            ring = _mean(squares, pixels, _RING) - ring_mean**2
            if index == 0:
                whole = _mean(squares, pixels, slice(0, _INSIDE)) - own_mean**2
                deviations.append(np.sqrt(np.maximum(whole, 0)))
            deviations.append(np.sqrt(np.maximum(ring, 0)))
    return np.asarray(np.column_stack([*columns, *contrasts, *deviations]), np.float32)


def _mean(
    totals: npt.NDArray[np.float64], pixels: npt.NDArray[np.int64], zones: slice
) -> npt.NDArray[np.float64]:
    means = totals[:, zones].sum(1) / np.maximum(pixels[:, zones].sum(1), 1)
    return np.asarray(means, np.float64)


def _measure_shapes(own: Labels, statistics: npt.NDArray[np.int32], diameter: float) -> Float32:
    """Return long and short edge, area, compactness, elongation, and eccentricity of each spot."""
    width, height, area = (statistics[:, column].astype(np.float64) for column in (2, 3, 4))
    places = np.flatnonzero(own)
    rows, columns = np.divmod(places, own.shape[1])
    index = own.ravel()[places] - 1
    x = columns - statistics[index, 0] - width[index] / 2
    y = rows - statistics[index, 1] - height[index] / 2

    def moment(values: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        return np.asarray(np.bincount(index, values, minlength=len(area)) / area, np.float64)

    mean_x, mean_y = moment(x), moment(y)
    xx, yy, xy = (
        moment(x * x) - mean_x**2,
        moment(y * y) - mean_y**2,
        moment(x * y) - mean_x * mean_y,
    )
    root = np.sqrt(4 * xy**2 + (xx - yy) ** 2)
    eccentricity = np.sqrt((xx + yy + root + 0.2) / np.maximum(xx + yy - root + 0.2, 0.05))
    long, short = np.maximum(width, height), np.minimum(width, height)
    shape = (
        long / diameter,
        short / diameter,
        area / diameter**2,
        area / (width * height),
        long / short,
        eccentricity,
    )
    return np.asarray(np.column_stack(shape), np.float32)


def _distances(distance: npt.NDArray[np.float32], boxes: npt.NDArray[np.int32]) -> Float32:
    """Return the distance at the centre of each rectangle, at most that of a large field."""
    rows = np.minimum(boxes[:, 1] + boxes[:, 3] // 2, distance.shape[0] - 1)
    columns = np.minimum(boxes[:, 0] + boxes[:, 2] // 2, distance.shape[1] - 1)
    return np.asarray(np.minimum(distance[rows, columns], 1000), np.float32)
