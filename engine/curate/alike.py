"""Pictures that show the same cell, though recompressed, resized, mirrored, turned, shifted or cropped.

Candidates are nearest neighbours in two spaces: a descriptor that no quarter turn, mirroring or shift
changes (amplitudes of the Fourier transform, averaged over the eight orientations), and the same beside
the whitened embedding, which cropping changes least. Each candidate is then laid over the other in every
orientation and at three scales, and counts by the normalised correlation of what they have in common.
"""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from engine.classify.reading import Float32

Tell = Callable[[float], None]
"""Hears how much is done, 0 to 1; raises to stop."""

Rows = npt.NDArray[np.intp]
Greys = npt.NDArray[np.uint8]

SAME = 0.94
"""The correlation from which two pictures count as one."""

_NEAREST = 10
_COARSE = 0.60  # a shift alone can cost that much at 12 pixels
_MEDIUM = 0.85  # and the best shift at 24
_FLAT = (
    3.0  # standard deviation of grey levels below which a picture has nothing to lay over another
)
_BLOCK = 1024
_ROWS, _GROUP = 256, 64
_MARGIN = 4
_ZOOMED = 51  # of 48 pixels: a crop of 5% undone


def descriptors(greys: Greys) -> Float32:
    """Return unit vectors (m, 36), the same for every orientation and nearly so after a shift."""
    count = len(greys)
    out = np.empty((count, 36), np.float32)
    window = np.hanning(26)[1:-1]
    upper = np.triu_indices(8)
    for start in range(0, count, _BLOCK):
        part = _small(greys[start : start + _BLOCK], 24)
        part -= part.mean((1, 2), keepdims=True)
        amplitude = np.abs(
            np.fft.fftshift(np.fft.fft2(part * np.outer(window, window)), axes=(1, 2))
        )
        middle = amplitude[:, 5:20, 5:20]
        middle = middle + middle[:, ::-1]
        middle = middle + middle[:, :, ::-1]
        middle = middle + middle.transpose(0, 2, 1)
        out[start : start + _BLOCK] = np.log1p(middle[:, 7:, 7:][:, upper[0], upper[1]])
    return out


def pairs(
    greys: Greys, described: Float32, embedded: Float32, fresh: Rows, tell: Tell
) -> tuple[Rows, Rows, Float32]:
    """Return pairs of rows, the first below the second, and their correlation, of pictures alike.

    `greys` (m, 48, 48), `described` (m, 36) as `descriptors` gives them, `embedded` (m, k) whitened.
    Only the rows `fresh` are looked up among all.
    """
    if len(greys) < 2 or not len(fresh):
        none = np.empty(0, np.intp)
        return none, none, np.empty(0, np.float32)
    invariant = _unit(_standard(described))
    both = np.concatenate([_unit(embedded), invariant], 1) / np.sqrt(2)
    found = np.concatenate(
        [
            _nearest(invariant, fresh, lambda share: tell(0.25 * share)),
            _nearest(both, fresh, lambda share: tell(0.25 + 0.25 * share)),
        ]
    )
    candidates = np.unique(found)
    first, second = np.divmod(candidates, len(greys))
    return _verify(greys, first, second, lambda share: tell(0.5 + 0.5 * share))


def components(count: int, first: Rows, second: Rows) -> Rows:
    """Return for each of `count` rows the lowest row that it hangs together with by pairs."""
    root = np.arange(count)

    def find(row: int) -> int:
        while root[row] != row:
            root[row] = root[root[row]]
            row = int(root[row])
        return row

    for one, other in zip(first.tolist(), second.tolist(), strict=True):
        a, b = find(one), find(other)
        root[max(a, b)] = min(a, b)
    return np.array([find(row) for row in range(count)], np.intp)


def overlap(one: npt.NDArray[np.uint8], other: npt.NDArray[np.uint8]) -> float:
    """Return the best correlation of two upright grey pictures (48, 48) over shifts and scales."""
    return max(
        _match(one, other),
        _match(cv2.resize(one, (_ZOOMED, _ZOOMED), interpolation=cv2.INTER_LINEAR), other),
        _match(cv2.resize(other, (_ZOOMED, _ZOOMED), interpolation=cv2.INTER_LINEAR), one),
    )


def _laid_over(greys: Greys, halves: Greys, one: int, other: int, way: int) -> float:
    at_half = cv2.matchTemplate(
        np.ascontiguousarray(_turned(halves[one : one + 1], way)[0]),
        np.ascontiguousarray(halves[other, 2:-2, 2:-2]),
        cv2.TM_CCOEFF_NORMED,
    )
    if at_half.max() < _MEDIUM:
        return 0.0
    return overlap(np.ascontiguousarray(_turned(greys[one : one + 1], way)[0]), greys[other])


