"""Batch normalisation statistics of the final weights."""

import weakref
from collections.abc import Callable
from typing import Any

import keras
import numpy as np

from engine.child.channel import Channel
from engine.train.child.architectures import batch_norm_layers
from engine.train.child.batches import Batches


def reestimate_statistics(
    model: keras.Model, batches: Batches, channel: Channel, limit: int = 200
) -> None:
    """Replace the moving means and variances by the average over up to `limit` batches.

    Training leaves statistics of older weights; with averaged weights they belong to no weights at all.
    The batches are augmented as in training, since the weights were fitted to activations normalised that
    way. With zero momentum Keras's update gives the statistics of the last batch alone.
    """
    # Frozen layers keep the statistics that the others were trained with.
    layers = [layer for layer in batch_norm_layers(model) if layer.trainable]
    if not layers:
        return
    momenta = [layer.momentum for layer in layers]
    moving = [
        variable for layer in layers for variable in (layer.moving_mean, layer.moving_variance)
    ]
    sums = [np.zeros(variable.shape, np.float64) for variable in moving]
    # Batches are shuffled, so the first ones are representative.
    numbers = range(min(limit, batches.num_batches))
    try:
        for layer in layers:
            layer.momentum = 0.0
        forward = _forward_pass(model)
        for number in numbers:
            channel.check()
            forward(batches[number][0])
            batch_values = [
                np.asarray(keras.ops.convert_to_numpy(variable.value), np.float64)
                for variable in moving
            ]
            sums = [total + variable for total, variable in zip(sums, batch_values, strict=True)]
    finally:
        for layer, momentum in zip(layers, momenta, strict=True):
            layer.momentum = momentum
    for total, variable in zip(sums, moving, strict=True):
        variable.assign((total / len(numbers)).astype(np.float32))


_compiled: weakref.WeakKeyDictionary[Any, Any] = weakref.WeakKeyDictionary()


def _forward_pass(model: keras.Model) -> Callable[[Any], None]:
    """Return a function that runs a batch in training mode without updating weights."""
    if keras.backend.backend() != "jax":
        return lambda images: model(images, training=True)
    if model not in _compiled:
        import jax

        # Without `jit` JAX would compile and dispatch a thousand operations one by one.
        _compiled[model] = jax.jit(
            lambda trainable, non_trainable, images: model.stateless_call(
                trainable, non_trainable, images, training=True
            )[1]
        )
    run = _compiled[model]

    def forward(images: Any) -> None:
        trainable = [variable.value for variable in model.trainable_variables]
        updated = run(
            trainable, [variable.value for variable in model.non_trainable_variables], images
        )
        for variable, value in zip(model.non_trainable_variables, updated, strict=True):
            variable.assign(value)

    return forward
