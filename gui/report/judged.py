"""The labelled images that an evaluation is of: which of its figures is about which of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from engine.exchange.report.context import Context, Item
from engine.exchange.report.evaluation import evaluated, output_classes

if TYPE_CHECKING:
    from engine.classify.reading import Float32


@dataclass(frozen=True, slots=True)
class Judged:
    """The images, their labels and what the model says.

    `truth` and `said` (n,) are places in `classes`, `probabilities` is (n, c).
    """

    paths: Sequence[str]
    classes: tuple[str, ...]
    truth: npt.NDArray[np.intp]
    said: npt.NDArray[np.intp]
    probabilities: "Float32"

    def cell(self, truth: int, said: int) -> list[str]:
        """Return the images of one cell of the confusion matrix."""
        return self._some((self.truth == truth) & (self.said == said))

    def below(self, confidence: float | None) -> list[str]:
        """Return the images less confident than this; all where it is None."""
        if confidence is None:
            return list(self.paths)
        # As confident as in the curve that the threshold is from.
        return self._some(self.probabilities.max(axis=1).astype(np.float64) < confidence)

    def beyond(self, place: int, threshold: float) -> list[str]:
        """Return the images whose probability of a class is at least the threshold."""
        return self._some(self.probabilities[:, place] >= threshold)

    def within(self, low: float, high: float) -> list[str]:
        """Return the images of one bin of the reliability diagram: open below, closed above."""
        # In the precision that the bins were filled in: 14/15 as float32 is above 14/15.
        sure = self.probabilities.max(axis=1).astype(np.float64)
        return self._some((sure > low) & (sure <= high))

    def _some(self, mask: npt.NDArray[np.bool_]) -> list[str]:
        return [self.paths[row] for row in np.flatnonzero(mask)]


def judge(items: Sequence[Item], context: Context) -> Judged | None:
    """Return the images that the figures stand on, None where there is none."""
    found = evaluated(items, context).counted
    if not found:
        return None
    probabilities = np.stack([values for *_, values in found])
    return Judged(
        [item.path for item, *_ in found],
        output_classes(context),
        np.array([label for _, label, _ in found], np.intp),
        probabilities.argmax(axis=1),
        probabilities,
    )
