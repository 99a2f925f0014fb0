"""Batch workers: threads, or processes for a GPU on a large machine.

A GPU consumes thousands of images per second. Threads of one Python process cannot augment so many, as
they wait for the GIL between calls to OpenCV. Processes cost their start and the copying of batches.
"""

import multiprocessing
import os
import threading
from collections.abc import Callable
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass, replace
from multiprocessing.connection import wait

import cv2
import numpy as np
import numpy.typing as npt

from engine.images.resize import resize_to_square
from engine.train.augmentation import augment
from engine.train.augmentation_recipe import Augmentation
from engine.train.image_store import StoredImages
from engine.train.mixing import mix_batch

Batch = tuple[npt.NDArray[np.generic], ...]
Seed = tuple[int, ...]

_MAX_THREADS = 8
_BATCHES_AHEAD = 4


@dataclass(frozen=True, slots=True)
class BatchMaker:
    """Makes batches of images, one-hot `targets` (n, c) and optional sample `weights` (n,), by row.

    With an `augmentation` the images are augmented; all have the edge `size`, or their own if it is 0.
    """

    images: StoredImages
    targets: npt.NDArray[np.float32]
    weights: npt.NDArray[np.float32] | None
    augmentation: Augmentation | None
    size: int = 0

    def make_batch(self, rows: npt.NDArray[np.intp], seed: Seed, strength: float) -> Batch:
        """Return the batch of `rows`; equal for equal seeds."""
        images = self.images[rows]
        targets = self.targets[rows]
        if self.augmentation:
            rng = np.random.default_rng(seed)
            augmented = [
                augment(image, self.augmentation, rng, strength, self.size or None)
                for image in images
            ]
            images = np.stack(augmented)
            if self.augmentation.mixing.mixup or self.augmentation.mixing.cutmix:
                as_float = images.astype(np.float32)
                mixed, targets = mix_batch(as_float, targets, self.augmentation.mixing, rng)
                return self._with_weights(rows, mixed, targets)
        elif self.size and images.shape[1] != self.size:
            images = np.stack([resize_to_square(image, self.size) for image in images])
        return self._with_weights(rows, np.asarray(images), targets)

    def _with_weights(self, rows: npt.NDArray[np.intp], *batch: npt.NDArray[np.generic]) -> Batch:
        return batch if self.weights is None else (*batch, self.weights[rows])


MakeBatch = Callable[[npt.NDArray[np.intp], Seed, float], Batch]


def start_workers(maker: BatchMaker, processes: int = 0) -> tuple[Executor, MakeBatch, int]:
    """Start workers; return the executor, the function to submit, and the number of batches to prepare ahead.

    `processes` 0: threads, one per processor up to 8.
    """
    images = maker.images
    if processes and isinstance(images, np.memmap):
        # A memory map would be pickled as a copy: each process maps the file itself.
        without_images = replace(maker, images=np.empty(0, np.uint8))
        context = multiprocessing.get_context("spawn")
        arguments = (str(images.filename), without_images)
        executor = ProcessPoolExecutor(
            processes, context, initializer=_start_process, initargs=arguments
        )
        return executor, _make_in_process, processes + _BATCHES_AHEAD
    threads = min(_MAX_THREADS, os.cpu_count() or 2)
    return ThreadPoolExecutor(threads), maker.make_batch, _BATCHES_AHEAD


_process_maker: list[BatchMaker] = []


def _start_process(file: str, maker: BatchMaker) -> None:
    images = np.load(file, mmap_mode="r", allow_pickle=False)
    _process_maker[:] = [replace(maker, images=images)]
    cv2.setNumThreads(1)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    # If the parent is killed, its worker processes would otherwise wait for ever.
    parent = multiprocessing.parent_process()
    if parent:
        wait([parent.sentinel])
        os._exit(1)


def _make_in_process(rows: npt.NDArray[np.intp], seed: Seed, strength: float) -> Batch:
    return _process_maker[0].make_batch(rows, seed, strength)
