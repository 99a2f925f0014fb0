"""Multi-cell images: detection of whole fields of a smear instead of single cells, by their pixels.

Two signs in one image, both relative to its size: several small, separate nuclei, or very fine structure, as of
small red cells. And one in a folder: a single cell is in the middle of its image, the cells of a field are
anywhere. The thresholds were measured, see docs/decisions/0007-unlike-training.md.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from engine.fields.detection import find_cells
from engine.fields.scale import shrink
from engine.images.record import Pixels
from engine.messages import Message

MIN_IMAGES = 8
"""Number of images below which they are fields only if all have the nuclei or the format of one."""

FIELD_WARNINGS = frozenset({"explore.fields", "explore.fields_by_place", "explore.maybe_fields"})
"""Ids of the messages that images seem to be whole fields."""

_MEASURED_EDGE = 320  # pixels to which images are resized before they are measured
_LOBE_GAP = 13  # pixels; parts closer than this are lobes of one nucleus
_MIN_NUCLEUS_SHARE = 0.0015  # of the image; smaller parts are platelets or specks
_MIN_NUCLEI = 4
_MAX_NUCLEUS_SHARE = 0.05  # of the image; the nucleus of a single cell covers 1 to 20%
_MIN_GRAIN_PIXELS = 3  # below, the structure is noise rather than cells
_MAX_FINE_GRAIN_PIXELS = 7  # red cells beside a single cell give 10 to 53
_MAX_FINE_NUCLEUS_SHARE = 0.012
_MIN_MULTI_CELL_SHARE = 0.5
_MIN_OFF_CENTRE_SHARE = 0.5
_MAX_SAMPLED_EDGE = 1280  # pixels; larger fields are recognised by their fine structure
_MIN_FIELD_EDGE = 480  # pixels
_MIN_FIELD_ASPECT = 1.2  # images of single cells are nearly square
_MIN_WIDE_SHARE = 0.9


@dataclass(frozen=True, slots=True)
class FieldMeasures:
    """Measurements of an image scaled to an edge of 320 pixels.

    `nucleus_count` is the number of separate nuclei, `largest_share` the part of the image that the largest
    one covers, and `grain_pixels` the distance at which the autocorrelation is one half.
    """

    nucleus_count: int
    largest_share: float
    grain_pixels: int

    @property
    def is_multi_cell(self) -> bool:
        """True if the image shows many cells."""
        has_several_nuclei = (
            self.nucleus_count >= _MIN_NUCLEI and self.largest_share < _MAX_NUCLEUS_SHARE
        )
        is_fine = (
            self.grain_pixels <= _MAX_FINE_GRAIN_PIXELS
            and self.largest_share < _MAX_FINE_NUCLEUS_SHARE
        )
        return self.grain_pixels >= _MIN_GRAIN_PIXELS and (has_several_nuclei or is_fine)


def measure_field(pixels: Pixels) -> FieldMeasures:
    """Measure an image, RGB uint8 (height, width, 3)."""
    height, width = pixels.shape[:2]
    scale = _MEASURED_EDGE / max(height, width)
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    small = np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.float32)
    nucleus_shares = _nucleus_shares(small)
    return FieldMeasures(
        len(nucleus_shares), float(nucleus_shares.max(initial=0)), _grain_size(small[..., 1])
    )


def field_message(images: Iterable[Pixels]) -> Message | None:
    """Return a message if the images of a folder (a sample) seem to be whole fields, the surest sign first.

    Keeps small versions only, so that large fields fit into the memory.
    """
    small: list[Pixels] = []
    sizes: list[tuple[int, int]] = []
    for pixels in images:
        sizes.append((pixels.shape[0], pixels.shape[1]))
        small.append(shrink(pixels, _MAX_SAMPLED_EDGE))
    return folder_warning(small) or placement_warning(small) or wide_image_warning(sizes)


def folder_warning(images: Iterable[Pixels]) -> Message | None:
    """Return the warning for a folder if most of its images (a sample) are multi-cell images, or None."""
    measures = [measure_field(pixels) for pixels in images]
    multi_cell_count = sum(measure.is_multi_cell for measure in measures)
    # In a small sample, all must be.
    min_share = _MIN_MULTI_CELL_SHARE if len(measures) >= MIN_IMAGES else 1
    if not multi_cell_count or multi_cell_count < min_share * len(measures):
        return None
    return Message("explore.fields", {"found": multi_cell_count, "count": len(measures)})


def placement_warning(images: Iterable[Pixels]) -> Message | None:
    """Return the warning for a folder if most of its images (a sample) have no cell in the middle, or None.

    Finds fields that show no more red cells than images of single cells do.
    """
    with_white_cell = off_centre = 0
    for pixels in images:
        boxes = find_cells(pixels).boxes
        if not any(box.kind == "white_cell" for box in boxes):
            continue  # Red cells alone, or a platelet that was not found in the middle.
        with_white_cell += 1
        x, y = pixels.shape[1] / 2, pixels.shape[0] / 2
        off_centre += not any(
            box.x <= x <= box.x + box.width and box.y <= y <= box.y + box.height for box in boxes
        )
    if with_white_cell < MIN_IMAGES or off_centre < _MIN_OFF_CENTRE_SHARE * with_white_cell:
        return None
    return Message("explore.fields_by_place", {"found": off_centre, "count": with_white_cell})


def wide_image_warning(sizes: Sequence[tuple[int, int]]) -> Message | None:
    """Return a message if most images of a folder are as large and wide as photographs of whole fields.

    `sizes` are heights and widths. Weaker than `folder_warning`: a field with one white cell differs from an
    image of it by its format only.
    """
    wide = [
        size
        for size in sizes
        if max(size) >= _MIN_FIELD_EDGE and max(size) >= _MIN_FIELD_ASPECT * min(size)
    ]
    if not wide or len(wide) < _MIN_WIDE_SHARE * len(sizes):
        return None
    height, width = wide[len(wide) // 2]
    return Message("explore.maybe_fields", {"width": width, "height": height})


def _nucleus_shares(small: npt.NDArray[np.float32]) -> npt.NDArray[np.float64]:
    """Return the share of the image that each nucleus covers, with all its lobes."""
    green, blue = small[..., 1], small[..., 2]
    is_purple = (blue - green > 25) & (green < 0.62 * np.percentile(green, 90))
    mask = cv2.morphologyEx(is_purple.astype(np.uint8), cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (_LOBE_GAP, _LOBE_GAP))
    count, labels = cv2.connectedComponents(cv2.dilate(mask, kernel))
    shares = np.bincount(labels[mask > 0], minlength=count)[1:] / mask.size
    return np.asarray(shares[shares > _MIN_NUCLEUS_SHARE], np.float64)


def _grain_size(green: npt.NDArray[np.float32]) -> int:
    """Return the distance at which the mean autocorrelation over all directions falls below one half."""
    height, width = green.shape
    window = np.outer(np.hanning(height), np.hanning(width))
    spectrum = np.fft.rfft2(
        (green - green.mean()) * window, s=(2 * _MEASURED_EDGE, 2 * _MEASURED_EDGE)
    )
    autocorrelation = np.fft.irfft2(np.abs(spectrum) ** 2)
    offsets = np.minimum(
        np.arange(2 * _MEASURED_EDGE), 2 * _MEASURED_EDGE - np.arange(2 * _MEASURED_EDGE)
    )
    distance = np.hypot(offsets[:, None], offsets).astype(np.intp).ravel()
    profile = np.bincount(distance, autocorrelation.ravel()) / np.bincount(distance)
    if profile[0] <= 0:
        return _MEASURED_EDGE
    return int(np.argmax(profile < profile[0] / 2))
