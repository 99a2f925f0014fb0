"""Readings of the images of a table: arrays with a row for each image, and the columns of predictions."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from engine.classify.calibrator import Calibrator
from engine.classify.card import Calibration
from engine.classify.merged_classes import merge_matrix
from engine.classify.prediction_sets import COVERAGE, prediction_sets
from gui.state.class_codes import ClassCodes
from gui.state.image_columns import ImageColumns, Rows

if TYPE_CHECKING:
    from engine.classify.card import Card
    from engine.classify.reading import Float32, Reading
    from engine.classify.unknown_score import UnknownScore
_CHUNK_ROWS = 8192


class ImageReadings:
    """The readings by one model. Rows of unread images are undefined."""

    def __init__(self, columns: ImageColumns, codes: ClassCodes) -> None:
        self._columns = columns
        self._codes = codes
        self.classes: tuple[str, ...] = ()
        """The model's classes, in the order of the logits."""
        self.set_threshold = COVERAGE
        """The probability that the classes of a prediction set reach together, and far from training more;
        any other value than `COVERAGE` was measured here and counts for all images."""
        self.logits: Float32 | None = None
        """float32 (≥ n images, c classes)."""
        self.embeddings: npt.NDArray[np.float16] | None = None
        self._maps: npt.NDArray[np.float16] | None = None
        self._calibrator = Calibrator(Calibration())
        self._unknown_score: UnknownScore | None = None

    def set_model(
        self,
        card: "Card",
        calibrator: "Calibrator | None" = None,
        unknown_score: "UnknownScore | None" = None,
    ) -> None:
        """Set the model whose readings follow; all present readings are discarded."""
        self.classes = tuple(card.classes)
        self.set_threshold = COVERAGE
        self.logits = self.embeddings = self._maps = None
        self._calibrator = calibrator or Calibrator(card.calibration)
        self._unknown_score = unknown_score
        self._columns.clear_readings()

    def add(self, rows: Rows, readings: "Sequence[Reading]") -> None:
        """Add the readings of rows."""
        first = readings[0]
        if self.logits is None or len(self.logits) < self._columns.count:
            capacity = self._columns.capacity
            # Once for all images: unwritten memory costs nothing.
            self.logits = _resized(self.logits, (capacity, *first.logits.shape), np.float32)
            self.embeddings = _resized(
                self.embeddings, (capacity, *first.embedding.shape), np.float16
            )
            self._maps = _resized(self._maps, (capacity, *first.maps.shape), np.float16)
        assert self.logits is not None
        assert self.embeddings is not None
        assert self._maps is not None
        self.logits[rows] = np.stack([reading.logits for reading in readings])
        for row, reading in zip(rows, readings, strict=True):
            self.embeddings[row] = reading.embedding
            self._maps[row] = reading.maps
        self._fill_columns(rows)

    def use_set_threshold(self, threshold: float) -> None:
        """Recompute the prediction sets of the images that were read with another threshold."""
        self.set_threshold = threshold
        self.refresh_predictions()

    def refresh_predictions(self) -> None:
        """Recompute the predictions of the images that were read, with other merged classes or sets."""
        rows = np.flatnonzero(~np.isnan(self._columns.used("confidence")))
        for start in range(0, len(rows), _CHUNK_ROWS):
            self._fill_predictions(rows[start : start + _CHUNK_ROWS])

    def reading(self, row: int) -> "Reading":
        """Return the reading of a row that was read."""
        from engine.classify.reading import Reading

        assert self.logits is not None
        assert self.embeddings is not None
        assert self._maps is not None
        return Reading(self.logits[row], self.embeddings[row], self._maps[row])

    def probabilities(self, rows: "Rows | slice") -> "Float32":
        """Return the calibrated class probabilities of images that were read, (n, c)."""
        return self.assess(rows)[0]

    def assess(self, rows: "Rows | slice") -> "tuple[Float32, npt.NDArray[np.float64]]":
        """Return calibrated probabilities (n, c) and set thresholds (n,) of images that were read."""
        assert self.logits is not None
        assert self.embeddings is not None
        probabilities, thresholds = self._calibrator.assess(
            self.logits[rows], self.embeddings[rows]
        )
        if self.set_threshold != COVERAGE:
            thresholds = np.full(len(probabilities), self.set_threshold)
        return probabilities, thresholds

    def class_shares(self, probabilities: "Float32") -> dict[str, float]:
        """Return the classes of the project with the probabilities (c,) of one image, merged ones added up.

        Most likely first.
        """
        names, matrix = merge_matrix(self.classes, self._codes.merged)
        sums = probabilities @ matrix
        return {names[index]: float(sums[index]) for index in (-sums).argsort(kind="stable")}

    def possible_classes(self, row: int) -> tuple[str, ...]:
        """Return the classes of the prediction set of an image that was read, most likely first."""
        probabilities, thresholds = self.assess(slice(row, row + 1))
        names, matrix = merge_matrix(self.classes, self._codes.merged)
        sums = probabilities @ matrix
        inside = prediction_sets(sums, thresholds)[0]
        return tuple(names[index] for index in (-sums[0]).argsort(kind="stable") if inside[index])

    def _fill_columns(self, rows: Rows) -> None:
        self._fill_predictions(rows)
        if self._unknown_score is not None:
            assert self.embeddings is not None
            scores = self._unknown_score.measure(self.embeddings[rows])
            self._columns["unknown_score"][rows] = scores

    def _fill_predictions(self, rows: Rows) -> None:
        probabilities, thresholds = self.assess(rows)
        _, matrix = merge_matrix(self.classes, self._codes.merged)
        sums = probabilities @ matrix
        # The model's own class is stored: of those that were merged, the most likely one.
        is_predicted = matrix[:, sums.argmax(axis=1)].T > 0
        predicted = np.where(is_predicted, probabilities, -1).argmax(axis=1)
        codes = np.array([self._codes.code(class_id) for class_id in self.classes], np.int16)
        top_two = np.sort(np.pad(sums, ((0, 0), (1, 0))), axis=1)[:, -2:]
        columns = self._columns
        columns["predicted"][rows] = codes[predicted]
        columns["confidence"][rows] = top_two[:, 1]
        columns["margin"][rows] = top_two[:, 1] - top_two[:, 0]
        columns["possible"][rows] = prediction_sets(sums, thresholds).sum(1)


def _resized(old: npt.NDArray[Any] | None, shape: tuple[int, ...], kind: Any) -> npt.NDArray[Any]:
    new = np.empty(shape, kind)
    if old is not None:
        new[: len(old)] = old
    return new
