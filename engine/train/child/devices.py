"""Hardware used by a training: GPUs and processors."""

import contextlib
import os
from contextlib import AbstractContextManager

import keras

from engine.train.child.probe import detect_device


def distribution_scope() -> AbstractContextManager[object]:
    """Return the scope to build and fit in: data-parallel over several GPUs, else a null context."""
    backend = keras.backend.backend()
    if backend == "tensorflow":
        import tensorflow as tf

        if len(tf.config.list_physical_devices("GPU")) > 1:
            scope: AbstractContextManager[object] = tf.distribute.MirroredStrategy().scope()
            return scope
    # JAX raises if asked for GPUs where there are none, so ask for its default device first.
    elif backend == "jax" and detect_device() == "gpu":
        cards = keras.distribution.list_devices()
        if len(cards) > 1:
            parallel: AbstractContextManager[object] = keras.distribution.DataParallel(
                devices=cards
            ).scope()
            return parallel
    return contextlib.nullcontext()


_MIN_PROCESSORS = 6  # with more, threads cannot use all of them
_SPARE_PROCESSORS = 2


def count_batch_processes() -> int:
    """Return the number of processes that prepare batches for a GPU; 0 for threads in this process."""
    affinity = getattr(os, "sched_getaffinity", None)
    processors = len(affinity(0)) if affinity else os.cpu_count() or 1
    return (
        processors - _SPARE_PROCESSORS
        if detect_device() == "gpu" and processors >= _MIN_PROCESSORS
        else 0
    )
