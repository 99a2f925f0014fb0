"""Evaluated images: the labelled images behind each figure of an evaluation."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from engine.exchange.report.context import ReportContext, ReportImage
from engine.exchange.report.evaluation import evaluated_images, output_classes

if TYPE_CHECKING:
    from engine.classify.reading import Float32


@dataclass(frozen=True, slots=True)
class EvaluatedImages:
    """n images with their labels and predictions.

    `truth` and `predicted` (n,) are indices into `classes`; `probabilities` is (n, c).
    """

    paths: Sequence[str]
    classes: tuple[str, ...]
    truth: npt.NDArray[np.intp]
    predicted: npt.NDArray[np.intp]
    probabilities: "Float32"

    def in_cell(self, truth: int, predicted: int) -> list[str]:
        """Return the images in one cell of the confusion matrix."""
        return self._select((self.truth == truth) & (self.predicted == predicted))

    def less_confident_than(self, confidence: float | None) -> list[str]:
        """Return the images with a confidence below `confidence`; all images if it is None."""
        if confidence is None:
            return list(self.paths)
        # float64, as in the curve that the threshold is from.
        return self._select(self.probabilities.max(axis=1).astype(np.float64) < confidence)

    def at_least(self, class_index: int, threshold: float) -> list[str]:
        """Return the images whose probability of a class is at least `threshold`."""
        return self._select(self.probabilities[:, class_index] >= threshold)

    def within_bin(self, low: float, high: float) -> list[str]:
        """Return the images with a confidence in (low, high], a bin of the reliability diagram."""
        # float64, as when the bins were filled: 14/15 as float32 is above 14/15.
        confidence = self.probabilities.max(axis=1).astype(np.float64)
        return self._select((confidence > low) & (confidence <= high))

    def _select(self, mask: npt.NDArray[np.bool_]) -> list[str]:
        return [self.paths[row] for row in np.flatnonzero(mask).tolist()]


def collect_evaluated(
    items: Sequence[ReportImage], context: ReportContext
) -> EvaluatedImages | None:
    """Return the images that the evaluation counts, None if there are none."""
    counted = evaluated_images(items, context).counted
    if not counted:
        return None
    probabilities = np.stack([values for *_, values in counted])
    return EvaluatedImages(
        [item.path for item, *_ in counted],
        output_classes(context),
        np.array([label for _, label, _ in counted], np.intp),
        probabilities.argmax(axis=1),
        probabilities,
    )
