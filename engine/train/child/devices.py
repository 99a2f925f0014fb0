"""What a training uses of the computer: its graphics cards, by the backend's own means, and processors."""

import contextlib
import os
from contextlib import AbstractContextManager

import keras

from engine.train.child.probe import device


def strategy() -> AbstractContextManager[object]:
    """Return the scope to build and fit in: all cards where there are several, else nothing."""
    backend = keras.backend.backend()
    if backend == "tensorflow":
        import tensorflow as tf

        if len(tf.config.list_physical_devices("GPU")) > 1:
            scope: AbstractContextManager[object] = tf.distribute.MirroredStrategy().scope()
            return scope
    # Asked for by kind JAX fails where there is no card: asked what it uses it does not.
    elif backend == "jax" and device() == "gpu":
        cards = keras.distribution.list_devices()
        if len(cards) > 1:
            parallel: AbstractContextManager[object] = keras.distribution.DataParallel(
                devices=cards
            ).scope()
            return parallel
    return contextlib.nullcontext()


_MANY = 6  # processors, from which on threads cannot use them all
_SPARE = 2


def making_processes() -> int:
    """Return how many processes are to make batches for a graphics card; 0 for threads in this one."""
    affinity = getattr(os, "sched_getaffinity", None)
    processors = len(affinity(0)) if affinity else os.cpu_count() or 1
    return processors - _SPARE if device() == "gpu" and processors >= _MANY else 0
