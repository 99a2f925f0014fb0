"""White cells: nuclei, and the cytoplasm around each.

All lengths are in diameters of a red cell, all areas in their squares, all stains in those of a usual nucleus.
"""

from dataclasses import dataclass, field

import cv2
import numpy as np

from engine.fields.cell_box import BoxFlag
from engine.fields.glass import Float32
from engine.fields.masks import Mask, Points, closed, convex_hull, label_parts, opened
from engine.fields.stains import Stains

_NUCLEUS_LEVEL = 0.40
_CYTOPLASM_LEVEL = 0.14
# Red cells show this much at most, in their own density.
_NUCLEUS_FLOOR = 0.8
_CYTOPLASM_FLOOR = 0.3

MIN_NUCLEUS_AREA = 0.16
_SMALL_AREA = 0.3
_MIN_SMALL_SOLIDITY = 0.6  # A clump of platelets is as large as a small lobe, but ragged.
_MAX_PLATELET_AREA = 0.4
_PLATELET_STAIN = 0.75  # Paler small parts are large platelets.
_WHOLE_RADIUS = 0.42
_NECK = 0.75  # in radii; nuclei touch where they are narrower
_LOBED_SOLIDITY = 0.85
_LOBED_ELONGATION = 1.4
_LOBED_CELL = 1.35  # lengths of its nucleus, at least
_LOBE_GAP = 0.22  # closer parts are one nucleus in any case
_JOINED_GAP = 0.45  # closer parts are one nucleus if it is not too large
_MAX_NUCLEUS_LENGTH = 1.9
_MAX_LOBE_AREA = 0.75
_CYTOPLASM_REACH = 0.8
_FRINGE = 0.15  # thinner parts are the coloured rims of red cells

_DOUBLE_PART_AREA = 0.35
_SMUDGE_AREA = 2.2
_SMUDGE_STAIN = 0.6
_DEPOSIT_STAIN = 1.5
_RAGGED_SOLIDITY = 0.75


@dataclass(slots=True)
class Nucleus:
    """A nucleus with all its lobes: the area of each, and the convex hull around them."""

    lobes: list[float]
    hull: Points


@dataclass(frozen=True, slots=True)
class StainedPart:
    """A cell found in the working image: its rectangle and mask there, and flags."""

    x: int
    y: int
    mask: Mask
    flags: tuple[BoxFlag, ...] = field(default=())


def find_white_cells(nuclear: Float32, stains: Stains, diameter: float) -> list[StainedPart]:
    """Find white cells by their nuclear stain, in an image whose red cells have this diameter."""
    reference = stains.nucleus_reference
    floor = stains.red_cell_density
    is_nucleus = nuclear > max(_NUCLEUS_LEVEL * reference, _NUCLEUS_FLOOR * floor)
    nuclei_mask = opened(is_nucleus.astype(np.uint8), 3)
    nuclei = [
        nucleus
        for nucleus in _join_lobes(_find_nuclei(nuclei_mask, diameter), diameter)
        if not _is_large_platelet(nucleus, nuclear, nuclei_mask, reference, diameter)
    ]
    if not nuclei:
        return []
    is_cytoplasm = nuclear > max(_CYTOPLASM_LEVEL * reference, _CYTOPLASM_FLOOR * floor)
    cytoplasm = opened(is_cytoplasm.astype(np.uint8), _FRINGE * diameter) | nuclei_mask
    owners = np.zeros(nuclear.shape, np.int32)
    for number, nucleus in enumerate(nuclei, 1):
        cv2.drawContours(owners, [nucleus.hull], -1, number, -1)
    cells = []
    for number, nucleus in enumerate(nuclei, 1):
        x, y, mask = _grow(owners, number, nucleus.hull, cytoplasm, diameter)
        x, y, mask = _widen(x, y, mask, nucleus, nuclear.shape)
        height, width = mask.shape
        inside = (slice(y, y + height), slice(x, x + width))
        stain = nuclear[inside] / reference
        lobes = nuclei_mask[inside] & (owners[inside] == number)
        cells.append(StainedPart(x, y, mask, _flags(nucleus, stain, lobes, diameter)))
    return cells


