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
    # Asked for by kind JAX fails where there is no card: asked what it uses it does not.
    elif backend == "jax" and device() == "gpu":
        cards = keras.distribution.list_devices()
        if len(cards) > 1:
            parallel: AbstractContextManager[object] = keras.distribution.DataParallel(
                devices=cards
            ).scope()
            return parallel
    return contextlib.nullcontext()
