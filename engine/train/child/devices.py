"""Several graphics cards, by the backend's own means."""

import contextlib
from contextlib import AbstractContextManager

import keras


def strategy() -> AbstractContextManager[object]:
    """Return the scope to build and fit in: all cards where there are several, else nothing."""
    backend = keras.backend.backend()
    if backend == "tensorflow":
        import tensorflow as tf

        if len(tf.config.list_physical_devices("GPU")) > 1:
            scope: AbstractContextManager[object] = tf.distribute.MirroredStrategy().scope()
            return scope
    elif backend == "jax" and len(keras.distribution.list_devices("gpu")) > 1:
        cards: AbstractContextManager[object] = keras.distribution.DataParallel(
            devices=keras.distribution.list_devices("gpu")
        ).scope()
        return cards
    return contextlib.nullcontext()
