"""The order in which training images are learned from: a function of seed and epoch alone."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Rows = npt.NDArray[np.intp]


class Order:
    """Shuffled rows of an epoch: `passes` times those at `index`, and a share of other folders' rows.

    `beside` are the rows of each other folder and the share that they make up of what is learned.
    """

    def __init__(
        self,
        index: Rows,
        labels: Rows,
        seed: int,
        passes: int = 1,
        beside: Sequence[tuple[Rows, float]] = (),
    ) -> None:
        self._index, self._seed, self._passes = np.array(index), seed, passes
        self._beside = [(rows, share, chances(labels[rows])) for rows, share in beside]

    def epoch(self, number: int) -> Rows:
        """Return the rows of the epoch of this number, 0 first."""
        rng = np.random.default_rng((self._seed, number))
        own = np.concatenate([rng.permutation(self._index) for _ in range(self._passes)])
        if not self._beside:
            return own
        rest = 1 - sum(share for _, share, _ in self._beside)
        drawn = [
            rng.choice(rows, round(len(own) * share / rest), p=likely)
            for rows, share, likely in self._beside
        ]
        return rng.permutation(np.concatenate([own, *drawn]))


def chances(labels: Rows) -> npt.NDArray[np.float64]:
    """Return how likely each image (n,) is drawn: between as they are and all classes alike.

    A class of one image is not seen thousands of times.
    """
    likely = 1 / np.sqrt(np.bincount(labels)[labels])
    return np.asarray(likely / likely.sum(), np.float64)
