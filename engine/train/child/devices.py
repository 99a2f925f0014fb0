"""Several graphics cards, by the backend's own means."""

import contextlib
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
    # JAX raises when it is asked for cards where there are none.
    elif backend == "jax" and device() == "gpu":
        seen = keras.distribution.list_devices("gpu")
        if len(seen) > 1:
            cards: AbstractContextManager[object] = keras.distribution.DataParallel(
                devices=seen
            ).scope()
            return cards
    return contextlib.nullcontext()
