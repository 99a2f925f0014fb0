"""Who makes batches: threads, or beside a graphics card on a large computer processes.

A card learns thousands of images a second. Threads of one Python cannot change so many: each of them waits
for the others between two calls of OpenCV. Processes cost their start and the copying of what they made.
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

from engine.images.resize import square
from engine.train.augment import augment
from engine.train.mixing import mix
from engine.train.pictures import Pictures
from engine.train.recipe import Augmentation

Batch = tuple[npt.NDArray[np.generic], ...]
Seed = tuple[int, ...]

_THREADS = 8
_AHEAD = 4


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes a batch of images, one-hot `targets` (n, c) and maybe `weights` (n,), all by their rows.

    Training images are changed as the `policy` says; all have the edge `size`, or their own where it is 0.
    """

    images: Pictures
    targets: npt.NDArray[np.float32]
    weights: npt.NDArray[np.float32] | None
    policy: Augmentation | None
    size: int = 0

    def make(self, chosen: npt.NDArray[np.intp], seed: Seed, strength: float) -> Batch:
        """Return the batch of the rows `chosen`; the same for the same `seed`."""
        images = self.images[chosen]
        targets = self.targets[chosen]
        if self.policy:
            rng = np.random.default_rng(seed)
            looks = [
                augment(image, self.policy, rng, strength, self.size or None) for image in images
            ]
            images = np.stack(looks)
            if self.policy.mixing.mixup or self.policy.mixing.cutmix:
                floats = images.astype(np.float32)
                mixed, targets = mix(floats, targets, self.policy.mixing, rng)
                return self._weighed(chosen, mixed, targets)
        elif self.size and images.shape[1] != self.size:
            images = np.stack([square(image, self.size) for image in images])
        return self._weighed(chosen, np.asarray(images), targets)

    def _weighed(self, chosen: npt.NDArray[np.intp], *batch: npt.NDArray[np.generic]) -> Batch:
        return batch if self.weights is None else (*batch, self.weights[chosen])


Making = Callable[[npt.NDArray[np.intp], Seed, float], Batch]


def makers(maker: Maker, processes: int = 0) -> tuple[Executor, Making, int]:
    """Return who makes batches, what to give them to do, and for how many to ask ahead.

    `processes` 0: as many threads as there are processors, within reason.
    """
    images = maker.images
    if processes and isinstance(images, np.memmap):
        # A mapped array would be copied into each process: they map its file themselves.
        bare = replace(maker, images=np.empty(0, np.uint8))
        start = multiprocessing.get_context("spawn")
        told = (str(images.filename), bare)
        executor = ProcessPoolExecutor(processes, start, initializer=_begin, initargs=told)
        return executor, _made, processes + _AHEAD
    threads = min(_THREADS, os.cpu_count() or 2)
    return ThreadPoolExecutor(threads), maker.make, _AHEAD


_working: list[Maker] = []


def _begin(file: str, maker: Maker) -> None:
    images = np.load(file, mmap_mode="r", allow_pickle=False)
    _working[:] = [replace(maker, images=images)]
    cv2.setNumThreads(1)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    # A parent that was killed asks nobody to end, and its processes would wait for work for ever.
    parent = multiprocessing.parent_process()
    if parent:
        wait([parent.sentinel])
        os._exit(1)


def _made(chosen: npt.NDArray[np.intp], seed: Seed, strength: float) -> Batch:
    return _working[0].make(chosen, seed, strength)