def _is_large_platelet(
    nucleus: Nucleus, nuclear: Float32, mask: Mask, reference: float, diameter: float
) -> bool:
    if sum(nucleus.lobes) >= _MAX_PLATELET_AREA * diameter**2:
        return False
    x, y, width, height = cv2.boundingRect(nucleus.hull)
    inside = (slice(y, y + height), slice(x, x + width))
    stain = nuclear[inside][mask[inside] > 0]
    return bool(stain.size) and float(np.median(stain)) < _PLATELET_STAIN * reference


def _find_nuclei(mask: Mask, diameter: float) -> list[Nucleus]:
    labels, statistics = label_parts(closed(mask, _LOBE_GAP * diameter))
    areas = np.bincount(labels.ravel(), mask.ravel(), len(statistics))
    nuclei = []
    for number in range(1, len(statistics)):
        if areas[number] < MIN_NUCLEUS_AREA * diameter**2:
            continue
        x, y, width, height = statistics[number, :4].tolist()
        part = (labels[y : y + height, x : x + width] == number).astype(np.uint8)
        for piece in _split_touching(part, diameter):
            area = float((piece & mask[y : y + height, x : x + width]).sum())
            hull = convex_hull(piece) + np.array([x, y], np.int32)
            is_small = area < _SMALL_AREA * diameter**2
            if not (is_small and area < _MIN_SMALL_SOLIDITY * cv2.contourArea(hull)):
                nuclei.append(Nucleus([area], hull))
    return nuclei


def _split_touching(part: Mask, diameter: float) -> list[Mask]:
    """Return the whole, round nuclei of which a part consists; lobes are too small to be split off."""
    distance = cv2.distanceTransform(
        cv2.copyMakeBorder(part, 1, 1, 1, 1, cv2.BORDER_CONSTANT), cv2.DIST_L2, 5
    )[1:-1, 1:-1]
    peak = float(distance.max())
    if peak < _WHOLE_RADIUS * diameter:
        return [part]
    labels, statistics = label_parts((distance > _NECK * peak).astype(np.uint8))
    seeds = [
        number
        for number in range(1, len(statistics))
        if distance[labels == number].max() >= _WHOLE_RADIUS * diameter
    ]
    if len(seeds) < 2:
        return [part]
    to_seed = np.stack(
        [cv2.distanceTransform(np.uint8(labels != seed), cv2.DIST_L2, 5) for seed in seeds]
    )
    nearest = to_seed.argmin(0)
    return [part & (nearest == index).astype(np.uint8) for index in range(len(seeds))]


def _join_lobes(nuclei: list[Nucleus], diameter: float) -> list[Nucleus]:
    """Join the parts of one lobed nucleus; the closest first."""
    while True:
        pairs = [
            (_gap(first.hull, second.hull), i, j)
            for i, first in enumerate(nuclei)
            for j, second in enumerate(nuclei[:i])
            if _may_join(first, second, diameter)
        ]
        if not pairs:
            return nuclei
        _, i, j = min(pairs)
        hull = cv2.convexHull(np.vstack([nuclei[i].hull, nuclei[j].hull]))
        joined = Nucleus(nuclei[i].lobes + nuclei[j].lobes, np.asarray(hull, np.int32))
        nuclei = [nucleus for k, nucleus in enumerate(nuclei) if k not in (i, j)] + [joined]


def _may_join(first: Nucleus, second: Nucleus, diameter: float) -> bool:
    # Far apart by their corners: no need to measure.
    if np.abs(first.hull.mean((0, 1)) - second.hull.mean((0, 1))).max() > 3 * diameter:
        return False
    areas = sorted((sum(first.lobes), sum(second.lobes)))
    if areas[0] >= _MAX_LOBE_AREA * diameter**2:
        return False
    # Beside a whole nucleus, only its fragments are joined.
    is_whole = areas[1] >= _MAX_LOBE_AREA * diameter**2 and areas[0] > 0.4 * areas[1]
    limit = _LOBE_GAP if is_whole else _JOINED_GAP
    if _gap(first.hull, second.hull) >= limit * diameter:
        return False
    _, sides, _ = cv2.minAreaRect(np.vstack([first.hull, second.hull]))
    return bool(max(sides) < _MAX_NUCLEUS_LENGTH * diameter)


