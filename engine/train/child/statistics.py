"""Batch normalisation statistics that belong to the final weights."""

import weakref
from collections.abc import Callable
from typing import Any

import keras
import numpy as np

from engine.train.child.architectures import batch_norms
from engine.train.child.channel import Channel
from engine.train.child.data import Batches


def reestimate(model: keras.Model, batches: Batches, channel: Channel, limit: int = 200) -> None:
    """Replace the moving means and variances by the plain average over up to `limit` batches.

    Training leaves statistics of older weights, and with a moving average of the weights of none that
    were ever used. The batches are augmented as in training: the weights were fitted to activations
    normalised so. With a momentum of zero Keras's own update leaves those of the last batch.
    """
    # What was frozen was trained upon as it is.
    layers = [layer for layer in batch_norms(model) if layer.trainable]
    if not layers:
        return
    momenta = [layer.momentum for layer in layers]
    moving = [one for layer in layers for one in (layer.moving_mean, layer.moving_variance)]
    sums = [np.zeros(one.shape, np.float64) for one in moving]
    # They are shuffled: the first are as good as any.
    numbers = range(min(limit, batches.num_batches))
    try:
        for layer in layers:
            layer.momentum = 0.0
        look = _looking(model)
        for number in numbers:
            channel.check()
            look(batches[number][0])
            seen = [np.asarray(keras.ops.convert_to_numpy(one.value), np.float64) for one in moving]
            sums = [total + one for total, one in zip(sums, seen, strict=True)]
    finally:
        for layer, momentum in zip(layers, momenta, strict=True):
            layer.momentum = momentum
    for total, one in zip(sums, moving, strict=True):
        one.assign((total / len(numbers)).astype(np.float32))


_compiled: weakref.WeakKeyDictionary[Any, Any] = weakref.WeakKeyDictionary()


def _looking(model: keras.Model) -> Callable[[Any], None]:
    """Return what runs a batch through the network as in training, and learns nothing."""
    if keras.backend.backend() != "jax":
        return lambda images: model(images, training=True)
    if model not in _compiled:
        import jax

        # Operation by operation JAX compiles each of a thousand, and then waits for each.
        _compiled[model] = jax.jit(
            lambda known, moving, images: model.stateless_call(
                known, moving, images, training=True
            )[1]
        )
    run = _compiled[model]

    def look(images: Any) -> None:
        known = [one.value for one in model.trainable_variables]
        after = run(known, [one.value for one in model.non_trainable_variables], images)
        for one, value in zip(model.non_trainable_variables, after, strict=True):
            one.assign(value)

    return look
