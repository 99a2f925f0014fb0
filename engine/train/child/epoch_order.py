"""Epoch order: the sequence of training images, a function of seed and epoch alone."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Rows = npt.NDArray[np.intp]


class EpochOrder:
    """Shuffled rows of an epoch: `passes` times those at `index`, and samples of extra sources.

    `extra_rows` are the rows of each extra source and its share of the training images.
    """

    def __init__(
        self,
        index: Rows,
        labels: Rows,
        seed: int,
        passes: int = 1,
        extra_rows: Sequence[tuple[Rows, float]] = (),
    ) -> None:
        self._index, self._seed, self._passes = np.array(index), seed, passes
        self._extra_rows = [
            (rows, share, sampling_probabilities(labels[rows])) for rows, share in extra_rows
        ]

    def epoch_rows(self, number: int) -> Rows:
        """Return the rows of an epoch, 0 first."""
        rng = np.random.default_rng((self._seed, number))
        main_rows = np.concatenate([rng.permutation(self._index) for _ in range(self._passes)])
        if not self._extra_rows:
            return main_rows
        main_share = 1 - sum(share for _, share, _ in self._extra_rows)
        drawn = [
            rng.choice(rows, round(len(main_rows) * share / main_share), p=probabilities)
            for rows, share, probabilities in self._extra_rows
        ]
        return rng.permutation(np.concatenate([main_rows, *drawn]))


def sampling_probabilities(labels: Rows) -> npt.NDArray[np.float64]:
    """Return the sampling probability of each image (n,), inverse to the square root of class frequency.

    This lies between uniform sampling and full class balance, which would repeat rare images thousands of
    times.
    """
    weights = 1 / np.sqrt(np.bincount(labels)[labels])
    return np.asarray(weights / weights.sum(), np.float64)
