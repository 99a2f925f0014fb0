"""Near-duplicate detection: images of one cell, recompressed, resized, mirrored, turned, shifted or cropped.

Candidates are nearest neighbours in two spaces: a descriptor that is invariant to quarter turns, mirroring and
shifts (amplitudes of the Fourier transform, averaged over the eight orientations), and the same descriptor
joined with the whitened embedding, which is the least sensitive to cropping. Each candidate pair is then
matched in every orientation and at three scales, and accepted by normalised correlation.
"""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from engine.classify.reading import Float32

ProgressCallback = Callable[[float], None]
"""Receives the share that is done, 0 to 1; raises to cancel."""

Rows = npt.NDArray[np.intp]
GreyImages = npt.NDArray[np.uint8]

MIN_CORRELATION = 0.94
"""Least correlation of near-duplicates."""

_MAX_NEIGHBOURS = 10
_MIN_COARSE_CORRELATION = 0.60  # at 12 pixels, where a shift alone can cost that much
_MIN_HALF_SIZE_CORRELATION = 0.85  # at 24 pixels, over all shifts
_MIN_GREY_SD = 3.0  # an image with less has no structure to match
_BLOCK_SIZE = 1024
_ROWS_PER_BLOCK, _GROUP_SIZE = 256, 64
_MARGIN_PIXELS = 4
_ZOOMED_EDGE = 51  # instead of 48: reverses a crop of 5%


def compute_descriptors(greys: GreyImages) -> Float32:
    """Return descriptors (m, 36) that are invariant to orientation and nearly invariant to shifts."""
    count = len(greys)
    descriptors = np.empty((count, 36), np.float32)
    window = np.hanning(26)[1:-1]
    upper_triangle = np.triu_indices(8)
    for start in range(0, count, _BLOCK_SIZE):
        small = _shrink(greys[start : start + _BLOCK_SIZE], 24)
        small -= small.mean((1, 2), keepdims=True)
        amplitude = np.abs(
            np.fft.fftshift(np.fft.fft2(small * np.outer(window, window)), axes=(1, 2))
        )
        low_frequencies = amplitude[:, 5:20, 5:20]
        low_frequencies = low_frequencies + low_frequencies[:, ::-1]
        low_frequencies = low_frequencies + low_frequencies[:, :, ::-1]
        low_frequencies = low_frequencies + low_frequencies.transpose(0, 2, 1)
        descriptors[start : start + _BLOCK_SIZE] = np.log1p(
            low_frequencies[:, 7:, 7:][:, upper_triangle[0], upper_triangle[1]]
        )
    return descriptors


def find_pairs(
    greys: GreyImages,
    descriptors: Float32,
    embeddings: Float32,
    new_rows: Rows,
    on_progress: ProgressCallback,
) -> tuple[Rows, Rows, Float32]:
    """Return the near-duplicates as pairs of rows, the first row smaller, and their correlations.

    `greys` (m, 48, 48), `descriptors` (m, 36), `embeddings` (m, k), whitened. Only `new_rows` are
    compared with all rows.
    """
    if len(greys) < 2 or not len(new_rows):
        no_rows = np.empty(0, np.intp)
        return no_rows, no_rows, np.empty(0, np.float32)
    invariant = _normalise(_standardise(descriptors))
    joined = np.concatenate([_normalise(embeddings), invariant], 1) / np.sqrt(2)
    candidate_ids = np.concatenate(
        [
            _nearest_pairs(invariant, new_rows, lambda share: on_progress(0.25 * share)),
            _nearest_pairs(joined, new_rows, lambda share: on_progress(0.25 + 0.25 * share)),
        ]
    )
    first, second = np.divmod(np.unique(candidate_ids), len(greys))
    return _verify(greys, first, second, lambda share: on_progress(0.5 + 0.5 * share))


def connected_components(count: int, first: Rows, second: Rows) -> Rows:
    """Return for each of `count` rows the lowest row of its component in the graph of pairs."""
    # Imported here: it takes a while, and only a scan needs it.
    from scipy.sparse import coo_array, csgraph

    edges = coo_array((np.ones(len(first), np.bool_), (first, second)), shape=(count, count))
    component_count, component = csgraph.connected_components(edges, directed=False)
    lowest = np.full(component_count, count, np.intp)
    np.minimum.at(lowest, component, np.arange(count))
    return np.asarray(lowest[component], np.intp)


def best_correlation(first: npt.NDArray[np.uint8], second: npt.NDArray[np.uint8]) -> float:
    """Return the best correlation of two grey images (48, 48) over shifts and scales, not orientations."""
    return max(
        _match_at_best_shift(first, second),
        _match_at_best_shift(
            cv2.resize(first, (_ZOOMED_EDGE, _ZOOMED_EDGE), interpolation=cv2.INTER_LINEAR), second
        ),
        _match_at_best_shift(
            cv2.resize(second, (_ZOOMED_EDGE, _ZOOMED_EDGE), interpolation=cv2.INTER_LINEAR), first
        ),
    )


def _match_orientation(
    greys: GreyImages, halves: GreyImages, first: int, second: int, orientation: int
) -> float:
    correlations = cv2.matchTemplate(
        np.ascontiguousarray(_orient(halves[first : first + 1], orientation)[0]),
        np.ascontiguousarray(halves[second, 2:-2, 2:-2]),
        cv2.TM_CCOEFF_NORMED,
    )
    if correlations.max() < _MIN_HALF_SIZE_CORRELATION:
        return 0.0
    return best_correlation(
        np.ascontiguousarray(_orient(greys[first : first + 1], orientation)[0]), greys[second]
    )


