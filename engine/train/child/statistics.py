"""Batch normalisation statistics that belong to the final weights."""

import keras
import numpy as np

from engine.train.child.architectures import batch_norms
from engine.train.child.channel import Channel
from engine.train.child.data import Batches


def reestimate(model: keras.Model, batches: Batches, channel: Channel, limit: int = 200) -> None:
    """Replace the moving means and variances by the plain average over up to `limit` batches.

    Training leaves statistics of older weights, and with a moving average of the weights of none that
    were ever used. The batches are augmented as in training: the weights were fitted to activations
    normalised so. With momentum k / (k + 1) at the k-th batch, Keras's own update is the running mean
    of what was seen.
    """
    # What was frozen was trained upon as it is.
    layers = [layer for layer in batch_norms(model) if layer.trainable]
    if not layers:
        return
    momenta = [layer.momentum for layer in layers]
    try:
        for seen, number in enumerate(
            np.random.default_rng(0).permutation(batches.num_batches)[:limit]
        ):
            channel.check()
            for layer in layers:
                layer.momentum = seen / (seen + 1)
            model(batches[int(number)][0], training=True)
    finally:
        for layer, momentum in zip(layers, momenta, strict=True):
            layer.momentum = momentum