def _half(grey: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    return np.asarray(cv2.resize(grey, (24, 24), interpolation=cv2.INTER_AREA), np.uint8)


def _match(field: npt.NDArray[np.uint8], picture: npt.NDArray[np.uint8]) -> float:
    middle = np.ascontiguousarray(picture[_MARGIN:-_MARGIN, _MARGIN:-_MARGIN])
    return float(cv2.matchTemplate(field, middle, cv2.TM_CCOEFF_NORMED).max())


def _verify(greys: Greys, first: Rows, second: Rows, tell: Tell) -> tuple[Rows, Rows, Float32]:
    small = _small(greys, 12)
    small -= small.mean((1, 2), keepdims=True)
    norms = np.sqrt((small**2).sum((1, 2), keepdims=True))
    small /= np.maximum(norms, 1e-6)
    flat = norms[:, 0, 0] / 12 < _FLAT
    keep = ~(flat[first] | flat[second])
    first, second = first[keep], second[keep]
    halves = np.stack([_half(grey) for grey in greys])
    values = np.zeros(len(first), np.float32)

    def verify(start: int) -> int:
        one, other = first[start : start + _BLOCK], second[start : start + _BLOCK]
        coarse = np.stack(
            [np.einsum("nij,nij->n", _turned(small[one], way), small[other]) for way in range(8)], 1
        )
        ways = np.argsort(-coarse, 1)[:, :2]
        for at in np.flatnonzero(coarse.max(1) >= _COARSE):
            values[start + at] = max(
                _laid_over(greys, halves, int(one[at]), int(other[at]), int(way))
                for way in ways[at]
                if coarse[at, way] >= _COARSE
            )
        return start

    with ThreadPoolExecutor(os.cpu_count() or 1, "verify") as pool:
        try:
            for start in pool.map(verify, range(0, len(first), _BLOCK)):
                tell(start / len(first))
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
    same = values >= SAME
    return first[same], second[same], values[same]


def _turned(pictures: npt.NDArray[Any], way: int) -> npt.NDArray[Any]:
    """Return pictures (n, h, w) in one of the eight orientations."""
    turned = np.rot90(pictures, way % 4, axes=(1, 2))
    return turned if way < 4 else turned[:, :, ::-1]


def _nearest(vectors: Float32, fresh: Rows, tell: Tell) -> npt.NDArray[np.int64]:
    """Return the pairs of the `fresh` rows with their nearest, as lower row * count + higher row.

    The k best of all lie in the k groups with the best maxima, so that only these are sorted: all is
    looked at, and the time is that of the products. Memory: two blocks of rows by `count`.
    """
    count = len(vectors)
    near = min(_NEAREST, count - 1)
    groups = -(-count // _GROUP)
    kept = min(near, groups)
    similarity = np.full((_ROWS, groups * _GROUP), -2, np.float32)
    found = [np.empty(0, np.int64)]
    for start in range(0, len(fresh), _ROWS):
        tell(start / len(fresh))
        rows = fresh[start : start + _ROWS]
        block = similarity[: len(rows)]
        np.matmul(vectors[rows], vectors.T, out=block[:, :count])
        block[np.arange(len(rows)), rows] = -2
        grouped = block.reshape(len(rows), groups, _GROUP)
        best = np.argpartition(grouped.max(2), groups - kept, axis=1)[:, groups - kept :]
        few = np.take_along_axis(grouped, best[..., None], 1).reshape(len(rows), -1)
        top = np.argpartition(few, few.shape[1] - near, axis=1)[:, few.shape[1] - near :]
        others = np.take_along_axis(best, top // _GROUP, 1) * _GROUP + top % _GROUP
        mine, other = np.repeat(rows, near), others.ravel()
        found.append(np.minimum(mine, other) * count + np.maximum(mine, other))
    return np.unique(np.concatenate(found)).astype(np.int64)


def _small(greys: Greys, edge: int) -> Float32:
    step = greys.shape[1] // edge
    shape = (len(greys), edge, step, edge, step)
    return np.asarray(greys.reshape(shape).mean((2, 4), dtype=np.float32))


def _standard(values: Float32) -> Float32:
    scaled: Float32 = (values - values.mean(0)) / (values.std(0) + 1e-6)
    return scaled


def _unit(values: Float32) -> Float32:
    units: Float32 = values / np.maximum(np.linalg.norm(values, axis=1, keepdims=True), 1e-9)
    return units