def _gap(first: Points, second: Points) -> float:
    """Return the smallest distance between the outlines of two hulls; 0 if they overlap."""
    distances = [
        -cv2.pointPolygonTest(hull, (float(x), float(y)), True)
        for hull, points in ((first, second), (second, first))
        for x, y in points[:, 0].tolist()
    ]
    return max(0.0, min(distances))


def _grow(
    owners: np.ndarray, number: int, hull: Points, cytoplasm: Mask, diameter: float
) -> tuple[int, int, Mask]:
    """Return the nucleus with the cytoplasm that is connected with it and closest to it."""
    reach = _CYTOPLASM_REACH * diameter
    x, y, width, height = cv2.boundingRect(hull)
    margin = int(reach) + 2
    rows = slice(max(0, y - margin), y + height + margin)
    columns = slice(max(0, x - margin), x + width + margin)
    owner = owners[rows, columns]
    own = (owner == number).astype(np.uint8)
    other = ((owner != number) & (owner != 0)).astype(np.uint8)
    distance = cv2.distanceTransform(1 - own, cv2.DIST_L2, 5)
    is_near = distance < reach
    if other.any():
        is_near &= distance <= cv2.distanceTransform(1 - other, cv2.DIST_L2, 5)
    mask = cytoplasm[rows, columns] & is_near.astype(np.uint8) | own
    mask = _part_around(mask, own)
    mask = _part_around(opened(mask, 1.5 * _FRINGE * diameter) | own, own)
    left, top, width, height = cv2.boundingRect(mask)
    inside = mask[top : top + height, left : left + width]
    return columns.start + left, rows.start + top, inside


def _widen(
    x: int, y: int, mask: Mask, nucleus: Nucleus, shape: tuple[int, ...]
) -> tuple[int, int, Mask]:
    """Return a part at least as wide as the cell of a lobed nucleus, even if its cytoplasm was not seen.

    The granules of eosinophils have the colour of red cells. The mask itself stays.
    """
    _, sides, _ = cv2.minAreaRect(nucleus.hull)
    solidity = sum(nucleus.lobes) / max(1.0, cv2.contourArea(nucleus.hull))
    is_lobed = solidity < _LOBED_SOLIDITY or max(sides) > _LOBED_ELONGATION * min(sides)
    edge = int(_LOBED_CELL * max(sides)) if is_lobed else 0
    height, width = mask.shape
    add_x, add_y = max(0, edge - width) // 2, max(0, edge - height) // 2
    left, top = min(add_x, x), min(add_y, y)
    right = min(add_x, shape[1] - x - width)
    bottom = min(add_y, shape[0] - y - height)
    padded = cv2.copyMakeBorder(mask, top, bottom, left, right, cv2.BORDER_CONSTANT)
    return x - left, y - top, np.asarray(padded, np.uint8)


def _part_around(mask: Mask, core: Mask) -> Mask:
    labels, statistics = label_parts(mask)
    shares = np.bincount(labels.ravel(), core.ravel(), len(statistics))
    shares[0] = 0
    return np.asarray(labels == shares.argmax(), np.uint8)


def _flags(nucleus: Nucleus, stain: Float32, lobes: Mask, diameter: float) -> tuple[BoxFlag, ...]:
    area = sum(nucleus.lobes) / diameter**2
    solidity = sum(nucleus.lobes) / max(1.0, cv2.contourArea(nucleus.hull))
    amount = float(np.median(stain[lobes > 0])) if lobes.any() else 0.0
    flags: list[BoxFlag] = []
    large_lobes = [lobe for lobe in nucleus.lobes if lobe >= _DOUBLE_PART_AREA * diameter**2]
    if len(large_lobes) > 1:
        flags.append("double")
    if amount > _DEPOSIT_STAIN and solidity < _RAGGED_SOLIDITY:
        flags.append("deposit")
    if area > _SMUDGE_AREA and amount < _SMUDGE_STAIN:
        flags.append("smudge")
    return tuple(flags)