def _half_size(grey: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    return np.asarray(cv2.resize(grey, (24, 24), interpolation=cv2.INTER_AREA), np.uint8)


def _match_at_best_shift(image: npt.NDArray[np.uint8], other: npt.NDArray[np.uint8]) -> float:
    centre = np.ascontiguousarray(
        other[_MARGIN_PIXELS:-_MARGIN_PIXELS, _MARGIN_PIXELS:-_MARGIN_PIXELS]
    )
    return float(cv2.matchTemplate(image, centre, cv2.TM_CCOEFF_NORMED).max())


def _verify(
    greys: GreyImages, first: Rows, second: Rows, on_progress: ProgressCallback
) -> tuple[Rows, Rows, Float32]:
    small = _shrink(greys, 12)
    small -= small.mean((1, 2), keepdims=True)
    norms = np.sqrt((small**2).sum((1, 2), keepdims=True))
    small /= np.maximum(norms, 1e-6)
    is_flat = norms[:, 0, 0] / 12 < _MIN_GREY_SD
    keep = ~(is_flat[first] | is_flat[second])
    first, second = first[keep], second[keep]
    halves = np.stack([_half_size(grey) for grey in greys])
    values = np.zeros(len(first), np.float32)

    def verify_block(start: int) -> int:
        first_rows, second_rows = (
            first[start : start + _BLOCK_SIZE],
            second[start : start + _BLOCK_SIZE],
        )
        correlations = np.stack(
            [
                np.einsum("nij,nij->n", _orient(small[first_rows], orientation), small[second_rows])
                for orientation in range(8)
            ],
            1,
        )
        orientations = np.argsort(-correlations, 1)[:, :2]
        for index in np.flatnonzero(correlations.max(1) >= _MIN_COARSE_CORRELATION):
            values[start + index] = max(
                _match_orientation(
                    greys, halves, int(first_rows[index]), int(second_rows[index]), int(orientation)
                )
                for orientation in orientations[index]
                if correlations[index, orientation] >= _MIN_COARSE_CORRELATION
            )
        return start

    with ThreadPoolExecutor(os.cpu_count() or 1, "verify") as pool:
        try:
            for start in pool.map(verify_block, range(0, len(first), _BLOCK_SIZE)):
                on_progress(start / len(first))
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
    is_duplicate = values >= MIN_CORRELATION
    return first[is_duplicate], second[is_duplicate], values[is_duplicate]


def _orient(images: npt.NDArray[Any], orientation: int) -> npt.NDArray[Any]:
    """Return images (n, h, w) in orientation 0 to 7."""
    rotated = np.rot90(images, orientation % 4, axes=(1, 2))
    return rotated if orientation < 4 else rotated[:, :, ::-1]


def _nearest_pairs(
    vectors: Float32, new_rows: Rows, on_progress: ProgressCallback
) -> npt.NDArray[np.int64]:
    """Return the pairs of `new_rows` and their nearest neighbours, as lower row * count + higher row.

    Exact: the k best rows lie in the k groups with the largest maxima, so only these groups are sorted,
    and the matrix products take most of the time. Memory: two blocks of rows by `count`.
    """
    count = len(vectors)
    neighbour_count = min(_MAX_NEIGHBOURS, count - 1)
    groups = -(-count // _GROUP_SIZE)
    kept_groups = min(neighbour_count, groups)
    similarity = np.full((_ROWS_PER_BLOCK, groups * _GROUP_SIZE), -2, np.float32)
    pairs = [np.empty(0, np.int64)]
    for start in range(0, len(new_rows), _ROWS_PER_BLOCK):
        on_progress(start / len(new_rows))
        rows = new_rows[start : start + _ROWS_PER_BLOCK]
        block = similarity[: len(rows)]
        np.matmul(vectors[rows], vectors.T, out=block[:, :count])
        block[np.arange(len(rows)), rows] = -2
        grouped = block.reshape(len(rows), groups, _GROUP_SIZE)
        best_groups = np.argpartition(grouped.max(2), groups - kept_groups, axis=1)[
            :, groups - kept_groups :
        ]
        candidates = np.take_along_axis(grouped, best_groups[..., None], 1).reshape(len(rows), -1)
        top = np.argpartition(candidates, candidates.shape[1] - neighbour_count, axis=1)[
            :, candidates.shape[1] - neighbour_count :
        ]
        nearest = (
            np.take_along_axis(best_groups, top // _GROUP_SIZE, 1) * _GROUP_SIZE + top % _GROUP_SIZE
        )
        row, other = np.repeat(rows, neighbour_count), nearest.ravel()
        pairs.append(np.minimum(row, other) * count + np.maximum(row, other))
    return np.unique(np.concatenate(pairs)).astype(np.int64)


def _shrink(greys: GreyImages, edge: int) -> Float32:
    step = greys.shape[1] // edge
    shape = (len(greys), edge, step, edge, step)
    return np.asarray(greys.reshape(shape).mean((2, 4), dtype=np.float32))


def _standardise(values: Float32) -> Float32:
    scaled: Float32 = (values - values.mean(0)) / (values.std(0) + 1e-6)
    return scaled


def _normalise(values: Float32) -> Float32:
    units: Float32 = values / np.maximum(np.linalg.norm(values, axis=1, keepdims=True), 1e-9)
    return units
