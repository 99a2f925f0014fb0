"""Feeding a network: batches of augmented images from what decoding left on the disk."""

import math
import time
from collections.abc import Sequence
from concurrent.futures import Future

import keras
import numpy as np
import numpy.typing as npt

from engine.train.child.making import Batch, Maker, makers
from engine.train.child.order import Order
from engine.train.pictures import Pictures
from engine.train.recipe import Augmentation


class Batches(keras.utils.PyDataset):  # type: ignore[misc]  # Keras has no types
    """Shuffled batches (images 0-255, one-hot labels) of the images at `index`.

    Images are uint8 (n, s, s, 3), or float32 where they are mixed, with an edge of `size` or their own. What
    a batch holds is a function of seed, epoch and number alone, so that a run repeats, and goes on after a
    crash, exactly. An epoch goes `passes` times through the images, and through as many of those `beside`
    them as make up their share: rows and share of each other folder. Augmentation reaches its full strength
    after `ramp` epochs. The next few are made while one is used, in so many `processes` or in threads;
    `ready` says when each of this epoch was (seconds, monotonic).
    """

    def __init__(
        self,
        images: Pictures,
        labels: npt.NDArray[np.intp],
        index: npt.NDArray[np.intp],
        *,
        classes: int,
        batch: int,
        passes: int = 1,
        beside: Sequence[tuple[npt.NDArray[np.intp], float]] = (),
        policy: Augmentation | None = None,
        ramp: float = 0,
        seed: int = 0,
        balance: npt.NDArray[np.float32] | None = None,
        size: int = 0,
        processes: int = 0,
    ) -> None:
        # Keras's own threads hand what they made too much of for one epoch to the next.
        super().__init__(workers=1, use_multiprocessing=False)
        targets = np.eye(classes, dtype=np.float32)[labels]
        weights = None if balance is None else balance[labels]
        self._rows = np.array(index)
        self._order = Order(index, labels, seed, passes, beside)
        self.batch = batch
        self._policy = policy
        self._ramp = ramp
        self._seed = seed
        maker = Maker(images, targets, weights, policy, size)
        self._pool, self._make, self._ahead = makers(maker, processes)
        self._coming: dict[int, Future[Batch]] = {}
        self.begin(0)

    @property
    def num_batches(self) -> int:
        """Batches in an epoch; in training the last, smaller one is dropped for steady statistics."""
        if self._policy and len(self._rows) >= self.batch:
            return len(self._rows) // self.batch
        return math.ceil(len(self._rows) / self.batch)

    def __getitem__(self, number: int) -> Batch:
        coming = self._coming
        for one in range(number, min(number + self._ahead, self.num_batches)):
            if one not in coming:
                coming[one] = self._asked(one)
        made = coming.pop(number).result()
        self.ready[number] = time.monotonic()
        return made

    def begin(self, epoch: int) -> None:
        """Shuffle for the epoch of this number, 0 first, if this is for training."""
        for one in self._coming.values():
            one.cancel()
        self._coming = {}
        self.ready: dict[int, float] = {}
        self._epoch = epoch
        if self._policy:
            self._rows = self._order.epoch(epoch)

    def close(self) -> None:
        """Let go of the threads or processes that make batches."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _asked(self, number: int) -> Future[Batch]:
        chosen = self._rows[number * self.batch : (number + 1) * self.batch]
        done = self._epoch + number / self.num_batches
        strength = min(1.0, done / self._ramp) if self._ramp else 1.0
        return self._pool.submit(self._make, chosen, (self._seed, self._epoch, number), strength)
