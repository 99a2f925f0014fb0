"""Slices: accuracy on parts of an image set, by folder and by properties of the images, the worst first.

A property that gives away the label without a look at the cell is a spurious correlation: a model may have
learned the property instead of the cell, and the figures would not show it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from engine.classify.calibration import expected_calibration_error
from engine.classify.reading import Float32
from engine.evaluate.intervals import wilson_interval

MIN_IMAGES = 20
"""Least images of a slice, and of a class that a property is compared for."""
NOTABLE_AUROC = 0.85
"""Area under the ROC curve from which a property tells a class by itself."""

_PARTS = 4
_MAX_GROUPS = 50

Values = npt.NDArray[np.float64]
Property = Values | Sequence[str | None]
"""One value an image: a number, or the name of a group, None for an image of no group."""


@dataclass(frozen=True, slots=True)
class Slice:
    """Images with one value, or a range of values, of the property `name`; `rows` are their positions.

    `interval` is the 95% Wilson interval of the accuracy; `unknown` the share of cells of none of the classes,
    None where it is not known.
    """

    name: str
    values: str
    rows: npt.NDArray[np.intp]
    accuracy: float
    interval: tuple[float, float]
    calibration_error: float
    unknown: float | None

    @property
    def count(self) -> int:
        """The number of images."""
        return len(self.rows)

    def is_weak(self, accuracy: float) -> bool:
        """Return whether the slice is worse than the whole, of this accuracy, beyond chance."""
        return self.interval[1] < accuracy


@dataclass(frozen=True, slots=True)
class SpuriousCorrelation:
    """A property, `name`, that tells the images of a class by itself; `rows` are those that it tells best.

    `auroc` is at least 0.5; `higher` says whether the class has the higher values.
    """

    name: str
    class_id: str
    auroc: float
    higher: bool
    rows: npt.NDArray[np.intp]


def measure_slices(
    labels: npt.NDArray[np.intp],
    probabilities: Float32,
    properties: Mapping[str, Property],
    is_unknown: npt.NDArray[np.bool_] | None = None,
) -> list[Slice]:
    """Return the slices of n images with labels (n,) and probabilities (n, c), the worst first.

    Numbers are cut into quarters. A slice of few images is not called bad by chance: the order is that of
    the upper end of the interval.
    """
    is_correct = probabilities.argmax(axis=1) == labels
    found = []
    for name, values in properties.items():
        for title, rows in _parts(values):
            if not MIN_IMAGES <= len(rows) < len(labels):
                continue
            hits = int(is_correct[rows].sum())
            found.append(
                Slice(
                    name,
                    title,
                    rows,
                    hits / len(rows),
                    wilson_interval(hits, len(rows)),
                    expected_calibration_error(probabilities[rows], labels[rows]),
                    None if is_unknown is None else float(is_unknown[rows].mean()),
                )
            )
    return sorted(found, key=lambda part: (part.interval[1], part.accuracy))


def find_spurious(
    labels: npt.NDArray[np.intp],
    classes: Sequence[str],
    properties: Mapping[str, Property],
    threshold: float = NOTABLE_AUROC,
) -> list[SpuriousCorrelation]:
    """Return the numeric properties that tell a class from the others by themselves, the strongest first."""
    found = []
    for name, values in properties.items():
        if not isinstance(values, np.ndarray):
            continue
        for label, class_id in enumerate(classes):
            is_class = labels == label
            count = int(is_class.sum())
            if min(count, len(labels) - count) < MIN_IMAGES:
                continue
            area = _auroc(values, is_class)
            higher = area >= 0.5
            if max(area, 1 - area) < threshold:
                continue
            rows = np.flatnonzero(is_class)
            order = np.argsort(-values[rows] if higher else values[rows], kind="stable")
            found.append(
                SpuriousCorrelation(name, class_id, max(area, 1 - area), higher, rows[order])
            )
    return sorted(found, key=lambda correlation: -correlation.auroc)


def _parts(values: Property) -> list[tuple[str, npt.NDArray[np.intp]]]:
    if not isinstance(values, np.ndarray):
        names = np.asarray(values, object)
        named = np.array([name for name in values if name is not None], str)
        unique, counts = np.unique(named, return_counts=True)
        frequent = unique[np.argsort(-counts, kind="stable")][:_MAX_GROUPS]
        return [(str(name), np.flatnonzero(names == name)) for name in frequent]
    edges = np.unique(np.quantile(values, np.linspace(0, 1, _PARTS + 1)))
    if len(edges) < 2:
        return []
    index = np.clip(np.searchsorted(edges, values, side="right") - 1, 0, len(edges) - 2)
    return [
        (f"{edges[part]:.4g} to {edges[part + 1]:.4g}", np.flatnonzero(index == part))
        for part in range(len(edges) - 1)
    ]


def _auroc(values: Values, is_class: npt.NDArray[np.bool_]) -> float:
    """Return the probability that an image of the class has a higher value than another; ties count half."""
    _, ranks, counts = np.unique(values, return_inverse=True, return_counts=True)
    mean_ranks = np.cumsum(counts) - (counts - 1) / 2
    inside = int(is_class.sum())
    rank_sum = float(mean_ranks[ranks][is_class].sum())
    return (rank_sum - inside * (inside + 1) / 2) / (inside * (len(values) - inside))
