"""Calibrated probabilities of one model: all percentages of readings come from here."""

from typing import TYPE_CHECKING, Self

import numpy as np
import numpy.typing as npt

from engine.classify.calibration import softmax, temperatures
from engine.classify.card import Calibration
from engine.classify.embedding_distance import EmbeddingDistance
from engine.classify.prediction_sets import COVERAGE
from engine.classify.reading import Float16, Float32, Reading

if TYPE_CHECKING:
    from engine.classify.bundle import Bundle

_EPSILON = 1e-6


class Calibrator:
    """Turns logits into probabilities that are the less sure, the farther an image is from the training images.

    Without `distance` (a bundle without embedding statistics) every image counts as a training image.
    """

    def __init__(self, calibration: Calibration, distance: EmbeddingDistance | None = None) -> None:
        self._calibration = calibration
        self._distance = distance if calibration.distance_exponent else None

    @classmethod
    def of_bundle(cls, bundle: "Bundle") -> Self:
        """Read what a bundle needs for it; raises `Problem` if its statistics are damaged."""
        # Imported late: the window imports this module before it is shown.
        from engine.classify.embedding_statistics import load_statistics

        calibration = bundle.card.calibration
        statistics = load_statistics(bundle) if calibration.distance_exponent else None
        return cls(calibration, EmbeddingDistance(statistics) if statistics else None)

    def probabilities(self, logits: Float32, embeddings: Float16 | Float32) -> Float32:
        """Return class probabilities (n, c) of logits (n, c) and embeddings (n, d)."""
        return self.assess(logits, embeddings)[0]

    def assess(
        self, logits: Float32, embeddings: Float16 | Float32
    ) -> tuple[Float32, npt.NDArray[np.float64]]:
        """Return class probabilities (n, c) and the thresholds (n,) of the prediction sets.

        The threshold of a usual image is `COVERAGE`. Beyond the far limit the probability left out of a set
        falls in proportion to the distance, because there confidence is too high.
        """
        distances = None if self._distance is None else self._distance.measure(embeddings)
        probabilities = softmax(logits, temperatures(self._calibration, distances))
        thresholds = np.full(len(logits), COVERAGE)
        if self._distance is not None and distances is not None:
            limit = max(self._distance.far_limit, _EPSILON)
            thresholds = 1 - (1 - COVERAGE) / np.maximum(1, distances.astype(np.float64) / limit)
        return probabilities, thresholds

    def probabilities_of(self, reading: Reading) -> Float32:
        """Return the class probabilities (c,) of one reading."""
        found: Float32 = self.probabilities(reading.logits[None], reading.embedding[None])[0]
        return found
