"""Feeding a network: batches of augmented images from what decoding left on the disk."""

import math
import os
import time
from concurrent.futures import Future, ThreadPoolExecutor

import keras
import numpy as np
import numpy.typing as npt

from engine.train.augment import augment
from engine.train.mixing import mix
from engine.train.pictures import Pictures
from engine.train.recipe import Augmentation

Batch = tuple[npt.NDArray[np.float32], ...]

_AHEAD = 4
_THREADS = 8


class Batches(keras.utils.PyDataset):  # type: ignore[misc]  # Keras has no types
    """Shuffled batches (images float32 0-255, one-hot labels) of the images at `index`.

    What a batch holds is a function of seed, epoch and number alone, so that a run repeats, and goes on
    after a crash, exactly. Augmentation reaches its full strength after `ramp` epochs. The next few are
    made while one is used; `ready` says when each of this epoch was (seconds, monotonic).
    """

    def __init__(
        self,
        images: Pictures,
        labels: npt.NDArray[np.intp],
        index: npt.NDArray[np.intp],
        *,
        classes: int,
        batch: int,
        policy: Augmentation | None = None,
        ramp: float = 0,
        seed: int = 0,
        balance: npt.NDArray[np.float32] | None = None,
    ) -> None:
        # Keras's own threads hand what they made too much of for one epoch to the next.
        super().__init__(workers=1, use_multiprocessing=False)
        self._images = images
        self._targets = np.eye(classes, dtype=np.float32)[labels]
        self._index = self._order = np.array(index)
        self._weights = None if balance is None else balance[labels]
        self.batch = batch
        self._policy = policy
        self._ramp = ramp
        self._seed = seed
        self._pool = ThreadPoolExecutor(min(_THREADS, os.cpu_count() or 2))
        self._coming: dict[int, Future[Batch]] = {}
        self.begin(0)

    @property
    def num_batches(self) -> int:
        """Batches in an epoch; in training the last, smaller one is dropped for steady statistics."""
        if self._policy and len(self._order) >= self.batch:
            return len(self._order) // self.batch
        return math.ceil(len(self._order) / self.batch)

    def __getitem__(self, number: int) -> Batch:
        coming = self._coming
        for one in range(number, min(number + _AHEAD, self.num_batches)):
            if one not in coming:
                coming[one] = self._pool.submit(self._made, one, self._epoch, self._order)
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
            rng = np.random.default_rng((self._seed, epoch))
            self._order = rng.permutation(self._index)

    def _made(self, number: int, epoch: int, order: npt.NDArray[np.intp]) -> Batch:
        chosen = order[number * self.batch : (number + 1) * self.batch]
        images = self._images[chosen]
        if self._policy:
            rng = np.random.default_rng((self._seed, epoch, number))
            done = epoch + number / self.num_batches
            strength = min(1.0, done / self._ramp) if self._ramp else 1.0
            images = np.stack([augment(image, self._policy, rng, strength) for image in images])
        pixels, targets = images.astype(np.float32), self._targets[chosen]
        if self._policy and (self._policy.mixing.mixup or self._policy.mixing.cutmix):
            pixels, targets = mix(pixels, targets, self._policy.mixing, rng)
        if self._weights is None:
            return pixels, targets
        return pixels, targets, self._weights[chosen]
