"""Batches of augmented training images from the image store."""

import math
import time
from collections.abc import Sequence
from concurrent.futures import Future

import keras
import numpy as np
import numpy.typing as npt

from engine.train.augmentation_recipe import Augmentation
from engine.train.child.batch_workers import Batch, BatchMaker, start_workers
from engine.train.child.epoch_order import EpochOrder
from engine.train.child.teacher import Teacher
from engine.train.image_store import StoredImages


class Batches(keras.utils.PyDataset):  # type: ignore[misc]  # Keras has no types
    """Shuffled batches (images 0-255, one-hot labels) of the images at `index`.

    Images are uint8 (n, s, s, 3), or float32 if mixed, with the edge `size` or their own. A batch is a
    function of seed, epoch and number alone, so that a run is reproducible, also after a crash. An epoch
    goes through the images `passes` times, plus `extra_rows`: rows and share of each extra source.
    Augmentation reaches full strength after `ramp` epochs. Batches are prepared ahead in `processes`, or in
    threads (0); `ready_at` is when each batch of this epoch was ready (seconds, monotonic). A `teacher` mixes
    its probabilities into the targets.
    """

    def __init__(
        self,
        images: StoredImages,
        labels: npt.NDArray[np.intp],
        index: npt.NDArray[np.intp],
        *,
        classes: int,
        batch_size: int,
        passes: int = 1,
        extra_rows: Sequence[tuple[npt.NDArray[np.intp], float]] = (),
        augmentation: Augmentation | None = None,
        ramp: float = 0,
        seed: int = 0,
        balance: npt.NDArray[np.float32] | None = None,
        size: int = 0,
        processes: int = 0,
        teacher: Teacher | None = None,
    ) -> None:
        # Keras's own workers would hand surplus batches of one epoch to the next.
        super().__init__(workers=1, use_multiprocessing=False)
        targets = np.eye(classes, dtype=np.float32)[labels]
        weights = None if balance is None else balance[labels]
        self._rows = np.array(index)
        self._order = EpochOrder(index, labels, seed, passes, extra_rows)
        self.batch_size = batch_size
        self._augmentation = augmentation
        self._ramp = ramp
        self._seed = seed
        self._teacher = teacher
        maker = BatchMaker(images, targets, weights, augmentation, size)
        self._pool, self._make, self._ahead = start_workers(maker, processes)
        self._pending: dict[int, Future[Batch]] = {}
        self.begin_epoch(0)

    @property
    def num_batches(self) -> int:
        """Batches per epoch; in training the last, smaller one is dropped for stable batch statistics."""
        if self._augmentation and len(self._rows) >= self.batch_size:
            return len(self._rows) // self.batch_size
        return math.ceil(len(self._rows) / self.batch_size)

    def __getitem__(self, number: int) -> Batch:
        pending = self._pending
        for index in range(number, min(number + self._ahead, self.num_batches)):
            if index not in pending:
                pending[index] = self._submit(index)
        batch = pending.pop(number).result()
        if self._teacher is not None:
            batch = self._teacher.teach(batch)
        self.ready_at[number] = time.monotonic()
        return batch

    def begin_epoch(self, epoch: int) -> None:
        """Start an epoch (0 first): shuffle, if this is for training."""
        for future in self._pending.values():
            future.cancel()
        self._pending = {}
        self.ready_at: dict[int, float] = {}
        self._epoch = epoch
        if self._augmentation:
            self._rows = self._order.epoch_rows(epoch)

    def close(self) -> None:
        """Stop the threads or processes."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _submit(self, number: int) -> Future[Batch]:
        rows = self._rows[number * self.batch_size : (number + 1) * self.batch_size]
        epochs_done = self._epoch + number / self.num_batches
        strength = min(1.0, epochs_done / self._ramp) if self._ramp else 1.0
        return self._pool.submit(self._make, rows, (self._seed, self._epoch, number), strength)
